/// The findings of one reading, shared by its readers; bounded, so that a hostile file can't make them endless.
final class FindingList {
    static let maximumCount = 200

    /// What is read.
    enum Subject: String {
        case recipe, lock

        var name: String { "the \(rawValue)" }
    }

    let subject: Subject

    private var diagnostics = Diagnostics()
    /// Whether there were more findings than are kept.
    private(set) var isFull = false
    /// Keys that are missing because something else stands in their place.
    private var replacedKeys = RecipeGaps()

    init(subject: Subject = .recipe) { self.subject = subject }

    /// The findings in the order of their places: command line first, then line by line.
    var sorted: Diagnostics {
        var result = diagnostics.inOrderOfPlaces
        if isFull { result.note(.tooLarge, "there are more findings than the \(Self.maximumCount) shown") }
        return result
    }

    var hasErrors: Bool { diagnostics.hasErrors }

    /// How many there are, to see whether a part had any.
    var count: Int { diagnostics.all.count }

    /// The keys of a tree that could not be read.
    func gaps(in root: YAMLNode) -> RecipeGaps {
        var gaps = replacedKeys
        gaps.insert(placesOf: diagnostics.all, in: root)
        return gaps
    }

    func add(_ diagnostic: Diagnostic) {
        guard diagnostics.all.count < Self.maximumCount else {
            isFull = true
            return
        }
        diagnostics.add(diagnostic)
    }

    func error(
        _ code: DiagnosticCode, _ message: String, at span: SourceSpan? = nil, notes: [String] = [],
        help: String? = nil, fix: Diagnostic.FixIt? = nil
    ) {
        add(Diagnostic(.error, code, message, at: span, notes: notes, help: help, fix: fix))
    }

    /// Says that a key is missing because an unknown one, or an option that can't be applied, stands for it.
    func replaced(_ key: String) { replacedKeys.insert(key) }
}

extension Diagnostics {
    /// Adds a finding of a file that may have any number of them: of more than a list holds it says so, once.
    ///
    /// Errors have room of their own, so that no number of warnings hides one.
    mutating func addBounded(_ diagnostic: Diagnostic) {
        let maximum = FindingList.maximumCount * (diagnostic.severity == .error ? 2 : 1)
        guard all.count >= maximum else { return add(diagnostic) }
        note(.tooLarge, "there are more findings than the \(FindingList.maximumCount) shown")
    }
}
