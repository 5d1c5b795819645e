/// A program that runs containers with the command line of `docker`.
public enum ContainerEngine: String, Hashable, Sendable, CaseIterable {
    case docker, podman, nerdctl
}
