/// A user's templates, which take the place of the program's own of the same names.
///
/// `Documentation/templates.md` describes what each template is rendered with.
public struct TemplateFolder: Hashable, Sendable {
    /// The version of what templates are rendered with. It grows when a name goes or changes its meaning; new names come
    /// without a new version.
    public static let contextVersion = 1

    /// A template of the folder.
    public struct File: Hashable, Sendable {
        /// The file's name without extension, which is the template's.
        public var name: String
        /// The template itself.
        public var text: String

        /// A template that was read elsewhere.
        ///
        /// - Parameters:
        ///   - name: without extension: `header`.
        ///   - text: the template itself.
        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// The folder as the user named it.
    public let path: String
    /// Sorted by name.
    public let files: [File]

    private static let suffix = ".mustache"
    /// Names in the folder, of templates or not.
    private static let maximumEntries = 10_000
    private static let maximumBytes = 1 << 20

    /// Templates that were read elsewhere.
    ///
    /// - Parameters:
    ///   - path: what findings call the folder.
    ///   - files: the templates, in any order.
    public init(path: String, files: [File]) {
        self.path = path
        self.files = files.sorted { $0.name < $1.name }
    }

    /// Reads the `*.mustache` files of a folder; other files and folders in it are left alone.
    ///
    /// - Throws: ``DiagnosticError`` if the folder or a file can't be read, or no template is there.
    public static func read(path: String) throws(DiagnosticError) -> TemplateFolder {
        var files: [File] = []
        var findings = Diagnostics()
        do throws(FileError) {
            let (entries, isComplete) = try FileSystem.entries(of: path, limit: maximumEntries)
            // Which names are missing is not told: some templates would be used, and others not.
            guard isComplete else {
                throw FileError(path: path, reason: "More than \(maximumEntries) files")
            }
            for entry in entries
            where entry.name.hasSuffix(suffix) && entry.kind != .folder {
                let file = "\(path)/\(entry.name)"
                guard let bytes = try FileSystem.bytes(of: file, limit: maximumBytes) else { continue }
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    findings.error(.notUTF8, "'\(file)' is not UTF-8")
                    continue
                }
                files.append(File(name: String(entry.name.dropLast(suffix.count)), text: text))
            }
        } catch {
            throw DiagnosticError(Diagnostics([Diagnostic(.error, .unreadableFile, error.description)]))
        }
        if files.isEmpty, !findings.hasErrors {
            findings.error(
                .invalidTemplate, "there is no template in '\(path)'",
                help: "a template is a file NAME\(suffix); 'cudagen templates' lists the names")
        }
        if findings.hasErrors { throw DiagnosticError(findings) }
        return TemplateFolder(path: path, files: files)
    }

    /// The files' texts by the names that findings call them.
    public var sources: [String: String] {
        Dictionary(files.map { (source(of: $0.name), $0.text) }) { first, _ in first }
    }

    func source(of name: String) -> String { "\(path)/\(name)\(Self.suffix)" }

    /// A template may say which version it was written for: `{{! context 1 }}` on its first line.
    func checkContext(of file: File) throws(TemplateError) {
        let line = file.text.prefix { !$0.isNewline }
        guard line.hasPrefix("{{!"), let end = line.firstRange(of: "}}") else { return }
        let words = line[..<end.lowerBound].dropFirst("{{!".count).split(separator: " ")
        guard words.count == 2, words[0] == "context", words[1] != "\(Self.contextVersion)" else { return }
        throw TemplateError(
            template: file.name, position: SourcePosition(line: 1, column: 1),
            message: "the template is for context \(words[1]), and this program renders with context "
                + "\(Self.contextVersion)")
    }

    /// The finding for a template that nothing is made of.
    func uselessness(of file: File, known: [String]) -> Diagnostic {
        let start = SourcePosition(line: 1, column: 1)
        return Diagnostic(
            .error, .invalidTemplate, "there is no template '\(file.name)', and no other one includes it",
            at: SourceSpan(source: source(of: file.name), start: start, end: start),
            help: Suggestion.nearest(to: file.name, in: known).map { "did you mean '\($0)'?" }
                ?? "'cudagen templates' lists the names")
    }
}

extension TemplateError {
    /// The error and those met with it as findings with their places.
    ///
    /// - Parameter folder: where the template may come from; one that is not there is the program's own.
    func findings(in folder: TemplateFolder?) -> Diagnostics {
        Diagnostics(
            ([self] + further).map { error in
                let isOwn = folder?.files.contains { $0.name == error.template } ?? false
                guard let folder, isOwn else {
                    let origin = folder.map { "beside the templates of '\($0.path)', " } ?? ""
                    return Diagnostic(
                        .error, .invalidTemplate, "\(origin)cudagen's own template \(error.description)")
                }
                return Diagnostic(
                    .error, .invalidTemplate, error.message,
                    at: SourceSpan(
                        source: folder.source(of: error.template), start: error.position, end: error.position))
            })
    }
}
