/// Reads one mapping: every key that is asked for is known, every other key is an error with a suggestion.
///
/// Keys are asked for in the order the documentation lists them; `finish` reports what nobody asked for.
final class MappingReader {
    /// The keys from the top: `build.env`; empty at the top.
    let path: String
    let span: SourceSpan
    let findings: FindingList
    let entries: [YAMLEntry]
    private var known: [String] = []

    /// Reports an error, and returns `nil`, if the value is no mapping.
    init?(_ node: YAMLNode, path: String, findings: FindingList) {
        guard case .mapping(let entries) = node.content else {
            findings.wrongType(node, expected: "a mapping", path: path)
            return nil
        }
        self.path = path
        self.span = node.span
        self.findings = findings
        self.entries = entries
    }

    /// The value of a key as it stands, `null` included.
    func entry(_ key: String) -> YAMLEntry? {
        known.append(key)
        return entries.first { $0.key == key }
    }

    /// The value of a key; a key without a value is an error.
    func node(_ key: String) -> YAMLNode? {
        guard let entry = entry(key) else { return nil }
        guard !entry.value.isNull else {
            findings.missingValue(of: name(key), at: entry.keySpan)
            return nil
        }
        return entry.value
    }

    /// The mapping below a key.
    func mapping(_ key: String) -> MappingReader? {
        node(key).flatMap { MappingReader($0, path: name(key), findings: findings) }
    }

    /// Reports that a key has to be there.
    func require(_ key: String) {
        guard !entries.contains(where: { $0.key == key }) else { return }
        findings.error(
            .missingKey, (path.isEmpty ? "the recipe" : "'\(path)'") + " needs the key '\(key)'", at: span)
    }

    /// Reports the keys that nobody asked for.
    ///
    /// - Parameter aliases: names from other tools, and the key that means the same here.
    func finish(aliases: [String: String] = [:]) {
        for entry in entries where !known.contains(entry.key) {
            let place = path.isEmpty ? "" : " in '\(path)'"
            let short = entry.key.utf8.count <= 64
            let alias = aliases[entry.key.lowercased()]
            let meant = alias ?? (short ? Suggestion.nearest(to: entry.key, in: known) : nil)
            let canReplace = meant.map { known.contains($0) && !entry.keySpan.isOption } ?? false
            findings.error(
                .unknownKey, "unknown key \(entry.key.quotedExcerpt)\(place)", at: entry.keySpan,
                help: meant.map { "did you mean '\($0)'?" }
                    ?? "known here: " + known.sorted().joined(separator: ", "),
                fix: canReplace ? meant.map { Diagnostic.FixIt(span: entry.keySpan, replacement: $0) } : nil)
        }
    }

    /// The full name of a key, for messages: `build.env`.
    func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension FindingList {
    func missingValue(of name: String, at span: SourceSpan, help: String? = nil) {
        error(
            .missingKey, "\(name.quotedExcerpt) has no value", at: span,
            help: help ?? "write a value, or remove the key")
    }

    func wrongType(_ node: YAMLNode, expected: String, path: String, help: String? = nil) {
        let subject = path.isEmpty ? "the recipe" : path.quotedExcerpt
        error(.wrongType, "\(subject): expected \(expected), found \(node.kind)", at: node.span, help: help)
    }
}
