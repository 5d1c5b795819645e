/// What an `app.yaml` says, with the place of every value. It holds no decisions: what the file leaves out is `nil`.
///
/// A recipe is read, from a file or from a ``RecipeBuilder``: values get into it through the reader alone, so that
/// everything in it was checked.
public struct Recipe: Hashable, Sendable {
    /// The file's name without folders, for messages and the header of what is generated.
    public var fileName: String?
    /// The Swift file that a ``RecipeBuilder`` was written in, as `#fileID` has it: `ImageTool/Images.swift`.
    public var program: String?
    public var name: Located<String>?
    public var image = Image()
    public var mirrors = Mirrors()
    public var reproducible: Reproducible?
    public var gpu = GPU()
    public var systemPackages: [Located<PackageName>] = []
    public var python: Python?
    /// The frameworks that ``python`` asks for; read where `image.cuda` is `resolve`, and for source `wheels`.
    public var frameworkPins = FrameworkPins()
    public var build: Build?
    /// Build arguments (`ARG`) of the final and builder stages: name and default.
    public var arguments: [Argument] = []
    public var copies: [CopyStep] = []
    public var environment: [Variable] = []
    public var commands: [Located<String>] = []
    public var secrets: [Secret] = []
    public var workingDirectory: Located<ContainerPath>?
    public var user: User?
    public var ports: [Located<Port>] = []
    public var volumes: [Located<ContainerPath>] = []
    public var healthcheck: HealthcheckStep?
    public var stopSignal: Located<StopSignal>?
    public var labels: [Variable] = []
    public var entrypoint: Located<[String]>?
    public var command: Located<[String]>?
    public var smoke: Smoke?
    /// What the file says and could not be read; a recipe with gaps is checked and never becomes an image.
    var gaps = RecipeGaps()

    public init() {}

    /// `image:`
    public struct Image: Hashable, Sendable {
        public var cuda: Located<CUDAVersionPattern>?
        /// The place of `cuda: resolve`: the release follows from the frameworks.
        public var resolve: SourceSpan?
        public var flavor: Located<Flavor>?
        public var os: Located<OperatingSystem>?
        public var cudnn: Located<CuDNNRequest>?
        public var source: Located<ImageSource>?
        public var base: Located<ImageReference>?
        public var platforms: [Located<Platform>] = []

        init() {}
    }

    /// `gpu:`
    public struct GPU: Hashable, Sendable {
        /// The value of `NVIDIA_VISIBLE_DEVICES`: `all`, `none`, indices or UUIDs.
        public var devices: Located<String>?
        public var capabilities: [Located<DriverCapability>] = []
        public var architectures: [Located<ComputeCapability>] = []

        init() {}
    }

    /// `python:`
    public struct Python: Hashable, Sendable {
        /// The place of the key `python` itself.
        public var span: SourceSpan
        /// `3.8`, major and minor.
        public var version: Located<PythonVersion>?
        public var manager: Located<PythonManager>?
        /// A requirements file, or a `pyproject.toml` project's folder for uv.
        public var requirements: Located<ContainerPath>?
        public var packages: [Located<String>] = []
        /// The main index (`--index-url`), and further ones (`--extra-index-url`).
        public var index: Located<String>?
        public var extraIndexes: [Located<String>] = []
        /// uv: install the locked project (`pyproject.toml` and `uv.lock`).
        public var project: Located<ContainerPath>?
        /// conda: an `environment.yml`, and channels.
        public var environmentFile: Located<ContainerPath>?
        public var channels: [Located<String>] = []
        /// Whether the requirements file was read and names hashes, and its lines that name none.
        var hasHashes = false
        var unhashed: [Located<String>] = []

        init(span: SourceSpan) { self.span = span }
    }

    /// `build:`
    public struct Build: Hashable, Sendable {
        public var span: SourceSpan
        public var packages: [Located<PackageName>] = []
        public var copies: [CopyStep] = []
        public var environment: [Variable] = []
        public var commands: [Located<String>] = []
        public var artifacts: [CopyStep] = []
        public var workingDirectory: Located<ContainerPath>?

