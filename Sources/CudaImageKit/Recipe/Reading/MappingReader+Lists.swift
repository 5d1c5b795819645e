extension MappingReader {
    /// The items of a list with their names (`copy[0]`); anything but a list is an error with the list as help.
    func items(_ key: Key, of what: String = "strings") -> [(node: YAMLNode, path: String)] {
        guard let node = node(key) else { return [] }
        guard case .sequence(let nodes) = node.content else {
            var help: String?
            if case .scalar(let scalar) = node.content { help = "write it as a list: \(Self.list([scalar.text], key))" }
            findings.wrongType(node, expected: "a list of \(what)", path: name(key), help: help)
            return []
        }
        return nodes.enumerated().compactMap { index, item in
            let path = "\(name(key))[\(index)]"
            guard item.isNull else { return (item, path) }
            findings.missingValue(of: path, at: item.span)
            return nil
        }
    }

    /// A list of lines.
    func lines(_ key: Key) -> [Located<String>] {
        items(key).compactMap { findings.line($0.node, path: $0.path) }
    }

    /// A list of lines that a rule allows.
    func lines(_ key: Key, _ noun: String, rule: String, where isAllowed: (String) -> Bool) -> [Located<String>] {
        lines(key).filter { findings.check($0, noun, rule: rule, where: isAllowed) }
    }

    /// A list of validated names.
    func names<Name: ValidatedName>(_ key: Key, _ noun: String, as _: Name.Type = Name.self) -> [Located<Name>] {
        lines(key).compactMap { findings.name($0, noun) }
    }

    /// A list of values with a text form of their own.
    func values<Value: LosslessStringConvertible>(
        _ key: Key, _ noun: String, rule: String, as _: Value.Type = Value.self
    ) -> [Located<Value>] {
        lines(key).compactMap { findings.value($0, noun, rule: rule) }
    }

    /// A list of some words.
    func choices<Choice: RawRepresentable & CaseIterable>(
        _ key: Key, _ noun: String, as _: Choice.Type = Choice.self
    ) -> [Located<Choice>] where Choice.RawValue == String {
        lines(key).compactMap { findings.choice($0, noun) }
    }

    /// A list whose members occur once; a second time is a mistake.
    ///
    /// - Parameters:
    ///   - noun: what a member is: `port`.
    ///   - identity: what makes two members the same; their text by default.
    func distinct<Value>(
        _ list: [Located<Value>], _ noun: String, by identity: (Value) -> String = { "\($0)" }
    ) -> [Located<Value>] {
        var seen: [String: SourceSpan] = [:]
        return list.filter { item in
            guard let first = seen.updateValue(item.span, forKey: identity(item.value)) else { return true }
            let place = first.isOption ? "" : " (first on line \(first.start.line))"
            findings.error(
                .invalidValue, "the \(noun) '\(identity(item.value))' occurs twice\(place)", at: item.span,
                help: "leave one of them out")
            return false
        }
    }

    /// Shell commands, which may have several lines.
    func commands(_ key: Key) -> [Located<String>] {
        items(key).compactMap { item in
            guard let text = findings.text(item.node, path: item.path) else { return nil }
            guard text.value.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
                findings.error(.invalidValue, "\(item.path.quotedExcerpt) is an empty command", at: text.span)
                return nil
            }
            return text
        }
    }

    /// A program and its arguments (exec form). Arguments may hold line breaks.
    func words(_ key: Key) -> Located<[String]>? {
        guard let node = node(key) else { return nil }
        guard case .sequence = node.content else {
            var help: String?
            if case .scalar(let scalar) = node.content {
                let words = scalar.text.split(whereSeparator: \.isWhitespace).map(String.init)
                help = "write program and arguments as a list: \(Self.list(words, key))"
            }
            findings.wrongType(node, expected: "a list of strings", path: name(key), help: help)
            return nil
        }
        let items = items(key)
        let words = items.compactMap { findings.text($0.node, path: $0.path) }
        guard words.first.map({ !$0.value.isEmpty }) ?? !items.isEmpty else {
            findings.error(.invalidValue, "'\(name(key))' names no program", at: node.span)
            return nil
        }
        return Located(words.map(\.value), at: node.span)
    }

    /// `key: ["a", "b"]`
    private static func list(_ words: [String], _ key: Key) -> String {
        let shown = words.count <= 12 ? words : Array(words.prefix(12)) + ["…"]
        let quoted = shown.map { JSONValue.string(String($0.prefix(60))).compact }
        return "\(key.rawValue): [\(quoted.joined(separator: ", "))]"
    }
}
