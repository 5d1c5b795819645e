/// The decided image: everything that is rendered comes from here, so that two outputs can't disagree.
public struct ImagePlan: Hashable, Sendable {
    /// The recipe's `name`.
    public var name: String?
    /// The recipe's file name without folders.
    public var recipeFile: String?
    /// The Swift file that the recipe was built in, if it has no file of its own.
    public var program: String?
    /// The official tag whose contents the image has. With packages on another base it names the pins' origin.
    public var tag: Decision<CUDAImageTag>
    public var source: Decision<ImageSource>
    public var platforms: Decision<[Platform]>
    /// The operating system of the image itself, which differs from the tag's if the base is the user's own.
    public var os: Decision<OperatingSystem>
    public var packageManager: PackageManager
    public var cuda: CUDAInstallation
    /// What the image contains of CUDA, for each platform that the catalogue knows it for.
    public var contents: [ImageContents]
    /// The stage with the compiler, if something is compiled.
    public var toolchain: CUDAInstallation?
    public var gpu: GPUPlan
    public var application: ApplicationPlan

    /// What `gpu:` sets.
    public struct GPUPlan: Hashable, Sendable {
        /// `NVIDIA_VISIBLE_DEVICES`, if the recipe says more than the image's own `all`.
        public var devices: String?
        /// `NVIDIA_DRIVER_CAPABILITIES`, likewise.
        public var capabilities: [DriverCapability]
        /// What CUDA code is compiled for; empty if nothing is compiled.
        public var architectures: Decision<[ComputeCapability]>
    }
}

/// What an official image contains on one platform.
public struct ImageContents: Hashable, Sendable {
    public var facts: ImageFacts
    /// From the bottom: base, runtime, devel, cuDNN.
    public var layers: [CatalogLayer]
}

extension ImagePlan {
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
}

/// NVIDIA's packages, layer by layer, for each platform.
public struct PackageInstallation: Hashable, Sendable {
    public var base: Decision<ImageReference>
    public var packageManager: PackageManager
    public var os: OperatingSystem
    /// Whether the packages go on the very base that NVIDIA's own image starts from.
    public var isOfficialBase: Bool
    /// One entry for each platform, ascending.
    public var platforms: [PlatformInstallation]
}

/// What is installed for one platform.
public struct PlatformInstallation: Hashable, Sendable {
    public var facts: ImageFacts
    public var repository: PackageRepository
    /// From the bottom: base, runtime, devel, cuDNN.
    public var layers: [CatalogLayer]

    public var platform: Platform { facts.platform }
}

/// A repository of NVIDIA's with the key it is signed with.
public struct PackageRepository: Hashable, Sendable {
    /// `https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2004/x86_64`
    public var url: String
    /// The old machine-learning repository, for releases whose NCCL and cuDNN are there.
    public var machineLearningURL: String?
    public var key: SigningKey
    /// Where the repository and key are known from, if NVIDIA's image sources do not name them.
    public var derivation: String?
}
