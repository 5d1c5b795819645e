/// Opens the files that recipes and matrix files name, and locks: the only way in which the library reads any of them.
///
/// Paths are as the recipe's own file name makes them: `requirements.txt` of `images/app.yaml` is
/// `images/requirements.txt`.
public struct FileReader: Sendable {
    /// `nil` if there is no such file.
    private let open: @Sendable (_ path: String, _ kind: RecipeSource.Kind) throws(DiagnosticError) -> RecipeSource?
    /// Whether only a recipe that was read from a file has files.
    private let isForFilesAlone: Bool
    /// Why there are no files at all.
    private var reason: String?

    /// Opens files in a way of one's own.
    ///
    /// - Parameter open: opens a file by its path; `nil` if there is no such file.
    public init(_ open: @escaping @Sendable (_ path: String) throws(DiagnosticError) -> RecipeSource?) {
        self.init(opening: { (path, _) throws(DiagnosticError) in try open(path) })
    }

    private init(
        opening open: @escaping @Sendable (String, RecipeSource.Kind) throws(DiagnosticError) -> RecipeSource?
    ) {
        self.open = open
        isForFilesAlone = false
    }

    /// Texts that are at hand, by path.
    public init(_ texts: [String: String]) {
        self.init { (path) throws(DiagnosticError) in texts[path].map { RecipeSource(text: $0, fileName: path) } }
    }

    private init(_ files: FileReader, isForFilesAlone: Bool) {
        open = files.open
        self.isForFilesAlone = isForFilesAlone
    }

    /// The file system, for what ``RecipeSource/read(path:)`` has read from it. A text that is at hand and a recipe in Swift have
    /// no files; a lock that options name is opened nevertheless.
    public static let besideFiles = FileReader(fileSystem, isForFilesAlone: true)

    /// The file system, whatever names the file.
    public static let fileSystem = FileReader(opening: { (path, kind) throws(DiagnosticError) in
        guard FileSystem.isTaken(path) else { return nil }
        // `-` is a file here, not standard input.
        return try RecipeSource.read(path: path == "-" ? "./-" : path, as: kind)
    })

    /// No files: nothing is ever opened.
    public static let noFiles = FileReader([:])

    /// Opens a file.
    ///
    /// - Parameter kind: what messages about the file as a whole call it.
    /// - Returns: `nil` if there is no such file.
    /// - Throws: ``DiagnosticError`` if it can't be read.
    func file(at path: String, as kind: RecipeSource.Kind) throws(DiagnosticError) -> RecipeSource? {
        try open(path, kind)
    }

    /// Opens a file that has to be there.
    func requiredFile(at path: String, as kind: RecipeSource.Kind) throws(DiagnosticError) -> RecipeSource {
        if let source = try open(path, kind) { return source }
        throw .missingFile(path, because: reason)
    }

    /// What opens the files that a recipe names.
    ///
    /// - Parameter source: the recipe; `nil` for one in Swift.
    func files(of source: RecipeSource?) -> FileReader {
        guard isForFilesAlone, source?.isFile != true else { return self }
        var none = FileReader.noFiles
        none.reason = "what names it is no file itself"
        return none
    }
}
