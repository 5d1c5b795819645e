/// The decided image: everything that is rendered comes from here, so that two outputs can't disagree.
public struct ImagePlan: Hashable, Sendable {
    /// The recipe's `name`.
    public internal(set) var name: String?
    /// The recipe's file name without folders; `-` for standard input.
    public internal(set) var recipeFile: String?
    /// The Swift file that the recipe was built in, if it has no file of its own.
    public internal(set) var program: String?
    /// The official tag whose contents the image has. With packages on another base it names the pins' origin; wheels have
    /// none.
    public internal(set) var tag: Decision<CUDAImageTag>?
    /// The release of CUDA that the image's programs were built with, which driver and GPUs have to serve. Of wheels it is
    /// the newest point release of theirs; `nil` if nothing tells which CUDA they bring.
    public internal(set) var release: Decision<CUDAVersion>?
    /// How much of CUDA is in the image; `nil` for an official tag that was named as a whole, and for wheels.
    public internal(set) var flavorDecision: Decision<Flavor>?
    /// Whether cuDNN is in the image, and which; `nil` for an official tag that was named as a whole, and for wheels.
    public internal(set) var cudnnDecision: Decision<CuDNNRequest>?
    /// Where CUDA comes from; ``cuda`` tells the rest.
    public internal(set) var source: Decision<ImageSource>
    /// What the image is built for; at least one.
    public internal(set) var platforms: Decision<[Platform]>
    /// The operating system of the image itself, which differs from the tag's if the base is the user's own.
    public internal(set) var os: Decision<OperatingSystem>
    /// What installs packages in the final stage.
    public internal(set) var packageManager: PackageManager
    /// How CUDA comes into the final stage.
    public internal(set) var cuda: CUDAInstallation
    /// What the image contains of CUDA, for each platform that the catalogue knows it for.
    public internal(set) var contents: [ImageContents]
    /// The stage with the compiler, if something is compiled.
    public internal(set) var toolchain: CUDAInstallation?
    /// What the image asks of the NVIDIA Container Toolkit, and what is compiled for.
    public internal(set) var gpu: GPUPlan
    /// Everything on top of CUDA.
    public internal(set) var application: ApplicationPlan
    /// What a lock says of the images that the Dockerfile names; empty without a lock.
    public internal(set) var pins: [ImagePin] = []
    /// Where downloads come from; see ``downloads``.
    public internal(set) var mirrors = Recipe.Mirrors()
    /// What makes two builds more alike; `nil`: nothing is done for it.
    public internal(set) var reproducible: Recipe.Reproducible?
    /// The frameworks that the recipe's requirements file and project name, as far as they could be read.
    var projectFrameworks: Set<Framework> = []

    /// What `gpu:` sets.
    public struct GPUPlan: Hashable, Sendable {
        /// `NVIDIA_VISIBLE_DEVICES`, if the recipe says more than the image's own `all`.
        public internal(set) var devices: String?
        /// `NVIDIA_DRIVER_CAPABILITIES`, likewise.
        public internal(set) var capabilities: [DriverCapability]
        /// What CUDA code is compiled for; empty if nothing is compiled.
        public internal(set) var architectures: Decision<[ComputeCapability]>
    }
}

/// What an official image contains on one platform.
public struct ImageContents: Hashable, Sendable {
    /// What the catalogue has of the release, operating system and platform.
    public internal(set) var facts: ImageFacts
    /// From the bottom: base, runtime, devel, cuDNN.
    public internal(set) var layers: [CatalogLayer]
}

extension ImagePlan {
    /// Which of CUDA's packages the image has; `nil` if it has none of them.
    public var flavor: Flavor? { tag?.value.flavor }

    /// The CUDA that a driver has to know before the image runs on it. NVIDIA's images say so themselves (`cuda>=12.8`);
    /// wheels run on every driver of the major version.
    var cudaOfDriver: CUDAVersion? {
        release.map { wheels == nil ? $0.value : CUDAVersion($0.value.major, 0) }
    }

    /// The release that a host has to run.
    ///
    /// - Throws: ``DiagnosticError`` if nothing tells which CUDA the Python packages bring.
    func knownRelease() throws(DiagnosticError) -> Decision<CUDAVersion> {
        if let release { return release }
        throw DiagnosticError(
            Diagnostics([
                Diagnostic(
                    .error, .noSuchRelease,
                    "which CUDA the Python packages bring is not known, and so what the host has to run",
                    help: "add image.cuda to the recipe, such as 12.8")
            ]))
    }

    /// Everything that a build has to be given: the recipe's secrets, and those that its mirrors want.
    public var secrets: [Mount] {
        let own = application.secrets
        return own + mirrors.mounts.filter { !own.contains($0) }
    }

    /// What Python packages bring of CUDA; `nil` with another source.
    public var wheels: WheelInstallation? {
        if case .wheels(let installation) = cuda { installation } else { nil }
    }

