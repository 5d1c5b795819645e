import CudaImageKit
import Testing

/// Files are opened in one way, and only for what is a file itself, unless the importer says otherwise.
@Suite struct FileReaderTests {
    private static let recipe = """
        image: {cuda: 12.4.1, flavor: base, os: ubuntu22.04}
        python: {requirements: requirements.txt}
        command: [python3]
        """
    private static let nested = "-r base.txt\n"

    private func withFolder(_ body: (_ path: String) throws -> Void) throws {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        _ = try folder.write(Self.nested, to: "requirements.txt")
        _ = try folder.write("torch==2.4.1\n", to: "base.txt")
        _ = try folder.write("schema: 1\nimages: x\n", to: "cudagen.lock")
        try body(try folder.write(Self.recipe, to: "app.yaml"))
    }

    /// Whether requirements (their `base.txt` is copied) and the lock, which is broken, were read.
    private func reads(_ output: Generator.Output) -> (requirements: Bool, lock: Bool) {
        let plan = Generator(files: .noFiles).generate(RecipeSource(text: Self.recipe, fileName: "app.yaml")).plan
        let included = output.plan?.application.python?.includedRequirements.map(\.text)
        return (
            included != plan?.application.python?.includedRequirements.map(\.text),
            output.diagnostics.hasErrors
        )
    }

    @Test func filesBesideARecipesFileAreRead() throws {
        try withFolder { path in
            let source = try RecipeSource.read(path: path)
            #expect(reads(Generator().generate(source)) == (true, true))
            #expect(reads(Generator(files: .fileSystem).generate(source)) == (true, true))
            #expect(reads(Generator(files: .noFiles).generate(source)) == (false, false))
        }
    }

    @Test func textAtHandHasNoFiles() throws {
        try withFolder { path in
            let source = RecipeSource(text: Self.recipe, fileName: path)
            #expect(reads(Generator().generate(source)) == (false, false))
            #expect(reads(Generator(files: .fileSystem).generate(source)) == (true, true))
            // A lock that the caller names is another matter.
            var options = ImageOptions()
            options.lock = LockUse(.file(String(path.dropLast("app.yaml".count)) + "cudagen.lock"))
            #expect(reads(Generator().generate(source, options: options)).lock)
        }
    }

    @Test func whatIsMissingIsExplained() throws {
        let recipe = RecipeBuilder().image(cuda: "resolve").python(requirements: "requirements.txt")
        let none = Generator().generate(recipe)
        #expect(
            none.diagnostics.all.first?.message
                == "there is no file 'requirements.txt': what names it is no file itself")
        #expect(none.diagnostics.all.first?.help?.contains("FileReader") == true)
        let texts = FileReader(["requirements.txt": "tensorflow==2.15.0\n"])
        #expect(Generator(files: texts).generate(recipe).plan?.release?.value == CUDAVersion(12, 2, 2))
    }

    /// The library alone makes the files that the program makes.
    @Test func frameworksOfRequirementsDecideTheDeployment() throws {
        let files = FileReader(["requirements.txt": Self.nested, "base.txt": "torch==2.4.1\n"])
        let output = Generator(files: files).generate(RecipeSource(text: Self.recipe, fileName: "app.yaml"))
        let deployment = DeploymentPlan(try #require(output.plan))
        #expect(deployment.sharedMemory == .mebibytes(1024) && !deployment.limits.isEmpty)
        let text = ComposeFile(deployment).text(header: deployment.header())
        #expect(text.contains("and run this again:\n#   cudagen emit compose app.yaml\n"))
        #expect(text.contains("shm_size: 1g"))
        let header = deployment.header(arguments: ["--set", "a=b"])
        let pipeline = GitLabPipeline(Pipeline(deployment)).text(header: header)
        #expect(pipeline.contains("#   cudagen emit ci --provider gitlab --set a=b app.yaml\n"))
        let project = "image: {cuda: 12.4.1}\npython: {project: ., manager: uv}\ncommand: [python3]\n"
        let read = Generator(files: FileReader(["./pyproject.toml": "[project]\ndependencies = [\"torch\"]\n"]))
            .generate(RecipeSource(text: project, fileName: "app.yaml"))
        #expect(DeploymentPlan(try #require(read.plan)).sharedMemory == .mebibytes(1024))
    }
}
