import Testing

@testable import CudaImageKit

/// What a requirements file or project says beside the versions: markers, indexes, other files.
@Suite struct RequirementsPlanTests {
    private func resolve(
        _ text: String, _ name: String = "requirements.txt", _ constraints: [PlanConstraint] = []
    ) -> MarkedResolution {
        let pins = FrameworkPins(reading: RecipeSource(text: text, fileName: name))
        return Catalog.embedded.resolve(
            pins,
            request: { pins in
                PlanRequest(pins.constraints + constraints.map { Located($0, at: .option("--x")) })
            })
    }

    private static let byPython = "torch==2.4.0; python_version<\"3.9\"\ntorch==2.6.0; python_version>=\"3.9\"\n"
    private static let byMachine =
        "torch==2.4.0; platform_machine==\"aarch64\"\ntorch==2.6.0; platform_machine==\"x86_64\"\n"

    @Test(
        arguments: [
            (byPython, [], "2.6.0"), (byPython, [.python(PythonVersion(3, 11))], "2.6.0"),
            (byPython, [.python(PythonVersion(3, 8))], "2.4.0"), (byMachine, [], "2.6.0"),
            (byMachine, [.platform(.linuxARM64)], "2.4.0"),
            ("torch==2.4.0; python_version < '3.9'\nnumpy", [], "2.4.0"),
            ("torch==2.99; sys_platform == 'win32' or extra == 'x'\ntorch==2.5.1", [], "2.5.1"),
        ] as [(String, [PlanConstraint], String)])
    func markersExcludeEachOther(text: String, constraints: [PlanConstraint], version: String) throws {
        let result = resolve(text, "requirements.txt", constraints)
        let plan = try #require(result.plan, "\(DiagnosticFormatter().text(result.diagnostics))")
        #expect(plan.builds.map(\.version.description) == [version])
    }

