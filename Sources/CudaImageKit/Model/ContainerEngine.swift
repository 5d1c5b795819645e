/// A program that runs containers with the command line of `docker`.
public enum ContainerEngine: String, Hashable, Sendable, CaseIterable {
    /// The program's name.
    case docker, podman, nerdctl
}
