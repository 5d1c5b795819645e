extension InstructionPrinter {
    /// `RUN` in shell form where it reads back exactly, else in exec form with the stage's shell.
    ///
    /// The exec form is JSON and carries everything, line breaks too, at the price of being hard to read. That is why
    /// a line break in a value needs no encoding in the shell's own language.
    func run(_ command: RunCommand, mounts: [Mount]) throws(PrintingError) -> [String] {
        var lines: [String] = []
        for mount in mounts { lines.append((lines.isEmpty ? "RUN " : "    ") + (try Self.text(of: mount))) }
        let start = lines.isEmpty ? "RUN " : "    "
        let text: String
        var shell = shell
        switch command {
        case .script(let script):
            if let scriptLines = script.lines(start: start) { return lines + scriptLines }
            text = script.text
        case .shell(let written):
            text = Self.trimmed(written)
            if Self.fitsShellForm(text) { return lines + [start + text] }
            if text.utf8.contains(UInt8(ascii: "\n")), shell.last == "-c" {
                if let joined = CommandLines(text) { return lines + joined.text(start: start) }
                // A command of several lines ends with its first failure, as a build should: a shell that goes on
                // would hide it.
                shell = shell.dropLast() + ["-e", "-c"]
            }
        }
        if text.isEmpty { throw PrintingError("RUN", .empty) }
        let words = try Self.execForm(shell + [text], "RUN")
        return lines + [start + words.joined(separator: " ")]
    }

    /// A command without the line breaks at its end, and without blanks around it if it is one line: nothing that the
    /// shell would notice. A backslash at the end keeps what it escapes.
    private static func trimmed(_ command: String) -> String {
        let scalars = command.unicodeScalars
        var text = scalars[...]
        while text.last == "\n" { text.removeLast() }
        if text.contains("\n") { return keepingEscape(text, of: command) }
        text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return keepingEscape(text, of: command)
    }

    private static func keepingEscape(_ text: Substring.UnicodeScalarView, of command: String) -> String {
        text.last == "\\" ? command : String(text)
    }

    /// Whether the Dockerfile's parser gives the shell exactly this text.
    ///
    /// It ends at a line break (and drops a carriage return before it), joins lines at a backslash, trims Unicode
    /// blanks, takes `--` as flags, `[` as JSON, `#` at a continuation line's start as a comment; newer frontends take
    /// `<<` as a heredoc.
    private static func fitsShellForm(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        return first != "[" && first != "#" && last != "\\" && !first.properties.isWhitespace
            && !last.properties.isWhitespace && !text.startsWithBytes(of: "--") && !text.containsBytes(of: "<<")
            && !text.unicodeScalars.contains { $0 != "\t" && ByteClass.isControl($0) }
    }
}

// MARK: - Mounts

extension InstructionPrinter {
    private static func text(of mount: Mount) throws(PrintingError) -> String {
        var options: [(key: String, value: String)] = []
        switch mount {
        case .cache(let target, let owner, let isShared):
            options = [("type", "cache"), ("target", target.text)]
            if let owner { options += [("uid", "\(owner)"), ("gid", "\(owner)")] }
            if !isShared { options.append(("sharing", "locked")) }
        case .secret(let id, let target):
            options = [("type", "secret"), ("id", id), ("target", target.text)]
        case .bind(let source, let target):
            options = [("type", "bind"), ("source", source.text), ("target", target.text)]
        }
        for option in options where !isFlagValue(option.value) {
            throw PrintingError("RUN", .notAllowedInFlag, value: option.value)
        }
        return "--mount=" + options.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }

    /// Options are read as flags, then as CSV, then, by some builders, by the word lexer; flags are read byte by byte,
    /// which breaks everything that is not ASCII. Only characters that mean nothing to any of them pass.
    static func isFlagValue(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(flagCharacters.contains)
    }

    private static let flagCharacters = ASCIISet("/._-+@:%~", and: .alphanumeric)
}
