/// A label of the image: `org.opencontainers.image.source`.
public struct Label: Hashable, Sendable {
    /// `org.opencontainers.image.title`.
    public var name: String
    /// Text of one line.
    public var value: String

    /// Takes any name and value: recipes are checked when they are read.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
