/// What an `app.yaml` says, with the place of every value. It holds no decisions: what the file leaves out is `nil`.
///
/// A recipe is read, from a file or from a ``RecipeBuilder``: values get into it through the reader alone, so that
/// everything in it was checked.
public struct Recipe: Hashable, Sendable {
    /// The file's name without folders, for messages and the header of what is generated.
    public internal(set) var fileName: String?
    /// The Swift file that a ``RecipeBuilder`` was written in, as `#fileID` has it: `ImageTool/Images.swift`.
    public internal(set) var program: String?
    /// `name:` at most 128 letters, digits and `. _ -`. It becomes the label `org.opencontainers.image.title`, unless
    /// ``labels`` has that.
    public internal(set) var name: Located<String>?
    /// `image:` which CUDA on which operating system, and where it comes from.
    public internal(set) var image = Image()
    /// `mirrors:` where downloads come from; without any of them, from everybody's hosts.
    public internal(set) var mirrors = Mirrors()
    /// `reproducible:` what makes two builds more alike; `nil`: nothing is done for it.
    public internal(set) var reproducible: Reproducible?
    /// `gpu:` what the container asks of the NVIDIA Container Toolkit, and which GPUs code is compiled for.
    public internal(set) var gpu = GPU()
    /// `system.packages:` packages of the operating system, each once, with a version where one is written:
    /// `curl=7.88*`.
    public internal(set) var systemPackages: [Located<PackageName>] = []
    /// `python:` Python and its packages; `nil`: none are installed.
    public internal(set) var python: Python?
    /// The frameworks that ``python`` asks for; read where `image.cuda` is `resolve`, and for source `wheels`.
    public internal(set) var frameworkPins = FrameworkPins()
    /// The frameworks that its requirements file and its project name.
    var projectFrameworks: Set<Framework> = []
    /// `build:` what is compiled in a stage of its own; `nil`: nothing is.
    public internal(set) var build: Build?
    /// Build arguments (`ARG`) of the final and builder stages: name and default.
    public internal(set) var arguments: [Argument] = []
    /// `copy:` files of the build context, in order.
    public internal(set) var copies: [CopyStep] = []
    /// `env:` environment variables, in order. A `$` is text, but for a variable that holds itself: `/opt/bin:$PATH`.
    public internal(set) var environment: [Variable] = []
    /// `run:` shell commands of one or more lines, run as root after the files are copied, one `RUN` each.
    public internal(set) var commands: [Located<String>] = []
    /// `secrets:` build secrets, mounted while the recipe's commands and Python's installers run.
    public internal(set) var secrets: [Secret] = []
    /// `workdir:` an absolute path; `nil`: `/app` if something is copied there, else the base's own.
    public internal(set) var workingDirectory: Located<ContainerPath>?
    /// `user:` the account that the application runs as; `nil`: `app` (10001), and without an application the base's
    /// own.
    public internal(set) var user: User?
    /// `expose:` ports that the application listens on, each once.
    public internal(set) var ports: [Located<Port>] = []
    /// `volumes:` absolute paths of folders for data that outlives the container.
    public internal(set) var volumes: [Located<ContainerPath>] = []
    /// `healthcheck:` `nil`: no `HEALTHCHECK` is written, and one of the base's stays.
    public internal(set) var healthcheck: HealthcheckStep?
    /// `stop-signal:` what asks the application to end; `nil`: no `STOPSIGNAL` is written.
    public internal(set) var stopSignal: Located<StopSignal>?
    /// `labels:` labels of the image, in order.
    public internal(set) var labels: [Variable] = []
    /// `entrypoint:` a program and its arguments, run without a shell; `nil`: no `ENTRYPOINT` is written.
    public internal(set) var entrypoint: Located<[String]>?
    /// `command:` arguments of ``entrypoint``, or a program with its own, unless the container is started with others;
    /// `nil`: no `CMD` is written.
    public internal(set) var command: Located<[String]>?
    /// `smoke:` what the GPU smoke test of the image does; `nil`: what fits the image. It changes nothing in the
    /// Dockerfile.
    public internal(set) var smoke: Smoke?
    /// What the file says and could not be read; a recipe with gaps is checked and never becomes an image.
    var gaps = RecipeGaps()

    /// A recipe that says nothing: with ``applying(_:)`` and ``Catalog/plan(_:tag:)`` the bare CUDA image of some
    /// options.
    public init() {}

