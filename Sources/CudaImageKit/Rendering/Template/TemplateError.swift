/// What is wrong with a template, and where: what an author of custom templates needs to mend it.
public struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The template's name, without extension.
    public var template: String
    /// Where the tag begins.
    public var position: SourcePosition
    /// One sentence without a full stop.
    public var message: String

    public init(template: String, position: SourcePosition, message: String) {
        self.template = template
        self.position = position
        self.message = message
    }

    public var description: String { "\(template):\(position.line):\(position.column): \(message)" }
}
