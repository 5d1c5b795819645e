import ArgumentParser
import CudaImageKit

struct CatalogList: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The releases that the catalogue knows, and where it knows them from.",
        discussion: """
            Examples:
              cudagen catalog list
              cudagen catalog list --cuda 13 --format json
            """)

    @Option(help: ArgumentHelp("Only these releases: 12, 12.4 or 12.4.1.", valueName: "version"))
    var cuda: CUDAVersionPattern?

    @Option(help: "table or json.")
    var format: Format = .table

    @Option(help: CatalogChoice.help, completion: .file())
    var catalog: String?

    func run() throws {
        var session = Session(report: ReportStyle(), catalog: catalog)
        let listing = ReleaseListing(of: try session.catalog(), matching: cuda)
        switch format {
        case .table: Terminal.write(listing.table)
        case .json: Terminal.write(listing.json.pretty + "\n")
        }
        if listing.releases.isEmpty {
            Terminal.warn("cudagen: no release of the catalogue matches\n")
            throw ExitCode.no
        }
    }
}
