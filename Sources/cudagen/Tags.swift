import ArgumentParser
import CudaImageKit

struct Tags: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, plain, json }

    static let configuration = CommandConfiguration(
        abstract: "Search the catalogue of official tags.",
        discussion: """
            Examples:
              cudagen tags --cuda 12 --flavor runtime --os ubuntu22.04 --cudnn --supported
              cudagen tags --cuda 11.8 --format plain
            """)

    @Option(help: ArgumentHelp("CUDA release: 12, 12.4 or 12.4.1.", valueName: "version"))
    var cuda: CUDAVersionPattern?

    @Option(help: "base, runtime or devel.")
    var flavor: Flavor?

    @Option(help: "Operating system, such as ubuntu22.04 or ubi9.", transform: OperatingSystem.init(argument:))
    var os: OperatingSystem?

    @Flag(help: "Only tags with cuDNN.")
    var cudnn = false

    @Flag(help: "Only tags that NVIDIA supports.")
    var supported = false

    @Option(help: "Only tags that exist for this platform, such as linux/arm64.")
    var platform: Platform?

    @Option(help: "table, plain (one tag a line) or json.")
    var format: Format = .table

    @Option(help: CatalogChoice.help)
    var catalog: String?

    func run() throws {
        var session = Session(report: ReportStyle(), catalog: catalog)
        var query = TagQuery()
        query.cuda = cuda
        query.flavor = flavor
        query.os = os
        query.cudnn = cudnn ? .any : nil
        query.supportedOnly = supported
        query.platforms = platform.map { [$0] } ?? []
        let catalog = try session.catalog()
        let listing = TagListing(catalog.tags(matching: query), catalog: catalog)
        switch format {
        case .table: Terminal.write(listing.table)
        case .plain: Terminal.write(listing.plain)
        case .json: Terminal.write(listing.json.pretty + "\n")
        }
        if listing.tags.isEmpty {
            Terminal.warn("cudagen: no tag of the catalogue matches\n")
            throw ExitCode.no
        }
    }
}

extension Platform: ExpressibleByArgument {}
