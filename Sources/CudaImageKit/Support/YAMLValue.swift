/// A YAML document to print; the members of a mapping keep their order.
indirect enum YAMLValue: Hashable, Sendable {
    /// Data: whoever reads the file gets exactly this text.
    case string(String)
    /// Text in a language of the file's reader, such as a script or an expression. It is written as data is, but no
    /// ``escaping(_:)`` touches it.
    case code(String)
    /// A whole number.
    case integer(Int)
    /// `true` or `false`.
    case bool(Bool)
    /// A sequence.
    case list([YAMLValue])
    /// A mapping whose members keep their order.
    case mapping([Member])

    /// An entry of a mapping.
    struct Member: Hashable, Sendable {
        /// The key.
        var key: String
        /// The value.
        var value: YAMLValue
        /// What stands above the entry; each line of it becomes a comment line.
        var comment: String?

        /// A member, with a comment above it or none.
        init(_ key: String, _ value: YAMLValue, comment: String? = nil) {
            self.key = key
            self.value = value
            self.comment = comment
        }
    }

    /// Each text as data.
    static func strings(_ texts: [String]) -> YAMLValue { .list(texts.map { .string($0) }) }

    /// The document with `escape` applied to every text that is data: for readers that look for expressions in values.
    /// Keys stay as they are.
    func escaping(_ escape: (String) -> String) -> YAMLValue {
        switch self {
        case .string(let text): .string(escape(text))
        case .list(let items): .list(items.map { $0.escaping(escape) })
        case .mapping(let members):
            .mapping(members.map { Member($0.key, $0.value.escaping(escape), comment: $0.comment) })
        case .code, .integer, .bool: self
        }
    }
}
