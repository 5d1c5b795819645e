/// A Dockerfile instruction that says what it means; `InstructionPrinter` alone knows how it is written.
///
/// Source: the Dockerfile reference of BuildKit's built-in frontend (Docker 20.10); nothing later is used, so that every
/// builder in use accepts the file.
public enum Instruction: Hashable, Sendable {
    /// `FROM`: what a stage starts from, and its name.
    case from(StageBase, name: StageName?)
    /// `ARG`: a build argument, and its default.
    case argument(EnvironmentName, default: String?)
    /// `TARGETARCH` for the stages' names: the builder's value, or the default where a builder sets none.
    ///
    /// BuildKit sets it without a declaration, buildah for a declared one, Docker's old builder never.
    case targetArchitecture(default: Platform)
    /// Order is kept; one instruction sets all of them.
    case environment([EnvironmentVariable])
    /// `LABEL`: order is kept; one instruction sets all of them.
    case label([Label])
    /// `RUN`: a command, and what is mounted while it runs.
    case run(RunCommand, mounts: [Mount] = [])
    /// `COPY`: files of the build context, of another stage or of another image.
    case copy(Copy)
    /// `WORKDIR`: the folder of what follows and of the container; the builder makes it.
    case workingDirectory(ContainerPath)
    /// `USER`: who runs what follows, and the container.
    case user(UserIdentity)
    /// `EXPOSE`: ports that the program listens on; nothing is published.
    case expose([Port])
    /// `VOLUME`: folders whose contents outlive the container.
    case volume([ContainerPath])
    /// `HEALTHCHECK`: what tells whether the container works, or that nothing does.
    case healthcheck(Healthcheck)
    /// `STOPSIGNAL`: what the engine asks the program to end with.
    case stopSignal(StopSignal)
    /// The shell of the shell forms that follow.
    case shell([String])
    /// `ENTRYPOINT` in exec form.
    case entrypoint([String])
    /// `CMD` in exec form.
    case command([String])
}

/// What a stage starts from.
public enum StageBase: Hashable, Sendable {
    /// An image of a registry.
    case image(ImageReference)
    /// An earlier stage of the same file.
    case stage(StageName)
    /// One stage for each architecture: `cuda-${TARGETARCH}`.
    case stagePerArchitecture(prefix: StageName)
}

/// What a `RUN` runs.
public enum RunCommand: Hashable, Sendable {
    /// A script of cudagen's own.
    case script(ShellScript)
    /// A command as the user wrote it, in the shell's language. It may span lines.
    case shell(String)
}
