/// Prints findings as compilers do: the place, the line, and what to do.
///
///     app.yaml:12:1: error[CG0102]: unknown key 'entrypont'
///        12 | entrypont: [python3]
///           | ^~~~~~~~~
///     help: did you mean 'entrypoint'?
///
/// Nothing that a file says reaches a terminal as a command: control characters are shown as `\u{1b}`.
public struct DiagnosticFormatter: Sendable {
    /// Texts by the name that spans have for them.
    private let sources: [String: LineMap]
    private let style: Style

    /// - Parameters:
    ///   - sources: the texts that findings point into, by file name; a finding in another file is printed without
    ///     its line.
    ///   - color: whether to use a terminal's colours.
    public init(sources: [String: String] = [:], color: Bool = false) {
        self.sources = sources.mapValues { LineMap($0) }
        style = Style(isColored: color)
    }

    /// A formatter for the findings of one recipe.
    ///
    /// - Parameters:
    ///   - source: the recipe; `nil` if there is none, so that all findings are printed without lines.
    ///   - color: whether to use a terminal's colours.
    public init(_ source: RecipeSource?, color: Bool = false) {
        self.init(sources: source.map { [$0.fileName: $0.text] } ?? [:], color: color)
    }

    /// All findings, each with its line break at the end.
    public func text(_ diagnostics: Diagnostics) -> String {
        diagnostics.all.map(text).joined()
    }

    /// One finding with its line break at the end.
    public func text(_ diagnostic: Diagnostic) -> String {
        let severity = style.severity(diagnostic.severity, code: diagnostic.code)
        var result = ""
        if let place = diagnostic.span.flatMap(place) { result += style.bold(place + ":") + " " }
        result += severity + style.bold(": " + Self.safe(diagnostic.message)) + "\n"
        if let span = diagnostic.span { result += snippet(span, diagnostic.severity) }
        for note in diagnostic.notes { result += style.bold("note: ") + Self.safe(note) + "\n" }
        if let help = diagnostic.help { result += style.help("help: ") + Self.safe(help) + "\n" }
        return result
    }

    /// `app.yaml:12:3`, or `--cuda`; `nil` where there is nothing to name.
    private func place(_ span: SourceSpan) -> String? {
        let name = Self.safe(span.source)
        if span.isOption { return name.isEmpty ? nil : name }
        return "\(name):\(span.start.line):\(span.start.column)"
    }

    /// The line that the span starts on, and a line that underlines it.
    private func snippet(_ span: SourceSpan, _ severity: Diagnostic.Severity) -> String {
        guard !span.isOption, let line = sources[span.source]?.line(span.start.line) else { return "" }
        let excerpt = SourceExcerpt(
            line, from: span.start.column, to: span.end.line == span.start.line ? span.end.column : nil)
        let number = String(span.start.line)
        let gutter = String(repeating: " ", count: max(5 - number.utf8.count, 1))
        let blank = gutter + String(repeating: " ", count: number.utf8.count)
        return "\(style.dim("\(gutter)\(number) |")) \(excerpt.text)\n"
            + "\(style.dim("\(blank) |")) \(style.underline(excerpt.underline, severity))\n"
    }

    /// The text without characters that a terminal would obey.
    static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.isUnsafeOnTerminal) else { return text }
        return text.unicodeScalars.map { scalar in
            scalar.isUnsafeOnTerminal ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }.joined()
    }

    /// Colours, or none.
    private struct Style: Sendable {
        var isColored: Bool

        func bold(_ text: String) -> String { paint(text, "1") }
        func dim(_ text: String) -> String { paint(text, "2") }
        func help(_ text: String) -> String { paint(text, "1;32") }

        func severity(_ severity: Diagnostic.Severity, code: DiagnosticCode) -> String {
            paint("\(severity.rawValue)[\(code.rawValue)]", color(severity))
        }

        func underline(_ text: String, _ severity: Diagnostic.Severity) -> String { paint(text, color(severity)) }

        private func color(_ severity: Diagnostic.Severity) -> String {
            switch severity {
            case .error: "1;31"
            case .warning: "1;35"
            case .note: "1;36"
            }
        }

        private func paint(_ text: String, _ code: String) -> String {
            isColored ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
        }
    }
}
