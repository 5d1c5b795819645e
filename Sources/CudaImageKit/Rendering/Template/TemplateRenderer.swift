/// Appends a template's text for a stack of values.
struct TemplateRenderer {
    /// Partials in partials: one that includes itself for ever would exhaust the stack.
    private static let maximumDepth = 100

    private let library: TemplateLibrary
    /// The innermost section's value is last.
    private var stack: [TemplateValue]
    private var template = ""
    private var depth = 0
    private(set) var output = ""
    /// Variables without a text, each once: an author wants to know all of them.
    private(set) var errors: [TemplateError] = []

    init(library: TemplateLibrary, value: TemplateValue) {
        self.library = library
        stack = [value]
    }

    mutating func render(_ template: Template, indent: String) throws(TemplateError) {
        let outer = self.template
        self.template = template.name
        try render(template.tokens, indent: indent)
        self.template = outer
    }

    private mutating func render(_ tokens: [TemplateToken], indent: String) throws(TemplateError) {
        for token in tokens {
            switch token {
            case .text(let text, let startsLine):
                if indent.isEmpty { output += text } else { append(text, startsLine: startsLine, indent: indent) }
            case .variable(let key): append(key)
            case .section(let key, let inner):
                if let value = value(of: key) { try renderSection(inner, for: value, indent: indent) }
            case .invertedSection(let key, let inner):
                if value(of: key)?.isFalse ?? true { try render(inner, indent: indent) }
            case .partial(let name, let ownIndent, let position):
                guard let partial = library[name] else {
                    throw TemplateError.missingPartial(name, in: template, at: position, known: library.names)
                }
                if depth == Self.maximumDepth { throw error("partials include each other without end", at: position) }
                depth += 1
                try render(partial, indent: indent + ownIndent)
                depth -= 1
            }
        }
    }

    private mutating func renderSection(
        _ tokens: [TemplateToken], for value: TemplateValue, indent: String
    ) throws(TemplateError) {
        switch value {
        case .bool(false): break
        case .bool(true): try render(tokens, indent: indent)
        case .text, .object: try render(tokens, inside: value, indent: indent)
        case .list(let values):
            for value in values { try render(tokens, inside: value, indent: indent) }
        }
    }

    private mutating func render(
        _ tokens: [TemplateToken], inside value: TemplateValue, indent: String
    ) throws(TemplateError) {
        stack.append(value)
        try render(tokens, indent: indent)
        stack.removeLast()
    }

    /// Indents every line of a partial's text that is not blank; what variables bring is not the partial's text.
    private mutating func append(_ text: String, startsLine: Bool, indent: String) {
        if text.isEmpty {
            if startsLine { output += indent }
            return
        }
        var rest = text.utf8[...]
        var isLineStart = startsLine
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map(rest.index(after:)) ?? rest.endIndex
            let isBlank = rest.first == UInt8(ascii: "\n") || rest.first == UInt8(ascii: "\r")
            if isLineStart, !isBlank { output += indent }
            output += Substring(rest[..<end])
            rest = rest[end...]
            isLineStart = true
        }
    }

    private mutating func append(_ key: TemplateKey) {
        switch value(of: key) {
        case .text(let text): output += text
        case .bool(let bool): output += bool ? "true" : "false"
        case .list: record("'\(key.text)' is a list, not text", at: key.position)
        case .object: record("'\(key.text)' is an object, not text", at: key.position)
        case nil:
            let hint = Suggestion.nearest(to: key.text, in: names).map { ", did you mean '\($0)'?" } ?? ""
            record("no value for '\(key.text)'" + hint, at: key.position)
        }
    }

    private mutating func record(_ message: String, at position: SourcePosition) {
        let error = error(message, at: position)
        if errors.count < Self.maximumDepth, !errors.contains(error) { errors.append(error) }
    }

    /// What variables could name here, those of an object with a dot between.
    private var names: [String] {
        var names: Set<String> = []
        for case .object(let members) in stack {
            for (name, value) in members {
                if case .object(let inner) = value {
                    names.formUnion(inner.keys.map { "\(name).\($0)" })
                } else {
                    names.insert(name)
                }
            }
        }
        return names.sorted()
    }

    /// The first part is looked up from the innermost value outwards, the others in what it names.
    private func value(of key: TemplateKey) -> TemplateValue? {
        guard let first = key.parts.first else { return stack.last }
        for case .object(let members) in stack.reversed() {
            guard var value = members[first] else { continue }
            for part in key.parts.dropFirst() {
                guard case .object(let members) = value, let next = members[part] else { return nil }
                value = next
            }
            return value
        }
        return nil
    }

    private func error(_ message: String, at position: SourcePosition) -> TemplateError {
        TemplateError(template: template, position: position, message: message)
    }
}

extension TemplateValue {
    /// Whether a section on it is left out.
    fileprivate var isFalse: Bool {
        switch self {
        case .bool(let bool): !bool
        case .list(let values): values.isEmpty
        case .text, .object: false
        }
    }
}
