extension Explanation {
    /// What a catalogue knows of a release; `nil` if it does not know it.
    public init?(of cuda: CUDAVersion, in catalog: Catalog) {
        guard let release = catalog.release(cuda) else { return nil }
        var rows = [Row(name: "status", value: release.status.rawValue, reason: release.reason)]
        if let origin = catalog.origin(of: cuda) { rows.append(Row(origin)) }
        if let date = release.endOfLife { rows.append(Row(name: "end of life", value: date, reason: nil)) }
        if let date = release.deletionPlanned { rows.append(Row(name: "deletion", value: date, reason: "planned")) }
        if let driver = catalog.minimumDriver(for: cuda) {
            rows.append(
                Row(name: "minimum driver", value: driver.description, reason: "Linux, toolkit \(cuda.majorMinor)"))
        }
        let targets = catalog.targets(for: cuda)
        if !targets.isEmpty {
            rows.append(
                Row(name: "compiles for", value: targets.map(\.description).joined(separator: ", "), reason: nil))
        }
        var query = TagQuery()
        query.cuda = CUDAVersionPattern(cuda)
        let tags = catalog.tags(matching: query).filter { $0.tag.cuda == cuda }
        let systems = Set(tags.map(\.tag.os)).sorted().map { os in
            let own = tags.filter { $0.tag.os == os }
            let platforms = Set(own.flatMap(\.platforms)).sorted().map(\.architecture).joined(separator: ",")
            let variants = own.map(\.tag.variant).sorted().map(\.description).joined(separator: " ")
            let images = catalog.images(cuda: cuda, os: os)
            let derivation = images.lazy.compactMap(\.derivation).first
            return Row(
                name: os.description, value: platforms.isEmpty ? variants : "\(platforms): \(variants)",
                reason: images.isEmpty
                    ? "known by name only" : derivation.map { "derived from \($0.template)" })
        }
        self.init(
            title: "CUDA \(cuda)",
            sections: [
                Section(title: "Release", rows: rows), Section(title: "Operating systems", rows: systems),
            ])
    }

    /// What a catalogue knows of a tag: its status, and what it installs on each platform.
    public init(of facts: TagFacts, in catalog: Catalog) {
        let tag = facts.tag
        let images = facts.platforms.compactMap { catalog.image(tag.cuda, tag.os, $0) }
            .filter { $0.variants.contains(tag.variant) }
        var rows = Self.status(of: facts, catalog: catalog, derivation: images.lazy.compactMap(\.derivation).first)
        if let listed = facts.listed { rows.append(Row(name: "listed", value: listed, reason: "NVIDIA's newest list")) }
        if !rows.contains(where: { $0.name == "catalogue" }), let origin = catalog.origin(of: tag) {
            rows.append(Row(origin))
        }
        if !facts.hasPins { rows.append(Row(name: "packages", value: "not known", reason: "known by name only")) }
        var sections = [Section(title: "Tag", rows: rows)]
        for image in images {
            guard let layers = catalog.layers(of: tag.variant, in: image) else { continue }
            var origin = [
                Row(name: "base", value: image.baseImage, reason: nil),
                Row(name: "package manager", value: image.packageManager.rawValue, reason: nil),
            ]
            if let repository = image.repository {
                origin.append(Row(name: "repository", value: repository, reason: nil))
            }
            if let key = image.signingKey {
                origin.append(Row(name: "signing key", value: key.file, reason: key.fingerprint))
            }
            sections.append(Section(title: "Origin (\(image.platform))", rows: origin))
            sections += Self.contents(of: ImageContents(facts: image, layers: layers))
        }
        self.init(title: "nvidia/cuda:\(tag)", sections: sections)
    }
}

extension Explanation.Row {
    /// The catalogue that facts are from.
    init(_ origin: CatalogOrigin) {
        self.init(name: "catalogue", value: origin.name, reason: origin.asOf.map { "as of \($0)" })
    }
}
