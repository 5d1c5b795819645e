/// An entry of `python.packages`, taken apart as far as decisions need it.
///
/// Grammar: the version specifiers of PEP 508, and the URLs and paths that pip and uv take beside them.
struct PythonRequirement {
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
    /// What follows name and extras: versions, URL, marker.
    var rest: String

    init(_ requirement: String) {
        let text = requirement.trimmed
        let head = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        var rest = text.dropFirst(head.count).trimmed
        var extras: [String] = []
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            extras = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",").map { $0.trimmed }
            rest = rest[rest.index(after: end)...].trimmed
        }
        let isName = head.first.map { $0.isLetter || $0.isNumber } ?? false
        if isName, rest.hasPrefix("@") {
            self.init(name: String(head), extras: extras, source: Self.source(of: rest.dropFirst().trimmed), rest: rest)
        } else if let source = Self.sourceOfUnnamed(text) {
            self.init(name: nil, extras: [], source: source, rest: text)
        } else {
            self.init(name: isName ? String(head) : nil, extras: extras, source: .index, rest: rest)
        }
    }

    private init(name: String?, extras: [String], source: Source, rest: String) {
        self.name = name.map(Self.normalized)
        self.extras = extras.map(Self.normalized)
        self.source = source
        self.rest = rest
    }

    private static func normalized(_ name: String) -> String {
        name.lowercased().split { "-_.".contains($0) }.joined(separator: "-")
    }

    /// The URL or path of a requirement without a name; `nil` if it is no such thing.
    private static func sourceOfUnnamed(_ text: String) -> Source? {
        let address = withoutMarker(text)
        if address.contains("://") || address.lowercased().hasPrefix("file:") { return source(of: text) }
        let local = local(address.prefix { $0 != ";" }.trimmed)
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
            if text[index] == ";", previous.isWhitespace { return text[..<index].trimmed }
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

extension StringProtocol {
    /// The text without blanks at its ends.
    fileprivate var trimmed: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}
