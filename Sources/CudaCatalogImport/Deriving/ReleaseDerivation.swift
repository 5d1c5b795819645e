import CudaImageKit

/// Works out what the image of a release installs, from an index and the image of an older release.
///
/// The rules, as the facts show them (a test derives every known release from its predecessor and counts):
///
/// - Lists of packages, their order, what is pinned, held and removed stay as they are from one release to the next; the
///   release in the packages' names changes.
/// - Pins are the versions that belong to the release, which the packages for the whole release name.
/// - NCCL and cuDNN are the newest that the index has for the toolkit; an image without them in the index has none.
public struct ReleaseDerivation {
    private let catalog: Catalog
    private let index: PackageIndex
    /// What could not be derived so far, and why.
    public private(set) var diagnostics = Diagnostics()

    /// - Parameters:
    ///   - catalog: has the layers of the older images.
    ///   - index: the packages of the repository that the new images use.
    public init(catalog: Catalog, index: PackageIndex) {
        self.catalog = catalog
        self.index = index
    }

    /// - Parameters:
    ///   - release: a release that the index has.
    ///   - template: the image of an older release, for the same operating system and platform.
    ///   - older: more images of the same operating system and platform, ascending; cuDNN is taken from the newest of
    ///     them if the template has none.
    /// - Returns: `nil` if not even the base layer can be derived; the findings say why.
    public mutating func image(
        of release: CUDAVersion, template: ImageFacts, older: [ImageFacts] = []
    ) -> DerivedImage? {
        let versions = ReleaseVersions(release, in: index)
        var layers: [DerivedImage.Layer] = []
        var leftOut: [String] = []
        for (variant, facts) in sources(of: template, older: older) {
            guard let chain = catalog.layers(of: variant, in: facts), let layer = chain.last else { continue }
            let below = chain.dropLast().last?.variant
            guard below.map({ lower in layers.contains { $0.variant == lower } }) ?? true else { continue }
            var step = LayerDerivation(
                renaming: PackageRenaming(old: facts.cuda, new: release), versions: versions,
                place: "\(release) \(variant) on \(template.os) (\(template.platform))")
            let set = step.set(from: layer.set)
            diagnostics.add(contentsOf: step.diagnostics)
            leftOut += step.leftOut.filter { !leftOut.contains($0) }
            if let set { layers.append(DerivedImage.Layer(variant: variant, below: below, set: set)) }
        }
        guard layers.contains(where: { $0.variant == ImageVariant(.base) }) else { return nil }
        return DerivedImage(
            facts: ImageFacts(
                cuda: release, os: template.os, platform: template.platform, baseImage: template.baseImage,
                packageManager: template.packageManager, repository: template.repository,
                machineLearningRepository: nil, signingKey: template.signingKey,
                cudaVersionVariable: release.description,
                requireCUDA: template.requireCUDA.map {
                    PackageRenaming(old: template.cuda, new: release).requirement($0)
                },
                environment: template.environment, linkerPaths: template.linkerPaths, quirks: [],
                derivation: ImageFacts.Derivation(template: template.cuda, leftOut: leftOut)),
            layers: layers)
    }

    /// The variants to derive with the image that each is taken from.
    private func sources(of template: ImageFacts, older: [ImageFacts]) -> [(ImageVariant, ImageFacts)] {
        let own = template.variants.filter { $0.cudnn != .tensorRT }
        var sources = own.map { ($0, template) }
        if own.allSatisfy({ $0.cudnn == nil }),
            let donor = older.last(where: {
                $0.cuda < template.cuda && $0.cuda.major == template.cuda.major
                    && $0.variants.contains { $0.cudnn == .unversioned }
            })
        {
            sources += donor.variants.filter { $0.cudnn == .unversioned }.map { ($0, donor) }
        }
        return sources.sorted { $0.0 < $1.0 }
    }
}

