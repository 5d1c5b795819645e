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

            Each image becomes a folder <name>/Dockerfile below the output folder. --all says what it leaves out: release \
            candidates, and with source packages the tags of which the catalogue knows no packages.
            """)

    /// Where the CUDA of official tags comes from: wheels know no tags.
    enum Source: String, ExpressibleByArgument, CaseIterable {
        case image, packages

        var source: ImageSource {
            switch self {
            case .image: .image
            case .packages: .packages
            }
        }
    }

    @Flag(help: "The official tags that the source can build, on every platform they exist for.")
    var all = false

    @Flag(help: "With --all: only tags that NVIDIA supports.")
    var supported = false

    @Option(help: "With --all: where CUDA comes from (default: image).")
    var source: Source?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The output folder.", valueName: "folder"), completion: .directory)
    var output: String

    @Flag(help: "Overwrite files that cudagen did not write, or that were edited by hand.")
    var force = false

    @Option(help: CatalogChoice.help, completion: .file())
    var catalog: String?

    @OptionGroup var lock: LockArguments
    @OptionGroup var templates: TemplateArguments
    @OptionGroup var report: ReportArguments

    @Argument(help: "The matrix file.", completion: .file())
    var file: String?

    func validate() throws {
        if all == (file != nil) { throw ValidationError("Name a matrix file, or use --all.") }
        if !all, source != nil { throw ValidationError("--source goes with --all; a matrix file says it itself.") }
        if !all, supported { throw ValidationError("--supported goes with --all.") }
        if all, lock.frozen, lock.lock == nil { throw ValidationError("--all has no lock: name one with --lock.") }
    }

    func run() throws {
        var session = Session(report: report.style, catalog: catalog, templates: templates.templates)
        let (matrix, findings) =
            try file.map { try session.matrix(at: $0) }
            ?? (
                Matrix.all(of: session.catalog(), source: source?.source ?? .image, supportedOnly: supported),
                Diagnostics()
            )
        let lock = try session.lock(self.lock.use, beside: file)
        try session.write(matrix, lock: lock, reading: findings, to: output, force: force)
    }
}
