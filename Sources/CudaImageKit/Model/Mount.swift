/// A `--mount` of a `RUN`.
public enum Mount: Hashable, Sendable {
    /// A cache that outlives the build and never reaches a layer. `owner` is its UID and GID (default: root).
    case cache(target: ContainerPath, owner: Int? = nil, isShared: Bool = true)
    /// A build secret, as a file.
    case secret(id: String, target: ContainerPath)
    /// Files of the build context, read-only.
    case bind(source: ContainerPath, target: ContainerPath)
}
