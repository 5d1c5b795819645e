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
