/// Tags of the catalogue in the forms that people and programs read.
public struct TagListing: Sendable {
    /// The tags in the order in which they are listed.
    public internal(set) var tags: [TagFacts]

    /// The facts of the tags' releases.
    private let releases: [CUDAVersion: Release]

    /// What the listing says of a release.
    private struct Release: Sendable {
        var endOfLife: String?
        var minimumDriver: String?
        var targets: [ComputeCapability]

        var jsonMembers: [(String, JSONValue)] {
            var members: [(String, JSONValue)] = []
            if let endOfLife { members.append(("endOfLife", .string(endOfLife))) }
            if let minimumDriver { members.append(("minimumDriver", .string(minimumDriver))) }
            if !targets.isEmpty {
                members.append(("computeCapabilities", .array(targets.map { .string($0.number) })))
            }
            return members
        }
    }

    /// - Parameters:
    ///   - tags: what a query found, in any order; it is kept.
    ///   - catalog: the facts about their releases: end of life, oldest driver, compute capabilities.
    public init(_ tags: [TagFacts], catalog: Catalog) {
        self.tags = tags
        var releases: [CUDAVersion: Release] = [:]
        for cuda in Set(tags.map(\.tag.cuda)) {
            releases[cuda] = Release(
                endOfLife: catalog.release(cuda)?.endOfLife,
                minimumDriver: catalog.driverRequirement(for: cuda).floor?.description,
                targets: catalog.targets(for: cuda).filter { $0.suffix == nil })
        }
        self.releases = releases
    }

    /// One tag a line.
    public var plain: String { tags.map { $0.tag.description + "\n" }.joined() }

    /// A table with headings.
    public var table: String {
        let heading = ["TAG", "STATUS", "END OF LIFE", "CUDNN", "DRIVER", "PLATFORMS", "SOURCES"]
        let rows = tags.map { facts in
            let release = releases[facts.tag.cuda]
            return [
                facts.tag.description, facts.status.rawValue, release?.endOfLife ?? "-", facts.cudnnVersion ?? "-",
                release?.minimumDriver ?? "?",
                facts.platforms.isEmpty ? "?" : facts.platforms.map(\.architecture).joined(separator: ","),
                facts.hasPins ? "image,packages" : "image",
            ]
        }
        return TextTable(heading: heading, rows: rows).text
    }

    /// `{"version": 1, "tags": [{"tag": …, "cuda": …, "flavor": …, "os": …, "status": …, "platforms": […], …}]}`
    public var json: JSONValue {
        .object([
            ("version", .integer(1)),
            (
                "tags",
                .array(
                    tags.map { facts in
                        var members: [(String, JSONValue)] = [
                            ("tag", .string(facts.tag.description)), ("cuda", .string(facts.tag.cuda.description)),
                            ("flavor", .string(facts.tag.flavor.rawValue)), ("os", .string(facts.tag.os.description)),
                            ("status", .string(facts.status.rawValue)),
                            ("platforms", .array(facts.platforms.map { .string($0.description) })),
                            ("packages", .bool(facts.hasPins)),
                        ]
                        if let variant = facts.tag.cudnn { members.append(("variant", .string(variant.description))) }
                        if let version = facts.cudnnVersion { members.append(("cudnn", .string(version))) }
                        if let listed = facts.listed { members.append(("listed", .string(listed))) }
                        if let release = releases[facts.tag.cuda] { members += release.jsonMembers }
                        return .object(members)
                    })
            ),
        ])
    }
}
