/// A user's command of several lines as lines that a shell-form `RUN` can carry.
///
///     RUN set -e; \
///         cmake -B out; \
///         cmake --build out \
///             --parallel 4
///
/// The Dockerfile's parser joins continued lines and drops the line breaks, so statements are joined by `;` there. To the
/// shell that means the same only for simple statements, each complete on its own: a list with `;` runs as lines do, and
/// `set -e` is the option `-e`. What differs is that a shell reads and runs one line after the other, and a joined text
/// as a whole. Whatever could notice that is not taken; such a command keeps its exec form.
struct CommandLines: Hashable {
    /// What stands between two line breaks of the command.
    enum Line: Hashable {
        /// The text behind `#`.
        case comment(String)
        /// A statement; it has several lines where the shell joins them, at blanks.
        case statement([String])

        fileprivate var isStatement: Bool { if case .statement = self { true } else { false } }
    }

    private(set) var lines: [Line] = []

    /// Returns `nil` if the command has to be given to the shell as it stands.
    init?(_ command: String) {
        guard Self.hasNothingSpecial(command) else { return nil }
        let bytes = Array(command.utf8)
        var reader = ShellTokenReader(bytes)
        do {
            let tokens = try reader.tokens()
            try ShellGrammar.check(tokens)
            layOut(tokens, of: bytes)
        } catch {
            return nil
        }
        // A backslash at the end, before blanks too, would continue the instruction: Docker 20.10 does not see that another
        // one escapes it.
        guard case .statement(let parts)? = lines.last(where: \.isStatement),
            parts.last?.last(where: { $0 != " " && $0 != "\t" }) != "\\"
        else { return nil }
    }

    /// The instruction's lines. Comments stand at the first column, where every builder takes them for comments.
    ///
    /// - Parameter start: what stands before the first: `RUN `, or the indentation under mounts.
    func text(start: String) -> [String] {
        var result = [start + "set -e;"]
        // Behind the last statement the instruction is over: a comment there has no place.
        let last = lines.lastIndex(where: \.isStatement) ?? lines.endIndex
        for (index, line) in lines.enumerated() where index <= last {
            switch line {
            case .comment(let text): result += Self.comment(text)
            case .statement(let parts):
                result += parts.enumerated().map { ($0 == 0 ? "    " : "        ") + $1 }
                if index < last { result[result.count - 1] += ";" }
            }
        }
        return result
    }

    /// A comment's line. Without a backslash at its end, as if it went on.
    private static func comment(_ text: String) -> [String] {
        var text = text[...]
        while text.last == " " || text.last == "\t" || text.last == "\\" { text.removeLast() }
        return DockerfileComment.lines(String(text.drop { $0 == " " || $0 == "\t" }))
    }

    /// Whether all parsers and shells read the text's characters alike, and nothing in it asks for the line or the text
    /// itself: no control characters, no blanks but those of ASCII, no `<<`, which newer frontends take for a heredoc.
    private static func hasNothingSpecial(_ command: String) -> Bool {
        !["<<", "LINENO", "BASH"].contains { command.containsBytes(of: $0) }
            && command.unicodeScalars.allSatisfy { scalar in
                scalar == "\n" || scalar == "\t"
                    || !ByteClass.isControl(scalar) && (scalar.isASCII || !scalar.properties.isWhitespace)
            }
    }

    /// Groups tokens to lines, each in the words of the text.
    private mutating func layOut(_ tokens: [ShellToken], of bytes: [UInt8]) {
        var parts: [String] = []
        var part: Range<Int>?
        func finished(_ part: Range<Int>?) -> [String] {
            part.map { [String(decoding: bytes[$0], as: UTF8.self)] } ?? []
        }
        func endStatement() {
            parts += finished(part)
            if !parts.isEmpty { lines.append(.statement(parts)) }
            (parts, part) = ([], nil)
        }
        var followsOperator = false
        var isLineStart = true
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .comment(let text):
                endStatement()
                // Behind a statement it explains that, so it stands before it.
                lines.insert(.comment(text), at: isLineStart ? lines.count : lines.count - 1)
            case .continuation:
                parts += finished(part)
                part = nil
            case .lineBreak where followsOperator:
                parts += finished(part)
                part = nil
            case .lineBreak: endStatement()
            case .semicolon where Self.endsLine(tokens.dropFirst(index + 1).first): endStatement()
            case .word, .redirection, .and, .or, .pipe, .semicolon:
                part = (part?.lowerBound ?? token.range.lowerBound)..<token.range.upperBound
            }
            isLineStart = token.kind == .lineBreak || isLineStart && token.kind == .continuation
            switch token.kind {
            case .and, .or, .pipe: followsOperator = true
            case .lineBreak, .continuation: break
            default: followsOperator = false
            }
        }
        endStatement()
    }

    /// Whether nothing follows on the line.
    private static func endsLine(_ next: ShellToken?) -> Bool {
        switch next?.kind {
        case nil, .lineBreak, .continuation, .comment: true
        default: false
        }
    }
}
