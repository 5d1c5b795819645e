import CudaImageKit

/// Indexes of NVIDIA's repositories or its image sources in, a catalogue out: the releases that a catalogue does not know yet.
///
///     var facts = CatalogImport(into: .embedded)
///     facts.add(try PackageIndex(aptPackages: bytes, fileName: "Packages"), repository: "ubuntu2404/x86_64", …)
///     let text = try facts.text()
public struct CatalogImport: Sendable {
    private let catalog: Catalog
    /// What was derived so far, one for each release, operating system and platform.
    public private(set) var images: [DerivedImage] = []
    /// What was left out and why, and what a source lacks; errors are sources of which nothing was taken.
    public private(set) var diagnostics = Diagnostics()

    /// Releases that the catalogue counts as supported, and NVIDIA's image sources no longer do.
    public private(set) var ended: Set<CUDAVersion> = []
    private var sources: [String] = []
    private var dates: [String] = []

    /// Releases whose images are made of packages with the release in their names; before, there is no rule.
    static let oldestRelease = CUDAVersion(11, 0)

    /// - Parameter catalog: what is known already; its images are what new ones are derived from.
    public init(into catalog: Catalog) { self.catalog = catalog }

    /// Derives what an index has of releases that the catalogue does not know.
    ///
    /// - Parameters:
    ///   - index: what the repository has.
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
                if let image = derivation.image(of: release, template: template, older: older) { append(image) }
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

    /// Derives the images of NVIDIA's image sources that the catalogue does not know, and takes over which releases have come
    /// to their end.
    ///
    /// - Parameters: as those of ``add(_:repository:source:date:)``.
    public mutating func add(_ manifest: ImageManifest, source: String, date: String?) {
        sources.append(source)
        if let date { dates.append(date) }
        let count = images.count
        let releases = catalog.releases.map(\.cuda).filter { $0 >= Self.oldestRelease }
        for listed in manifest.images where listed.cuda >= Self.oldestRelease && !hasPins(listed.cuda) {
            let rows = releases.compactMap { catalog.image($0, listed.os, listed.platform) }
                .filter { $0.derivation == nil }
            guard let template = Self.templates(for: listed.cuda, among: rows).first else {
                diagnostics.note(
                    .releaseLeftOut,
                    "\(listed.cuda) on \(listed.os) (\(listed.platform)) is left out: no older image shows what it would be"
                )
                continue
            }
            var derivation = ReleaseDerivation(catalog: catalog, index: listed.index(for: template, in: catalog))
            if var image = derivation.image(of: listed.cuda, template: template) {
                image.status = manifest.unsupported.contains(listed.cuda) ? .unsupported : .supported
                if let base = listed.baseImage { image.facts.baseImage = base }
                if let requirement = listed.requirement { image.facts.requireCUDA = requirement }
                append(image)
            }
            diagnostics.add(contentsOf: derivation.diagnostics)
        }
        ended.formUnion(manifest.unsupported.filter { catalog.release($0)?.status == .supported })
        if images.count == count, ended.isEmpty, !diagnostics.hasErrors {
            diagnostics.note(.nothingNew, "the image sources have no release that the catalogue lacks")
        }
    }

    /// Adds what is not there: an image from another source keeps its layers, and gets those that it lacks.
    private mutating func append(_ image: DerivedImage) {
        let place = images.firstIndex { known in
            known.facts.cuda == image.facts.cuda && known.facts.os == image.facts.os
                && known.facts.platform == image.facts.platform
        }
        guard let place else { return images.append(image) }
        var known = images[place]
        for layer in image.layers {
            let variants = known.layers.map(\.variant)
            guard !variants.contains(layer.variant), layer.below.map(variants.contains) ?? true else { continue }
            known.layers.append(layer)
        }
        let names = Set(known.layers.flatMap { $0.set.packages.map(\.name) })
        known.facts.derivation?.leftOut.removeAll(where: names.contains)
        images[place] = known
    }

    private func hasPins(_ release: CUDAVersion) -> Bool {
        var query = TagQuery()
        query.cuda = CUDAVersionPattern(release)
        return catalog.tags(matching: query).contains { $0.hasPins && $0.tag.cuda == release }
    }

