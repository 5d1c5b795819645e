/// Why a value is what it is.
public enum Reason: Hashable, Sendable {
    /// The command line says so: `--cuda`.
    case option(String)
    /// The recipe says so, at this place.
    case recipe(SourceSpan)
    /// Nobody said anything; the sentence tells what the default is.
    case `default`(String)
    /// It follows from something else, named in the sentence.
    case derived(String)

    /// The reason that the place of a value gives: an option or the recipe.
    init(_ span: SourceSpan) {
        self = span.isOption ? .option(span.source) : .recipe(span)
    }
}

extension Reason: CustomStringConvertible {
    /// One phrase: `option --cuda`, `app.yaml:3`, `default: the official image`, or what it follows from.
    public var description: String {
        switch self {
        case .option(let name): "option \(name)"
        case .recipe(let span): "\(span.source):\(span.start.line)"
        case .default(let text): "default: \(text)"
        case .derived(let text): text
        }
    }
}

/// A decided value that keeps its reason, so that `explain` can print it.
public struct Decision<Value: Sendable & Hashable>: Hashable, Sendable {
    /// What was decided.
    public var value: Value
    /// Why.
    public var because: Reason

    /// A decision and its reason.
    public init(_ value: Value, because: Reason) {
        self.value = value
        self.because = because
    }

    /// What the user said, or the fallback with its own reason.
    init(_ said: Located<Value>?, else fallback: @autoclosure () -> Decision<Value>) {
        self = said.map { Decision($0.value, because: Reason($0.span)) } ?? fallback()
    }
}
