/// What is wrong with a template, and where: what an author of custom templates needs to mend it.
public struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The template's name, without extension.
    public var template: String
    /// Where the tag begins.
    public var position: SourcePosition
    /// One sentence without a full stop.
    public var message: String
    /// What else the same attempt met.
    public internal(set) var further: [TemplateError] = []

    /// - Parameters:
    ///   - template: the template's name, without extension.
    ///   - position: where the tag begins.
    ///   - message: one sentence without a full stop.
    public init(template: String, position: SourcePosition, message: String) {
        self.template = template
        self.position = position
        self.message = message
    }

    /// Several errors as one that can be thrown; `nil` if there are none.
    init?(_ errors: [TemplateError]) {
        guard var first = errors.first else { return nil }
        first.further = Array(errors.dropFirst())
        self = first
    }

    /// `header:3:5: no template 'licence'`, of the first error alone; ``further`` has the others.
    public var description: String { "\(template):\(position.line):\(position.column): \(message)" }
}
