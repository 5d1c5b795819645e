extension Catalog {
    /// Every tag, ascending.
    public var tags: [TagFacts] { tags(matching: TagQuery()) }

    /// The tags that a query asks for, ascending.
    public func tags(matching query: TagQuery) -> [TagFacts] {
        unsortedTags(matching: query).sorted { $0.tag < $1.tag }
    }

    /// The tags that a query asks for, in the order of the catalogue's text, for callers with an order of their own.
    func unsortedTags(matching query: TagQuery = TagQuery()) -> [TagFacts] {
        if layers.count == 1, let layer = layers.first, case .embedded = layer.storage {
            // The embedded catalogue has every tag once.
            var all: [TagFacts] = []
            layer.lines(of: .tags) { bytes in
                TagFacts.forEach(in: CatalogLine(bytes), where: query.matches) { facts in
                    if query.matches(facts) { all.append(facts) }
                }
                return true
            }
            return all
        }
        var found: [CUDAImageTag: TagFacts] = [:]
        for layer in layers.reversed() {
            layer.lines(of: .tags) { bytes in
                TagFacts.forEach(in: CatalogLine(bytes), where: query.matches) { facts in
                    if query.matches(facts) { found[facts.tag] = facts }
                }
                return true
            }
        }
        return found.values.sorted { $0.tag < $1.tag }
    }

    /// What is known of a tag; `nil` if NVIDIA never published it.
    public func tag(_ tag: CUDAImageTag) -> TagFacts? {
        for layer in layers {
            var found: TagFacts?
            layer.lines(of: .tags, key: "\(tag.cuda) \(tag.os)") { bytes in
                TagFacts.forEach(in: CatalogLine(bytes)) { facts in
                    if facts.tag == tag { found = facts }
                }
                return found == nil
            }
            if let found { return found }
        }
        return nil
    }

    /// The full tag that one of NVIDIA's short ones stood for: `11.4.0-runtime`.
    public func tag(aliased alias: String) -> CUDAImageTag? {
        for layer in layers {
            var found: CUDAImageTag?
            layer.lines(of: .aliases, key: alias) { bytes in
                found = CUDAImageTag(CatalogLine(bytes).text(1))
                return false
            }
            if let found { return found }
        }
        return nil
    }

    /// The supported tag that comes nearest to one that is past its end of life: the same variant and operating system
    /// with the next newer release, of the same major version if there is one.
    public func liveReplacement(for tag: CUDAImageTag) -> CUDAImageTag? {
        var query = TagQuery()
        query.os = tag.os
        query.flavor = tag.flavor
        query.supportedOnly = true
        let live = tags(matching: query).map(\.tag).filter { candidate in
            candidate.cuda > tag.cuda && (candidate.cudnn == nil) == (tag.cudnn == nil)
                && (candidate.cudnn == .tensorRT) == (tag.cudnn == .tensorRT)
        }
        let sameMinor = live.filter { $0.cuda.majorMinor == tag.cuda.majorMinor }
        let sameMajor = live.filter { $0.cuda.major == tag.cuda.major }
        return sameMinor.last ?? sameMajor.first ?? live.first
    }

    /// Tags that exist, nearest first: the same operating system, then another release of its distribution, then its
    /// family, then Ubuntu, then the rest; among them a small step in the release is nearer than another variant.
    ///
    /// - Parameters:
    ///   - tag: a tag, known or not.
    ///   - limit: how many tags at most.
    ///   - isWanted: which tags come into question at all.
    public func nearestTags(
        to tag: CUDAImageTag, limit: Int, where isWanted: (TagFacts) -> Bool = { _ in true }
    ) -> [CUDAImageTag] {
        let candidates = tags.filter { !$0.tag.isReleaseCandidate && isWanted($0) }
        let ranked = candidates.map { facts in
            (
                system: Self.rank(of: facts.tag.os, for: tag.os), distance: Self.distance(from: tag, to: facts),
                tag: facts.tag
            )
        }
        .sorted { ($0.system, $0.distance, $1.tag) < ($1.system, $1.distance, $0.tag) }
        return ranked.prefix(limit).map(\.tag)
    }

    /// How far an operating system is from the wanted one; 0 is the same.
    private static func rank(of os: OperatingSystem, for wanted: OperatingSystem) -> Int {
        if os == wanted { return 0 }
        if os.distribution == wanted.distribution { return 1 }
        if os.family == wanted.family { return 2 }
        return os.distribution == .ubuntu ? 3 : 4
    }

    private static func distance(from wanted: CUDAImageTag, to facts: TagFacts) -> Int {
        let tag = facts.tag
        var distance = min(50, 5 * abs(tag.os.major - wanted.os.major))
        if tag.cuda.major != wanted.cuda.major {
            // Of another major version the end that is next to the wanted one is the nearest.
            let minor = tag.cuda.major > wanted.cuda.major ? tag.cuda.minor : max(0, 20 - tag.cuda.minor)
            distance += 1_000 * abs(tag.cuda.major - wanted.cuda.major) + 40 * minor
        } else if tag.cuda.minor != wanted.cuda.minor {
            distance += 40 * min(25, abs(tag.cuda.minor - wanted.cuda.minor))
        } else {
            distance += 4 * min(9, abs((tag.cuda.patch ?? 0) - (wanted.cuda.patch ?? 0)))
        }
        if tag.flavor != wanted.flavor { distance += 300 }
        if (tag.cudnn == nil) != (wanted.cudnn == nil) {
            distance += 400
        } else if tag.cudnn != wanted.cudnn {
            distance += 30
        }
        switch facts.status {
        case .supported: break
        case .unsupported: distance += 10
        case .unlisted, .imported: distance += 25
        }
        return distance
    }
}