    /// `image:`
    public struct Image: Hashable, Sendable {
        /// `image.cuda:` a release, or a part of one that is completed to the newest release that has the rest; `nil`:
        /// the newest that has it, unless ``resolve`` is set.
        public internal(set) var cuda: Located<CUDAVersionPattern>?
        /// The place of `cuda: resolve`: the release follows from the frameworks.
        public internal(set) var resolve: SourceSpan?
        /// `image.flavor:` how much of CUDA is in the image; `nil`: `runtime`, or with ``resolve`` what the frameworks
        /// need.
        public internal(set) var flavor: Located<Flavor>?
        /// `image.os:` `nil`: that of the ``base``, or the newest Ubuntu that has the release.
        public internal(set) var os: Located<OperatingSystem>?
        /// `image.cudnn:` `nil`: no cuDNN, or with ``resolve`` what the frameworks need.
        public internal(set) var cudnn: Located<CuDNNRequest>?
        /// `image.source:` where CUDA comes from; `nil`: NVIDIA's image, packages if there is a ``base``, or wheels if
        /// ``resolve`` finds no image that fits.
        public internal(set) var source: Located<ImageSource>?
        /// `image.base:` what packages and wheels are installed on; `nil`: what NVIDIA's own image starts from, for
        /// wheels a `python` image.
        public internal(set) var base: Located<ImageReference>?
        /// `image.platforms:` what the image is built for, each once; empty: `linux/amd64`.
        public internal(set) var platforms: [Located<Platform>] = []
        /// The official tag that a recipe in Swift names as a whole. Its parts are in the other properties; what says one of
        /// them anew has another place.
        var tag: Located<CUDAImageTag>?

        init() {}
    }

    /// `gpu:`
    public struct GPU: Hashable, Sendable {
        /// The value of `NVIDIA_VISIBLE_DEVICES`: `all`, `none`, indices or UUIDs.
        public internal(set) var devices: Located<String>?
        /// `gpu.capabilities:` the value of `NVIDIA_DRIVER_CAPABILITIES`; empty: what the image has, `compute,utility`.
        public internal(set) var capabilities: [Located<DriverCapability>] = []
        /// `gpu.architectures:` what CUDA code is compiled for; empty: one of each generation that the release compiles
        /// for, with PTX of the newest.
        public internal(set) var architectures: [Located<ComputeCapability>] = []

        init() {}
    }

    /// `python:`
    public struct Python: Hashable, Sendable {
        /// The place of the key `python` itself.
        public internal(set) var span: SourceSpan
        /// `3.8`, major and minor.
        public internal(set) var version: Located<PythonVersion>?
        /// `python.manager:` `nil`: pip, or uv if there is a ``project``.
        public internal(set) var manager: Located<PythonManager>?
        /// A requirements file, or a `pyproject.toml` project's folder for uv.
        public internal(set) var requirements: Located<ContainerPath>?
        /// `python.packages:` requirements as pip reads them, or conda's: `numpy==1.26.4`. Options are refused.
        public internal(set) var packages: [Located<String>] = []
        /// The main index (`--index-url`); `nil`: the mirror's, or the manager's own.
        public internal(set) var index: Located<String>?
        /// Further indexes, which are searched as well (`--extra-index-url`).
        public internal(set) var extraIndexes: [Located<String>] = []
        /// uv: install the locked project (`pyproject.toml` and `uv.lock`).
        public internal(set) var project: Located<ContainerPath>?
        /// conda: an `environment.yml`.
        public internal(set) var environmentFile: Located<ContainerPath>?
        /// conda: the channels that are searched, in this order; empty: conda-forge.
        public internal(set) var channels: [Located<String>] = []
        /// Whether the requirements file was read, so that the addresses in it are known.
        var hasReadRequirements = false

        init(span: SourceSpan) { self.span = span }
    }

    /// `build:`
    public struct Build: Hashable, Sendable {
        /// Where the key `build` stands.
        public internal(set) var span: SourceSpan
        /// `build.packages:` packages of the operating system that the build needs.
        public internal(set) var packages: [Located<PackageName>] = []
        /// `build.copy:` files of the build context, in order.
        public internal(set) var copies: [CopyStep] = []
        /// `build.env:` variables of the stage, which do not reach the image.
        public internal(set) var environment: [Variable] = []
        /// `build.run:` shell commands, one `RUN` each.
        public internal(set) var commands: [Located<String>] = []
        /// `build.artifacts:` what is copied into the image; sources are absolute, or seen from ``workingDirectory``.
        public internal(set) var artifacts: [CopyStep] = []
        /// `build.workdir:` an absolute path; `nil`: `/src`.
        public internal(set) var workingDirectory: Located<ContainerPath>?

        init(span: SourceSpan) { self.span = span }
    }

