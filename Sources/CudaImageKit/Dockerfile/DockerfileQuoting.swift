/// How values are written in Dockerfile instructions so that the builder reads back exactly the same.
///
/// Three readers take part. The line parser joins continuation lines and splits words; the *word lexer*
/// (BuildKit `frontend/dockerfile/shell/lex.go`) then removes quotes and backslashes and expands variables in every
/// instruction but `RUN`, `CMD`, `ENTRYPOINT`, `HEALTHCHECK` and `SHELL`; exec forms are read as JSON. `COPY` and
/// `VOLUME` in their JSON form go through both JSON and the word lexer.
enum DockerfileQuoting {
    /// A JSON string; control characters and invisible separators are escaped so that a line stays one line.
    static func json(_ text: String) -> String {
        var result = ""
        result.appendQuoted(text) { scalar, _ in scalar == "\u{FEFF}" }
        return result
    }

    /// The members of a JSON array as tokens that may stand on lines of their own: `["a",` and `"b"]`.
    static func jsonTokens(_ members: [String]) -> [String] {
        guard !members.isEmpty else { return ["[]"] }
        return members.indices.map { index in
            (index == members.startIndex ? "[" : "") + json(members[index])
                + (index == members.endIndex - 1 ? "]" : ",")
        }
    }

    /// Text in double quotes, in which the word lexer expands nothing and keeps everything.
    static func doubleQuoted(_ text: String) -> String {
        "\"" + escapedInDoubleQuotes(text) + "\""
    }

    /// A value in double quotes; its variables are expanded by the builder.
    static func doubleQuoted(_ fragments: [EnvironmentVariable.Fragment]) -> String {
        let pieces = fragments.map { fragment in
            switch fragment {
            case .text(let text): escapedInDoubleQuotes(text)
            case .variable(let name): "${\(name)}"
            }
        }
        return "\"" + pieces.joined() + "\""
    }

    /// A value of an instruction that takes one word: bare where nothing can be read into it, else in double quotes.
    static func word(_ text: String) -> String {
        isBareWord(text) ? text : doubleQuoted(text)
    }

    /// A member of a JSON form that the word lexer reads after the JSON parser.
    ///
    /// Blanks inside need no quoting there. Quotes are needed at the ends, because some instructions trim their
    /// values before the lexer sees them, and before a byte order mark, which the lexer drops.
    static func wordInJSON(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
            !first.properties.isWhitespace, !last.properties.isWhitespace, first != "\u{FEFF}",
            !text.utf8.contains(where: ASCIISet("\\\"'$").contains)
        else { return doubleQuoted(text) }
        return text
    }

    /// Whether every reader takes `text` as one word that means itself.
    ///
    /// `--` would be a flag, `#` a comment on a continuation line, `[` JSON, `<<` a heredoc.
    static func isBareWord(_ text: String) -> Bool {
        !text.isEmpty && !text.startsWithBytes(of: "--")
            && text.unicodeScalars.allSatisfy { scalar in
                guard let byte = UInt8(exactly: scalar.value), byte < 0x80 else {
                    return scalar.properties.isAlphabetic
                }
                return bareCharacters.contains(byte)
            }
    }

    private static let bareCharacters = ASCIISet("/._-+=,@:%~*?", and: .alphanumeric)

    private static func escapedInDoubleQuotes(_ text: String) -> String {
        guard text.utf8.contains(where: ASCIISet("\\\"$").contains) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\\" || scalar == "\"" || scalar == "$" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
