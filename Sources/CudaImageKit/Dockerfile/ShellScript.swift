/// Shell commands joined by `&&`, built from words so that a value can never become syntax.
public struct ShellScript: Hashable, Sendable {
    /// In the order they run; the first that fails ends the script.
    public var commands: [ShellCommand]

    /// A script of commands, in the order they run.
    public init(_ commands: [ShellCommand] = []) { self.commands = commands }

    /// Whether there is no command: such a script can't be printed.
    public var isEmpty: Bool { commands.isEmpty }
}

/// One command of a script: `apt-get install -y curl`, `printf '%s\n' … > /etc/x`.
public struct ShellCommand: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// A part of a command: a value, or syntax of the shell.
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
        /// Shell syntax such as `|`, `>` or `"$key"`, which is a literal of source code and never made at run time.
        case syntax(StaticSyntax)

        /// A literal is a value, so that nothing in it is syntax.
        public init(stringLiteral value: String) { self = .value(value) }
    }

    /// The program, its arguments, and syntax between them, in order.
    public var words: [Word]

    /// A command of words, in order.
    public init(_ words: [Word]) { self.words = words }

    /// A command as a literal: `["apt-get", "update"]`.
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

/// Shell syntax that stands in source code as a literal, and so can't come from a recipe.
public struct StaticSyntax: Hashable, Sendable, ExpressibleByStringLiteral {
    let text: StaticString

    /// Takes a literal of source code; a text made at run time can only be a value.
    public init(stringLiteral value: StaticString) { text = value }

    var string: String { text.description }

    /// By the text.
    public static func == (left: StaticSyntax, right: StaticSyntax) -> Bool { left.string == right.string }

    /// Hashes the text, which `==` compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(string) }
}
