/// The grammar of what lines can be joined in: lists of pipelines of simple commands.
///
/// Refused is what is wrong, since a shell that reads line by line runs what stands before it; what compounds several
/// lines; and commands by which a line could change how the next one is read. Grammar: POSIX, Shell Command Language,
/// 2.9 and 2.10; reserved words and builtins of dash, busybox and bash.
enum ShellGrammar {
    static func check(_ tokens: [ShellToken]) throws(ShellTokenReader.Refusal) {
        var command = Command()
        var expectsCommand = false
        for token in tokens {
            switch token.kind {
            case .continuation: break
            case .word(let word): try command.add(word)
            case .redirection: try command.redirect()
            case .and, .or, .pipe:
                try command.finish()
                expectsCommand = true
                command = Command(canNegate: token.kind != .pipe)
            case .semicolon:
                try command.finish()
                expectsCommand = false
                command = Command()
            case .lineBreak, .comment:
                if command == Command() || command == Command(canNegate: false) {
                    // An empty line, or the line break behind an operator.
                    if expectsCommand, token.kind != .lineBreak { throw ShellTokenReader.Refusal() }
                } else {
                    try command.finish()
                    expectsCommand = false
                    command = Command()
                }
            }
            if case .word = token.kind { expectsCommand = false }
            if case .redirection = token.kind { expectsCommand = false }
        }
        if expectsCommand { throw ShellTokenReader.Refusal() }
        if command != Command() { try command.finish() }
    }

    /// A simple command while it is read.
    private struct Command: Equatable {
        /// `!` may stand here.
        var canNegate = true
        private var isNegated = false
        private var isEmpty = true
        private var expectsName = true
        private var expectsTarget = false
        private var options: SetOptions?

        init(canNegate: Bool = true) { self.canNegate = canNegate }

        mutating func add(_ word: ShellToken.Word) throws(ShellTokenReader.Refusal) {
            if expectsTarget {
                expectsTarget = false
            } else if expectsName {
                try name(word)
            } else if options != nil {
                try options?.add(word)
            }
        }

        mutating func redirect() throws(ShellTokenReader.Refusal) {
            if expectsTarget { throw ShellTokenReader.Refusal() }
            (isEmpty, canNegate, expectsTarget) = (false, false, true)
        }

        func finish() throws(ShellTokenReader.Refusal) {
            if isEmpty || expectsTarget || options?.isComplete == false { throw ShellTokenReader.Refusal() }
        }

        private mutating func name(_ word: ShellToken.Word) throws(ShellTokenReader.Refusal) {
            if word.literal == "!", !word.isQuoted, canNegate {
                (canNegate, isNegated) = (false, true)
                return
            }
            (isEmpty, canNegate) = (false, false)
            if ShellGrammar.isAssignment(word.prefix) { return }
            expectsName = false
            guard let name = word.literal, name == "[" || !name.utf8.contains(where: ASCIISet("[*?{").contains),
                name != "!", !ShellGrammar.reservedWords.contains(name), !ShellGrammar.unusableCommands.contains(name)
            else { throw ShellTokenReader.Refusal() }
            if name == "set" { options = SetOptions() }
        }
    }

    /// The arguments of `set`: options that mean the same for the next line and for the rest of this one.
    private struct SetOptions: Equatable {
        private(set) var isComplete = false

        private static let letters = ASCIISet("aefuxCo")
        private static let names: Set<String> = [
            "allexport", "errexit", "noclobber", "noglob", "nounset", "pipefail", "xtrace",
        ]
        private var expectsName = false

        mutating func add(_ word: ShellToken.Word) throws(ShellTokenReader.Refusal) {
            guard let text = word.literal else { throw ShellTokenReader.Refusal() }
            if expectsName {
                guard Self.names.contains(text) else { throw ShellTokenReader.Refusal() }
                (expectsName, isComplete) = (false, true)
                return
            }
            let letters = text.utf8.dropFirst()
            guard let sign = text.utf8.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"), !letters.isEmpty,
                letters.allSatisfy(Self.letters.contains), !letters.dropLast().contains(UInt8(ascii: "o"))
            else { throw ShellTokenReader.Refusal() }
            expectsName = letters.last == UInt8(ascii: "o")
            isComplete = !expectsName
        }
    }

    /// `NAME=`, and bash's `NAME+=`.
    private static func isAssignment(_ prefix: String) -> Bool {
        guard let equals = prefix.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        var name = prefix[..<equals]
        if name.utf8.last == UInt8(ascii: "+") { name.removeLast() }
        return EnvironmentName(String(name)) != nil
    }

    private static let reservedWords: Set<String> = [
        "case", "coproc", "do", "done", "elif", "else", "esac", "fi", "for", "function", "if", "in", "select", "then",
        "time", "until", "while", "{", "}", "[[", "]]",
    ]

    /// Commands that change how what follows is read, or run text that could: an alias of one line is known in the next, and
    /// not on the same line.
    private static let unusableCommands: Set<String> = [
        ".", "alias", "bind", "builtin", "caller", "command", "complete", "enable", "eval", "fc", "history", "mapfile",
        "readarray", "shopt", "source", "trap", "unalias",
    ]
}
