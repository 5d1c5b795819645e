/// How an image runs: what every file that deploys it says in its own words.
///
/// Compose, Kubernetes, Slurm … are written from this one value, so that two of them can't disagree. What the image
/// itself says (environment, user, entrypoint, health check, stop signal) is not repeated where the engine reads it there.
public struct DeploymentPlan: Hashable, Sendable {
    /// The name the image gets: the recipe's, or what `--image` says.
    public internal(set) var image: ImageReference
    /// A DNS label of at most 57 characters: services, targets and Kubernetes objects are called so.
    public internal(set) var name: String
    /// The build context and the Dockerfile in it; `nil` where each kind of file has its own usual place.
    public internal(set) var context: ContainerPath?
    /// The Dockerfile, from the build context.
    public internal(set) var dockerfile: ContainerPath
    /// The GPUs that the container gets: the options', else `gpu.devices` of the recipe, else all.
    public internal(set) var gpus: GPURequest
    /// What the recipe asks of the driver; empty if the image's own environment decides.
    public internal(set) var capabilities: [DriverCapability]
    /// How much of `/dev/shm` it gets: the options', else what its frameworks ask for (``reasons``).
    public internal(set) var sharedMemory: SharedMemory
    /// Limits of the container's processes that its frameworks ask for; empty for the engine's own.
    public internal(set) var limits: [ResourceLimit]
    /// Why shared memory and limits are what they are: comment lines with their sources.
    public internal(set) var reasons: [String]
    /// Variables that come from whoever starts the container; their values are in no file.
    public internal(set) var variables: [EnvironmentName]
    /// The image's own decisions, which environment, ports, volumes and health check come from.
    public internal(set) var plan: ImagePlan

    var application: ApplicationPlan { plan.application }

    /// Decides how an image runs.
    ///
    /// - Parameters:
    ///   - plan: the image.
    ///   - options: what the command line says; it beats the recipe, and what is `nil` there is decided from the recipe
    ///     and its frameworks.
    public init(_ plan: ImagePlan, options: DeploymentOptions = DeploymentOptions()) {
        let label = SmokeTestPlan.label(options.image?.name ?? plan.name ?? "app")
        image = options.image ?? ImageReference(repository: label, tag: "latest")
        name = label
        context = options.context
        dockerfile = options.dockerfile
        gpus = options.gpus ?? GPURequest(visibleDevices: plan.gpu.devices)
        capabilities = plan.gpu.capabilities
        let needs = FrameworkNeeds(of: plan.frameworks, onOneGPU: gpus.number == 1)
        sharedMemory = options.sharedMemory ?? needs.sharedMemory
        limits = needs.limits
        reasons = needs.reasons
        variables = options.variables
        self.plan = plan
    }

    /// The header's data, for ``DeploymentFile/text(header:)``.
    ///
    /// - Parameter arguments: the options that decided image and deployment: ``ImageOptions/arguments`` and
    ///   ``DeploymentOptions/arguments``. The file itself knows what it is called.
    public func header(arguments: [String] = []) -> DockerfileRenderer.Header {
        DockerfileRenderer.Header(
            recipe: plan.recipeFile, program: plan.program, summary: plan.summary, arguments: arguments)
    }
}

/// What the command line says about a deployment.
public struct DeploymentOptions: Hashable, Sendable {
    /// The image's name in place of the recipe's; `nil` for that one, or `app`, with the tag `latest`.
    public var image: ImageReference?
    /// The build context, from the generated file; `nil` for each format's own: `.`, or `..` for `devcontainer.json`.
    public var context: ContainerPath?
    /// The Dockerfile, from the build context.
    public var dockerfile = ContainerPath.dockerfile
    /// The GPUs that the container gets; `nil` for the recipe's `gpu.devices`, or all.
    public var gpus: GPURequest?
    /// How much of `/dev/shm`; `nil` for what the frameworks ask for, else the engine's default.
    public var sharedMemory: SharedMemory?
    /// Variables that whoever starts the container provides; only names are written, never values.
    public var variables: [EnvironmentName] = []

    /// Options that leave every decision to the recipe.
    public init() {}

    /// The options as arguments, in one order, for the header of what is generated.
    public var arguments: [String] {
        var arguments: [String] = []
        if let image { arguments += ["--image", image.description] }
        if let context { arguments += ["--context", context.text] }
        if dockerfile != .dockerfile { arguments += ["--dockerfile", dockerfile.text] }
        if let gpus { arguments += ["--gpus", gpus.description] }
        if let sharedMemory { arguments += ["--shm-size", sharedMemory.description] }
        for variable in variables { arguments += ["--env", variable.text] }
        return arguments
    }
}

extension ContainerPath {
    /// `Dockerfile`
    public static let dockerfile = ContainerPath(unchecked: "Dockerfile")
    /// `dist`
    public static let matrixFolder = ContainerPath(unchecked: "dist")
    /// `.`
    static let here = ContainerPath(unchecked: ".")
    /// `..`
    static let above = ContainerPath(unchecked: "..")

