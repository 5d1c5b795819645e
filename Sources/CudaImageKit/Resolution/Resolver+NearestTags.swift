extension Resolver {
    /// Releases with the operating systems that they exist for, best first.
    func pairs(of releases: [CUDAVersion]) -> [(CUDAVersion, OperatingSystem)] {
        releases.flatMap { release in officialSystems(for: release).map { (release, $0) } }
    }

    /// The tag that has everything but one of the platforms.
    func tagWithout(
        _ platforms: [Platform], among pairs: [(CUDAVersion, OperatingSystem)], flavor: Flavor, cudnn: CuDNNRequest
    ) -> TagFacts? {
        for (cuda, os) in pairs {
            guard let facts = tag(cuda: cuda, flavor: flavor, os: os, cudnn: cudnn, platforms: []) else { continue }
            // Where the lists do not say, nothing is known to be missing.
            if !facts.platforms.isEmpty, !platforms.allSatisfy(facts.platforms.contains) { return facts }
        }
        return nil
    }

    /// The cuDNN versions that some images come with, ascending.
    func cudnnMajors(of pairs: [(CUDAVersion, OperatingSystem)], flavor: Flavor) -> [Int] {
        var majors: Set<Int> = []
        for (cuda, os) in pairs {
            var query = TagQuery()
            query.cuda = CUDAVersionPattern(cuda)
            query.os = os
            query.flavor = flavor
            for version in catalog.tags(matching: query).compactMap(\.cudnnVersion) {
                if let major = Int(version.prefix { $0 != "." }) { majors.insert(major) }
            }
        }
        return majors.sorted()
    }

    /// The tags nearest to one that does not exist, and the nearest that meets the wish that failed.
    ///
    /// - Parameters:
    ///   - wish: what the last one has: `CUDA 12.4`.
    ///   - meetsWish: whether a tag has it.
    func nearest(to wanted: CUDAImageTag, and wish: String, where meetsWish: (TagFacts) -> Bool) -> String? {
        let tags = catalog.nearestTags(to: wanted, limit: 3)
        guard !tags.isEmpty else { return nil }
        let help = "nearest that exist: " + tags.map(\.description).joined(separator: ", ")
        guard let other = catalog.nearestTags(to: wanted, limit: 1, where: meetsWish).first, !tags.contains(other)
        else {
            return help
        }
        return help + "; with \(wish): \(other)"
    }

    /// The nearest tag that exists for some platforms, and the one with the nearest release: the end of a sentence.
    func nearest(to tag: CUDAImageTag, with platforms: [Platform], source: ImageSource) -> String {
        let tags = catalog.nearestTags(to: tag, limit: .max) { facts in
            platforms.allSatisfy(facts.platforms.contains) && (source == .image || facts.hasPins)
                && facts.tag.flavor == tag.flavor && (facts.tag.cudnn == nil) == (tag.cudnn == nil)
        }
        let names = platforms.map(\.description).joined(separator: " and ")
        guard let first = tags.first else { return "; no image like it exists for \(names)" }
        let release = Catalog.nearest(to: CUDAVersionPattern(tag.cuda), of: tags.map(\.cuda), limit: 1).first
        let other = tags.first { $0.cuda == release }
        return "; the nearest for \(names) is \(first)"
            + (other.map { $0.cuda == first.cuda ? "" : ", with the nearest release \($0)" } ?? "")
    }

    /// The variant that a request asks for, as newer tags spell it.
    static func variant(of request: CuDNNRequest) -> CuDNNVariant? {
        switch request {
        case .without: nil
        case .any: .unversioned
        case .major(let major): .major(major)
        case .tensorRT: .tensorRT
        }
    }

    /// What a request asks for, in messages.
    static func name(of request: CuDNNRequest) -> String {
        switch request {
        case .major(let major): "cuDNN \(major)"
        case .tensorRT: "TensorRT"
        case .any, .without: "cuDNN"
        }
    }
}

extension Catalog {
    /// The releases whose numbers come nearest to one that does not exist, ascending.
    func nearestReleases(to pattern: CUDAVersionPattern) -> [CUDAVersion] {
        Self.nearest(to: pattern, of: releases.map(\.cuda), limit: 5)
    }

    fileprivate static func nearest(
        to pattern: CUDAVersionPattern, of releases: [CUDAVersion], limit: Int
    ) -> [CUDAVersion] {
        let wanted = pattern.components + [0, 0]
        func distance(_ release: CUDAVersion) -> Int {
            let number = 100 * release.minor + (release.patch ?? 0)
            if release.major == wanted[0] { return abs(number - 100 * wanted[1] - wanted[2]) }
            // Of another major version the end that is next to the wanted one is the nearest.
            let step = 100_000 * abs(release.major - wanted[0])
            return release.major > wanted[0] ? step + number : step + 100_000 - number
        }
        return releases.map { (distance($0), $0) }.sorted { $0 < $1 }.prefix(limit).map(\.1).sorted()
    }
}

extension [CUDAVersion] {
    /// The releases in a sentence.
    var text: String { map(\.description).joined(separator: ", ") }
}
