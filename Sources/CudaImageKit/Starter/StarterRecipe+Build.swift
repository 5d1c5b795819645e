extension StarterRecipe {
    /// `build:` the stage that compiles.
    var build: Entry? {
        if let path = facts.extensionSetup { return extensionBuild(path) }
        if let cmake = facts.cmake { return cmakeBuild(cmake) }
        if let makefile = facts.makefile { return makeBuild(makefile) }
        return facts.cudaSources.isEmpty ? nil : compilerBuild
    }

    /// Programs that the build stage makes, by name.
    var programs: [String] {
        if facts.extensionSetup != nil { return [] }
        if let cmake = facts.cmake {
            // The one that is called like the project goes first.
            let names = cmake.programs.map(\.name)
            return names.filter { $0 == cmake.name } + names.filter { $0 != cmake.name }
        }
        if let makefile = facts.makefile { return makefile.programs.map(FilePath.name) }
        return facts.cudaSources.isEmpty ? [] : [compiledProgram]
    }

    private func cmakeBuild(_ cmake: CMakeProject) -> Entry {
        let isDebian = plan.os.family == .debian
        var comments: [String] = []
        if let minimum = cmake.minimum {
            comments.append("Check: \(cmake.path) needs CMake \(minimum), the package has that of \(plan.os).")
        }
        if !cmake.packages.isEmpty {
            comments.append("Check: add the packages for find_package(\(cmake.packages.joined(separator: ", "))).")
        }
        var run = [
            "cmake -S . -B build" + (isDebian ? " -G Ninja" : "") + " -DCMAKE_BUILD_TYPE=Release",
            "cmake --build build",
        ]
        var artifacts: [Value] = []
        var advice: [String] = []
        if cmake.installs, cmake.movesPrograms || !cmake.sharedLibraries.isEmpty || cmake.programs.isEmpty {
            run.append("cmake --install build --prefix /opt/out")
            artifacts = [Self.copy(["/opt/out/"], to: "/usr/local/")]
        } else {
            artifacts = cmake.programs.map { program in
                let folder = program.folder.isEmpty ? "build" : "build/\(program.folder)"
                return Self.copy(["\(folder)/\(program.name)"], to: "/usr/local/bin/\(program.name)")
            }
            if cmake.movesPrograms { advice.append("Check: the project sets where programs go.") }
            if !cmake.sharedLibraries.isEmpty {
                advice.append(
                    "Check: add the libraries \(cmake.sharedLibraries.joined(separator: ", ")) too, to /usr/local/lib/."
                )
            }
        }
        if cmake.asksGPU {
            comments.append(
                "Check: the architecture 'native' asks a GPU, which a build has not: remove it, and set gpu.architectures."
            )
        }
        return section(
            packages: isDebian ? ["cmake", "ninja-build"] : ["cmake", "make"], comments: comments, run: run,
            artifacts: artifacts, advice: advice)
    }

    private func makeBuild(_ makefile: MakeProject) -> Entry {
        let file = makefile.path == "Makefile" ? "make" : "make -f \(makefile.path)"
        return section(
            packages: ["make"], comments: ["Check: the makefile decides which GPUs it compiles for."], run: [file],
            artifacts: makefile.programs.map { program in
                Self.copy([program], to: "/usr/local/bin/\(FilePath.name(of: program))")
            }, advice: [])
    }

    /// The name of the only program, after its source.
    private var compiledProgram: String {
        let path = facts.cudaPrograms.first ?? facts.cudaSources.first ?? ""
        let name = String(FilePath.name(of: path).dropLast(".cu".count))
        return RecipeRules.isName(name) ? name : "app"
    }

    /// nvcc alone, for sources without a build system.
    private var compilerBuild: Entry {
        // One program; what has a main of its own is another.
        let others = Set(facts.cudaPrograms.dropFirst())
        let sources = facts.cudaSources.filter { !others.contains($0) }
        let capabilities = plan.request.constraints.compactMap { constraint -> ComputeCapability? in
            guard case .gpu(let gpu) = constraint.value, constraint.span.isOption else { return nil }
            return gpu.capability
        }
        let targets = capabilities.gencode.map { "-gencode=\($0)" }
        let files = sources.prefix(50).map { ShellQuoting.quote($0.hasPrefix("-") ? "./\($0)" : $0) }
        let command = (["nvcc", "-O3"] + targets.uniqued + ["-o", "out/\(compiledProgram)"] + files).joined(
            separator: " ")
        var comments = ["Check: no build system was found, so nvcc is called as it is usual."]
        if !others.isEmpty {
            comments.append(
                "Not compiled, for they are programs of their own: \(others.sorted().prefix(8).joined(separator: ", "))."
            )
        }
        if targets.isEmpty { comments.append("Without -gencode it is compiled for nvcc's default architecture.") }
        return section(
            packages: [], comments: comments, run: ["mkdir -p out", command],
            artifacts: [Self.copy(["out/\(compiledProgram)"], to: "/usr/local/bin/\(compiledProgram)")], advice: [])
    }

    /// A wheel of the extension, made with the PyTorch that the image gets.
    private func extensionBuild(_ path: String) -> Entry? {
        let torch = plan.resolved.builds.first { $0.framework == .torch }
        guard let torch, plan.python == PythonTools.systemVersion(of: plan.os) else {
            return Entry(
                "build",
                section: [Entry("run", .lines(["pip wheel --no-build-isolation --no-deps --wheel-dir out ."]))],
                comments: [
                    "Check: \(path) compiles a CUDA extension. It needs a build stage with "
                        + (torch == nil
                            ? "PyTorch, whose version is not known here." : "Python \(plan.python?.description ?? "").")
                ], isOff: true)
        }
        let isDebian = plan.os.family == .debian
        let install =
            ["/opt/build/bin/pip", "install", "--no-cache-dir"]
            + (index(of: torch).map { ["--extra-index-url", $0] } ?? []) + [
                "setuptools", "wheel", "ninja", torch.requirement,
            ]
        return section(
            packages: isDebian ? ["python3-dev", "python3-venv"] : ["python3-devel"],
            comments: ["\(path) compiles a CUDA extension: its wheel is made with the PyTorch that the image gets."],
            run: [
                "python3 -m venv /opt/build", install.map(ShellQuoting.quote).joined(separator: " "),
                "/opt/build/bin/pip wheel --no-cache-dir --no-build-isolation --no-deps --wheel-dir out .",
            ], artifacts: [Self.copy(["out/"], to: "/opt/wheels/")], advice: [])
    }

    private func index(of build: FrameworkRelease) -> String? {
        if case .url(let url) = build.index { url } else { nil }
    }

    private func section(
        packages: [String], comments: [String], run: [String], artifacts: [Value], advice: [String]
    ) -> Entry {
        var entries: [Entry] = []
        if !packages.isEmpty { entries.append(Entry("packages", .texts(packages), comments: comments)) }
        entries.append(Entry("copy", .list(buildCopies)))
        entries.append(Entry("run", .lines(run), comments: packages.isEmpty ? comments : []))
        if artifacts.isEmpty {
            let example = Self.copy(["build/app"], to: "/usr/local/bin/")
            entries.append(
                Entry(
                    "artifacts", .list([example]),
                    comments: ["Check: what the build makes can't be told here; nothing else reaches the image."],
                    isOff: true))
        } else {
            entries.append(Entry("artifacts", .list(artifacts), comments: advice))
        }
        return Entry("build", section: entries)
    }

    static func copy(_ sources: [String], to target: String) -> Value {
        .mapping([
            Value.Member(key: "from", value: sources.count == 1 ? .text(sources[0]) : .texts(sources)),
            Value.Member(key: "to", value: .text(target)),
        ])
    }
}
