/// A place in a text: 1-based line and column; the column counts Unicode scalars, as editors and compilers do.
public struct SourcePosition: Hashable, Sendable, Comparable {
    /// From 1; 0 for an option of the command line.
    public var line: Int
    /// In Unicode scalars, from 1.
    public var column: Int

    /// A place in a text.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// What stands earlier in the text is less; options, which have no line, come first.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// Where something stands: in a file, in the Swift code of a recipe, or on the command line.
public struct SourceSpan: Hashable, Sendable {
    /// The file as the user named it (`app.yaml`), a Swift file's `#fileID`, or the option that gave the value (`--cuda`).
    public var source: String
    /// The first character.
    public var start: SourcePosition
    /// One past the last character.
    public var end: SourcePosition

    /// A part of a text.
    public init(source: String, start: SourcePosition, end: SourcePosition) {
        self.source = source
        self.start = start
        self.end = end
    }

    /// The place of a value that an option gave; it has a name and no line.
    public static func option(_ name: String) -> SourceSpan {
        SourceSpan(
            source: name, start: SourcePosition(line: 0, column: 0), end: SourcePosition(line: 0, column: 0))
    }

    /// Whether the value came from the command line.
    public var isOption: Bool { start.line == 0 }
}

/// A value together with the place it was read from. Only readers make them: the value was checked.
public struct Located<Value> {
    /// What was read.
    public internal(set) var value: Value
    /// Where it stands.
    public internal(set) var span: SourceSpan

    package init(_ value: Value, at span: SourceSpan) {
        self.value = value
        self.span = span
    }

    func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Located<Other> {
        Located<Other>(try transform(value), at: span)
    }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
