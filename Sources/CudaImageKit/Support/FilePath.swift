/// Paths as texts, with `/` between their parts; nothing is looked up on disk.
package enum FilePath {
    /// The folder with the `/` at its end: `src/` of `src/a.cu`; empty for a name alone.
    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The last part: `a.cu` of `src/a.cu`, `src` of `src/`.
    package static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// A path without `.`, and `..` only at its start; `nil` if nothing is left.
    package static func normalized(_ path: String) -> String? {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return parts.isEmpty ? nil : (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
