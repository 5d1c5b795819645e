/// The tags of the catalogue beside those that a registry has.
public struct TagComparison: Sendable {
    /// The repository that was asked: `nvidia/cuda`.
    public internal(set) var repository: String
    /// Tags of the registry that the catalogue does not know, ascending.
    public internal(set) var new: [String]
    /// Tags that are on NVIDIA's lists, and not in the registry, ascending.
    public internal(set) var gone: [TagFacts]
    /// How many tags were looked at in both.
    public internal(set) var commonCount: Int

    /// Compares what a query asks for.
    ///
    /// A tag that the catalogue does not know has neither a status nor platforms: a query for supported tags, or for those of a
    /// platform, leaves it out. A name that is no tag of NVIDIA's form counts only if nothing is asked for.
    ///
    /// - Parameters:
    ///   - query: which tags are compared.
    ///   - tags: all tags of the registry.
    ///   - repository: what was asked, such as `nvidia/cuda`.
    ///   - catalog: what is known of the tags.
    public init(_ query: TagQuery, tags: [String], repository: String, catalog: Catalog) {
        self.repository = repository
        let there = Set(tags)
        let known = Set(catalog.tags.map(\.tag.description))
        let wanted = catalog.tags(matching: query)
        gone = wanted.filter { $0.status.isListed && !there.contains($0.tag.description) }
        commonCount = wanted.count { there.contains($0.tag.description) }
        let unknown = there.subtracting(known).filter { catalog.tag(aliased: $0) == nil }
        let ours = unknown.compactMap { CUDAImageTag($0) }.filter(query.matches).sorted().map(\.description)
        let others = unknown.filter { CUDAImageTag($0) == nil }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        new = ours + (query == TagQuery() ? others : [])
    }

    /// Whether the registry has what the catalogue lists, and nothing else, of what was asked for.
    public var isSame: Bool { new.isEmpty && gone.isEmpty }

    /// A line for each tag: what is the matter, the tag, why.
    public var table: String {
        var rows = new.map { ["new", $0, "the catalogue does not know it"] }
        rows += gone.map { ["gone", $0.tag.description, "\($0.status.rawValue), and not in the registry"] }
        let width = rows.map(\.[1].count).max() ?? 0
        return rows.map { row in
            let padding = String(repeating: " ", count: width - row[1].count)
            return "\(row[0])\(row[0].count == 3 ? " " : "")  \(row[1])\(padding)  \(row[2])\n"
        }.joined()
    }

    /// `+TAG` for a new one, `-TAG` for one that is gone.
    public var plain: String {
        (new.map { "+\($0)\n" } + gone.map { "-\($0.tag)\n" }).joined()
    }

    /// `{"version": 1, "repository": …, "new": [TAG], "gone": [{"tag": …, "status": …}]}`
    public var json: JSONValue {
        .object([
            ("version", .integer(1)), ("repository", .string(repository)),
            ("new", .array(new.map { .string($0) })),
            (
                "gone",
                .array(
                    gone.map { facts in
                        .object([
                            ("tag", .string(facts.tag.description)), ("status", .string(facts.status.rawValue)),
                        ])
                    })
            ),
        ])
    }
}

extension SupportStatus {
    /// Whether NVIDIA's lists have the tag, so that a registry should.
    fileprivate var isListed: Bool { self == .supported || self == .unsupported }
}

extension TagQuery {
    /// Whether a tag of which nothing else is known is asked for.
    func matches(_ tag: CUDAImageTag) -> Bool {
        guard !supportedOnly, platforms.isEmpty, cuda?.matches(tag.cuda) ?? true, os.map({ $0 == tag.os }) ?? true,
            flavor.map({ $0 == tag.flavor }) ?? true
        else { return false }
        return switch cudnn {
        case nil: true
        case .without?: tag.cudnn == nil
        case .any?: tag.cudnn != nil
        case .tensorRT?: tag.cudnn == .tensorRT
        case .major(let major)?: tag.cudnn == .major(major)
        }
    }
}
