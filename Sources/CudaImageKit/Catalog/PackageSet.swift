/// What one layer of NVIDIA's images adds to the layer below it.
///
/// Source: NVIDIA's CUDA container image sources (gitlab.com/nvidia/container-images/cuda), as evaluated into the
/// catalogue.
public struct PackageSet: Hashable, Sendable {
    /// A package with NVIDIA's pin; without a version where NVIDIA pins none.
    public struct Pin: Hashable, Sendable {
        /// The package, as its manager names it.
        public var name: String
        /// `11.4.43-1`; for `.rpm` packages version and release, without epoch.
        public var version: String?

        /// A package, with or without a version.
        public init(name: String, version: String?) {
            self.name = name
            self.version = version
        }
    }

    /// A file fetched by URL and checked.
    public struct Download: Hashable, Sendable {
        /// Where the file is.
        public var url: String
        /// SHA-256 of the file, 64 hexadecimal digits.
        public var sha256: String

        /// A file, and the digest that it is checked by.
        public init(url: String, sha256: String) {
            self.url = url
            self.sha256 = sha256
        }
    }

    /// A variable the image sets.
    public struct Variable: Hashable, Sendable {
        /// The variable.
        public var name: String
        /// As in the image's configuration; `$PATH` in it stands for the value of the layer below.
        public var value: String

        /// A variable of the image.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A symbolic link.
    public struct Symlink: Hashable, Sendable {
        /// The path of the link.
        public var link: String
        /// What it points to.
        public var target: String

        /// A link and its target.
        public init(link: String, target: String) {
            self.link = link
            self.target = target
        }
    }

    /// NVIDIA's packages, in the order NVIDIA lists them.
    public var packages: [Pin] = []
    /// Packages installed only if the repository has them.
    public var optionalPackages: [String] = []
    /// Packages of the operating system.
    public var systemPackages: [String] = []
    /// Packages removed again.
    public var purgedPackages: [String] = []
    /// Packages that upgrades must not move.
    public var heldPackages: [String] = []
    /// Variables that this set adds.
    public var environment: [Variable] = []
    /// Links that this set makes.
    public var symlinks: [Symlink] = []
    /// Archives unpacked into `/usr/local` (NCCL and cuDNN of CUDA 8 to 11).
    public var archives: [Download] = []
    /// Package files installed by URL rather than from a repository.
    public var packageFiles: [Download] = []
    /// The cuDNN version the set installs.
    public var cudnnVersion: String?
    /// The TensorRT version the set installs.
    public var tensorRTVersion: String?
    /// A yum option the installation needs, such as `obsoletes=0`.
    public var yumOption: String?
    /// Whether the operating system is upgraded first.
    public var upgradesSystem = false
    /// A workaround NVIDIA runs for this operating system.
    public var systemCommand: String?

    /// A set that installs nothing.
    public init() {}

    /// Whether the layer adds nothing: a few of NVIDIA's cuDNN images have no cuDNN.
    public var isEmpty: Bool { self == PackageSet() }
}
