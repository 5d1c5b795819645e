extension Resolver {
    /// How the variant of the chosen tag comes into the image.
    mutating func install(
        _ choice: TagChoice, variant: ImageVariant, source: Decision<ImageSource>, base: Located<BaseImage>?,
        platforms: Decision<[Platform]>
    ) -> CUDAInstallation? {
        var tag = choice.tag.value
        tag.variant = variant
        switch source.value {
        // Wheels have no variants of an image.
        case .wheels: return nil
        case .image: return .image(ImageReference(tag))
        case .packages:
            return packages(of: tag, choice: choice, base: base, platforms: platforms.value).map { .packages($0) }
        }
    }

    private mutating func packages(
        of tag: CUDAImageTag, choice: TagChoice, base: Located<BaseImage>?, platforms: [Platform]
    ) -> PackageInstallation? {
        guard let origin = choice.origin ?? PinOrigin(for: tag.os) else { return nil }
        if let served = origin.platforms, let missing = platforms.first(where: { !served.contains($0) }) {
            diagnostics.error(
                .repositoryRefused, "NVIDIA's \(choice.os.value) repository is not known to serve \(missing)",
                at: recipe.image.platforms.first?.span, help: "use an Ubuntu base for \(missing)")
            return nil
        }
        var installations: [PlatformInstallation] = []
        for platform in platforms.sorted() {
            guard let facts = catalog.image(tag.cuda, tag.os, platform),
                let layers = catalog.layers(of: tag.variant, in: facts)
            else {
                diagnostics.error(
                    .noPackagePins, "the catalogue does not say what \(tag) installs on \(platform)",
                    at: recipe.image.cuda?.span)
                return nil
            }
            guard let repository = repository(for: facts, origin: origin) else {
                diagnostics.error(
                    .repositoryRefused, "the catalogue names no package repository for \(tag.os)",
                    at: recipe.image.os?.span, help: "use source 'image'")
                return nil
            }
            installations.append(
                PlatformInstallation(facts: facts, repository: repository, layers: layers))
        }
        guard let first = installations.first else { return nil }
        reportDerivation(of: first.facts)
        let derived = origin.derivation != nil && choice.os.value != tag.os && choice.os.value.distribution == .debian
        if derived, let derivation = origin.derivation {
            diagnostics.note(
                .derivedPins, "versions are derived: \(derivation)",
                at: recipe.image.os?.span ?? recipe.image.base?.span)
        }
        let official = ImageReference(first.facts.baseImage)
        let isRowSystem = choice.os.value == tag.os
        let decidedBase: Decision<ImageReference>
        if let base {
            decidedBase = Decision(base.value.reference, because: Reason(base.span))
        } else if isRowSystem, let official {
            decidedBase = Decision(official, because: .default("what NVIDIA's own image starts from"))
        } else if let image = Self.defaultBase(of: choice.os.value) {
            decidedBase = Decision(image, because: .default("the distribution's own image"))
        } else {
            diagnostics.error(
                .unknownBase, "there is no default base image for \(choice.os.value)",
                at: recipe.image.os?.span ?? recipe.image.base?.span,
                help: "name one with --base")
            return nil
        }
        let isOfficial = isRowSystem && decidedBase.value == official
        return PackageInstallation(
            base: decidedBase,
            packageManager: isOfficial
                ? first.facts.packageManager : BaseImage(decidedBase.value).packageManager(on: choice.os.value),
            os: choice.os.value, isOfficialBase: isOfficial, mirror: recipe.mirrors.nvidia?.value,
            platforms: installations)
    }

    private func repository(for facts: ImageFacts, origin: PinOrigin) -> PackageRepository? {
        // A catalogue that names the key has the last word: NVIDIA may replace this one too.
        guard let key = origin.key.map({ catalog.signingKey($0.id) ?? $0 }) ?? facts.signingKey else { return nil }
        let folder: String
        if let name = origin.repository {
            folder = "\(name)/\(facts.platform.repositoryArchitecture(on: facts.os))"
        } else if let own = facts.repository {
            folder = own
        } else {
            return nil
        }
        let mirrors = recipe.mirrors
        return PackageRepository(
            url: mirrors.address(of: NVIDIARepositories.cuda + folder),
            machineLearningURL: facts.machineLearningRepository.map {
                mirrors.address(of: NVIDIARepositories.machineLearning + $0)
            },
            key: mirrors.nvidiaKey.map { SigningKey($0, inPlaceOf: key) } ?? key, keyPlace: mirrors.nvidiaKey?.place,
            derivation: origin.derivation)
    }

    static func defaultBase(of os: OperatingSystem) -> ImageReference? {
        switch os.distribution {
        case .debian: ImageReference("debian:\(os.version)")
        case .almalinux: ImageReference("almalinux:\(os.version)")
        case .rhel: ImageReference("registry.access.redhat.com/ubi\(os.major)/ubi:latest")
        default: nil
        }
    }

    /// The stage with nvcc that matches the final image, on the same operating system so that the C library is no newer.
    mutating func toolchain(
        for choice: TagChoice, source: Decision<ImageSource>, base: Located<BaseImage>?,
        platforms: Decision<[Platform]>, final: CUDAInstallation
    ) -> CUDAInstallation? {
        let variant = ImageVariant(.devel, cudnn: choice.tag.value.cudnn)
        if choice.tag.value.variant == variant { return final }
        var tag = choice.tag.value
        tag.variant = variant
        guard catalog.tag(tag) != nil else {
            diagnostics.error(
                .noSuchTag, "there is no \(tag) to compile in", at: recipe.build?.span,
                help: "use a release that has a devel image for \(tag.os)")
            return nil
        }
        return install(choice, variant: variant, source: source, base: base, platforms: platforms)
    }
}

/// Where NVIDIA's package repositories are.
///
/// Source: NVIDIA's CUDA container image sources.
enum NVIDIARepositories {
    static let cuda = "https://developer.download.nvidia.com/compute/cuda/repos/"
    static let machineLearning = "https://developer.download.nvidia.com/compute/machine-learning/repos/"
}
