/// `COPY`: files of the build context, of another stage, or of another image.
public struct Copy: Hashable, Sendable {
    /// What paths are seen from.
    public enum Source: Hashable, Sendable {
        /// The build context.
        case context
        /// Another stage of the file.
        case stage(StageName)
        /// An image of a registry.
        case image(ImageReference)
    }

    /// What the sources are seen from.
    public var from: Source
    /// What is copied.
    public var sources: [ContainerPath]
    /// Where it goes; a folder ends in `/`.
    public var destination: ContainerPath
    /// Who owns it; root if left out.
    public var owner: UserIdentity?

    /// Files from the build context, a stage or an image.
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
