/// A label of the image: `org.opencontainers.image.source`.
public struct Label: Hashable, Sendable {
    /// `org.opencontainers.image.title`.
    public var name: String
    /// Text of one line.
    public var value: String

    /// A label.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
