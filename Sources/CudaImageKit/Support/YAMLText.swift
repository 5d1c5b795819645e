/// Writes texts as YAML: scalars that every reader of YAML takes for the same text, and comments that end where they should.
///
/// cudagen reads every scalar as the text that stands there. Other tools turn `yes`, `1.10` or `0x1F` into something else,
/// so such texts get quotes.
enum YAMLText {
    /// A text as a scalar of one line, without quotes where it needs none, also inside `[…]` and `{…}`.
    static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// A text as what stands behind `# `: on one line, without characters that YAML refuses or a terminal obeys.
    static func comment(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { view.append(isPrintable(scalar) ? scalar : "\u{FFFD}") }
        while view.last == " " { view.removeLast() }
        return String(view)
    }

    // MARK: - Without quotes

    private static let plainStart = ASCIISet("/._", and: .alphanumeric)
    private static let plain = ASCIISet(" /._+=@~^$%()<>;*-", and: .alphanumeric)

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, plainStart.contains(first), text.utf8.last != UInt8(ascii: " "),
            text.utf8.allSatisfy(plain.contains)
        else { return false }
        // `...` ends a document.
        return !isGuessed(text) && !text.startsWithBytes(of: "...")
    }

    /// Whether a reader that guesses types takes the text for something else.
    ///
    /// Source: YAML 1.1's types (bool, int, float, null, timestamp), of which YAML 1.2's core schema is a part.
    private static func isGuessed(_ text: String) -> Bool {
        if words.contains(text.lowercased()) { return true }
        guard let first = text.utf8.first, ByteClass.isDigit(first) || first == UInt8(ascii: ".") else {
            return false
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // `1`, `1.5`, `1_000`, `0x1F`, `1e3`, `2024-01-02`; `12.4.1` is a text for everybody.
        return parts.count <= 2 && text != "." && text.utf8.allSatisfy { numeric.contains($0) }
    }

    private static let numeric = ASCIISet("0123456789abcdefABCDEFxXoO_.+-:")
    private static let words: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf", ".nan", "=", "<<",
    ]

    // MARK: - With quotes

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
                result += "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
            }
        }
        return result + "\""
    }

    /// Whether a character stands for itself in a YAML file and on a terminal.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        // Characters of the category format are seen by nobody.
        !scalar.isUnsafeOnTerminal && scalar.properties.generalCategory != .format && scalar.value & 0xfffe != 0xfffe
    }
}
