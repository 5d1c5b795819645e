/// Whether NVIDIA still publishes and maintains an image.
public enum SupportStatus: String, Hashable, Sendable, CaseIterable {
    /// Listed as supported.
    case supported
    /// Past its end of life: no fixes, and the tag may vanish from the registry at any time.
    case unsupported
    /// On none of NVIDIA's current lists; reported gone.
    case unlisted
    /// Read from NVIDIA's package index: its packages are known; whether the registry has an image of that name is not.
    case imported
}

/// A key that signs a package repository of NVIDIA's.
public struct SigningKey: Hashable, Sendable {
    /// `3bf863cc`, `D42D0685`, `CDF6BA43`.
    public var id: String
    /// The key file's name in the repository's folder: `3bf863cc.pub`.
    public var file: String
    /// The key's fingerprint, 40 lower-case hexadecimal digits, where the facts have it.
    public var fingerprint: String?
    /// SHA-256 of the key file without its `Version:` line, where the facts have it (keys of `.rpm` repositories).
    public var sha256WithoutVersionLine: String?

    /// A key, and what it can be checked by.
    public init(id: String, file: String, fingerprint: String? = nil, sha256WithoutVersionLine: String? = nil) {
        self.id = id
        self.file = file
        self.fingerprint = fingerprint
        self.sha256WithoutVersionLine = sha256WithoutVersionLine
    }
}

/// What NVIDIA publishes for one release, operating system and platform.
public struct ImageFacts: Hashable, Sendable {
    /// The release.
    public var cuda: CUDAVersion
    /// The operating system.
    public var os: OperatingSystem
    /// The platform.
    public var platform: Platform
    /// The image that NVIDIA's own Dockerfile starts from: `ubuntu:20.04`.
    public var baseImage: String
    /// What installs packages on this operating system.
    public var packageManager: PackageManager
    /// Folder of NVIDIA's repository: `ubuntu2004/x86_64`; `nil` where the facts name none.
    public var repository: String?
    /// Folder of the machine-learning repository that held NCCL and cuDNN of old releases.
    public var machineLearningRepository: String?
    /// The key that the repository is signed with today.
    public var signingKey: SigningKey?
    /// The value of `CUDA_VERSION`.
    public var cudaVersionVariable: String
    /// The value of `NVIDIA_REQUIRE_CUDA`: `nil` if not set, empty if set to nothing.
    public var requireCUDA: String?
    /// The variables that the base layer sets besides `CUDA_VERSION` and `NVIDIA_REQUIRE_CUDA`.
    public var environment: [PackageSet.Variable]
    /// Lines of `/etc/ld.so.conf.d/nvidia.conf`.
    public var linkerPaths: [String]
    /// The variants that exist, ascending.
    public var variants: [ImageVariant]
    /// Mistakes in NVIDIA's files that the pins carry, in words.
    public var quirks: [String]
    /// How the pins came about, if NVIDIA's image sources do not name them.
    public var derivation: Derivation?

    /// Pins worked out from a package index by the rules that NVIDIA's images follow.
    public struct Derivation: Hashable, Sendable {
        /// The release whose image has the same lists of packages.
        public var template: CUDAVersion
        /// Packages of the template that the index does not have for this release.
        public var leftOut: [String]

        /// The way the pins came about.
        ///
        /// - Parameters:
        ///   - template: the release whose image has the same lists of packages.
        ///   - leftOut: packages of the template that the index does not have.
        public init(template: CUDAVersion, leftOut: [String]) {
            self.template = template
            self.leftOut = leftOut
        }
    }

    /// Where the sets of each variant stand in the catalogue.
    var sets: [ImageVariant: CatalogSetReference]

