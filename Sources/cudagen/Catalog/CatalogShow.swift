import ArgumentParser
import CudaImageKit

struct CatalogShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "What the catalogue knows of a release or a tag.",
        discussion: """
            Examples:
              cudagen catalog show 12.4.1
              cudagen catalog show 12.4.1-cudnn-runtime-ubuntu22.04 --format json
            """)

    @Option(help: CatalogChoice.help, completion: .file())
    var catalog: String?

    @OptionGroup var report: ReportArguments

    @Argument(help: "A release such as 12.4.1, or a tag of nvidia/cuda.")
    var subject: String

    func run() throws {
        var session = Session(report: report.style, catalog: catalog)
        let catalog = try session.catalog()
        let sheet: Explanation?
        if let release = CUDAVersion(subject) {
            sheet = Explanation(of: release, in: catalog)
        } else {
            guard let tag = try session.tag(spelled: subject) else {
                throw session.fail(
                    Diagnostic(
                        .error, .noSuchTag, "'\(subject)' is no release and no tag",
                        help: "a release looks like 12.4.1, a tag like 12.4.1-runtime-ubuntu22.04"))
            }
            sheet = Explanation(of: tag, in: catalog)
        }
        guard let sheet else {
            throw session.fail(
                Diagnostic(
                    .error, .noSuchRelease, "there is no CUDA \(subject) in the catalogue",
                    help: "'cudagen catalog list' names those that are"))
        }
        Terminal.write(report.format == .json ? sheet.json.pretty + "\n" : sheet.text)
    }
}
