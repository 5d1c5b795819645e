/// Lays tokens out on lines that the builder joins again: `COPY a b \` and `    c`.
struct LineFiller {
    /// Columns that a line should not pass; a single longer token stays whole.
    static let width = 100

    private(set) var lines: [String]
    private let indent: String
    private var isAtLineStart: Bool

    /// - Parameters:
    ///   - start: what the first line begins with, its trailing blank included: `RUN `, `    && `.
    ///   - indent: columns of blanks before what does not fit on the first line.
    init(start: String, indent: Int) {
        lines = [start]
        self.indent = String(repeating: " ", count: indent)
        isAtLineStart = true
    }

    /// Appends a token, on a new line if it does not fit behind the last one or if the caller wants one.
    mutating func append(_ token: String, onNewLine: Bool = false) {
        let last = lines.count - 1
        // Two more columns for the blank and backslash of a line that goes on.
        let fits = lines[last].utf8.count + 1 + token.utf8.count + 2 <= Self.width
        if isAtLineStart {
            lines[last] += token
        } else if fits, !onNewLine {
            lines[last] += " "
            lines[last] += token
        } else {
            lines.append(indent + token)
        }
        isAtLineStart = false
    }

    /// Appends a token on a new line with an indentation of its own.
    mutating func append(_ token: String, onNewLineWithIndent columns: Int) {
        lines.append(String(repeating: " ", count: columns) + token)
        isAtLineStart = false
    }

    /// All lines as one instruction. Comments among them are not part of it: nothing continues them.
    static func join(_ lines: [String]) -> String {
        var text = ""
        for (index, line) in lines.enumerated() {
            text += line
            if index < lines.count - 1 { text += line.startsWithBytes(of: "#") ? "\n" : " \\\n" }
        }
        return text
    }
}
