/// Tags of the catalogue in the forms that people and programs read.
public struct TagListing: Sendable {
    public var tags: [TagFacts]

    public init(_ tags: [TagFacts]) { self.tags = tags }

    /// One tag a line.
    public var plain: String { tags.map { $0.tag.description + "\n" }.joined() }

    /// A table with headings.
    public var table: String {
        let heading = ["TAG", "STATUS", "CUDNN", "PLATFORMS", "SOURCES"]
        let rows = tags.map { facts in
            [
                facts.tag.description, facts.status.rawValue, facts.cudnnVersion ?? "-",
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
                        return .object(members)
                    })
            ),
        ])
    }
}
