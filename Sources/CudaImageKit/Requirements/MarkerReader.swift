/// Reads the text of a marker, by recursive descent.
struct MarkerReader {
    /// The most words of a marker: those of locked projects have some dozens, and more is not worth the time.
    static let maximumWords = 1_024
    /// The deepest parentheses, along which reading and evaluation recurse.
    private static let maximumDepth = 32

    private enum Word: Hashable {
        case text(String)
        case name(String)
        case sign(String)
        case open, close
    }

    private let words: [Word]
    private var index = 0
    private var depth = 0

    /// - Returns: `nil` if something in the text is no word of markers, or it has too many.
    init?(_ text: String) {
        guard let words = Self.words(of: text) else { return nil }
        self.words = words
    }

    /// The whole text as an expression; `nil` if it is none.
    mutating func expression() -> EnvironmentMarker.Expression? {
        guard let expression = alternatives(), index == words.count else { return nil }
        return expression
    }

    private static func words(of text: String) -> [Word]? {
        var words: [Word] = []
        var rest = text[...]
        while let first = rest.first {
            guard words.count < maximumWords else { return nil }
            switch first {
            case " ", "\t": rest = rest.dropFirst()
            case "(", ")":
                words.append(first == "(" ? .open : .close)
                rest = rest.dropFirst()
            case "\"", "'":
                guard let end = rest.dropFirst().firstIndex(of: first) else { return nil }
                words.append(.text(String(rest[..<end].dropFirst())))
                rest = rest[rest.index(after: end)...]
            case "<", ">", "=", "!", "~":
                let sign = rest.prefix { "<>=!~".contains($0) }
                guard VersionSpecifier.Operator(rawValue: String(sign)) != nil else { return nil }
                words.append(.sign(String(sign)))
                rest = rest[sign.endIndex...]
            default:
                let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
                guard !name.isEmpty else { return nil }
                words.append(.name(String(name)))
                rest = rest[name.endIndex...]
            }
        }
        return words
    }

    private func peek(_ ahead: Int = 0) -> Word? {
        index + ahead < words.count ? words[index + ahead] : nil
    }

    private mutating func take(_ word: Word) -> Bool {
        guard peek() == word else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() -> EnvironmentMarker.Expression? {
        guard let first = conjunction() else { return nil }
        var parts = [first]
        while take(.name("or")) {
            guard let next = conjunction() else { return nil }
            parts.append(next)
        }
        return parts.count == 1 ? first : .any(parts)
    }

    private mutating func conjunction() -> EnvironmentMarker.Expression? {
        guard let first = term() else { return nil }
        var parts = [first]
        while take(.name("and")) {
            guard let next = term() else { return nil }
            parts.append(next)
        }
        return parts.count == 1 ? first : .all(parts)
    }

    private mutating func term() -> EnvironmentMarker.Expression? {
        if take(.open) {
            depth += 1
            guard depth <= Self.maximumDepth, let inner = alternatives(), take(.close) else { return nil }
            depth -= 1
            return inner
        }
        guard let left = operand(), let sign = sign(), let right = operand() else { return nil }
        return .comparison(left: left, operator: sign, right: right)
    }

    private mutating func operand() -> EnvironmentMarker.Operand? {
        switch peek() {
        case .text(let text):
            index += 1
            return .text(text)
        case .name(let name):
            guard let variable = Self.variables[name] else { return nil }
            index += 1
            return .variable(variable)
        default: return nil
        }
    }

    private mutating func sign() -> String? {
        switch (peek(), peek(1)) {
        case (.sign(let sign), _):
            index += 1
            return sign
        case (.name("in"), _):
            index += 1
            return "in"
        case (.name("not"), .name("in")):
            index += 2
            return "not in"
        default: return nil
        }
    }

    /// The variables, with the older spellings that PEP 508 lists.
    private static let variables: [String: String] = {
        let names = [
            "os_name", "sys_platform", "platform_machine", "platform_python_implementation", "platform_release",
            "platform_system", "platform_version", "python_version", "python_full_version", "implementation_name",
            "implementation_version", "extra", "extras", "dependency_groups",
        ]
        let older = [
            "os.name": "os_name", "sys.platform": "sys_platform", "platform.machine": "platform_machine",
            "platform.version": "platform_version", "python_implementation": "platform_python_implementation",
            "platform.python_implementation": "platform_python_implementation",
        ]
        return Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }).merging(older) { name, _ in name }
    }()
}
