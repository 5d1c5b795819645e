/// Gathers findings, so that one run reports all of them.
public struct Diagnostics: Sendable, Hashable {
    /// The findings in the order in which they were added.
    public private(set) var all: [Diagnostic] = []
    /// The same, to tell whether one is there.
    private var known: Set<Diagnostic> = []

    /// No findings.
    public init() {}

    /// Some findings, in this order.
    public init(_ diagnostics: [Diagnostic]) {
        all = diagnostics
        known = Set(diagnostics)
    }

    /// Whether nothing was found.
    public var isEmpty: Bool { all.isEmpty }
    /// Whether one of them forbids a result.
    public var hasErrors: Bool { all.contains { $0.severity == .error } }
    /// How many forbid a result.
    public var errorCount: Int { all.count { $0.severity == .error } }

    /// Adds a finding unless the same one is there already.
    public mutating func add(_ diagnostic: Diagnostic) {
        if known.insert(diagnostic).inserted { all.append(diagnostic) }
    }

    /// Adds the findings of another step.
    public mutating func add(contentsOf other: Diagnostics) {
        for diagnostic in other.all { add(diagnostic) }
    }

    /// The same findings, those of the command line first, then line by line.
    var inOrderOfPlaces: Diagnostics {
        let order = all.enumerated().sorted { left, right in
            let leftPlace = left.element.span?.start ?? SourcePosition(line: 0, column: 0)
            let rightPlace = right.element.span?.start ?? SourcePosition(line: 0, column: 0)
            return (leftPlace, left.offset) < (rightPlace, right.offset)
        }
        return Diagnostics(order.map(\.element))
    }

    /// The findings of many images: what is said of a place in a file for all of them once, the rest with the image's name.
    public init(ofImages images: [(name: String, diagnostics: Diagnostics)]) {
        var counts: [Diagnostic: Int] = [:]
        for diagnostic in images.flatMap(\.diagnostics.all) { counts[diagnostic, default: 0] += 1 }
        for (name, diagnostics) in images {
            for var diagnostic in diagnostics.all {
                if diagnostic.span?.isOption != false || counts[diagnostic] != images.count {
                    diagnostic.message = "\(name): \(diagnostic.message)"
                    // The image's name says more than the option that a matrix set for it.
                    if diagnostic.span?.isOption == true { diagnostic.span = nil }
                }
                add(diagnostic)
            }
        }
    }

    /// Adds an error.
    public mutating func error(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan? = nil, notes: [String] = [],
        help: String? = nil, fix: Diagnostic.FixIt? = nil
    ) {
        add(Diagnostic(.error, code, message, at: span, notes: notes, help: help, fix: fix))
    }

    /// Adds a warning.
    public mutating func warning(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan? = nil, notes: [String] = [],
        help: String? = nil, fix: Diagnostic.FixIt? = nil
    ) {
        add(Diagnostic(.warning, code, message, at: span, notes: notes, help: help, fix: fix))
    }

    /// Adds a note.
    public mutating func note(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan? = nil, notes: [String] = [],
        help: String? = nil
    ) {
        add(Diagnostic(.note, code, message, at: span, notes: notes, help: help))
    }
}

/// Thrown when findings include an error: nothing was produced.
public struct DiagnosticError: Error, Sendable, CustomStringConvertible {
    /// Everything that was found, warnings and notes as well.
    public var diagnostics: Diagnostics
    /// Whether all that is wrong is that there is no such file.
    private(set) var isOfMissingFile = false

    /// An error of findings, one of which is an error.
    public init(_ diagnostics: Diagnostics) { self.diagnostics = diagnostics }

    /// One finding that leaves nothing to produce.
    init(_ diagnostic: Diagnostic) { self.init(Diagnostics([diagnostic])) }

    /// The findings as they are printed, without the lines that they point to.
    public var description: String { String(DiagnosticFormatter().text(diagnostics).dropLast()) }
}

extension DiagnosticError {
    /// There is no file of that path.
    ///
    /// - Parameter reason: why there are no files at all.
    static func missingFile(_ path: String, because reason: String? = nil) -> DiagnosticError {
        var error = DiagnosticError(
            .unreadableFile, "there is no file \(path.quotedExcerpt)" + (reason.map { ": \($0)" } ?? ""),
            help: reason == nil ? nil : "read the recipe with RecipeSource.read(path:), or say how with a FileReader")
        error.isOfMissingFile = true
        return error
    }

    /// Whether all that is wrong is that the file has no bytes.
    var isOfEmptyFile: Bool { diagnostics.all.map(\.code) == [.emptyFile] }
}
