/// How values are written in the POSIX shell's language so that the shell reads back exactly the same.
enum ShellQuoting {
    /// One argument: bare where the shell reads nothing into it, else in single quotes.
    ///
    /// The result holds every character of `text`, line breaks too; a null character can't be an argument.
    static func quote(_ text: String) -> String {
        if !text.isEmpty, text.utf8.allSatisfy(safeCharacters.contains) { return text }
        var result = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { result += "'\\''" } else { result.unicodeScalars.append(scalar) }
        }
        return result + "'"
    }

    /// A word where the shell expects a command: reserved words are quoted, and `NAME=value` stays an assignment to
    /// the environment of the command that follows, with its value quoted.
    static func quoteCommandWord(_ text: String) -> String {
        if reservedWords.contains(text) { return "'\(text)'" }
        guard let name = assignedName(text) else { return quote(text) }
        return name + "=" + quote(String(text.unicodeScalars.dropFirst(name.utf8.count + 1)))
    }

    /// `NAME` of `NAME=value`.
    static func assignedName(_ text: String) -> String? {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        return EnvironmentName(String(text[..<equals]))?.text
    }

    private static let safeCharacters = ASCIISet("_@%+=:,./-", and: .alphanumeric)

    private static let reservedWords: Set<String> = [
        "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while",
        "function", "select", "time", "coproc",
    ]
}
