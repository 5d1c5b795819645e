/// Texts that a careless writer of Dockerfiles, shell or JSON lets out of their place.
enum NastyText {
    /// Pieces without line breaks: every one is legal in a value of one line.
    static let pieces = [
        "$HOME", "${PATH}", "$$", "$(id)", "`id`", "\"", "'", "\\", "\\\\", "\\n", "#", " # x", "<<EOF", "<<-'E'",
        "--mount=type=x",
        "--", "[", "]", "[\"a\"]", "{", "}", "&&", "||", ";", "|", ">", "<", "*", "?", "~", "!", "%s", "%", "=", "==",
        ",", ":",
        " ", "  ", "a", "word", "x y", "\u{e9}", "e\u{301}", "日本", "\u{1f600}", "\u{a0}", "\u{3000}", "\u{feff}",
        "\u{200b}",
        "\u{202e}", "-", "/", ".", "..", "RUN", "FROM x", "@", "^", "(", ")", "0", "$5", "${A:-b}", "$'x'", "\u{2003}",
    ]

    /// Pieces that only values which may have several lines can hold.
    static let breaks = [
        "\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}", "\t", "\u{1b}[31m", "\u{7f}",
        "\nRUN x\n", "\nEOF\n",
    ]

    static func line(using generator: inout SeededGenerator, atMost count: Int = 6) -> String {
        (0..<generator.number(0...count)).map { _ in generator.oneOf(pieces) }.joined()
    }

    static func text(using generator: inout SeededGenerator, atMost count: Int = 6) -> String {
        (0..<generator.number(0...count)).map { _ in
            generator.chance(20) ? generator.oneOf(breaks) : generator.oneOf(pieces)
        }.joined()
    }
}
