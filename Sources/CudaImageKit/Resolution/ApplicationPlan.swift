/// The decided application part of an image.
public struct ApplicationPlan: Hashable, Sendable {
    /// Packages of the operating system: the recipe's, and those that other decisions need.
    public var systemPackages: [PackageName] = []
    public var python: PythonPlan?
    public var build: BuildPlan?
    public var arguments: [BuildArgument] = []
    public var files: [Copy] = []
    public var environment: [EnvironmentVariable] = []
    public var commands: [String] = []
    public var secrets: [Mount] = []
    public var workingDirectory: ContainerPath?
    public var user: UserPlan?
    public var ports: [Port] = []
    public var volumes: [ContainerPath] = []
    public var healthcheck: Healthcheck?
    public var stopSignal: StopSignal?
    public var labels: [Label] = []
    public var entrypoint: [String]?
    public var command: [String]?
    public var smoke: Recipe.Smoke?

    public init() {}

    /// `ARG NAME=default`
    public struct BuildArgument: Hashable, Sendable {
        public var name: EnvironmentName
        public var value: String?
    }

    /// The user the application runs as.
    public enum UserPlan: Hashable, Sendable {
        case root
        /// An account that the image creates.
        case account(name: String, uid: Int, gid: Int)
    }

    /// The stage that compiles the application.
    public struct BuildPlan: Hashable, Sendable {
        public var packages: [PackageName]
        public var workingDirectory: ContainerPath
        public var files: [Copy]
        public var environment: [EnvironmentVariable]
        public var commands: [String]
        public var artifacts: [Copy]
    }
}

/// How Python and its packages come into the image.
public struct PythonPlan: Hashable, Sendable {
    public enum Interpreter: Hashable, Sendable {
        /// The operating system's `python3`.
        case system
        /// The base image brings it (`python:3.12-slim`).
        case base
        /// A build of python-build-standalone that uv installs.
        case uv
        /// The conda environment's own.
        case conda
    }

    /// `nil` if conda or the environment file chooses it.
    public var version: Decision<PythonVersion>?
    public var interpreter: Interpreter
    public var manager: PythonManager
    /// What the environment is made with: a program such as `/usr/bin/python3`, the release that uv installs (`3.12`),
    /// or conda's package (`python=3.12`).
    public var environmentPython: String
    /// The program that uv is installed with; `nil` without uv.
    public var uvPython: String?
    /// The release of pip in the environment; `nil` without pip.
    public var pip: String?
    /// Packages of the operating system that the interpreter and the manager need.
    public var systemPackages: [String]
    public var requirements: ContainerPath?
    /// Files that ``requirements`` names with `-r` and `-c`, as they are seen from the build context.
    public var includedRequirements: [ContainerPath] = []
    /// Whether the requirements file has a hash for everything, and nothing else may be installed with it.
    public var requiresHashes = false
    public var packages: [String]
    /// Packages that come from an index of their own and are installed first.
    public var groups: [PackageGroup]
    /// Requirements beside those of the file: which builds its packages are to be.
    public var additions: [String]
    public var index: String?
    public var extraIndexes: [String]
    /// The folder of a project with `pyproject.toml` and `uv.lock`.
    public var project: ContainerPath?
    public var environmentFile: ContainerPath?
    public var channels: [String]
    /// The CUDA version that conda's solver is told, as there is no GPU at build time: `12.4`.
    public var condaCUDA: String?

    /// Packages of one index: no other one is asked for them, and this one for nothing else.
    public struct PackageGroup: Hashable, Sendable {
        public var index: FrameworkRelease.Index
        public var packages: [String]
    }
}
