/// `NAME=value` of an `ENV` instruction.
public struct EnvironmentVariable: Hashable, Sendable {
    /// A piece of a value: text as it is, or a variable that the builder expands.
    public enum Fragment: Hashable, Sendable {
        /// Text that stays as it is.
        case text(String)
        /// The value of another variable.
        case variable(EnvironmentName)
    }

    /// The variable.
    public var name: EnvironmentName
    /// Its parts in order.
    public var value: [Fragment]

    /// A variable whose value has parts that expand.
    public init(_ name: EnvironmentName, _ value: [Fragment]) {
        self.name = name
        self.value = value
    }

    /// A value in which nothing is expanded.
    public init(_ name: EnvironmentName, text: String) {
        self.init(name, [.text(text)])
    }

    /// A value that may hold the variable itself: `/opt/bin:$PATH` or `/opt/bin:${PATH}` extends `PATH`. Every other `$`
    /// is text.
    public init(_ name: EnvironmentName, extending text: String) {
        var fragments: [Fragment] = []
        var rest = Substring(text)
        while let (before, after) = Self.splitOnce(rest, at: name.text) {
            if !before.isEmpty { fragments.append(.text(String(before))) }
            fragments.append(.variable(name))
            rest = after
        }
        if !rest.isEmpty || fragments.isEmpty { fragments.append(.text(String(rest))) }
        self.init(name, fragments)
    }

    /// What stands before and after the first `$NAME` or `${NAME}`.
    private static func splitOnce(_ text: Substring, at name: String) -> (Substring, Substring)? {
        var dollar = text.firstIndex(of: "$")
        while let start = dollar {
            let after = text[text.index(after: start)...]
            if after.hasPrefix("{\(name)}") {
                return (text[..<start], after.dropFirst(name.count + 2))
            }
            if after.hasPrefix(name) {
                let rest = after.dropFirst(name.count)
                let goesOn = rest.utf8.first.map { ByteClass.isAlphanumeric($0) || $0 == UInt8(ascii: "_") } ?? false
                if !goesOn { return (text[..<start], rest) }
            }
            dollar = after.firstIndex(of: "$")
        }
        return nil
    }
}
