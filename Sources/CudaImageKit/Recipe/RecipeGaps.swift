/// The keys of a recipe that say something which could not be read.
///
/// A recipe with gaps is still looked at, so that one run reports every mistake. Nothing may be concluded from what is
/// missing in a gap: the file says it, only not in words that can be read.
struct RecipeGaps: Hashable, Sendable {
    /// Full names: `image.cuda`, `copy`.
    private(set) var keys: Set<String> = []

    var isEmpty: Bool { keys.isEmpty }

    mutating func insert(_ key: String) { keys.insert(key) }

    /// Another source says it: the command line.
    mutating func close(_ key: String) { keys = keys.filter { !Self.isPart($0, of: key) } }

    /// Whether a key, something below it, or the mapping that it stands in could not be read.
    func touch(_ key: String) -> Bool {
        keys.contains { Self.isPart($0, of: key) || Self.isPart(key, of: $0) }
    }

    private static func isPart(_ inner: String, of outer: String) -> Bool {
        guard inner.hasPrefix(outer) else { return false }
        let next = inner.dropFirst(outer.count).first
        return next == nil || next == "." || next == "["
    }
}

extension RecipeGaps {
    /// Adds the keys that errors stand at.
    mutating func insert(placesOf errors: some Sequence<Diagnostic>, in root: YAMLNode) {
        for error in errors where error.severity == .error {
            if let span = error.span, let key = Self.key(at: span, in: root) { keys.insert(key) }
        }
    }

    /// The full name of the innermost key that a place belongs to: a key's text goes on until the next key.
    private static func key(at span: SourceSpan, in node: YAMLNode) -> String? {
        guard case .mapping(let entries) = node.content else { return nil }
        let found =
            span.isOption
            ? entries.first { holds($0, option: span) }
            : entries.filter { !$0.keySpan.isOption }.last { $0.keySpan.start <= span.start }
        guard let found else { return nil }
        return key(at: span, in: found.value).map { "\(found.key).\($0)" } ?? found.key
    }

    private static func holds(_ entry: YAMLEntry, option: SourceSpan) -> Bool {
        entry.keySpan == option || holds(entry.value, option: option)
    }

    private static func holds(_ node: YAMLNode, option: SourceSpan) -> Bool {
        if node.span == option { return true }
        switch node.content {
        case .scalar: return false
        case .sequence(let items): return items.contains { holds($0, option: option) }
        case .mapping(let entries): return entries.contains { holds($0, option: option) }
        }
    }
}
