import ArgumentParser
import CudaImageKit

struct MatrixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "Generate many Dockerfiles: every official tag, or the combinations of a matrix file.",
        discussion: """
            Examples:
              cudagen matrix --all --source packages -o dist
              cudagen matrix matrix.yaml -o dist

            Each image becomes a folder <name>/Dockerfile below the output folder.
            """)

    @Flag(help: "Every official tag that the source can build, on every platform it exists for.")
    var all = false

    @Flag(help: "With --all: only tags that NVIDIA supports.")
    var supported = false

    @Option(help: "With --all: image or packages.")
    var source: ImageSource = .image

    @Option(name: .shortAndLong, help: ArgumentHelp("The output folder.", valueName: "folder"))
    var output: String

    @Flag(help: "Overwrite files that cudagen did not write, or that were edited by hand.")
    var force = false

    @Option(help: CatalogChoice.help)
    var catalog: String?

    @OptionGroup var lock: LockArguments
    @Option(help: TemplatesCommand.optionHelp)
    var templates: String?

    @OptionGroup var report: ReportArguments

    @Argument(help: "The matrix file.")
    var file: String?

    func validate() throws {
        if all == (file != nil) { throw ValidationError("Name a matrix file, or use --all.") }
        if all, lock.frozen, lock.lock == nil { throw ValidationError("--all has no lock: name one with --lock.") }
    }

    func run() throws {
        var session = Session(report: report.style, catalog: catalog, templates: templates)
        let (matrix, findings) =
            try file.map { try session.matrix(at: $0) }
            ?? (Matrix.all(of: session.catalog(), source: source, supportedOnly: supported), Diagnostics())
        let lock = try session.lock(self.lock.use, beside: file)
        try session.write(matrix, lock: lock, reading: findings, to: output, force: force)
    }
}
