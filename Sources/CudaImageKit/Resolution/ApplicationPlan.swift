/// The decided application part of an image.
public struct ApplicationPlan: Hashable, Sendable {
    /// Packages of the operating system: the recipe's, and those that other decisions need.
    public internal(set) var systemPackages: [PackageName] = []
    /// Python and its packages; `nil` without any.
    public internal(set) var python: PythonPlan?
    /// The stage that compiles; `nil` if nothing is compiled.
    public internal(set) var build: BuildPlan?
    /// Build arguments of the final stage and of ``build``, in the recipe's order.
    public internal(set) var arguments: [BuildArgument] = []
    /// What is copied from the build context, in the recipe's order.
    public internal(set) var files: [Copy] = []
    /// Variables of the recipe, in its order; CUDA's and Python's own are not among them.
    public internal(set) var environment: [EnvironmentVariable] = []
    /// Shell commands, run as root after the files are copied, one `RUN` each.
    public internal(set) var commands: [String] = []
    /// The recipe's secrets, for its commands and Python's installers; ``ImagePlan/secrets`` also has those of mirrors.
    public internal(set) var secrets: [Mount] = []
    /// An absolute path; `nil`: that of the base.
    public internal(set) var workingDirectory: ContainerPath?
    /// `nil`: that of the base, as there is no application.
    public internal(set) var user: UserPlan?
    /// `EXPOSE`, in the recipe's order.
    public internal(set) var ports: [Port] = []
    /// `VOLUME`: absolute paths of folders that belong to ``user``.
    public internal(set) var volumes: [ContainerPath] = []
    /// `nil`: no `HEALTHCHECK` is written; one without a command switches an inherited check off.
    public internal(set) var healthcheck: Healthcheck?
    /// `nil`: no `STOPSIGNAL` is written.
    public internal(set) var stopSignal: StopSignal?
    /// The recipe's labels in its order, and first `org.opencontainers.image.title` with its name if it has no such
    /// label.
    public internal(set) var labels: [Label] = []
    /// A program and its arguments; `nil`: no `ENTRYPOINT` is written.
    public internal(set) var entrypoint: [String]?
    /// Arguments of ``entrypoint``, or a program with its own; `nil`: no `CMD` is written.
    public internal(set) var command: [String]?
    /// What the recipe says of the smoke test, with places for its findings; `nil`: nothing.
    public internal(set) var smoke: Recipe.Smoke?

    /// No application: an image of CUDA alone.
    init() {}

    /// `ARG NAME=default`
    public struct BuildArgument: Hashable, Sendable {
        /// What `--build-arg` calls it.
        public internal(set) var name: EnvironmentName
        /// The default; `nil`: none, and the builder has to give one.
        public internal(set) var value: String?
    }

    /// The user the application runs as.
    public enum UserPlan: Hashable, Sendable {
        /// The superuser, where the recipe asks for it.
        case root
        /// An account that the image creates.
        case account(name: String, uid: Int, gid: Int)
    }

    /// The stage that compiles the application.
    public struct BuildPlan: Hashable, Sendable {
        /// Packages of the operating system that the build needs, in the order of their names.
        public internal(set) var packages: [PackageName]
        /// An absolute path, where commands run and files are copied to.
        public internal(set) var workingDirectory: ContainerPath
        /// What is copied from the build context, in the recipe's order.
        public internal(set) var files: [Copy]
        /// Variables of the stage, which do not reach the image.
        public internal(set) var environment: [EnvironmentVariable]
        /// Shell commands, one `RUN` each.
        public internal(set) var commands: [String]
        /// What the final stage copies from this one; sources are absolute.
        public internal(set) var artifacts: [Copy]
    }
}

/// How Python and its packages come into the image.
public struct PythonPlan: Hashable, Sendable {
    /// Where the Python of the environment comes from.
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
    public internal(set) var version: Decision<PythonVersion>?
    /// Where the Python of the environment comes from.
    public internal(set) var interpreter: Interpreter
    /// What installs the packages: pip and uv into `/opt/venv`, conda into `/opt/conda`.
    public internal(set) var manager: PythonManager
    /// What the environment is made with: a program such as `/usr/bin/python3`, the release that uv installs (`3.12`),
    /// or conda's package (`python=3.12`).
    public internal(set) var environmentPython: String
    /// The program that uv is installed with; `nil` without uv.
    public internal(set) var uvPython: String?
    /// The release of pip in the environment; `nil` without pip.
    public internal(set) var pip: String?
    /// Packages of the operating system that the interpreter and the manager need.
    public internal(set) var systemPackages: [String]
    /// The requirements file, seen from the build context; `nil` without one.
    public internal(set) var requirements: ContainerPath?
    /// Files that ``requirements`` names with `-r` and `-c`, as they are seen from the build context.
    public internal(set) var includedRequirements: [ContainerPath] = []
    /// Whether the requirements file has a hash for everything, and nothing else may be installed with it.
    public internal(set) var requiresHashes = false
    /// What is installed after the files and ``groups``: requirements as pip reads them, or conda's.
    public internal(set) var packages: [String]
    /// Packages that come from an index of their own and are installed first.
    public internal(set) var groups: [PackageGroup]
    /// Requirements beside those of the file: which builds its packages are to be.
    public internal(set) var additions: [String]
    /// Addresses that the requirements file names, as far as it was read: indexes, and packages behind an address.
    package var requirementAddresses: [String] = []
    /// The recipe's main index, before a mirror takes its place; `nil`: the mirror's, or the manager's own.
    public internal(set) var index: String?
    /// The recipe's further indexes (`--extra-index-url`), before a mirror takes the place of their hosts.
    public internal(set) var extraIndexes: [String]
    /// The folder of a project with `pyproject.toml` and `uv.lock`.
    public internal(set) var project: ContainerPath?
    /// conda's `environment.yml`, seen from the build context; `nil` without one.
    public internal(set) var environmentFile: ContainerPath?
    /// conda's channels in the order they are searched; empty if the environment file alone has some.
    public internal(set) var channels: [String]
    /// The CUDA version that conda's solver is told, as there is no GPU at build time: `12.4`.
    public internal(set) var condaCUDA: String?

    /// Packages of one index: no other one is asked for them, and this one for nothing else.
    public struct PackageGroup: Hashable, Sendable {
        /// Where pip and uv are told to look.
        public internal(set) var index: FrameworkRelease.Index
        /// Requirements: `torch==2.6.0+cu124`.
        public internal(set) var packages: [String]
    }
}