        init(span: SourceSpan) { self.span = span }
    }

    /// An entry of `copy:`, `build.copy:` or `build.artifacts:`.
    public struct CopyStep: Hashable, Sendable {
        public var span: SourceSpan
        public var from: [Located<ContainerPath>]
        /// `nil`: the working directory.
        public var to: Located<ContainerPath>?
        public var owner: Located<UserIdentity>?

        init(
            span: SourceSpan, from: [Located<ContainerPath>], to: Located<ContainerPath>?,
            owner: Located<UserIdentity>? = nil
        ) {
            self.span = span
            self.from = from
            self.to = to
            self.owner = owner
        }
    }

    /// An entry of `env:` or `labels:`.
    public struct Variable: Hashable, Sendable {
        public var name: Located<String>
        public var value: Located<String>

        init(name: Located<String>, value: Located<String>) {
            self.name = name
            self.value = value
        }
    }

    /// An entry of `args:`.
    public struct Argument: Hashable, Sendable {
        public var name: Located<EnvironmentName>
        /// `nil`: no default (`ARG NAME`).
        public var value: Located<String>?

        init(name: Located<EnvironmentName>, value: Located<String>?) {
            self.name = name
            self.value = value
        }
    }

    /// An entry of `secrets:`.
    public struct Secret: Hashable, Sendable {
        public var id: Located<String>
        /// `nil`: `/run/secrets/<id>`, BuildKit's default.
        public var target: Located<ContainerPath>?

        init(id: Located<String>, target: Located<ContainerPath>?) {
            self.id = id
            self.target = target
        }
    }

    /// `user:`
    public struct User: Hashable, Sendable {
        public var span: SourceSpan
        public var name: Located<String>?
        public var uid: Located<Int>?
        public var gid: Located<Int>?

        init(span: SourceSpan) { self.span = span }
    }

    /// `healthcheck:`
    public struct HealthcheckStep: Hashable, Sendable {
        public var span: SourceSpan
        public var value: Healthcheck

        init(span: SourceSpan, value: Healthcheck) {
            self.span = span
            self.value = value
        }
    }

    /// `smoke:`
    public struct Smoke: Hashable, Sendable {
        public var span: SourceSpan
        /// Names of kernels, or `all`; `nil` means all, an empty list none but the vector addition.
        public var kernels: Located<[Located<String>]>?
        /// Names of libraries; `nil` means those of the image, an empty list none.
        public var libraries: Located<[Located<String>]>?
        public var command: Located<[String]>?

        init(span: SourceSpan) { self.span = span }
    }
}

/// Where an image's CUDA comes from.
public enum ImageSource: String, Hashable, Sendable, CaseIterable {
    /// `FROM nvidia/cuda:<tag>`.
    case image
    /// NVIDIA's package repository on any base image.
    case packages
    /// What Python wheels bring.
    case wheels
}

/// What the recipe says about cuDNN.
public enum CuDNNRequest: Hashable, Sendable {
    case none
    /// The variant that the release has; the newest major if it has several.
    case any
    /// This major version.
    case major(Int)
    /// TensorRT on top of cuDNN, which one release has.
    case tensorRT
}

/// A driver capability that the NVIDIA Container Toolkit mounts into a container.
///
/// Source: NVIDIA Container Toolkit, `internal/config/image/capabilities.go`.
public enum DriverCapability: String, Hashable, Sendable, CaseIterable {
    case all, compute, compat32, graphics, utility, video, display, ngx
}

/// The program that installs Python packages.
public enum PythonManager: String, Hashable, Sendable, CaseIterable {
    case pip, uv, conda
}

/// A Python release series: `3.8`.
public struct PythonVersion: Hashable, Sendable, Comparable, LosslessStringConvertible {
    public var major: Int
    public var minor: Int

    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Parses `MAJOR.MINOR`.
    public init?(_ description: String) {
        guard let numbers = VersionNumbers.parse(description), numbers.count == 2 else { return nil }
        self.init(numbers[0], numbers[1])
    }

    public var description: String { "\(major).\(minor)" }

    public static func < (left: PythonVersion, right: PythonVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}