/// Works out one layer.
private struct LayerDerivation {
    let renaming: PackageRenaming
    let versions: ReleaseVersions
    let place: String
    private(set) var leftOut: [String] = []
    private(set) var diagnostics = Diagnostics()

    init(renaming: PackageRenaming, versions: ReleaseVersions, place: String) {
        self.renaming = renaming
        self.versions = versions
        self.place = place
    }

    /// What the layer is nothing without: the runtime library, the libraries, the compiler, cuDNN.
    private func isEssential(_ name: String) -> Bool {
        let stem = name.split(separator: "-").prefix { $0.first?.isNumber != true }.joined(separator: "-")
        return Self.essentials.contains(stem) || name.hasPrefix("libcudnn")
    }

    private static let essentials: Set = [
        "cuda-cudart", "cuda-libraries", "cuda-libraries-dev", "cuda-libraries-devel", "cuda-minimal-build",
        "cuda-command-line-tools",
    ]

    /// - Returns: `nil` if the layer can't be derived.
    mutating func set(from template: PackageSet) -> PackageSet? {
        guard template.archives.isEmpty, template.packageFiles.isEmpty else {
            refuse("its predecessor's libraries are files of their own, for which there is no rule")
            return nil
        }
        var set = template
        set.packages = []
        for pin in template.packages {
            let name = renaming.name(pin.name)
            let known = versions.index.versions(of: name)
            if known.isEmpty {
                guard !isEssential(name) else {
                    // cuDNN comes later than a release: an image without it is what NVIDIA publishes at first.
                    if name.hasPrefix("libcudnn") { leftOut.append(name) }
                    refuse("the index has no \(name)")
                    return nil
                }
                leftOut.append(name)
                continue
            }
            guard pin.version != nil else {
                set.packages.append(PackageSet.Pin(name: name, version: nil))
                continue
            }
            let standsForRelease = pin.version.flatMap { PackageVersion($0) }?.upstream == renaming.old.description
            if standsForRelease, isEssential(name), !versions.hasWhole(name) {
                refuse("the index has no \(name) \(versions.release)")
                return nil
            }
            guard let version = versions.version(of: name) else {
                guard known.contains(where: { $0.toolkit != nil }), !isEssential(name) else {
                    refuse("the index does not tell which version of \(name) belongs to it")
                    return nil
                }
                leftOut.append(name)
                continue
            }
            set.packages.append(PackageSet.Pin(name: name, version: version.description))
        }
        set.optionalPackages = template.optionalPackages.map(renaming.name)
        set.heldPackages = template.heldPackages.map(renaming.name).filter { !leftOut.contains($0) }
        set.symlinks = template.symlinks.map(renaming.link)
        set.environment = environment(from: template, packages: set.packages)
        if template.cudnnVersion != nil {
            set.cudnnVersion = upstream(of: "libcudnn", in: set.packages)
        }
        return set
    }

    /// `NCCL_VERSION` follows the package, in the spelling that the template has: with or without revision.
    private func environment(from template: PackageSet, packages: [PackageSet.Pin]) -> [PackageSet.Variable] {
        template.environment.compactMap { variable in
            var variable = variable
            switch variable.name {
            // Says that the template's release is past its end of life; the new one is not.
            case "NVIDIA_CUDA_END_OF_LIFE": return nil
            case "NCCL_VERSION":
                guard let version = packages.first(where: { $0.name.hasPrefix("libnccl") })?.version else { return nil }
                let parts = version.split(separator: "+", maxSplits: 1)
                variable.value =
                    variable.value.contains("-")
                    ? String(parts.first ?? "") : upstream(of: "libnccl", in: packages) ?? ""
            default: break
            }
            return variable
        }
    }

    private func upstream(of prefix: String, in packages: [PackageSet.Pin]) -> String? {
        packages.first { $0.name.hasPrefix(prefix) }?.version.flatMap { PackageVersion($0) }?.upstream
    }

    private mutating func refuse(_ reason: String) {
        diagnostics.warning(.releaseLeftOut, "\(place) is left out: \(reason)")
    }
}
