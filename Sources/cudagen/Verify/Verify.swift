import ArgumentParser
import CudaImageKit

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Build an image and its smoke test, and run the test on a GPU.",
        discussion: """
            Examples:
              cudagen verify app.yaml
              cudagen verify --image nvidia/cuda:12.4.1-base-ubuntu22.04 --gpus device=0
              cudagen verify app.yaml --engine podman --junit report.xml

            A recipe's image is built in the recipe's folder. The report goes to standard output, progress to standard \
            error. Exit codes: the test's own (0, 10 to 19 for a class of failure, 20 if a report could not be written); 1 the recipe's image can't be \
            built; 2 invalid recipe; 3 no engine, no GPU for containers, or the test could not be built; 64 wrong usage.
            """)

    @OptionGroup var smoke: SmokeArguments

    @Option(help: "docker, podman or nerdctl (default: the first of them on PATH).")
    var engine: ContainerEngine?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("One more word for the engine's 'run'. May be repeated.", valueName: "option"))
    var engineOption: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("One more word for the engine's 'build'. May be repeated.", valueName: "option"))
    var buildOption: [String] = []

    /// The options above, whose values may look like options.
    static let optionsOfEngines: Set = ["--engine-option", "--build-option"]

    @Option(help: ArgumentHelp("The GPUs: all, a number, device=0,1, or none.", valueName: "gpus"))
    var gpus: GPURequest = .all

    @Flag(help: "Keep the generated files and the logs, and say where.")
    var keep = false

    @Option(
        help: ArgumentHelp("Write the report as JSON; - for standard output.", valueName: "file"), completion: .file())
    var json: String?

    @Option(
        help: ArgumentHelp("Write the report as JUnit XML; - for standard output.", valueName: "file"),
        completion: .file())
    var junit: String?

    @Option(
        help: ArgumentHelp("Write the report as TAP; - for standard output.", valueName: "file"), completion: .file())
    var tap: String?

    @OptionGroup var image: ImageArguments
    @OptionGroup var templates: TemplateArguments
    @OptionGroup var lock: LockArguments
    @OptionGroup var report: ReportArguments

    func validate() throws {
        try smoke.validate(with: image)
        if [json, junit, tap].compactMap(\.self).count > 1 {
            throw ValidationError("One of --json, --junit and --tap at a time.")
        }
    }

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog, templates: templates.templates)
        let (plan, made) = try session.smokeTest(smoke, options: image.options(lock), timeout: nil)
        let files = try session.files(of: plan, arguments: image.options(lock).arguments, folder: "smoke")
        guard let engine = engine ?? ContainerEngine.installed, let command = engine.path else {
            Terminal.warn(
                "cudagen: no container engine: \(engine?.rawValue ?? "docker, podman or nerdctl") is not on PATH\n")
            throw ExitCode.environment
        }
        guard let folder = TemporaryFolder(for: "verify") else {
            Terminal.warn("cudagen: no temporary folder can be made\n")
            throw ExitCode.environment
        }
        defer { if keep { folder.tell() } else { folder.remove() } }
        let verification = Verification(
            engine: engine, command: command, buildOptions: buildOption, folder: folder.path, session: session,
            catalog: try session.catalog())
        if plan.needsBuild, let text = made?.text {
            try verification.buildImage(
                plan.image.value, dockerfile: text, context: smoke.recipe.map(contextFolder))
        }
        try verification.buildTest(of: plan, files: files)
        try verification.runTest(reportOptions + runOptions + ["--"] + testOptions)
    }

    private var runOptions: [String] {
        ["--gpus", gpus.description] + engineOption.flatMap { ["--engine-option", $0] }
    }

    private var reportOptions: [String] {
        if let json { return ["--json", json] }
        if let junit { return ["--junit", junit] }
        return tap.map { ["--tap", $0] } ?? []
    }

    /// As an option of the test, so that another timeout compiles nothing anew.
    private var testOptions: [String] { smoke.timeout.map { ["--timeout", "\($0)"] } ?? [] }

    /// The recipe's folder, where its files are.
    private func contextFolder(of recipe: String) -> String {
        let folder = FilePath.folder(of: recipe)
        return folder.isEmpty ? "." : folder == "/" ? folder : String(folder.dropLast())
    }
}
