extension Catalog {
    /// Every release, ascending.
    public var releases: [ReleaseFacts] {
        var releases: [CUDAVersion: ReleaseFacts] = [:]
        for layer in layers.reversed() {
            layer.lines(of: .releases) { bytes in
                if let facts = ReleaseFacts(CatalogLine(bytes)) { releases[facts.cuda] = facts }
                return true
            }
        }
        return releases.values.sorted { $0.cuda < $1.cuda }
    }

    /// What is known of a release as a whole.
    public func release(_ cuda: CUDAVersion) -> ReleaseFacts? {
        for layer in layers {
            var found: ReleaseFacts?
            layer.lines(of: .releases, key: "\(cuda)") { bytes in
                found = ReleaseFacts(CatalogLine(bytes))
                return false
            }
            if let found { return found }
        }
        return nil
    }

    /// The operating systems that a release has tags for, ascending.
    public func operatingSystems(for cuda: CUDAVersion) -> [OperatingSystem] {
        var systems: Set<OperatingSystem> = []
        for layer in layers {
            layer.lines(of: .tags, key: "\(cuda)") { bytes in
                let key = CatalogLine(bytes).words(0)
                if key.count == 2, let os = OperatingSystem(key[1]) { systems.insert(os) }
                return true
            }
        }
        return systems.sorted()
    }
}

extension ReleaseFacts {
    /// `11.4.0 ⇥ unlisted ⇥ end-of-life=2023-07-01 ⇥ deletion=2024-01-01 ⇥ reason=…`
    init?(_ line: CatalogLine) {
        guard let cuda = CUDAVersion(line.text(0)), let status = SupportStatus(rawValue: line.text(1)) else {
            return nil
        }
        self.init(
            cuda: cuda, status: status, reason: line["reason"], endOfLife: line["end-of-life"],
            deletionPlanned: line["deletion"])
    }
}
