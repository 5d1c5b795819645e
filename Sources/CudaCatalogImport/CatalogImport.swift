import CudaImageKit

/// Indexes of NVIDIA's repositories in, a catalogue out: the releases that a catalogue does not know yet.
///
///     var facts = CatalogImport(into: .embedded)
///     facts.add(try PackageIndex(aptPackages: bytes, fileName: "Packages"), repository: "ubuntu2404/x86_64", …)
///     let text = try facts.text()
public struct CatalogImport: Sendable {
    private let catalog: Catalog
    public private(set) var images: [DerivedImage] = []
    public private(set) var diagnostics = Diagnostics()

    private var sources: [String] = []
    private var dates: [String] = []

    /// Releases whose images are made of packages with the release in their names; before, there is no rule.
    static let oldestRelease = CUDAVersion(11, 0)

    /// - Parameter catalog: what is known already; its images are what new ones are derived from.
    public init(into catalog: Catalog) { self.catalog = catalog }

    /// Derives what an index has of releases that the catalogue does not know.
    ///
    /// - Parameters:
    ///   - repository: NVIDIA's folder: `ubuntu2404/x86_64`.
    ///   - source: where the index is from and who vouches for it, in one phrase without line breaks.
    ///   - date: the index's own ISO date, if it has one.
    public mutating func add(_ index: PackageIndex, repository: String, source: String, date: String?) {
        let rows = catalog.images(inRepository: repository).filter {
            $0.derivation == nil && $0.cuda >= Self.oldestRelease
        }
        guard !rows.isEmpty else {
            diagnostics.error(
                .unknownSource, "no image that the catalogue knows uses the repository '\(repository)'",
                help: "there is nothing to derive images from")
            return
        }
        sources.append(source)
        if let date { dates.append(date) }
        let releases = Set(ReleaseVersions.releases(in: index)).sorted().filter { !hasPins($0) }
        let count = images.count
        var derivation = ReleaseDerivation(catalog: catalog, index: index)
        for release in releases {
            let templates = Self.templates(for: release, among: rows)
            if templates.isEmpty {
                diagnostics.note(
                    .releaseLeftOut, "\(release) is left out: no older image in '\(repository)' shows what it would be")
            }
            for template in templates {
                let older = rows.filter { $0.os == template.os && $0.platform == template.platform }
                if let image = derivation.image(of: release, template: template, older: older) { images.append(image) }
            }
        }
        diagnostics.add(contentsOf: derivation.diagnostics)
        if images.count == count, !diagnostics.hasErrors {
            diagnostics.note(.nothingNew, "'\(repository)' has no release that the catalogue lacks")
        }
    }

    /// The images of the nearest older release: of the same major version, if it had one.
    static func templates(for release: CUDAVersion, among rows: [ImageFacts]) -> [ImageFacts] {
        let older = rows.filter { $0.cuda < release }
        let nearest = older.last { $0.cuda.major == release.major } ?? older.last
        return older.filter { $0.cuda == nearest?.cuda }
    }

    private func hasPins(_ release: CUDAVersion) -> Bool {
        var query = TagQuery()
        query.cuda = CUDAVersionPattern(release)
        return catalog.tags(matching: query).contains { $0.hasPins && $0.tag.cuda == release }
    }

    /// The catalogue of what was derived; it extends the embedded one.
    ///
    /// - Throws: ``DiagnosticError`` if the text is no catalogue: something got through that no catalogue may hold.
    public func text() throws(DiagnosticError) -> String {
        var lines = CatalogLines()
        let releases = Set(images.map(\.facts.cuda)).sorted()
        let known = Set(catalog.releases.map(\.cuda))
        for release in releases where !known.contains(release) {
            lines.add(["\(release)", SupportStatus.imported.rawValue], to: "releases")
        }
        for line in tagLines() { lines.add(line, to: "tags") }
        for image in images.sorted(by: Self.precede) {
            var image = image
            image.facts.status = status(of: image)
            lines.add(image)
        }
        let header = (dates.min().map { ["as-of \($0)"] } ?? []) + sources.map { "imported-from \($0)" }
        let text = lines.text(header: header)
        _ = try Catalog(parsing: text, fileName: "imported")
        return text
    }

    private static func precede(_ left: DerivedImage, _ right: DerivedImage) -> Bool {
        (left.facts.cuda, left.facts.os, left.facts.platform) < (right.facts.cuda, right.facts.os, right.facts.platform)
    }

    private func status(of image: DerivedImage) -> SupportStatus {
        let tag = CUDAImageTag(cuda: image.facts.cuda, flavor: .base, os: image.facts.os)
        return catalog.tag(tag)?.status ?? .imported
    }

    /// Tags that share everything but the variant are one line. What is known of a tag by name stays.
    private func tagLines() -> [[String]] {
        struct Group: Hashable, Comparable {
            var cuda: CUDAVersion
            var os: OperatingSystem
            var status: String
            var listed: String
            var platforms: String

            static func < (left: Group, right: Group) -> Bool {
                (left.cuda, left.os, left.status, left.listed, left.platforms)
                    < (right.cuda, right.os, right.status, right.listed, right.platforms)
            }
        }
        var platforms: [CUDAImageTag: Set<Platform>] = [:]
        var cudnn: [CUDAImageTag: String] = [:]
        for image in images {
            for layer in image.layers {
                let tag = CUDAImageTag(
                    cuda: image.facts.cuda, flavor: layer.variant.flavor, os: image.facts.os,
                    cudnn: layer.variant.cudnn)
                platforms[tag, default: []].insert(image.facts.platform)
                cudnn[tag] = layer.set.cudnnVersion
            }
        }
        var groups: [Group: [CUDAImageTag]] = [:]
        for (tag, derived) in platforms {
            let known = catalog.tag(tag)
            let all = derived.union(known?.platforms ?? []).sorted().map(\.architecture).joined(separator: ",")
            let group = Group(
                cuda: tag.cuda, os: tag.os, status: (known?.status ?? .imported).rawValue,
                listed: known?.listed ?? "-", platforms: all)
            groups[group, default: []].append(tag)
        }
        return groups.sorted { $0.key < $1.key }.map { group, tags in
            let variants = tags.map(\.variant).sorted().map { variant in
                let tag = tags.first { $0.variant == variant }
                return tag.flatMap { cudnn[$0] }.map { "\(variant)=\($0)" } ?? variant.description
            }
            return [
                "\(group.cuda) \(group.os)", group.status, group.listed, group.platforms, "pins", "-",
                variants.joined(separator: " "),
            ]
        }
    }
}
