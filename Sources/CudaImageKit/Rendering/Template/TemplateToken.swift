/// A compiled template is a list of these.
indirect enum TemplateToken: Hashable, Sendable {
    /// Text between tags. `startsLine` is true if it begins at the start of one of the template's lines, where the
    /// indentation of a partial goes; it may be empty for just that purpose.
    case text(String, startsLine: Bool)
    case variable(TemplateKey)
    case section(TemplateKey, [TemplateToken])
    case invertedSection(TemplateKey, [TemplateToken])
    /// `indent` is the blanks before a partial that stands alone on its line.
    case partial(name: String, indent: String, position: SourcePosition)
}

/// A tag's name split at its dots, and where the tag begins; `{{.}}` has no parts.
struct TemplateKey: Hashable, Sendable {
    var parts: [String]
    var position: SourcePosition

    var text: String { parts.isEmpty ? "." : parts.joined(separator: ".") }
}
