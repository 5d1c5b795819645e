extension ShellScript {
    /// The script as text for a shell: one line, unless a word holds line breaks.
    var text: String {
        commands.map { $0.renderedWords.map(\.text).joined(separator: " ") }.joined(separator: " && ")
    }

    /// The script as lines that the Dockerfile's parser joins, or `nil` if it would not read them back exactly.
    ///
    /// - Parameter start: what stands before the first command: `RUN ` or the indentation under mounts.
    func lines(start: String) -> [String]? {
        let words = commands.map(\.renderedWords)
        guard let first = words.first?.first?.text, !first.startsWithBytes(of: "["), !first.startsWithBytes(of: "--"),
            words.allSatisfy({ $0.allSatisfy { $0.survivesTheParser } })
        else { return nil }
        return words.enumerated().flatMap { index, words in
            Self.lines(of: words, start: index == 0 ? start : "    && ")
        }
    }

    /// Commands that fit are one line; others break before pipes and where a line is full. Items and clauses are always
    /// alone, and what ends clauses stands as far left as the command.
    private static func lines(of words: [ShellCommand.RenderedWord], start: String) -> [String] {
        let length = words.reduce(start.utf8.count) { $0 + $1.text.utf8.count + 1 } + 1
        let isLong = length > LineFiller.width
        var filler = LineFiller(start: start, indent: 8)
        var followsLine = false
        for word in words {
            let breaksLongLine = isLong && (word.text == "|" || word.text.hasPrefix("| "))
            if word.place == .end {
                filler.append(word.text, onNewLineWithIndent: 4)
            } else {
                filler.append(
                    word.text, onNewLine: word.place == .line || word.place == .start || followsLine || breaksLongLine)
            }
            followsLine = word.place == .line || word.place == .end
        }
        return filler.lines
    }
}

extension ShellCommand {
    /// A word as the shell reads it.
    struct RenderedWord {
        enum Place {
            /// Behind the last word, if it fits there.
            case text
            /// On a line of its own.
            case line
            /// First on a line.
            case start
            /// On a line of its own, below the command's first word.
            case end
        }

        var text: String
        var place: Place

        /// Whether the word stays what it is on a line of a shell-form `RUN`.
        ///
        /// A line break would end the instruction, `#` at a line's start is a comment, and `<<` may be a heredoc for
        /// newer frontends.
        var survivesTheParser: Bool {
            !text.startsWithBytes(of: "#") && !text.containsBytes(of: "<<") && text.utf8.last != UInt8(ascii: "\\")
                && !text.utf8.contains { $0 < 0x20 && $0 != UInt8(ascii: "\t") }
        }
    }

    /// The words quoted; a redirection and its target are one, so that no line ends between them.
    var renderedWords: [RenderedWord] {
        var result: [RenderedWord] = []
        var expectsCommand = true
        var followsRedirection = false
        for word in words {
            let text: String
            var place = RenderedWord.Place.text
            switch word {
            case .value(let value):
                text = expectsCommand ? ShellQuoting.quoteCommandWord(value) : ShellQuoting.quote(value)
                expectsCommand = expectsCommand && ShellQuoting.assignedName(value) != nil
            case .item(let value):
                text = ShellQuoting.quote(value)
                place = .line
                expectsCommand = false
            case .clause(let pattern, let words):
                let command = ShellCommand(words).renderedWords.map(\.text).joined(separator: " ")
                text = "\(pattern.string)) \(command) ;;"
                place = .line
            case .end(let syntax):
                text = syntax.string
                place = .end
            case .start(let syntax):
                text = syntax.string
                place = .start
                expectsCommand = false
            case .syntax(let syntax):
                text = syntax.string
                expectsCommand = expectsCommand && ShellQuoting.assignedName(text) != nil
            }
            if text.isEmpty { continue }
            if followsRedirection, let last = result.popLast() {
                result.append(RenderedWord(text: last.text + " " + text, place: last.place))
            } else {
                result.append(RenderedWord(text: text, place: place))
            }
            if case .syntax = word { followsRedirection = Self.isRedirection(text) } else { followsRedirection = false }
        }
        return result
    }

    /// `>`, `>>`, `2>`, `<`: operators whose target is the next word.
    private static func isRedirection(_ text: String) -> Bool {
        let signs = text.drop { $0.isASCII && $0.isNumber }
        return [">", ">>", "<", ">|"].contains(signs)
    }
}
