/// Shell commands joined by `&&`, built from words so that a value can never become syntax.
public struct ShellScript: Hashable, Sendable {
    public var commands: [ShellCommand]

    public init(_ commands: [ShellCommand] = []) { self.commands = commands }

    public var isEmpty: Bool { commands.isEmpty }
}

/// One command of a script: `apt-get install -y curl`, `printf '%s\n' … > /etc/x`.
public struct ShellCommand: Hashable, Sendable, ExpressibleByArrayLiteral {
    public enum Word: Hashable, Sendable, ExpressibleByStringLiteral {
        /// A value: the printer quotes it where the shell would read anything into it.
        case value(String)
        /// A value on a line of its own: the members of a long list.
        case item(String)
        /// A clause of a `case` on a line of its own: `x86_64) sum=… ;;`.
        case clause(StaticSyntax, [Word])
        /// What ends a list of clauses, on a line of its own: `esac`.
        case end(StaticSyntax)
        /// Shell syntax that begins a line: a command of a compound one.
        case start(StaticSyntax)
        /// Shell syntax such as `|`, `>` or `"$key"`. It can only be written in cudagen's own source.
        case syntax(StaticSyntax)

        public init(stringLiteral value: String) { self = .value(value) }
    }

    public var words: [Word]

    public init(_ words: [Word]) { self.words = words }

    public init(arrayLiteral words: Word...) { self.words = words }

    /// Checks a file against its SHA-256, given as 64 hexadecimal digits; `sumFile` stays for the caller to remove.
    ///
    /// The sum goes through a file: the shell would hide the failure of a command before a pipe.
    static func checkSHA256(_ sum: String, of file: String, sumFile: String) -> [ShellCommand] {
        [
            ["echo", .value("\(sum)  \(file)"), .syntax(">"), .value(sumFile)],
            ["sha256sum", "-c", .value(sumFile)],
        ]
    }
}

/// Text that stands in the source code of cudagen, and so can't come from a recipe.
public struct StaticSyntax: Hashable, Sendable, ExpressibleByStringLiteral {
    let text: StaticString

    public init(stringLiteral value: StaticString) { text = value }

    var string: String { text.description }

    public static func == (left: StaticSyntax, right: StaticSyntax) -> Bool { left.string == right.string }

    public func hash(into hasher: inout Hasher) { hasher.combine(string) }
}
