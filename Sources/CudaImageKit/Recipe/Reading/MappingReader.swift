/// Reads one mapping; a key that its description does not list is an error with a suggestion.
struct MappingReader<Key: FileKey> {
    /// The keys from the top: `build.env`; empty at the top.
    let path: String
    let span: SourceSpan
    let findings: FindingList
    let entries: [YAMLEntry]

    /// Reports an error, and returns `nil`, if the value is no mapping. Unknown and missing keys are reported, too.
    init?(_ node: YAMLNode, path: String, findings: FindingList) {
        guard case .mapping(let entries) = node.content else {
            findings.wrongType(node, expected: "a mapping", path: path)
            return nil
        }
        self.path = path
        self.span = node.span
        self.findings = findings
        self.entries = entries
        for entry in entries where Key(rawValue: entry.key) == nil { reportUnknown(entry) }
        for key in Key.required { require(key) }
    }

    /// The value of a key as it stands, `null` included.
    func entry(_ key: Key) -> YAMLEntry? { entries.first { $0.key == key.rawValue } }

    /// The value of a key; a key without a value is an error.
    func node(_ key: Key) -> YAMLNode? {
        guard let entry = entry(key) else { return nil }
        guard !entry.value.isNull else {
            findings.missingValue(of: name(key), at: entry.keySpan)
            return nil
        }
        return entry.value
    }

    /// The mapping below a key.
    func mapping<Inner: FileKey>(_ key: Key, of _: Inner.Type = Inner.self) -> MappingReader<Inner>? {
        node(key).flatMap { MappingReader<Inner>($0, path: name(key), findings: findings) }
    }

    /// Reports that a key has to be there.
    func require(_ key: Key) {
        guard entry(key) == nil else { return }
        let owner = path.isEmpty ? findings.subject.name : "'\(path)'"
        findings.error(.missingKey, "\(owner) needs the key '\(key.rawValue)'", at: span)
    }

    /// The full name of a key, for messages: `build.env`.
    func name(_ key: Key) -> String { fullName(key.rawValue) }

    /// The place of a key itself.
    func keySpan(_ key: Key) -> SourceSpan { entry(key)?.keySpan ?? span }

    private func fullName(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func reportUnknown(_ entry: YAMLEntry) {
        let known = Key.allCases.map(\.rawValue)
        let isShort = entry.key.utf8.count <= 64
        // A key that is there already is hardly meant.
        let open = known.filter { name in !entries.contains { $0.key == name } }
        let nearest =
            isShort ? Suggestion.nearest(to: entry.key, in: open) ?? Suggestion.nearest(to: entry.key, in: known) : nil
        let meant = Key.aliases[entry.key.lowercased()] ?? nearest
        let replacement = meant.flatMap { known.contains($0) && !entry.keySpan.isOption ? $0 : nil }
        if let meant { findings.replaced(known.contains(meant) ? fullName(meant) : meant) }
        findings.error(
            .unknownKey, "unknown key \(entry.key.quotedExcerpt)" + (path.isEmpty ? "" : " in '\(path)'"),
            at: entry.keySpan,
            help: meant.map { "did you mean '\($0)'?" } ?? "known here: " + known.joined(separator: ", "),
            fix: replacement.map { Diagnostic.FixIt(span: entry.keySpan, replacement: $0) })
    }
}

extension FindingList {
    func missingValue(of name: String, at span: SourceSpan, help: String? = nil) {
        error(
            .missingKey, "\(name.quotedExcerpt) has no value", at: span,
            help: help ?? "write a value, or remove the key")
    }

    func wrongType(_ node: YAMLNode, expected: String, path: String, help: String? = nil) {
        let subject = path.isEmpty ? self.subject.name : path.quotedExcerpt
        error(.wrongType, "\(subject): expected \(expected), found \(node.kind)", at: node.span, help: help)
    }
}
