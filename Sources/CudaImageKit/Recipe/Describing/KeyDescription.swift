/// What a key is for and what may stand there: the JSON Schema and the reference page are made of it.
///
/// Computed when it is asked for, so that reading a recipe pays nothing for it.
struct KeyDescription: Sendable {
    /// What holds where the key is left out.
    enum Default: Sendable {
        case nothing
        /// This value, as YAML has it.
        case value(String)
        /// Something that depends, in words.
        case words(String)
    }

    /// What the key is for, in one or two sentences. Code stands in backquotes.
    var meaning: String
    var value: ValueShape
    var byDefault: Default
    /// Values as they may stand below the key, on one line of YAML.
    var examples: [String]

    init(_ meaning: String, _ value: ValueShape, default byDefault: Default = .nothing, examples: [String]) {
        self.meaning = meaning
        self.value = value
        self.byDefault = byDefault
        self.examples = examples
    }
}

/// What a value is made of.
indirect enum ValueShape: Sendable {
    /// One scalar.
    case text(TextShape)
    case list(ValueShape, ListRules = [])
    /// A program and its arguments.
    case words
    /// A mapping with keys of its own.
    case mapping(MappingShape)
    /// A mapping whose keys the user chooses. Some may be there without a value.
    case table(names: TextShape, values: TextShape, mayBeEmpty: Bool = false)
    /// One of several, the shortest to write first.
    case either([ValueShape])

    struct ListRules: OptionSet, Sendable {
        let rawValue: Int

        /// No item occurs twice.
        static let distinct = ListRules(rawValue: 1)
        /// There is an item at least.
        static let filled = ListRules(rawValue: 2)
    }

    /// The value in words, for a table: `list; items: absolute path; each once`.
    var words: String {
        switch self {
        case .text(let text): text.words
        case .list(let item, let rules):
            "list; items: " + item.words + (rules.contains(.distinct) ? "; each once" : "")
        case .words: "list of words: a program and its arguments"
        case .mapping: "mapping"
        case .table(let names, let values, let mayBeEmpty):
            "mapping of \(names.words) to \(values.words)" + (mayBeEmpty ? ", or to nothing" : "")
        case .either(let shapes): shapes.map(\.words).joined(separator: ", or ")
        }
    }
}

/// A mapping and its keys.
struct MappingShape: Sendable {
    /// What the mapping is called in the schema: `image`.
    var name: String
    var keys: [(name: String, description: KeyDescription)]
    /// Keys that have to be there.
    var required: [String]
    /// Keys of which one has to be there, or none.
    var requiredAlternatives: [String] = []

    /// - Parameter changes: values that are not what the key's description says, as the mapping stands elsewhere.
    init<Key: RecipeKey>(_ name: String, _: Key.Type, changing changes: [Key: ValueShape] = [:]) {
        self.name = name
        required = Key.required.map(\.rawValue)
        keys = Key.allCases.map { key in
            var description = key.about
            if let value = changes[key] { description.value = value }
            return (key.rawValue, description)
        }
    }
}
