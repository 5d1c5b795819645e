/// One finding: what is wrong, where, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        case error, warning, note
    }

    /// A replacement of a span's text that mends the problem.
    public struct FixIt: Hashable, Sendable {
        public var span: SourceSpan
        public var replacement: String

        public init(span: SourceSpan, replacement: String) {
            self.span = span
            self.replacement = replacement
        }
    }

    public var severity: Severity
    public var code: DiagnosticCode
    /// One sentence without a full stop: names the thing, what was found, what was expected.
    public var message: String
    public var span: SourceSpan?
    /// More facts, one sentence each.
    public var notes: [String]
    /// What to do, one sentence: printed behind `help:`.
    public var help: String?
    public var fix: FixIt?

    public init(
        _ severity: Severity, _ code: DiagnosticCode, _ message: String, at span: SourceSpan? = nil,
        notes: [String] = [], help: String? = nil, fix: FixIt? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.span = span
        self.notes = notes
        self.help = help
        self.fix = fix
    }
}
