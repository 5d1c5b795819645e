/// A program that runs containers with the command line of `docker`.
public enum ContainerEngine: String, Hashable, Sendable, CaseIterable {
    /// The raw value is the name of the command.
    case docker, podman, nerdctl
}
