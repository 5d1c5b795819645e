/// A Dockerfile instruction that says what it means; `InstructionPrinter` alone knows how it is written.
///
/// Source: the Dockerfile reference of BuildKit's built-in frontend (Docker 20.10); nothing later is used, so that every
/// builder in use accepts the file.
public enum Instruction: Hashable, Sendable {
    case from(StageBase, name: StageName?)
    case argument(EnvironmentName, default: String?)
    /// Order is kept; one instruction sets all of them.
    case environment([EnvironmentVariable])
    case label([Label])
    case run(RunCommand, mounts: [Mount] = [])
    case copy(Copy)
    case workingDirectory(ContainerPath)
    case user(UserIdentity)
    case expose([Port])
    case volume([ContainerPath])
    case healthcheck(Healthcheck)
    case stopSignal(StopSignal)
    /// The shell of the shell forms that follow.
    case shell([String])
    case entrypoint([String])
    case command([String])
}

/// What a stage starts from.
public enum StageBase: Hashable, Sendable {
    case image(ImageReference)
    case stage(StageName)
    /// One stage for each architecture: `cuda-${TARGETARCH}`.
    case stagePerArchitecture(prefix: StageName)
}

/// `NAME=value` of an `ENV` instruction.
public struct EnvironmentVariable: Hashable, Sendable {
    /// A piece of a value: text as it is, or a variable that the builder expands.
    public enum Fragment: Hashable, Sendable {
        case text(String)
        case variable(EnvironmentName)
    }

    public var name: EnvironmentName
    public var value: [Fragment]

    public init(_ name: EnvironmentName, _ value: [Fragment]) {
        self.name = name
        self.value = value
    }

    /// A value in which nothing is expanded.
    public init(_ name: EnvironmentName, text: String) {
        self.init(name, [.text(text)])
    }
}

/// A label of the image: `org.opencontainers.image.source`.
public struct Label: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What a `RUN` runs.
public enum RunCommand: Hashable, Sendable {
    /// A script of cudagen's own.
    case script(ShellScript)
    /// A command as the user wrote it, in the shell's language. It may span lines.
    case shell(String)
}

/// A `--mount` of a `RUN`.
public enum Mount: Hashable, Sendable {
    /// A cache that outlives the build and never reaches a layer. `owner` is its UID and GID (default: root).
    case cache(target: ContainerPath, owner: Int? = nil, isShared: Bool = true)
    /// A build secret, as a file.
    case secret(id: String, target: ContainerPath)
    /// Files of the build context, read-only.
    case bind(source: ContainerPath, target: ContainerPath)
}

/// `COPY`: files of the build context, of another stage, or of another image.
public struct Copy: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        case context
        case stage(StageName)
        case image(ImageReference)
    }

    public var from: Source
    public var sources: [ContainerPath]
    public var destination: ContainerPath
    public var owner: UserIdentity?

    public init(
        _ sources: [ContainerPath], to destination: ContainerPath, from: Source = .context,
        owner: UserIdentity? = nil
    ) {
        self.from = from
        self.sources = sources
        self.destination = destination
        self.owner = owner
    }
}
