import ArgumentParser
import CudaImageKit
import CudaImageRegistry

struct Tags: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, plain, json }

    static let configuration = CommandConfiguration(
        commandName: "tags",
        abstract: "Search the catalogue of official tags.",
        discussion: """
            Examples:
              cudagen tags --cuda 12 --flavor runtime --os ubuntu22.04 --cudnn --supported
              cudagen tags --cuda 11.8 --format plain
              cudagen tags --online --cuda 12
              cudagen tags --online --registry mirror.example.com/docker-hub --format plain

            With --online the catalogue is compared with the registry: the tags that the registry has and the catalogue does \
            not (new), and those on NVIDIA's lists that the registry lacks (gone). Exits with 1 if there are any.
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

    @Option(help: CatalogChoice.help, completion: .file())
    var catalog: String?

    @Flag(help: "Compare with the tags that a registry has now.")
    var online = false

    @Option(
        help: ArgumentHelp(
            "With --online: the registry, and the folders in it, that nvidia/cuda is in (default: docker.io).",
            valueName: "registry"),
        transform: Tags.repository)
    var registry: ImageReference?

    @OptionGroup var access: RegistryArguments

    func validate() throws {
        if !online, let option = registry == nil ? access.firstGiven : "--registry" {
            throw ValidationError("\(option) goes with --online.")
        }
        if online, platform != nil {
            throw ValidationError("--online compares names, and a list of names tells no platforms.")
        }
    }

    /// `mirror.example.com/docker-hub/nvidia/cuda` for `mirror.example.com/docker-hub`.
    static func repository(in registry: String) throws -> ImageReference {
        guard let reference = ImageReference("\(registry)/nvidia/cuda"), reference.registry != nil else {
            throw ValidationError("'\(registry)' is not a registry such as mirror.example.com or nvcr.io.")
        }
        return reference
    }

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
        if online { return try compare(query, catalog, session) }
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

    private func compare(_ query: TagQuery, _ catalog: Catalog, _ session: Session) throws {
        let reference = try registry ?? Self.repository(in: RegistryEndpoint.hub)
        let tags: [String]
        do throws(RegistryError) {
            var client = access.client
            tags = try client.tags(of: reference)
        } catch {
            session.show(Diagnostics([error.diagnostic]))
            throw error.exitCode
        }
        let comparison = TagComparison(query, tags: tags, repository: reference.description, catalog: catalog)
        switch format {
        case .table: Terminal.write(comparison.table)
        case .plain: Terminal.write(comparison.plain)
        case .json: Terminal.write(comparison.json.pretty + "\n")
        }
        Terminal.warn(
            "cudagen: \(reference) has \(tags.count) tags: \(comparison.commonCount) as in the catalogue, "
                + "\(comparison.new.count) new, \(comparison.gone.count) gone\n")
        if !comparison.isSame { throw ExitCode.no }
    }
}

extension Platform: ExpressibleByArgument {}
