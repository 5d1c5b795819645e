/// Releases of a catalogue in the forms that people and programs read.
public struct ReleaseListing: Sendable {
    /// A release with what the catalogue knows of it.
    public struct Entry: Hashable, Sendable {
        /// The release.
        public internal(set) var release: ReleaseFacts
        /// The operating systems that it has images for.
        public internal(set) var systems: [OperatingSystem]
        /// How many tags it has.
        public internal(set) var tagCount: Int
        /// How many tags are known package by package.
        public internal(set) var packagedCount: Int
        /// The release that the packages are derived from, if they are.
        public internal(set) var derivedFrom: CUDAVersion?
        /// Where the release is known from.
        public internal(set) var origin: CatalogOrigin?
    }

    /// The releases, the newest first.
    public internal(set) var releases: [Entry]
    /// The texts that the catalogue is made of, the newest first.
    public internal(set) var origins: [CatalogOrigin]

    /// The releases of a catalogue.
    ///
    /// - Parameters:
    ///   - catalog: the facts.
    ///   - pattern: which releases; `nil` for all.
    public init(of catalog: Catalog, matching pattern: CUDAVersionPattern? = nil) {
        var query = TagQuery()
        query.cuda = pattern
        let tags = Dictionary(grouping: catalog.tags(matching: query), by: \.tag.cuda)
        origins = catalog.origins
        releases = catalog.releases.filter { pattern?.matches($0.cuda) ?? true }.map { release in
            let own = tags[release.cuda] ?? []
            let systems = Set(own.map(\.tag.os)).sorted()
            let images = systems.lazy.flatMap { catalog.images(cuda: release.cuda, os: $0) }
            return Entry(
                release: release, systems: systems, tagCount: own.count, packagedCount: own.count(where: \.hasPins),
                derivedFrom: images.compactMap(\.derivation?.template).first, origin: catalog.origin(of: release.cuda))
        }
    }

    /// A table with headings.
    public var table: String {
        let rows = releases.map { entry in
            [
                entry.release.cuda.description, entry.release.status.rawValue, "\(entry.systems.count)",
                "\(entry.tagCount)", "\(entry.packagedCount)", entry.derivedFrom?.description ?? "-",
                entry.origin?.name ?? "-",
            ]
        }
        return TextTable(
            heading: ["RELEASE", "STATUS", "SYSTEMS", "TAGS", "PACKAGES", "DERIVED FROM", "CATALOGUE"], rows: rows
        ).text
    }

    /// `{"version": 1, "catalogues": [{"name": …, "asOf": …, "sources": […]}], "releases": [{"cuda": …, "status": …,
    /// "systems": […], "tags": …, "packages": …, "derivedFrom": …, "endOfLife": …, "catalogue": …}]}`
    public var json: JSONValue {
        .object([
            ("version", .integer(1)),
            (
                "catalogues",
                .array(
                    origins.map { origin in
                        var members: [(String, JSONValue)] = [("name", .string(origin.name))]
                        if let date = origin.asOf { members.append(("asOf", .string(date))) }
                        members.append(("sources", .array(origin.sources.map { .string($0) })))
                        return .object(members)
                    })
            ),
            ("releases", .array(releases.map(\.json))),
        ])
    }
}

extension ReleaseListing.Entry {
    fileprivate var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("cuda", .string(release.cuda.description)), ("status", .string(release.status.rawValue)),
            ("systems", .array(systems.map { .string($0.description) })), ("tags", .integer(tagCount)),
            ("packages", .integer(packagedCount)),
        ]
        if let derivedFrom { members.append(("derivedFrom", .string(derivedFrom.description))) }
        if let date = release.endOfLife { members.append(("endOfLife", .string(date))) }
        if let origin { members.append(("catalogue", .string(origin.name))) }
        return .object(members)
    }
}