    /// Whether no source had anything that the catalogue lacks.
    public var isEmpty: Bool { images.isEmpty && ended.isEmpty }

    /// The catalogue of what was derived; it extends the embedded one.
    ///
    /// - Throws: `DiagnosticError` if the text is no catalogue: something got through that no catalogue may hold.
    public func text() throws(DiagnosticError) -> String {
        var lines = CatalogLines()
        let releases = Set(images.map(\.facts.cuda)).sorted()
        let known = Set(catalog.releases.map(\.cuda))
        for release in releases where !known.contains(release) {
            lines.add(["\(release)", status(of: release).rawValue], to: "releases")
        }
        for release in ended.sorted() {
            let known = catalog.release(release)
            let dates = [("end-of-life", known?.endOfLife), ("deletion", known?.deletionPlanned)]
            lines.add(
                [release.description, SupportStatus.unsupported.rawValue]
                    + dates.compactMap { name, date in date.map { "\(name)=\($0)" } }, to: "releases")
        }
        for line in tagLines() { lines.add(line, to: "tags") }
        for image in images.sorted(by: Self.precede) { lines.add(image) }
        let header = (dates.min().map { ["as-of \($0)"] } ?? []) + sources.map { "imported-from \($0)" }
        let text = lines.text(header: header)
        _ = try Catalog(parsing: text, fileName: "imported")
        return text
    }

    private static func precede(_ left: DerivedImage, _ right: DerivedImage) -> Bool {
        (left.facts.cuda, left.facts.os, left.facts.platform) < (right.facts.cuda, right.facts.os, right.facts.platform)
    }

    /// What NVIDIA's image sources say of a release, if they were read.
    private func status(of release: CUDAVersion) -> SupportStatus {
        images.lazy.filter { $0.facts.cuda == release }.map(\.status).first { $0 != .imported } ?? .imported
    }

    /// Tags that share everything but the variant are one line. What is known of a tag by name stays.
    private func tagLines() -> [[String]] {
        struct Group: Hashable, Comparable {
            var cuda: CUDAVersion
            var os: OperatingSystem
            var status: String
            var listed: String
            var platforms: String
            var packages: String

            static func < (left: Group, right: Group) -> Bool {
                (left.cuda, left.os, left.status, left.listed, left.platforms, left.packages)
                    < (right.cuda, right.os, right.status, right.listed, right.platforms, right.packages)
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
        let ending = ended.flatMap { release in
            catalog.tags(matching: TagQuery(cuda: CUDAVersionPattern(release), supportedOnly: true)).filter {
                $0.tag.cuda == release && !$0.tag.isReleaseCandidate
            }
        }
        for facts in ending {
            platforms[facts.tag, default: []].formUnion(facts.platforms)
            if cudnn[facts.tag] == nil { cudnn[facts.tag] = facts.cudnnVersion }
        }
        var groups: [Group: [CUDAImageTag]] = [:]
        for (tag, derived) in platforms {
            let known = catalog.tag(tag)
            let all = derived.union(known?.platforms ?? []).sorted().map(\.architecture).joined(separator: ",")
            let status = ended.contains(tag.cuda) ? .unsupported : known?.status ?? status(of: tag.cuda)
            // Of a release that only came to its end nothing else changes.
            let hasPackages = known?.hasPins ?? true || images.contains { $0.facts.cuda == tag.cuda }
            let group = Group(
                cuda: tag.cuda, os: tag.os, status: status.rawValue, listed: known?.listed ?? "-", platforms: all,
                packages: hasPackages ? "pins" : "names")
            groups[group, default: []].append(tag)
        }
        return groups.sorted { $0.key < $1.key }.map { group, tags in
            let variants = tags.map(\.variant).sorted().map { variant in
                let tag = tags.first { $0.variant == variant }
                return tag.flatMap { cudnn[$0] }.map { "\(variant)=\($0)" } ?? variant.description
            }
            return [
                "\(group.cuda) \(group.os)", group.status, group.listed, group.platforms, group.packages, "-",
                variants.joined(separator: " "),
            ]
        }
    }
}