    /// An entry of `copy:`, `build.copy:` or `build.artifacts:`.
    public struct CopyStep: Hashable, Sendable {
        /// Where the entry stands.
        public internal(set) var span: SourceSpan
        /// At least one source. In the build context it is relative and without `..`; an artifact is in the stage
        /// `build`.
        public internal(set) var from: [Located<ContainerPath>]
        /// `nil`: the working directory.
        public internal(set) var to: Located<ContainerPath>?
        /// Who owns it (`--chown`); `nil`: root.
        public internal(set) var owner: Located<UserIdentity>?

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
        /// An environment variable's name, or a label's: `org.opencontainers.image.source`.
        public internal(set) var name: Located<String>
        /// Text of one line, which may be empty.
        public internal(set) var value: Located<String>

        init(name: Located<String>, value: Located<String>) {
            self.name = name
            self.value = value
        }
    }

    /// An entry of `args:`.
    public struct Argument: Hashable, Sendable {
        /// What `--build-arg` calls it.
        public internal(set) var name: Located<EnvironmentName>
        /// `nil`: no default (`ARG NAME`).
        public internal(set) var value: Located<String>?

        init(name: Located<EnvironmentName>, value: Located<String>?) {
            self.name = name
            self.value = value
        }
    }

    /// An entry of `secrets:`.
    public struct Secret: Hashable, Sendable {
        /// What `--secret id=…` calls it: at most 128 letters, digits and `. _ -`.
        public internal(set) var id: Located<String>
        /// `nil`: `/run/secrets/<id>`, BuildKit's default.
        public internal(set) var target: Located<ContainerPath>?

        init(id: Located<String>, target: Located<ContainerPath>?) {
            self.id = id
            self.target = target
        }
    }

    /// `user:`
    public struct User: Hashable, Sendable {
        /// Where the user is named.
        public internal(set) var span: SourceSpan
        /// The account's name, at most 32 characters; `nil`: `app`, or root with the ``uid`` 0.
        public internal(set) var name: Located<String>?
        /// The number of the account, from 0 to 2147483647; `nil`: 10001, or 0 with the ``name`` `root`.
        public internal(set) var uid: Located<Int>?
        /// The number of its group, from 0 to 2147483647; `nil`: the ``uid``.
        public internal(set) var gid: Located<Int>?

        init(span: SourceSpan) { self.span = span }
    }

    /// `healthcheck:`
    public struct HealthcheckStep: Hashable, Sendable {
        /// Where the check is written.
        public internal(set) var span: SourceSpan
        /// The check; one without a command is what `none` says: an inherited check is switched off.
        public internal(set) var value: Healthcheck

        init(span: SourceSpan, value: Healthcheck) {
            self.span = span
            self.value = value
        }
    }

    /// `smoke:`
    public struct Smoke: Hashable, Sendable {
        /// Where the key `smoke` stands.
        public internal(set) var span: SourceSpan
        /// Names of kernels, or `all`; `nil` means all, an empty list none but the vector addition.
        public internal(set) var kernels: Located<[Located<String>]>?
        /// Names of libraries; `nil` means those of the image, an empty list none.
        public internal(set) var libraries: Located<[Located<String>]>?
        /// A program and its arguments, run last: it exits with 0 if all is well. `nil`: none is run.
        public internal(set) var command: Located<[String]>?

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
    /// No cuDNN; recipes and options say `false`.
    case without
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
    /// By the name that `NVIDIA_DRIVER_CAPABILITIES` has for it. `all` stands for every other one; without `compute` no
    /// CUDA program finds a driver.
    case all, compute, compat32, graphics, utility, video, display, ngx
}

/// The program that installs Python packages.
public enum PythonManager: String, Hashable, Sendable, CaseIterable {
    /// pip, into the virtual environment `/opt/venv`.
    case pip
    /// uv, into the virtual environment `/opt/venv`; it also installs projects with `pyproject.toml` and `uv.lock`, and
    /// other Pythons.
    case uv
    /// micromamba, from conda's channels into `/opt/conda`.
    case conda
}

/// A Python release series: `3.8`.
public struct PythonVersion: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// `3` of `3.8`.
    public var major: Int
    /// `8` of `3.8`.
    public var minor: Int

    /// A release series by its numbers.
    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Parses `MAJOR.MINOR`.
    public init?(_ description: String) {
        guard let numbers = VersionNumbers.parse(description), numbers.count == 2 else { return nil }
        self.init(numbers[0], numbers[1])
    }

    /// `3.8`; ``init(_:)`` reads it back.
    public var description: String { "\(major).\(minor)" }

    /// Number by number: 3.9 comes before 3.10.
    public static func < (left: PythonVersion, right: PythonVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}
