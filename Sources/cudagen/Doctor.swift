import ArgumentParser
import CudaImageKit

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Is this host ready for GPU containers? What is wrong, why it matters, what to run.",
        discussion: """
            Examples:
              cudagen doctor
              cudagen doctor 12.4.1-runtime-ubuntu22.04
              cudagen doctor app.yaml --format json
              cudagen doctor --explain "Failed to initialize NVML: Unknown Error"
              docker run --gpus all IMAGE 2>&1 | cudagen doctor --explain -

            Reads files and asks programs (nvidia-smi, docker info …) that answer at once; changes nothing and needs \
            neither root nor a network. Exit codes: 0 ready; 1 something stops GPU containers, or the message is not \
            known; 2 invalid recipe or tag; 3 no GPU, or this is no Linux host.
            """)

    @Option(
        help: ArgumentHelp(
            "Look at a recorded host: a folder with its files, and outputs of programs in .cudagen/outputs.",
            valueName: "folder"), completion: .directory)
    var root: String?

    @Option(
        help: ArgumentHelp("Explain an error message instead; - reads it from standard input.", valueName: "message"))
    var explain: String?

    @OptionGroup var image: ImageArguments
    @OptionGroup var report: ReportArguments

    @Argument(help: "An image that is to run here: a tag of nvidia/cuda, or a recipe.", completion: .file())
    var subject: String?

    func validate() throws {
        if explain != nil, root != nil || subject != nil {
            throw ValidationError("--explain takes a message alone.")
        }
    }

    /// What the named image asks of the host.
    private func hostImage(_ session: inout Session) throws -> HostImage {
        var options = image.options
        // What the host has to run does not depend on digests.
        options.lock.place = .none
        let plan = try session.plan(of: subject, options: options)
        do throws(DiagnosticError) {
            return try HostImage(plan)
        } catch {
            session.show(error.diagnostics)
            throw ExitCode.invalid
        }
    }

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog)
        let catalog = try session.catalog()
        if let explain { return try tell(explain == "-" ? Self.standardInput(session) : explain, catalog) }
        let wanted = try isImageNamed ? hostImage(&session) : nil
        let tree = HostTree(folder: root)
        guard tree.isHost else {
            let place = root.map { "'\($0)' has none of a host's files" } ?? "this is no Linux host: there is no /proc"
            Terminal.warn("cudagen: \(place)\n")
            throw ExitCode.environment
        }
        let inspector = HostInspector(tree: tree, homes: HostPrograms.homes, catalog: catalog, run: HostPrograms.run)
        let result = HostReport(inspector.inspect(), image: wanted, catalog: catalog)
        Terminal.write(report.format == .json ? result.json.pretty + "\n" : result.text)
        switch result.verdict {
        case .ready: return
        case .notReady: throw ExitCode.no
        case .noGPU: throw ExitCode.environment
        }
    }

    /// Options can name an image, too: `--cuda 12.4 --os ubuntu22.04`.
    private var isImageNamed: Bool { subject != nil || !image.options.arguments.isEmpty }

    private func tell(_ message: String, _ catalog: Catalog) throws {
        let explanations = catalog.explanations(of: message)
        if report.format == .json {
            let json = JSONValue.object([
                ("version", .integer(1)), ("explanations", .array(explanations.map(\.json))),
            ])
            Terminal.write(json.pretty + "\n")
        } else {
            Terminal.write(explanations.map(\.text).joined(separator: "\n"))
        }
        if explanations.isEmpty {
            Terminal.warn("cudagen: no message that is known; 'cudagen doctor' looks at the host itself\n")
            throw ExitCode.no
        }
    }

    private static func standardInput(_ session: Session) throws -> String {
        try session.reading { () throws(FileError) in try FileSystem.standardInput(limit: 1 << 20) }
    }
}
