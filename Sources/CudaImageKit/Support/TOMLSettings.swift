/// The settings of a TOML file by their keys, whether they stand under a heading, in an inline table or behind dotted keys.
struct TOMLSettings {
    /// Strings without quotes, everything else as it is written; lists are in ``lists``.
    private(set) var values: [[String]: String] = [:]
    /// The strings of lists.
    private(set) var lists: [[String]: [String]] = [:]
    /// Why the file is not understood, with the place; `nil` if it is.
    private(set) var problem: String?

    init(_ text: String) {
        var reader = TOMLReader(RecipeSource(text: text, fileName: ""))
        if let entries = reader.entries() {
            add(entries, below: [])
        } else {
            problem = "line \(reader.span.start.line): \(reader.problem)"
        }
    }

    private mutating func add(_ entries: [TOMLReader.Entry], below path: [String]) {
        for entry in entries {
            let path = path + entry.path
            switch entry.value.content {
            case .string(let text): values[path] = text
            case .other(let word):
                // The reader takes any word; TOML has numbers, dates and booleans alone.
                if !word.utf8.allSatisfy({ ByteClass.isAlphanumeric($0) || "+-_.: ".utf8.contains($0) }) {
                    problem = "line \(entry.value.span.start.line): expected a value"
                }
                values[path] = word
            case .table(let entries): add(entries, below: path)
            case .array(let items):
                lists[path] = items.compactMap { if case .string(let text) = $0.content { text } else { nil } }
            }
        }
    }

    /// Whether a table has any setting.
    func hasTable(_ path: [String]) -> Bool {
        values.keys.contains { $0.count > path.count && $0.starts(with: path) }
            || lists.keys.contains { $0.count > path.count && $0.starts(with: path) }
    }

    /// A value of a table, or of one below it.
    func value(below path: [String], endingIn suffix: [String]) -> String? {
        values.filter { $0.key.starts(with: path) && $0.key.suffix(suffix.count) == suffix[...] }
            .map(\.value).sorted().first
    }
}