    /// A path in this folder.
    func appending(_ path: ContainerPath) -> String {
        if path.isAbsolute || text == "." { return path.text }
        return text.hasSuffix("/") ? text + path.text : "\(text)/\(path.text)"
    }
}

extension DeploymentPlan {
    /// A volume of the image with the name that it gets on the host.
    struct Volume: Hashable {
        var name: String
        var path: ContainerPath
    }

    /// `heat-var-cache-heat` for `/var/cache/heat`.
    var volumes: [Volume] {
        var names = UniqueNames()
        return application.volumes.map { path in
            Volume(name: names.next("\(name)-\(SmokeTestPlan.label(path.text))"), path: path)
        }
    }

    /// The account's numbers, if the application has an account of its own.
    var account: (uid: Int, gid: Int)? {
        guard case .account(_, let uid, let gid) = application.user else { return nil }
        return (uid, gid)
    }

    /// A secret of the build, and the variable that whoever builds has it in.
    struct Secret: Hashable {
        var id: String
        var variable: String

        /// What `--secret` of BuildKit and buildah takes.
        var flag: String { "id=\(id),env=\(variable)" }
    }

    /// The build's secrets; `pip.conf` is found in `PIP_CONF`.
    var secrets: [Secret] { Self.secrets(of: [plan]) }

    /// The secrets of some builds, each once.
    static func secrets(of plans: [ImagePlan]) -> [Secret] {
        var names = UniqueNames(separator: "_")
        let ids = plans.flatMap(\.secrets).compactMap { mount in
            if case .secret(let id, _) = mount { id } else { nil }
        }
        return ids.uniqued.map { id in
            let letters = id.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" }
            // No name of a variable begins with a digit.
            let name = letters.first?.isNumber == true ? "SECRET_" + String(letters) : String(letters)
            return Secret(id: id, variable: names.next(name))
        }
    }

    /// Build arguments that have no default: whoever builds gives them.
    var openArguments: [EnvironmentName] { application.arguments.filter { $0.value == nil }.map(\.name) }

    /// Whether an init process should be the container's first.
    ///
    /// The kernel applies no default action of a signal to process 1: a program without handlers of its own ignores
    /// SIGTERM and Ctrl-C there, and orphaned children (data loaders) are reaped by nobody. An init costs nothing and
    /// passes signals and exit codes on; an entrypoint that is one already needs no other.
    ///
    /// - Note: Source: `pid_namespaces(7)`; tini's README.
    var needsInit: Bool {
        let program = application.entrypoint?.first ?? application.command?.first ?? ""
        let name = FilePath.name(of: program)
        return !["tini", "tini-static", "dumb-init", "catatonit", "docker-init", "init", "systemd", "s6-svscan"]
            .contains(name)
    }

    /// What keeps every GPU away from a container that gets none; `nil` where it gets one, and where the image says so itself.
    ///
    /// The images ask for all GPUs in their environment, and a host whose default runtime is NVIDIA's gives what it finds
    /// there. With `void` that runtime does what runc does; with `none` it would still mount the driver's libraries.
    ///
    /// - Note: Source: NVIDIA Container Toolkit, "Specialized Configurations with Docker", "GPU Enumeration".
    var gpuRefusal: (name: String, value: String)? {
        let name = "NVIDIA_VISIBLE_DEVICES"
        let isSaid = plan.gpu.devices.map { GPURequest(visibleDevices: $0) == .noGPU } ?? false
        guard gpus == .noGPU, !isSaid, !variables.contains(where: { $0.text == name }) else { return nil }
        return (name, "void")
    }

    /// Why ``gpuRefusal`` is there, for comments.
    static let gpuRefusalReason = "The image asks for all GPUs, which a default runtime of NVIDIA's would give."

    /// The lowest port that a program without privileges may not listen on unless ``portSetting`` says so; `nil` without one.
    ///
    /// docker and podman let every container listen on all its ports; Kubernetes and nerdctl do not.
    ///
    /// - Note: Source: containerd/nerdctl, docs/faq.md, "`nerdctl run -p <PORT>` does not work with port numbers below 1024".
    var privilegedPort: Int? { application.ports.map(\.number).filter { $0 < 1024 }.min() }

    /// The setting of a network namespace that says which port is the first for everybody.
    static let portSetting = "net.ipv4.ip_unprivileged_port_start"

    /// The whole command of a container that is told nothing: for runtimes that do not read the image's own.
    var entrypoint: [String] { application.entrypoint ?? [] }
    var arguments: [String] { application.command ?? [] }
}

/// Names of which each is given out once.
struct UniqueNames {
    private let separator: String
    private var taken: Set<String> = []

    init(separator: String = "-") { self.separator = separator }

    mutating func next(_ wanted: String) -> String {
        var name = wanted
        var number = 2
        while !taken.insert(name).inserted {
            name = wanted + separator + "\(number)"
            number += 1
        }
        return name
    }
}
