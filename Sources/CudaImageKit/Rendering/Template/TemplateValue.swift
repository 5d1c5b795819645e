/// What a template can show: the tree of values that its tags name.
public enum TemplateValue: Hashable, Sendable {
    /// Printed as it is: nothing is escaped.
    case text(String)
    /// Printed as `true` or `false`.
    case bool(Bool)
    /// Repeats a section once for each element; an empty one leaves the section out.
    case list([TemplateValue])
    /// Values by the names that tags have for them: `a.b` is the member `b` of the member `a`.
    case object([String: TemplateValue])
}

extension TemplateValue: ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A list in this order.
    public init(arrayLiteral elements: TemplateValue...) { self = .list(elements) }
    /// An object; of two members of one name the last counts.
    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}
