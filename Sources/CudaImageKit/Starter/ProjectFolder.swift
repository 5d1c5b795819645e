/// What lies in a project's folder, as far as a starter recipe needs it: the names of its files, and the texts of those
/// that tell how it is built.
///
/// A folder is looked into within bounds: it may be a home directory, or somebody's trap.
public struct ProjectFolder: Hashable, Sendable {
    /// How much of a folder is looked at.
    public struct Bounds: Hashable, Sendable {
        /// Levels of folders below the project's own.
        public var depth = 5
        /// Names of files and folders.
        public var entries = 20_000
        /// Bytes of one file; larger ones are not read.
        public var fileSize = RecipeSource.maximumSize
        /// Bytes of all files together.
        public var totalSize = 8 << 20

        /// The bounds that `cudagen init` looks into folders with.
        public init() {}
    }

    /// Something that was not looked at.
    public struct Omission: Hashable, Sendable {
        /// As seen from the folder; a name that can't be printed is escaped.
        public internal(set) var path: String
        /// Why not, in a phrase: `a link: not followed`.
        public internal(set) var reason: String
    }

    /// The folder's own name; empty if it has none.
    public var name: String
    /// Paths of regular files as seen from the folder, sorted.
    public private(set) var files: [String]
    /// What was left out, in the order of the search.
    public private(set) var omissions: [Omission] = []
    private var texts: [String: RecipeSource]
    private let names: Set<String>

    /// A folder of texts, by path.
    public init(name: String, texts: [String: String]) {
        self.init(name: name, files: Array(texts.keys), omissions: [])
        for (path, text) in texts { self.texts[path] = RecipeSource(text: text, fileName: path) }
    }

    init(name: String, files: [String], omissions: [Omission]) {
        self.name = name
        self.files = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.omissions = omissions
        texts = [:]
        names = Set(files)
    }

    mutating func add(_ source: RecipeSource) { texts[source.fileName] = source }

    mutating func omit(_ path: String, because reason: String) { omissions.add(path, because: reason) }

    /// Whether there is a regular file of that path.
    func has(_ path: String) -> Bool { names.contains(path) }

    /// The text of a file that was read.
    func source(_ path: String) -> RecipeSource? { texts[path] }

    /// The files that were read, by path, for findings that point into them.
    public var sources: [String: String] { texts.mapValues(\.text) }

    /// The files in a folder itself; `""` is the project's.
    func files(in folder: String) -> [String] { files.filter { Self.parent(of: $0) == folder } }

    /// The folders directly in the project's, sorted, that hold a file with one of these endings somewhere.
    func folders(withEndings endings: Set<String>) -> [String] {
        Array(
            files.filter { endings.contains(Self.ending(of: $0)) }.compactMap { path in
                path.firstIndex(of: "/").map { String(path[..<$0]) }
            }.uniqued)
    }

    // MARK: - Paths

    /// `src` of `src/a.cu`; empty for a file of the project's folder.
    static func parent(of path: String) -> String {
        String(FilePath.folder(of: path).dropLast())
    }

    /// `cu` of `src/a.cu`; empty if the name has no dot behind its first character.
    static func ending(of path: String) -> String {
        let name = FilePath.name(of: path)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return String(name[name.index(after: dot)...])
    }

    /// How deep a file lies: 0 in the project's folder.
    static func depth(of path: String) -> Int { path.utf8.count { $0 == UInt8(ascii: "/") } }
}

extension [ProjectFolder.Omission] {
    /// How many are named; a folder may hold thousands of links.
    private static let maximum = 40

    mutating func add(_ path: String, because reason: String) {
        guard count <= Self.maximum else { return }
        let isLast = count == Self.maximum
        append(ProjectFolder.Omission(path: isLast ? "…" : path, reason: isLast ? "others are not named" : reason))
    }
}
