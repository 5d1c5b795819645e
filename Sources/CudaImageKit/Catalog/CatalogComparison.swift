/// What differs between two catalogues, by meaning: their texts may be written in other words.
public struct CatalogComparison: Hashable, Sendable {
    /// What happened to a fact.
    public enum Kind: String, Hashable, Sendable { case added, removed, changed }
    /// What a fact is about.
    public enum Subject: String, Hashable, Sendable { case release, tag, image }

    /// One thing that differs.
    public struct Change: Hashable, Sendable {
        /// What happened.
        public internal(set) var kind: Kind
        /// What it happened to.
        public internal(set) var subject: Subject
        /// `13.4.0`, `13.4.0-base-ubuntu24.04`, `13.4.0 ubuntu24.04 amd64`.
        public internal(set) var name: String
        /// What changed, one phrase each.
        public internal(set) var details: [String] = []
    }

    /// Every change: releases, tags, then images, each sorted by name.
    public private(set) var changes: [Change] = []

    /// Whether the catalogues say the same.
    public var isEmpty: Bool { changes.isEmpty }

    /// Compares two catalogues by what they say of releases, tags and images.
    public init(from old: Catalog, to new: Catalog) {
        let oldReleases = Dictionary(old.releases.map { ($0.cuda, $0) }) { first, _ in first }
        let newReleases = Dictionary(new.releases.map { ($0.cuda, $0) }) { first, _ in first }
        compare(oldReleases, newReleases, .release) { before, after in
            Self.difference("status", before.status.rawValue, after.status.rawValue)
                + Self.difference("end of life", before.endOfLife, after.endOfLife)
                + Self.difference("deletion", before.deletionPlanned, after.deletionPlanned)
                + Self.difference("reason", before.reason, after.reason)
        }
        let oldTags = Dictionary(old.tags.map { ($0.tag, $0) }) { first, _ in first }
        let newTags = Dictionary(new.tags.map { ($0.tag, $0) }) { first, _ in first }
        compare(oldTags, newTags, .tag) { before, after in
            Self.difference("status", before.status.rawValue, after.status.rawValue)
                + Self.difference("platforms", Self.list(before.platforms), Self.list(after.platforms))
                + Self.difference("packages", before.hasPins ? "known" : nil, after.hasPins ? "known" : nil)
                + Self.difference("cuDNN", before.cudnnVersion, after.cudnnVersion)
                + Self.difference("listed", before.listed, after.listed)
        }
        compare(Self.images(of: old), Self.images(of: new), .image) { before, after in
            before.differences(to: after)
        }
    }

    /// What two texts under one name differ in; `nil` and a text differ, too.
    static func difference(_ name: String, _ old: String?, _ new: String?) -> [String] {
        old == new ? [] : ["\(name) \(old ?? "none") -> \(new ?? "none")"]
    }

    private static func list(_ platforms: [Platform]) -> String? {
        platforms.isEmpty ? nil : platforms.map(\.architecture).joined(separator: ",")
    }

    private mutating func compare<Key: Hashable & Comparable & CustomStringConvertible, Value: Equatable>(
        _ old: [Key: Value], _ new: [Key: Value], _ subject: Subject, _ details: (Value, Value) -> [String]
    ) {
        for key in Set(old.keys).union(new.keys).sorted() {
            switch (old[key], new[key]) {
            case (nil, _?): changes.append(Change(kind: .added, subject: subject, name: key.description))
            case (_?, nil): changes.append(Change(kind: .removed, subject: subject, name: key.description))
            case (let before?, let after?):
                let found = before == after ? [] : details(before, after)
                if !found.isEmpty {
                    changes.append(
                        Change(kind: .changed, subject: subject, name: key.description, details: found))
                }
            case (nil, nil): break
            }
        }
    }

    private static func images(of catalog: Catalog) -> [ImageContent.Key: ImageContent] {
        var images: [ImageContent.Key: ImageContent] = [:]
        for release in catalog.releases {
            for os in catalog.operatingSystems(for: release.cuda) {
                for facts in catalog.images(cuda: release.cuda, os: os) {
                    let content = ImageContent(facts, in: catalog)
                    images[content.key] = content
                }
            }
        }
        return images
    }
}

/// What an image is, apart from where it stands in a catalogue.
private struct ImageContent: Equatable {
    struct Key: Hashable, Comparable, CustomStringConvertible {
        var cuda: CUDAVersion
        var os: OperatingSystem
        var platform: Platform

        var description: String { "\(cuda) \(os) \(platform.architecture)" }

        static func < (left: Key, right: Key) -> Bool {
            (left.cuda, left.os, left.platform) < (right.cuda, right.os, right.platform)
        }
    }

    let facts: ImageFacts
    /// The layers of each variant.
    let layers: [ImageVariant: [CatalogLayer]]

    init(_ facts: ImageFacts, in catalog: Catalog) {
        var plain = facts
        // Places in a text are not what is compared.
        plain.sets = [:]
        self.facts = plain
        layers = Dictionary(
            facts.variants.map { ($0, catalog.layers(of: $0, in: facts) ?? []) },
            uniquingKeysWith: { first, _ in first })
    }

    var key: Key { Key(cuda: facts.cuda, os: facts.os, platform: facts.platform) }

    func differences(to new: ImageContent) -> [String] {
        let before = facts, after = new.facts
        var found =
            CatalogComparison.difference("base", before.baseImage, after.baseImage)
            + CatalogComparison.difference(
                "package manager", before.packageManager.rawValue, after.packageManager.rawValue)
            + CatalogComparison.difference("repository", before.repository, after.repository)
            + CatalogComparison.difference("key", before.signingKey?.id, after.signingKey?.id)
            + CatalogComparison.difference("CUDA_VERSION", before.cudaVersionVariable, after.cudaVersionVariable)
            + CatalogComparison.difference("NVIDIA_REQUIRE_CUDA", before.requireCUDA, after.requireCUDA)
            + CatalogComparison.difference(
                "derived from", before.derivation?.template.description, after.derivation?.template.description)
        if before.environment != after.environment || before.linkerPaths != after.linkerPaths {
            found.append("environment")
        }
        if before.quirks != after.quirks { found.append("quirks") }
        for variant in Set(before.variants).union(after.variants).sorted() {
            found += Self.differences(variant, layers[variant], new.layers[variant])
        }
        return found.isEmpty ? ["other facts"] : found
    }

    /// A variant's own layer; those below are variants, too.
    private static func differences(
        _ variant: ImageVariant, _ old: [CatalogLayer]?, _ new: [CatalogLayer]?
    ) -> [String] {
        guard let old, let new else { return old == nil ? ["\(variant) added"] : ["\(variant) removed"] }
        guard let before = old.last?.set, let after = new.last?.set, before != after else {
            return old.map(\.variant) == new.map(\.variant) ? [] : ["\(variant) stands on another variant"]
        }
        let was = Dictionary(before.packages.map { ($0.name, $0.version ?? "any") }) { first, _ in first }
        let now = Dictionary(after.packages.map { ($0.name, $0.version ?? "any") }) { first, _ in first }
        let found = Set(was.keys).union(now.keys).sorted().flatMap { name in
            CatalogComparison.difference("\(variant) \(name)", was[name], now[name])
        }
        return found.isEmpty ? ["\(variant): what is held, removed or set"] : found
    }
}
