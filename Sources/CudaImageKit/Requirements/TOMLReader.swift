/// Reads the strings, lists and tables of a TOML file with their places.
///
/// It is no TOML parser: numbers, dates and booleans are kept as words, and what a table may not hold twice is not
/// checked. It reads what `pyproject.toml` names dependencies with, and refuses what it can't follow.
struct TOMLReader {
    struct Value: Hashable, Sendable {
        enum Content: Hashable, Sendable {
            case string(String)
            case array([Value])
            case table([Entry])
            /// A number, a date, `true` or `false`, as it is written.
            case other(String)
        }

        var content: Content
        var span: SourceSpan
    }

    /// A key with all keys above it.
    struct Entry: Hashable, Sendable {
        var path: [String]
        var value: Value
        /// The number of the heading that it stands under: entries of one `[[table]]` have the same one.
        var heading = 0
    }

    /// What was not understood, if ``entries()`` gave nothing.
    private(set) var problem = ""
    private let source: RecipeSource
    private let map: LineMap
    private var position = 0
    private static let maximumDepth = 32

    init(_ source: RecipeSource) {
        self.source = source
        map = LineMap(source.text)
    }

    /// The place where reading stopped.
    var span: SourceSpan { span(from: min(position, max(0, map.scalars.count - 1))) }

    mutating func entries() -> [Entry]? {
        var entries: [Entry] = []
        var table: [String] = []
        var heading = 0
        while skipToContent() {
            if take("[") {
                let isList = take("[")
                guard let path = keys(), take("]"), !isList || take("]") else { return refuse("a table's name") }
                table = path
                heading += 1
            } else {
                guard let entry = entry() else { return refuse("a key and its value") }
                entries.append(Entry(path: table + entry.path, value: entry.value, heading: heading))
            }
            skipBlanks()
            guard isAtLineEnd else { return refuse("the end of the line") }
        }
        return entries
    }

    private mutating func refuse(_ expected: String) -> [Entry]? {
        if problem.isEmpty { problem = "expected \(expected)" }
        return nil
    }

    private mutating func entry(depth: Int = 0) -> Entry? {
        guard let path = keys(), take("=") else { return nil }
        return value(depth: depth).map { Entry(path: path, value: $0) }
    }

    /// `a.b."c d"`
    private mutating func keys() -> [String]? {
        var keys: [String] = []
        repeat {
            skipBlanks()
            if peek == "\"" || peek == "'" {
                guard let key = string() else { return nil }
                keys.append(key)
            } else {
                let start = position
                while let scalar = peek, scalar.isASCII,
                    scalar.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains(scalar)
                { position += 1 }
                guard position > start else { return nil }
                keys.append(text(from: start))
            }
            skipBlanks()
        } while take(".")
        return keys
    }

    private mutating func value(depth: Int) -> Value? {
        skipBlanks()
        let start = position
        guard depth < Self.maximumDepth, let scalar = peek else { return nil }
        switch scalar {
        case "\"", "'": return string().map { Value(content: .string($0), span: span(from: start)) }
        case "[": return array(depth: depth).map { Value(content: .array($0), span: span(from: start)) }
        case "{": return table(depth: depth).map { Value(content: .table($0), span: span(from: start)) }
        default:
            while let scalar = peek, !",]}#\n\r".unicodeScalars.contains(scalar) { position += 1 }
            guard position > start else { return nil }
            return Value(content: .other(text(from: start).trimmingBlanks), span: span(from: start))
        }
    }

    private mutating func array(depth: Int) -> [Value]? {
        var values: [Value] = []
        position += 1
        while skipToContent() {
            if take("]") { return values }
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
            guard skipToContent() else { return nil }
            if take(",") { continue }
            guard take("]") else { return nil }
            return values
        }
        return nil
    }

    private mutating func table(depth: Int) -> [Entry]? {
        var entries: [Entry] = []
        position += 1
        while skipToContent() {
            if take("}") { return entries }
            guard let entry = entry(depth: depth + 1) else { return nil }
            entries.append(entry)
            guard skipToContent() else { return nil }
            if take(",") { continue }
            guard take("}") else { return nil }
            return entries
        }
        return nil
    }

    /// A string of one of the four kinds; escapes are kept as their character.
    private mutating func string() -> String? {
        guard let quote = peek else { return nil }
        let isLong = scalar(at: position + 1) == quote && scalar(at: position + 2) == quote
        position += isLong ? 3 : 1
        var text = String.UnicodeScalarView()
        while let scalar = peek {
            if scalar == quote,
                !isLong || self.scalar(at: position + 1) == quote && self.scalar(at: position + 2) == quote
            {
                position += isLong ? 3 : 1
                return String(text)
            }
            if !isLong, scalar == "\n" || scalar == "\r" { break }
            if scalar == "\\", quote == "\"" {
                position += 1
                guard let escaped = peek, let meaning = Self.escapes[escaped] else { break }
                text.append(meaning)
            } else {
                text.append(scalar)
            }
            position += 1
        }
        problem = "a string that ends, with simple escapes, was expected"
        return nil
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "\\": "\\", "n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "f": "\u{c}", "e": "\u{1b}",
    ]

    // MARK: - Characters

    private var peek: Unicode.Scalar? { scalar(at: position) }

    private func scalar(at index: Int) -> Unicode.Scalar? { index < map.scalars.count ? map.scalars[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let scalar = peek, scalar == " " || scalar == "\t" { position += 1 }
    }

    private var isAtLineEnd: Bool { peek == nil || peek == "\n" || peek == "\r" || peek == "#" }

    /// Skips blanks, line breaks and comments.
    ///
    /// - Returns: whether something is left.
    private mutating func skipToContent() -> Bool {
        while let scalar = peek {
            if scalar == "#" {
                while let scalar = peek, scalar != "\n" { position += 1 }
            } else if [" ", "\t", "\n", "\r"].contains(scalar) {
                position += 1
            } else {
                return true
            }
        }
        return false
    }

    private func text(from start: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: map.scalars[start..<position])
        return String(view)
    }

    private func span(from start: Int) -> SourceSpan {
        SourceSpan(
            source: source.fileName, start: map.position(ofScalar: start),
            end: map.position(ofScalar: max(start + 1, position)))
    }
}