    /// Facts without packages: ``variants`` is empty, and ``Catalog/layers(of:in:)`` finds no layer. Facts of a
    /// catalogue have them.
    ///
    /// - Parameters:
    ///   - cuda: the release.
    ///   - os: the operating system.
    ///   - platform: the platform.
    ///   - baseImage: the image that NVIDIA's own Dockerfile starts from: `ubuntu:20.04`.
    ///   - packageManager: what installs packages on this operating system.
    ///   - repository: the folder of NVIDIA's repository: `ubuntu2004/x86_64`.
    ///   - machineLearningRepository: the folder of the old machine-learning repository.
    ///   - signingKey: the key that the repository is signed with.
    ///   - cudaVersionVariable: the value of `CUDA_VERSION`.
    ///   - requireCUDA: the value of `NVIDIA_REQUIRE_CUDA`; `nil` if it is not set.
    ///   - environment: the other variables of the base layer.
    ///   - linkerPaths: lines of `/etc/ld.so.conf.d/nvidia.conf`.
    ///   - quirks: mistakes in NVIDIA's files that the pins carry, in words.
    ///   - derivation: how the pins came about, if NVIDIA's image sources do not name them.
    public init(
        cuda: CUDAVersion, os: OperatingSystem, platform: Platform, baseImage: String,
        packageManager: PackageManager, repository: String?,
        machineLearningRepository: String?, signingKey: SigningKey?, cudaVersionVariable: String,
        requireCUDA: String?, environment: [PackageSet.Variable], linkerPaths: [String], quirks: [String],
        derivation: Derivation? = nil
    ) {
        self.cuda = cuda
        self.os = os
        self.platform = platform
        self.baseImage = baseImage
        self.packageManager = packageManager
        self.repository = repository
        self.machineLearningRepository = machineLearningRepository
        self.signingKey = signingKey
        self.cudaVersionVariable = cudaVersionVariable
        self.requireCUDA = requireCUDA
        self.environment = environment
        self.linkerPaths = linkerPaths
        self.variants = []
        self.quirks = quirks
        self.derivation = derivation
        self.sets = [:]
    }
}

/// The place of a package set in one layer of the catalogue.
struct CatalogSetReference: Hashable, Sendable {
    var layer: Int
    var index: Int
}

/// A tag that NVIDIA publishes or published.
public struct TagFacts: Hashable, Sendable {
    /// The tag.
    public var tag: CUDAImageTag
    /// Whether NVIDIA maintains the tag.
    public var status: SupportStatus
    /// The platforms the tag exists for; empty where the facts do not say.
    public var platforms: [Platform]
    /// Whether the catalogue knows what the image installs.
    public var hasPins: Bool
    /// The newest list of NVIDIA's that names the tag (`current`, `2023-02`), if any does.
    public var listed: String?
    /// The cuDNN version in the image, where known: `8.2.4.15`.
    public var cudnnVersion: String?

    /// What is known of a tag.
    ///
    /// - Parameters:
    ///   - tag: the tag.
    ///   - status: whether NVIDIA maintains it.
    ///   - platforms: what it exists for; empty where the facts do not say.
    ///   - hasPins: whether the catalogue knows what the image installs.
    ///   - listed: the newest list of NVIDIA's that names it: `current`, `2023-02`.
    ///   - cudnnVersion: the cuDNN in the image, where it is known: `8.2.4.15`.
    public init(
        tag: CUDAImageTag, status: SupportStatus, platforms: [Platform], hasPins: Bool, listed: String?,
        cudnnVersion: String?
    ) {
        self.tag = tag
        self.status = status
        self.platforms = platforms
        self.hasPins = hasPins
        self.listed = listed
        self.cudnnVersion = cudnnVersion
    }
}

/// What is known of a release as a whole.
public struct ReleaseFacts: Hashable, Sendable {
    /// The release.
    public var cuda: CUDAVersion
    /// Whether NVIDIA maintains any of its images.
    public var status: SupportStatus
    /// Why it is unsupported, in NVIDIA's words.
    public var reason: String?
    /// The end of its support, as ISO date; `nil` where the facts have none.
    public var endOfLife: String?
    /// The planned deletion of its tags, as ISO date; `nil` where the facts have none.
    public var deletionPlanned: String?

    /// What is known of a release.
    ///
    /// - Parameters:
    ///   - cuda: the release.
    ///   - status: whether NVIDIA maintains any of its images.
    ///   - reason: why it is unsupported, in NVIDIA's words.
    ///   - endOfLife: the end of its support, as ISO date.
    ///   - deletionPlanned: the planned deletion of its tags, as ISO date.
    public init(
        cuda: CUDAVersion, status: SupportStatus, reason: String? = nil, endOfLife: String? = nil,
        deletionPlanned: String? = nil
    ) {
        self.cuda = cuda
        self.status = status
        self.reason = reason
        self.endOfLife = endOfLife
        self.deletionPlanned = deletionPlanned
    }
}