    @Test func pythonOfAMarkerIsAConstraint() throws {
        let result = resolve("torch==2.4.0; python_version < '3.9'\n")
        #expect(try #require(result.plan).python == PythonVersion(3, 8))
        #expect(
            result.request.constraints.contains { $0.value == .python(PythonVersion(3, 8)) && $0.span.start.line == 1 })
    }

    @Test func requirementsThatHoldTogetherContradict() {
        let result = resolve(
            "torch==2.4.0\ntorch==2.6.0; python_version>='3.9'\n", "r.txt", [.python(PythonVersion(3, 11))])
        #expect(result.plan == nil && result.diagnostics.all.contains { $0.code == .contradiction })
    }

    /// The extra says whether CUDA's libraries come from the image or from wheels.
    @Test(arguments: [
        ("jax[cuda12_local]==0.4.30", "jax[cuda12_local]==0.4.30", Flavor.runtime),
        ("jax[cuda12-local]==0.4.30", "jax[cuda12_local]==0.4.30", .runtime),
        ("jax[cuda12]==0.4.30", "jax[cuda12]==0.4.30", .base),
        ("jax[cuda13-local]==0.7.2", "jax[cuda13-local]==0.7.2", .runtime),
        ("jax==0.4.30", "jax[cuda12]==0.4.30", .base),
        ("tensorflow==2.15.0", "tensorflow==2.15.0", .runtime),
        ("torch[opt-einsum]==2.6.0", "torch==2.6.0+cu126", .base),
        // The facts have no build of this release that brings the libraries.
        ("tensorflow[and-cuda]==2.15.0", "tensorflow==2.15.0", .runtime),
    ])
    func extrasSayWhereLibrariesComeFrom(text: String, requirement: String, flavor: Flavor) throws {
        let result = resolve(text)
        let plan = try #require(result.plan, "\(DiagnosticFormatter().text(result.diagnostics))")
        #expect(plan.builds.map(\.requirement) == [requirement] && plan.tag?.tag.flavor == flavor)
    }

    @Test func extraThatBringsLibrariesNeedsNoImageWithThem() throws {
        let plan = try #require(resolve("tensorflow[and-cuda]").plan)
        #expect(plan.source == .wheels && plan.tag == nil)
        #expect(try #require(resolve("tensorflow").plan).tag != nil)
        let asked = resolve("tensorflow[and-cuda]==2.17.0", "r.txt", [.source(.image)])
        #expect(asked.plan?.tag != nil, "\(DiagnosticFormatter().text(asked.diagnostics))")
    }

    private static let uv = """
        [project]
        dependencies = ["torch>=2.5"]
        [tool.uv.sources]
        torch = [
          { index = "pytorch-cpu", marker = "sys_platform != 'linux'" },
          { index = "pytorch-cu124", marker = "sys_platform == 'linux'" },
        ]
        [[tool.uv.index]]
        name = "pytorch-cpu"
        url = "https://download.pytorch.org/whl/cpu"
        explicit = true
        [[tool.uv.index]]
        name = "pytorch-cu124"
        url = "https://download.pytorch.org/whl/cu124"
        explicit = true
        """
    private static let poetry = """
        [tool.poetry.dependencies]
        torch = {version = "^2.2", source = "pytorch"}
        [[tool.poetry.source]]
        name = "pytorch"
        url = "https://download.pytorch.org/whl/cu118"
        priority = "explicit"
        """

    @Test(arguments: [
        ("--extra-index-url https://download.pytorch.org/whl/cu118\ntorch==2.4.0", "r.txt", "11.8"),
        ("torch==2.4.0\n-i https://download.pytorch.org/whl/cu121/", "r.txt", "12.1"),
        ("--index-url=https://download.pytorch.org/whl/cu121 # why\ntorch==2.4.0", "r.txt", "12.1"),
        ("torchvision\n--extra-index-url \"https://download.pytorch.org/whl/cu126\"", "r.txt", "12.6"),
        (uv, "pyproject.toml", "12.4"), (poetry, "pyproject.toml", "11.8"),
        (
            "[project]\ndependencies=['torch']\n[tool.uv]\nindex=[{url='https://download.pytorch.org/whl/cu126'}]",
            "pyproject.toml", "12.6"
        ),
        (
            "[project]\ndependencies=['torch']\n[tool.uv]\nextra-index-url=['https://download.pytorch.org/whl/cu126']",
            "pyproject.toml", "12.6"
        ),
    ])
    func indexOfPyTorchSettlesTheCUDA(text: String, name: String, cuda: String) throws {
        let result = resolve(text, name)
        let plan = try #require(result.plan, "\(DiagnosticFormatter().text(result.diagnostics))")
        #expect(plan.tag?.tag.cuda.majorMinor.description == cuda)
        #expect(result.request.constraints.contains { $0.value == CUDAVersionPattern(cuda).map(PlanConstraint.cuda) })
    }

    @Test(arguments: [
        ("jax[cuda12]\n--extra-index-url https://download.pytorch.org/whl/cu118", "r.txt"),
        (
            "[project]\ndependencies=['torch==2.6.0']\n[[tool.uv.index]]\nname='a'\nexplicit=true\n"
                + "url='https://download.pytorch.org/whl/cu118'", "pyproject.toml"
        ),
    ])
    func indexThatIsNotForTheFrameworkSaysNothing(text: String, name: String) throws {
        let result = resolve(text, name)
        #expect(try #require(result.plan?.tag).tag.cuda.major >= 12 && result.diagnostics.isEmpty)
    }

    @Test(arguments: [
        (
            "--index-url https://download.pytorch.org/whl/cpu\ntorch==2.4.0",
            "1:1 CG0340 PyTorch's index 'https://download.pytorch.org/whl/cpu' has builds for the CPU"
        ),
        ("torch==2.4.0+cpu", "1:1 CG0340 'torch==2.4.0+cpu' is a build for the CPU"),
        ("numpy\ntorch==2.4.1+cu999", "2:1 CG0331 torch 2.4.1+cu999 is not in the facts"),
        (
            "torch==2.4.0+cu121\n-i https://download.pytorch.org/whl/cu118",
            "1:1 CG0332 torch 2.4.0+cu121 and CUDA 11.8 contradict each other"
        ),
    ])
    func whatHasNoSuchBuildIsRefused(text: String, finding: String) throws {
        let result = resolve(text)
        #expect(result.plan == nil)
        let all = result.diagnostics.all.map(summary)
        #expect(all.contains { $0.hasPrefix(finding) }, "\(all)")
    }

    @Test func buildsOfTheSameReleaseAreNamed() throws {
        let finding = try #require(resolve("torch==2.4.1+cu999").diagnostics.all.first)
        #expect(finding.notes == ["torch 2.4.1 has the builds cu124, cu121 and cu118"])
        #expect(finding.help?.contains("torch==2.4.1+cu124") == true)
    }

    @Test(arguments: [
        (
            "torch\n--extra-index-url https://mirror.example.com/simple",
            "2:1 CG0334 which CUDA the builds of 'https://mirror.example.com/simple' are for can't be told"
        ),
        (
            "-f https://download.pytorch.org/whl/cu118\n-f https://download.pytorch.org/whl/cu121\ntorch",
            "1:1 CG0334 indexes for CUDA 11.8 and CUDA 12.1 are named: which one torch comes from can't be told"
        ),
    ])
    func whatAnIndexDoesNotTellIsSaid(text: String, finding: String) {
        let result = resolve(text)
        #expect(result.plan != nil && result.diagnostics.all.map(summary) == [finding])
    }

    @Test(arguments: [
        "numpy\n--extra-index-url https://mirror.example.com/simple",
        "torch\n-i https://\(["pypi", "example"].joined(separator: "."))/simple",
        "torch\n-i https://\(["pypi", "example"].joined(separator: "."))/simple/",
        "torch==2.4.0+cu121\n--extra-index-url https://mirror.example.com/simple",
    ])
    func indexThatDecidesNothingIsNotMentioned(text: String) { #expect(resolve(text).diagnostics.isEmpty) }

    /// pip's own index is told by its form, and mirrors have another one.
    @Test(arguments: [
        "https://pypi.mirror.example.com/simple", "https://example.com/pypi/simple", "http://pypi.example/simple",
        "https://pypi.example/other/simple", "https://mypypi.example/simple", "https://pypi.example",
    ])
    func mirrorIsNotPipsOwnIndex(url: String) {
        #expect(resolve("torch\n-i \(url)").diagnostics.all.map(\.code) == [.unreadableRequirement])
    }

    @Test func poetryHasSeveralConstraints() {
        let text = """
            [tool.poetry.dependencies]
            torch = [
              {version = "2.4.0", python = "<3.9"},
              {version = "2.6.0", markers = "python_version >= '3.9'"},
              {version = "1.0", platform = "darwin"},
            ]
            """
        #expect(resolve(text, "pyproject.toml").plan?.builds.map(\.version.description) == ["2.6.0"])
    }

    // MARK: - Other files

    private func read(_ files: [String: String], _ path: String) -> FrameworkPins {
        FrameworkPins(reading: RecipeSource(text: files[path] ?? "", fileName: path)) {
            (path) throws(DiagnosticError) in
            guard let text = files[path] else { throw .missingFile(path) }
            return RecipeSource(text: text, fileName: path)
        }
    }

    @Test func filesThatAFileNamesAreRead() {
        let pins = read(
            [
                "requirements/prod.txt": "-rbase.txt\n-c ../bounds.txt\ntorch\n",
                "requirements/base.txt": "--requirement=prod.txt\nvllm==0.8.5\n",
                "bounds.txt": "torch==2.6.0\njax==0.4.30\n",
            ], "requirements/prod.txt")
        #expect(pins.includedFiles == ["requirements/base.txt", "bounds.txt"])
        #expect(pins.pins.map { "\($0.framework)\($0.specifiers)" } == ["vllm==0.8.5", "torch", "torch==2.6.0"])
        #expect(pins.diagnostics.isEmpty)
    }

    @Test func fileThatIsNotThereIsAnErrorAtItsLine() {
        let pins = read(["r.txt": "numpy\n-c gone.txt\n"], "r.txt")
        #expect(pins.diagnostics.all.map(summary) == ["2:1 CG0112 there is no file 'gone.txt'"])
        #expect(
            read(["r.txt": "-r https://mirror.example.com/r.txt"], "r.txt").diagnostics.all.map(\.code) == [
                .unreadableRequirement
            ])
    }

    private func generate(_ files: [String: String], requirements: String) -> Generator.Output {
        let generator = Generator(files: FileReader(files))
        let recipe = "image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {requirements: \(requirements)}\n"
        return generator.generate(RecipeSource(text: recipe, fileName: "sub/app.yaml"))
    }

    @Test func filesThatRequirementsNameAreCopiedAsTheyLie() throws {
        let output = generate(
            [
                "sub/requirements/prod.txt": "-r base.txt\n-c ../bounds.txt\n", "sub/requirements/base.txt": "numpy\n",
                "sub/bounds.txt": "",
            ], requirements: "requirements/prod.txt")
        let text = try #require(output.text, "\(DiagnosticFormatter().text(output.diagnostics))")
        #expect(
            text.contains("COPY requirements/prod.txt requirements/base.txt /opt/venv/requirements/requirements/\n"))
        #expect(text.contains("COPY bounds.txt /opt/venv/requirements/\n"))
        #expect(text.contains("--requirement=/opt/venv/requirements/requirements/prod.txt"))
    }

    @Test func requirementsAloneNeedNotBeThere() throws {
        let text = try #require(generate([:], requirements: "requirements.txt").text)
        #expect(text.contains("COPY requirements.txt /opt/venv/requirements.txt\n"))
    }

    /// What stands in a file that can't be read is not known: neither its hashes nor the files that it names.
    @Test func requirementsThatCanNotBeReadAreAWarning() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let recipe = RecipeSource(
            text: "python: {requirements: requirements.txt}\n", fileName: folder.path + "/app.yaml")
        #expect(Generator(files: .fileSystem).generate(recipe).diagnostics.all.map(\.code) == [])
        _ = try folder.write("", to: "requirements.txt")
        #expect(Generator(files: .fileSystem).generate(recipe).diagnostics.all.map(\.code) == [])
        _ = try folder.write(String(repeating: "# much\n", count: 200_000), to: "requirements.txt")
        let output = Generator(files: .fileSystem).generate(recipe)
        let finding = try #require(output.diagnostics.all.first)
        #expect(finding.severity == .warning && finding.code == .tooLarge && output.text != nil)
        #expect(finding.span?.start.line == 1 && finding.notes.contains { $0.contains("hashes") })
    }

    @Test func emptyFileThatAFileNamesIsNoError() throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        _ = try folder.write("numpy\n-c bounds.txt\n", to: "requirements.txt")
        _ = try folder.write("", to: "bounds.txt")
        let output = Generator(files: .fileSystem).generate(
            RecipeSource(text: "python: {requirements: requirements.txt}\n", fileName: folder.path + "/app.yaml"))
        #expect(output.diagnostics.isEmpty && output.text?.contains("bounds.txt") == true)
    }

    // MARK: - Hashes

    private static let hash = "--hash=sha256:00"

    @Test func hashesOfAllFilesCountTogether() throws {
        let hashed = generate(
            ["sub/r.txt": "-r b.txt\na==1 \(Self.hash)\n", "sub/b.txt": "b==1 \(Self.hash)\n"], requirements: "r.txt")
        #expect(try hashed.get().contains("--require-hashes"))
        for files in [
            ["sub/r.txt": "-r b.txt\na==1\n", "sub/b.txt": "b==1 \(Self.hash)\n"],
            ["sub/r.txt": "-r b.txt\nb==1 \(Self.hash)\n", "sub/b.txt": "a==1\n"],
        ] {
            let output = generate(files, requirements: "r.txt")
            #expect(output.text == nil && output.diagnostics.all.map(\.code) == [.hashMissing])
            #expect(output.diagnostics.all[0].message.hasPrefix("'a==1' has no hash"))
        }
    }

    /// Constraints install nothing, and may have the hashes of what another file installs.
    @Test func constraintsNeedNoHashes() throws {
        let bounds = "b==1\na==1 \(Self.hash)\n"
        #expect(
            try generate(["sub/r.txt": "-c b.txt\na\n", "sub/b.txt": bounds], requirements: "r.txt").get().contains(
                "--require-hashes"))
        #expect(
            generate(["sub/r.txt": "-c b.txt\nb\n", "sub/b.txt": bounds], requirements: "r.txt").diagnostics.all.map(
                \.code) == [.hashMissing])
    }

    @Test(arguments: [
        ("-r gone.txt", "1:1 CG0112 there is no file 'sub/gone.txt'"),
        ("-c ../bounds.txt", "1:1 CG0112 '../bounds.txt' is not in the build context: pip won't find it"),
    ])
    func fileThatPipWillNotFindIsAnError(line: String, finding: String) {
        let output = generate(["sub/r.txt": line, "bounds.txt": "numpy"], requirements: "r.txt")
        #expect(output.text == nil && output.diagnostics.all.map(summary) == [finding])
    }

    // MARK: - Source wheels

    @Test func indexOfTheFileCountsForWheels() throws {
        let generator = Generator(
            files: FileReader(["r.txt": "--extra-index-url https://download.pytorch.org/whl/cu118\ntorch==2.4.0\n"]))
        let recipe = "image: {source: wheels}\npython: {requirements: r.txt}\n"
        let output = generator.generate(RecipeSource(text: recipe, fileName: "app.yaml"))
        #expect(output.text?.contains("torch==2.4.0+cu118") == true)
        #expect(output.plan?.wheels?.cuda?.value == CUDAVersionPattern(11, 8))
    }

    @Test func markersOfPackagesAreEvaluatedForWheels() throws {
        let packages = "[\"torch==2.4.0; python_version < '3.9'\", \"torch==2.6.0; python_version >= '3.9'\"]"
        let recipe = "image: {source: wheels}\npython: {packages: \(packages)}\n"
        let output = Generator().generate(RecipeSource(text: recipe, fileName: "app.yaml"))
        #expect(output.plan?.wheels?.builds.map(\.release.version.description) == ["2.6.0"])
    }

    // MARK: - Files of another kind

    @Test(arguments: [
        ("a/uv.lock", "cudagen init"), ("environment.yml", "cudagen init"), ("app.yaml", "image.cuda: resolve"),
        ("poetry.lock", "pyproject.toml"), ("pylock.toml", "pyproject.toml"), ("Dockerfile", "cudagen init"),
        ("requirements.txt", nil), ("pyproject.toml", nil), ("-", nil), ("requirements.in", nil),
    ])
    func fileOfAnotherKindIsRefused(path: String, help: String?) {
        let refusal = FrameworkPins.refusal(ofFile: path)
        #expect((refusal == nil) == (help == nil) && refusal?.severity ?? .error == .error)
        if let help { #expect(refusal?.help?.contains(help) == true) }
    }
}
