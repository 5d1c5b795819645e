import ArgumentParser
import CudaImageKit

/// The steps of `cudagen verify`; each keeps its log in the folder.
struct Verification {
    let engine: ContainerEngine
    /// The engine's path.
    let command: String
    let buildOptions: [String]
    let folder: String
    let session: Session
    let catalog: Catalog

    private var test: String { "\(folder)/smoke" }

    /// Builds a recipe's image.
    ///
    /// - Parameter context: the build context; `nil` for an empty one.
    func buildImage(_ image: ImageReference, dockerfile: String, context: String?) throws {
        let file = "\(folder)/Dockerfile"
        let empty = "\(folder)/context"
        try session.reading { () throws(FileError) in
            try FileSystem.makeFolder(empty)
            try FileSystem.write(dockerfile, to: file)
        }
        try build(
            "image", image.description, words: ["-f", file, context ?? empty], otherwise: .no,
            message: "the image can't be built")
    }

    /// Builds the test image on top of the image under test.
    func buildTest(of plan: SmokeTestPlan, files: [SmokeTest.File]) throws {
        try session.write(files, to: test, force: true)
        try build(
            "smoke", "localhost/\(plan.name)-smoke:latest",
            words: ["--build-arg", "IMAGE=\(plan.image.value)", "-f", "\(test)/Dockerfile", test],
            otherwise: .environment, message: "the smoke test of \(plan.image.value) can't be built")
    }

    /// Runs the test through its own script, which knows how each engine gives GPUs to a container.
    func runTest(_ options: [String]) throws {
        Terminal.warn("cudagen: running the smoke test with \(engine.rawValue)\n")
        let words = ["/bin/sh", "\(test)/run.sh", "--engine", engine.rawValue, "--no-build"] + options
        let result = Subprocess.run(words, isShown: true)
        try keep(result.output, as: "run.log")
        switch result.status {
        case 0: return
        // The test's own, which has explained itself, and its signals.
        case 10...20, 64, 128...: throw ExitCode(result.status)
        default:
            // The script's own advice names what engines say.
            let said = result.output.firstRange(of: "run.sh: ").map { result.output[..<$0.lowerBound] }
            let problem =
                EngineProblem(in: String(said ?? result.output[...]), catalog: catalog)
                ?? EngineProblem(
                    exitCode: .environment,
                    explanation: "\(engine.rawValue) could not run the test (its exit code was \(result.status))")
            tell(problem.explanation)
            throw problem.exitCode
        }
    }

    private func build(
        _ log: String, _ tag: String, words: [String], otherwise exitCode: ExitCode, message: String
    ) throws {
        Terminal.warn("cudagen: building \(tag) with \(engine.rawValue)\n")
        let clock = ContinuousClock()
        let start = clock.now
        let result = Subprocess.run(
            [command, "build", "-t", tag] + buildOptions + words, environment: engine.buildEnvironment, isShown: false)
        try keep(result.output, as: "build-\(log).log")
        guard result.status != 0 else {
            Terminal.warn("cudagen: built in \((clock.now - start).components.seconds) s\n")
            return
        }
        Terminal.warn(result.output.hasSuffix("\n") || result.output.isEmpty ? result.output : result.output + "\n")
        if let problem = EngineProblem(in: result.output, catalog: catalog) {
            tell(problem.explanation)
            throw problem.exitCode
        }
        tell(message)
        throw result.status < 126 ? exitCode : result.status < 128 ? .environment : ExitCode(result.status)
    }

    private func keep(_ log: String, as name: String) throws {
        try session.reading { () throws(FileError) in try FileSystem.write(log, to: "\(folder)/\(name)") }
    }

    private func tell(_ explanation: String) {
        let lines = explanation.split(separator: "\n")
        for (index, line) in lines.enumerated() {
            Terminal.warn(index == 0 ? "cudagen: \(line)\n" : "  help: \(line)\n")
        }
    }
}
