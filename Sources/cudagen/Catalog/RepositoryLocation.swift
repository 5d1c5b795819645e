import CudaImageKit

/// Where a repository is, and how its files are had.
enum RepositoryLocation {
    case address(Download)
    case folder(String)

    /// - Parameters:
    ///   - source: as the user wrote it.
    ///   - scratch: a folder for downloads.
    init(_ source: String, scratch: String) throws(ImportProblem) {
        guard source.utf8.contains("://".utf8) else {
            self = .folder(Self.withoutSlash(source))
            return
        }
        guard source.hasPrefix("https://") || source.hasPrefix("http://") else {
            throw ImportProblem(
                .unknownSource, "'\(source)' is no address that can be read", help: "use https:// or http://")
        }
        guard source.utf8.count <= 2048, source.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            !source.contains(where: { "?#\"'\\^`{|}<>".contains($0) }),
            !source.split(separator: "/").contains("..")
        else {
            throw ImportProblem(
                .unknownSource, "'\(source)' is no repository's address", help: "an address has no blanks and no query")
        }
        self = .address(Download(base: Self.withoutSlash(source), scratch: scratch))
    }

    private static func withoutSlash(_ text: String) -> String {
        var text = text
        while text.utf8.count > 1, text.utf8.last == UInt8(ascii: "/") { text.removeLast() }
        return text
    }

    /// The location as it may be written down: without a password.
    var description: String {
        switch self {
        case .folder(let path): path
        case .address(let download): download.base.withoutPassword
        }
    }

    /// The last two folders: `ubuntu2404/x86_64`, if the location is named as NVIDIA names it.
    var lastFolders: String? {
        let parts = description.split(separator: "/")
        return parts.count < 2 ? nil : parts.suffix(2).joined(separator: "/")
    }

    /// A file of the repository; `nil` if it has none of that name.
    func file(_ name: String, limit: Int) throws(ImportProblem) -> [UInt8]? {
        switch self {
        case .address(let download): return try download.file(name, limit: limit)
        case .folder(let folder):
            let bytes: [UInt8]?
            do {
                bytes = try FileSystem.bytes(of: "\(folder)/\(name)")
            } catch {
                throw ImportProblem(error)
            }
            if let bytes, bytes.count > limit {
                throw ImportProblem(.invalidIndex, "'\(folder)/\(name)' has more than \(limit >> 20) MiB")
            }
            return bytes
        }
    }
}

extension String {
    /// An address without the name and password that may stand before its host.
    fileprivate var withoutPassword: String {
        guard let scheme = firstRange(of: "://")?.upperBound else { return self }
        let end = self[scheme...].firstIndex(of: "/") ?? endIndex
        guard let at = self[scheme..<end].lastIndex(of: "@") else { return self }
        return String(self[..<scheme] + self[index(after: at)...])
    }
}
