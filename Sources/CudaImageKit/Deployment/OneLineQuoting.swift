/// Shell words that never leave their line, and hold no `{{`: for files in which lines and braces mean something before
/// any shell reads them.
enum OneLineQuoting {
    /// Sets the variables that quoted words with line breaks use. A command substitution drops line breaks at the end of
    /// its output, hence the dot.
    static let definitions = [
        #"newline=$(printf '\n.'); newline=${newline%.}"#,
        #"carriage=$(printf '\r.'); carriage=${carriage%.}"#,
    ]

    static func needsDefinitions(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }

    /// One argument, of any text without null characters.
    static func quote(_ text: String) -> String {
        guard text.utf8.contains(where: ASCIISet("\n\r{").contains) else { return ShellQuoting.quote(text) }
        var result = "'"
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "'\"$newline\"'"
            case "\r": result += "'\"$carriage\"'"
            case "'": result += "'\\''"
            case "{" where previous == "{": result += "''{"
            default: result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return result + "'"
    }
}
