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