    /// The operating system of the stage that compiles.
    var buildSystem: OperatingSystem {
        guard case .image(let reference) = toolchain else { return os.value }
        return reference.tag.flatMap(CUDAImageTag.init)?.os ?? os.value
    }

    /// The package manager of the stage that compiles, whose base need not be the image's own.
    var buildPackageManager: PackageManager {
        guard case .wheels = cuda, case .image(let reference) = toolchain,
            let tag = reference.tag.flatMap(CUDAImageTag.init)
        else { return packageManager }
        return BaseImage(reference).packageManager(on: tag.os)
    }

    /// NVIDIA's packages in the image, which an upgrade of all packages must not move: NVIDIA's images hold only some.
    /// `common` are those of every platform, `some` those that only some platforms have.
    var packagesOfCUDA: (common: [String], some: [String]) {
        var names: [String] = []
        var platforms: [String: Int] = [:]
        for contents in contents {
            for name in Set(contents.layers.flatMap { $0.set.packages.map(\.name) }) {
                platforms[name, default: 0] += 1
            }
            for pin in contents.layers.flatMap(\.set.packages) where !names.contains(pin.name) {
                names.append(pin.name)
            }
        }
        return (names.filter { platforms[$0] == contents.count }, names.filter { platforms[$0] != contents.count })
    }
}

/// How CUDA comes into an image.
public enum CUDAInstallation: Hashable, Sendable {
    /// `FROM` an official image.
    case image(ImageReference)
    /// NVIDIA's packages on a base image.
    case packages(PackageInstallation)
    /// Python wheels on a base image without CUDA.
    case wheels(WheelInstallation)
}

/// CUDA as Python wheels bring it: the image itself has none.
public struct WheelInstallation: Hashable, Sendable {
    /// The image without CUDA that the wheels are installed on.
    public internal(set) var base: Decision<ImageReference>
    /// What is known of the wheels' CUDA: `12.4`, or `12` where any of the major version will do.
    public internal(set) var cuda: Decision<CUDAVersionPattern>?
    /// The frameworks' builds that bring it, in the order they are asked for.
    public internal(set) var builds: [WheelBuild]
}

/// A framework's build that brings CUDA along.
public struct WheelBuild: Hashable, Sendable {
    /// The build as the catalogue has it.
    public internal(set) var release: FrameworkRelease
    /// What pip is asked for: `torch==2.6.0+cu124`, `tensorflow[and-cuda]==2.18.0`.
    public internal(set) var requirement: Decision<String>
}

/// NVIDIA's packages, layer by layer, for each platform.
public struct PackageInstallation: Hashable, Sendable {
    /// The image that the packages are installed on.
    public internal(set) var base: Decision<ImageReference>
    /// What installs packages on ``base``.
    public internal(set) var packageManager: PackageManager
    /// The operating system of ``base``; the pins may be those of another one, as Ubuntu's are for Debian.
    public internal(set) var os: OperatingSystem
    /// Whether the packages go on the very base that NVIDIA's own image starts from.
    public internal(set) var isOfficialBase: Bool
    /// What stands in for NVIDIA's server.
    public internal(set) var mirror: MirrorURL?
    /// One entry for each platform, ascending.
    public internal(set) var platforms: [PlatformInstallation]
}

/// What is installed for one platform.
public struct PlatformInstallation: Hashable, Sendable {
    /// What the catalogue has of the pins; its operating system need not be that of the image.
    public internal(set) var facts: ImageFacts
    /// Where the packages come from, mirrors included.
    public internal(set) var repository: PackageRepository
    /// From the bottom: base, runtime, devel, cuDNN.
    public internal(set) var layers: [CatalogLayer]

    /// The platform that this is for.
    public var platform: Platform { facts.platform }
}

extension SigningKey {
    /// A mirror's own key.
    ///
    /// - Parameter upstream: NVIDIA's key, beside whose packages the mirror's is if nothing else is said.
    init(_ key: Recipe.MirrorKey, inPlaceOf upstream: SigningKey? = nil) {
        let file =
            switch key.place {
            case .url(let url): url.text
            case .file(let path): path.text
            case nil: upstream?.file ?? ""
            }
        self.init(id: String(key.fingerprint.suffix(8)).uppercased(), file: file, fingerprint: key.fingerprint)
    }
}

/// A repository of NVIDIA's with the key it is signed with.
public struct PackageRepository: Hashable, Sendable {
    /// `https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2004/x86_64`
    public internal(set) var url: String
    /// The old machine-learning repository, for releases whose NCCL and cuDNN are there.
    public internal(set) var machineLearningURL: String?
    /// What the repository is signed with: a key of NVIDIA's, or the mirror's own.
    public internal(set) var key: SigningKey
    /// Where the key is, if not beside the packages.
    public internal(set) var keyPlace: Recipe.MirrorKey.Place?
    /// Where the repository and key are known from, if NVIDIA's image sources do not name them.
    public internal(set) var derivation: String?
}
