/// Comment lines of a Dockerfile.
enum DockerfileComment {
    /// Any text as lines that start with `# `; blank lines become `#`.
    ///
    /// No text can leave the comment or be taken for more than one: every kind of line break starts a new comment
    /// line, other control characters become U+FFFD, and a line that would be a parser directive (`escape=…`,
    /// `syntax=…`) or a pragma of hadolint gets a second `#`.
    static func lines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
            let text = printable(line)
            if text.allSatisfy(\.isWhitespace) { return "#" }
            return (isInstructionToTools(text) ? "## " : "# ") + text
        }
    }

    /// Any text for the rest of a comment line: it can't end the line.
    static func oneLine(_ text: String) -> String {
        // Nearly every text is one line of printable ASCII without blanks around it, which stays as it is.
        let isPrintable = text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
        if isPrintable, text.utf8.first != UInt8(ascii: " "), text.utf8.last != UInt8(ascii: " ") { return text }
        return lines(text).map { $0.drop { $0 == "#" }.drop { $0 == " " } }.joined(separator: " ")
    }

    /// A command for the rest of a comment line: it can't end the line, and no `\` at its end takes the next one in.
    static func commandLine(_ words: [String]) -> String {
        oneLine(words.map(ShellQuoting.quote).joined(separator: " "))
    }

    private static func printable(_ line: Substring) -> String {
        var result = ""
        for scalar in line.unicodeScalars {
            result.unicodeScalars.append(scalar != "\t" && ByteClass.isControl(scalar) ? "\u{FFFD}" : scalar)
        }
        while result.last?.isWhitespace == true { result.removeLast() }
        return result
    }

    /// Whether `# ` and this text would be read by BuildKit (`name = value`) or hadolint.
    private static func isInstructionToTools(_ text: String) -> Bool {
        let start = text.drop(while: \.isWhitespace)
        let name = start.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let rest = start[name.endIndex...].drop(while: \.isWhitespace)
        return !name.isEmpty && (rest.unicodeScalars.first == "=" || name.lowercased() == "hadolint")
    }
}
