/// The text of a recipe, and the name by which messages call it.
public struct RecipeSource: Hashable, Sendable {
    /// The whole text, without a byte order mark.
    public var text: String
    /// The path as the user gave it; empty if there is no file.
    public var fileName: String
    /// Whether the text was read from a file, or from standard input.
    var isFile = false

    /// A recipe without a file: only options say something.
    public static let none = RecipeSource(text: "{}", fileName: "")

    /// Recipes are written by hand; what is larger than this many bytes is another file.
    public static let maximumSize = 1 << 20

    /// A text that is at hand. Its size is looked at when it is parsed.
    ///
    /// - Parameters:
    ///   - text: the recipe; a byte order mark at its start is dropped.
    ///   - fileName: the path for messages; empty if there is no file.
    public init(text: String, fileName: String) {
        self.text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        self.fileName = fileName
    }

    /// Decodes a file's bytes.
    ///
    /// - Throws: `tooLarge`, or `notUTF8` with the place of the first byte that is not UTF-8.
    public init(bytes: [UInt8], fileName: String) throws(DiagnosticError) {
        guard bytes.count <= Self.maximumSize else { throw Self.tooLarge(fileName) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.notUTF8(bytes, fileName: fileName)
        }
        self.init(text: text, fileName: fileName)
    }

    /// The last component of the path, as the header of a generated file names it, `-` for standard input; `nil` without
    /// a file.
    var lastPathComponent: String? {
        guard fileName != Self.standardInputName else { return "-" }
        return fileName.isEmpty ? nil : FilePath.name(of: fileName)
    }

    /// What the paths in the file are seen from, with a slash at its end; empty for the current folder.
    var folder: String { fileName.lastIndex(of: "/").map { String(fileName[...$0]) } ?? "" }

    /// How messages call standard input.
    static let standardInputName = "<stdin>"

    static func tooLarge(_ fileName: String, as kind: Kind = .recipe) -> DiagnosticError {
        switch kind {
        case .recipe:
            DiagnosticError(
                .tooLarge, "\(fileName.quotedExcerpt) is larger than a recipe may be (1 MiB)",
                help: "name the recipe (app.yaml), not data")
        case .requirements:
            DiagnosticError(
                .tooLarge, "\(fileName.quotedExcerpt) is larger than a file of requirements may be (1 MiB)",
                help: "name requirements.txt or pyproject.toml, not data")
        case .lock:
            DiagnosticError(.tooLarge, "\(fileName.quotedExcerpt) is larger than a lock may be (1 MiB)")
        }
    }

    private static func notUTF8(_ bytes: [UInt8], fileName: String) -> DiagnosticError {
        var help = "save the file as UTF-8"
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            help += "; it looks like UTF-16"
        }
        let valid = validPrefix(of: bytes)
        let byte = String(bytes[valid], radix: 16, uppercase: true)
        let before = RecipeSource(text: String(decoding: bytes[..<valid], as: UTF8.self), fileName: fileName)
        let map = LineMap(before.text)
        let start = map.position(ofScalar: map.scalars.count)
        let end = SourcePosition(line: start.line, column: start.column + 1)
        return DiagnosticError(
            .notUTF8, "byte 0x\(byte.count == 1 ? "0" : "")\(byte) is not UTF-8 here",
            at: SourceSpan(source: fileName, start: start, end: end), help: help)
    }

    /// How many of the bytes are UTF-8; less than all of them.
    private static func validPrefix(of bytes: [UInt8]) -> Int {
        var count = 0
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { count += UTF8.width(scalar) }
        return min(count, bytes.count - 1)
    }
}

extension DiagnosticError {
    /// One error.
    init(_ code: DiagnosticCode, _ message: String, at span: SourceSpan? = nil, help: String? = nil) {
        self.init(Diagnostics([Diagnostic(.error, code, message, at: span, help: help)]))
    }
}
