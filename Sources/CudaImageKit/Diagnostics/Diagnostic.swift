/// One finding: what is wrong, where, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
    /// How much a finding matters.
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        /// Nothing is generated.
        case error
        /// Something is probably wrong; the file is generated all the same.
        case warning
        /// Something to know, such as a version that was completed.
        case note
    }

    /// A replacement of a span's text that mends the problem.
    public struct FixIt: Hashable, Sendable {
        /// The text that is replaced.
        public var span: SourceSpan
        /// What it is replaced by.
        public var replacement: String

        /// A replacement of a part of the source.
        public init(span: SourceSpan, replacement: String) {
            self.span = span
            self.replacement = replacement
        }
    }

    /// How much it matters.
    public var severity: Severity
    /// What kind of finding it is, in every version.
    public var code: DiagnosticCode
    /// One sentence without a full stop: names the thing, what was found, what was expected.
    public var message: String
    /// The place; `nil` if it is about the whole.
    public var span: SourceSpan?
    /// More facts, one sentence each.
    public var notes: [String]
    /// What to do, one sentence: printed behind `help:`.
    public var help: String?
    /// The edit that mends it, where there is one.
    public var fix: FixIt?

    /// A finding. `help` says what to do, `notes` what else to know.
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