/// What a search of the catalogue asks for; what is left out matches everything.
public struct TagQuery: Hashable, Sendable {
    /// Only releases like this one.
    public var cuda: CUDAVersionPattern?
    /// Only this flavor.
    public var flavor: Flavor?
    /// Only this operating system.
    public var os: OperatingSystem?
    /// Only this cuDNN; ``CuDNNRequest/without`` matches tags without cuDNN, `nil` all.
    public var cudnn: CuDNNRequest?
    /// Only tags that NVIDIA maintains.
    public var supportedOnly: Bool
    /// Platforms that a tag must exist for.
    public var platforms: [Platform]

    /// A query; what is left out is not asked for.
    public init(
        cuda: CUDAVersionPattern? = nil, flavor: Flavor? = nil, os: OperatingSystem? = nil, cudnn: CuDNNRequest? = nil,
        supportedOnly: Bool = false, platforms: [Platform] = []
    ) {
        self.cuda = cuda
        self.flavor = flavor
        self.os = os
        self.cudnn = cudnn
        self.supportedOnly = supportedOnly
        self.platforms = platforms
    }

    /// Whether tags of a release, operating system and status can match at all.
    func matches(_ cuda: CUDAVersion, _ os: OperatingSystem, _ status: SupportStatus) -> Bool {
        self.cuda?.matches(cuda) ?? true && self.os.map { $0 == os } ?? true
            && (!supportedOnly || status == .supported)
    }

    /// Whether a tag is one of those asked for.
    public func matches(_ facts: TagFacts) -> Bool {
        let tag = facts.tag
        return matches(tag.cuda, tag.os, facts.status) && flavor.map { $0 == tag.flavor } ?? true
            && matchesCuDNN(facts) && platforms.allSatisfy(facts.platforms.contains)
    }

    private func matchesCuDNN(_ facts: TagFacts) -> Bool {
        switch cudnn {
        case nil: true
        case .without?: facts.tag.cudnn == nil
        case .any?: facts.tag.cudnn != nil
        case .tensorRT?: facts.tag.cudnn == .tensorRT
        case .major(let major)?:
            facts.tag.cudnn == .major(major)
                || facts.tag.cudnn == .unversioned && facts.cudnnVersion?.hasPrefix("\(major).") ?? false
        }
    }
}

extension TagFacts {
    /// The tags of a line: `11.4.0 ubuntu20.04 ⇥ unlisted ⇥ 2021-10 ⇥ amd64,arm64 ⇥ pins ⇥ - ⇥ base cudnn8-runtime=8.2.2.26`.
    ///
    /// - Parameter isWanted: is asked once for the line, before its tags are read.
    static func forEach(
        in line: CatalogLine,
        where isWanted: (CUDAVersion, OperatingSystem, SupportStatus) -> Bool = { _, _, _ in true },
        _ body: (TagFacts) -> Void
    ) {
        let key = line.words(0)
        guard key.count == 2, let cuda = CUDAVersion(key[0]), let os = OperatingSystem(key[1]),
            let status = SupportStatus(rawValue: line.text(1)), isWanted(cuda, os, status)
        else { return }
        let isReleaseCandidate = line.text(5) == "rc"
        let hasPins = line.text(4) == "pins"
        let listed = line.optional(2)
        let platforms = line.optional(3)?.split(separator: ",").compactMap { Platform(String($0)) } ?? []
        for word in line.words(6) {
            let (name, cudnn) = word.splitOnce(at: "=") ?? (word, "")
            guard let variant = ImageVariant(name) else { continue }
            body(
                TagFacts(
                    tag: CUDAImageTag(
                        cuda: cuda, flavor: variant.flavor, os: os, cudnn: variant.cudnn,
                        isReleaseCandidate: isReleaseCandidate),
                    status: status, platforms: platforms, hasPins: hasPins, listed: listed,
                    cudnnVersion: cudnn.isEmpty ? nil : cudnn))
        }
    }
}
