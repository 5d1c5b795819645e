/// An entry of `python.packages`, taken apart as far as decisions need it.
///
/// Grammar: a ``PythonRequirement``, or a URL or path that pip and uv take beside it.
struct PythonPackageEntry {
    enum Source: Hashable {
        /// A package index.
        case index
        /// An archive that is downloaded.
        case url
        /// A repository: the program that fetches it (`git`), and whether it does by ssh.
        case repository(program: String, usesSSH: Bool)
        /// A file or folder: the path without `file:`, and extras such as `[dev]`.
        case local(path: String, extras: String)
    }

    /// The name as PEP 503 normalises it (`Torch_Vision` is `torch-vision`); `nil` if only a URL or path is given.
    var name: String?
    /// Normalised in the same way.
    var extras: [String] = []
    var source: Source
    /// The entry without blanks at its ends.
    var text: String

    init(_ entry: String) {
        text = entry.trimmingBlanks
        let requirement = PythonRequirement(text)
        // `a.whl` and `src` read as names as well; `name @ URL` reads as nothing else.
        if requirement?.url == nil, let source = Self.sourceOfUnnamed(text) {
            self.source = source
            return
        }
        name = requirement.map { PythonRequirement.normalized($0.name) }
        extras = requirement?.extras.map(PythonRequirement.normalized) ?? []
        source = requirement?.url.map(Self.source(of:)) ?? .index
    }

    /// The URL or path of a requirement without a name; `nil` if it is no such thing.
    private static func sourceOfUnnamed(_ text: String) -> Source? {
        let address = withoutMarker(text)
        if address.contains("://") || address.lowercased().hasPrefix("file:") { return source(of: text) }
        let local = local(address.prefix { $0 != ";" }.trimmingBlanks)
        guard case .local(let path, _) = local else { return nil }
        let isPath = path.hasPrefix(".") || path.hasPrefix("~") || path.contains("/") || Self.isArchive(path)
        return isPath ? local : nil
    }

    /// A URL, or what is a path where a URL is expected.
    private static func source(of text: String) -> Source {
        let address = withoutMarker(text)
        let scheme = address.prefix { $0 != ":" && $0 != "/" }
        guard scheme.count < address.count, address.dropFirst(scheme.count).hasPrefix(":") else {
            return local(address)
        }
        let parts = scheme.lowercased().split(separator: "+")
        if parts.last == "file" {
            let path = address.dropFirst(scheme.count + 1)
            return local(String(path.hasPrefix("//") ? path.dropFirst(2) : path))
        }
        guard parts.count == 2 else { return .url }
        return .repository(program: String(parts[0]), usesSSH: parts[1] == "ssh")
    }

    /// A marker behind a URL or path needs a blank before it.
    private static func withoutMarker(_ text: String) -> String {
        var previous: Character = "="
        for index in text.indices {
            if text[index] == ";", previous.isWhitespace { return text[..<index].trimmingBlanks }
            previous = text[index]
        }
        return text
    }

    /// `.[dev]` is the path `.` with extras.
    private static func local(_ path: String) -> Source {
        guard path.hasSuffix("]"), let start = path.lastIndex(of: "[") else { return .local(path: path, extras: "") }
        return .local(path: String(path[..<start]), extras: String(path[start...]))
    }

    /// Whether pip takes a name without a folder for a file.
    static func isArchive(_ path: String) -> Bool { archives.contains { path.lowercased().hasSuffix($0) } }

    /// Source: pip's list of archive names.
    private static let archives = [
        ".whl", ".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tlz", ".tar.lz",
        ".tar.lzma",
    ]
}
