/// A recipe with its comments, before it is text.
///
/// Only here and in ``YAMLText`` is known how YAML is written.
struct StarterDocument: Hashable, Sendable {
    /// A value without comments: on one line if it fits.
    indirect enum Value: Hashable, Sendable {
        case text(String)
        case number(Int)
        case list([Value])
        /// One item a line, whatever its length.
        case lines([String])
        case mapping([Member])

        struct Member: Hashable, Sendable {
            var key: String
            var value: Value
        }

        static func texts(_ texts: [String]) -> Value { .list(texts.map(Value.text)) }
    }

    struct Entry: Hashable, Sendable {
        enum Content: Hashable, Sendable {
            case value(Value)
            case section([Entry])
        }

        var key: String
        var content: Content
        /// Behind the value, or above it where the line would be too long.
        var remark: String?
        /// Above the key.
        var comments: [String] = []
        /// Written as a comment: a proposal.
        var isOff = false
    }

    var heading: [String] = []
    var entries: [Entry] = []

    static let width = 120
}

extension StarterDocument {
    /// The file, ending with a line break.
    var text: String {
        var lines = heading.map { $0.isEmpty ? "#" : "# " + YAMLText.comment($0) }
        for entry in entries { lines += Self.lines(of: entry, indentation: 0) }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func lines(of entry: Entry, indentation: Int) -> [String] {
        let blanks = String(repeating: " ", count: indentation)
        var lines = entry.comments.flatMap { comment($0, indentation: indentation) }
        var own: [String]
        switch entry.content {
        case .section(let entries):
            own = [blanks + entry.key + ":"] + entries.flatMap { self.lines(of: $0, indentation: indentation + 2) }
        case .value(let value): own = value.lines(after: blanks + entry.key + ":", indentation: indentation)
        }
        if entry.isOff { own = own.map { blanks + "# " + $0.dropFirst(indentation) } }
        if let remark = entry.remark {
            let text = YAMLText.comment(remark)
            if own[0].unicodeScalars.count + text.unicodeScalars.count + 4 <= width {
                own[0] += "  # " + text
            } else {
                lines += comment(remark, indentation: indentation)
            }
        }
        return lines + own
    }

    /// A comment as lines of their own, broken between words.
    private static func comment(_ text: String, indentation: Int) -> [String] {
        let start = String(repeating: " ", count: indentation) + "#"
        var lines: [String] = []
        var line = start
        for word in YAMLText.comment(text).split(separator: " ") {
            if line != start, line.unicodeScalars.count + word.unicodeScalars.count + 1 > width {
                lines.append(line)
                line = start
            }
            line += " " + word
        }
        return lines + [line]
    }
}

extension StarterDocument.Value {
    /// The value behind its key or `-`: on the same line, or on lines below.
    fileprivate func lines(after start: String, indentation: Int) -> [String] {
        if case .lines(let items) = self {
            return [start] + items.map { String(repeating: " ", count: indentation + 2) + "- " + YAMLText.scalar($0) }
        }
        let line = start + " " + flow
        if line.unicodeScalars.count <= StarterDocument.width || isScalar { return [line] }
        let blanks = String(repeating: " ", count: indentation + 2)
        switch self {
        case .list(let items):
            return [start] + items.flatMap { $0.lines(after: blanks + "-", indentation: indentation + 2) }
        case .mapping(let members):
            // Behind `-` the first key stands on the same line.
            let isItem = start.hasSuffix("-")
            let lines = members.flatMap { $0.value.lines(after: blanks + $0.key + ":", indentation: indentation + 2) }
            guard isItem, let first = lines.first else { return [start] + lines }
            return [start + " " + first.dropFirst(blanks.utf8.count)] + lines.dropFirst()
        case .text, .number, .lines: return [line]
        }
    }

    private var isScalar: Bool {
        switch self {
        case .text, .number: true
        case .list, .lines, .mapping: false
        }
    }

    /// On one line.
    private var flow: String {
        switch self {
        case .text(let text): YAMLText.scalar(text)
        case .number(let number): String(number)
        case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
        case .lines(let items): "[" + items.map(YAMLText.scalar).joined(separator: ", ") + "]"
        case .mapping(let members):
            "{" + members.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", ") + "}"
        }
    }
}
