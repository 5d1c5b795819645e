/// A value of a YAML document with the place it stands at: scalars are the text as written, nothing is guessed.
struct YAMLNode: Hashable, Sendable {
    indirect enum Content: Hashable, Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    var content: Content
    var span: SourceSpan

    init(_ content: Content, at span: SourceSpan) {
        self.content = content
        self.span = span
    }

    /// Nothing stands here, or `null`.
    var isNull: Bool {
        if case .scalar(let scalar) = content { scalar.isNull } else { false }
    }

    /// What it is, for messages: `a mapping`.
    var kind: String {
        switch content {
        case .scalar(let scalar): scalar.isNull ? "nothing" : "a text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The node with all its places replaced: an alias, or a value from the command line.
    func relocated(to span: SourceSpan) -> YAMLNode {
        switch content {
        case .scalar: YAMLNode(content, at: span)
        case .sequence(let items): YAMLNode(.sequence(items.map { $0.relocated(to: span) }), at: span)
        case .mapping(let entries):
            YAMLNode(
                .mapping(entries.map { YAMLEntry(key: $0.key, keySpan: span, value: $0.value.relocated(to: span)) }),
                at: span)
        }
    }
}

/// A scalar's text. Quotes decide nothing but whether an empty text or `null` means that there is no value.
struct YAMLScalar: Hashable, Sendable {
    var text: String
    /// Written without quotes and not as a block.
    var isPlain: Bool

    var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }
}

/// A key of a mapping with its value.
struct YAMLEntry: Hashable, Sendable {
    var key: String
    var keySpan: SourceSpan
    var value: YAMLNode
}
