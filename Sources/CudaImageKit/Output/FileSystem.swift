#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Why a file could not be read or written.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path as the caller gave it.
    public var path: String
    /// What the operating system says: `No space left on device`.
    public var reason: String

    /// The reason where a pipe, a device or a folder stands in place of a file.
    public static let notRegular = "Not a regular file"

    /// - Parameters:
    ///   - path: the path as the caller gave it.
    ///   - reason: what is wrong, in the operating system's words or like them.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// The error that the last system call left behind.
    init(path: String) { self.init(path: path, reason: String(cString: strerror(errno))) }

    /// `'dist/Dockerfile': No space left on device`
    public var description: String { "'\(path)': \(reason)" }

    /// The error as finding CG0503, for what is written or compared with what is there.
    public var diagnostic: Diagnostic { Diagnostic(.error, .unwritableFile, description) }
}

/// The few things that output needs of the file system.
package enum FileSystem {
    /// The bytes of a regular file, or `nil` if there is no file of that name.
    ///
    /// - Parameter limit: the most bytes that the file may have.
    /// - Throws: ``FileError`` if the file can't be read, is not a regular one or is larger.
    public static func bytes(of path: String, limit: Int = .max) throws(FileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw FileError(path: path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(path: path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(path: path, reason: FileError.notRegular) }
        let tooLarge = FileError(path: path, reason: "Larger than \(limit) bytes")
        guard status.st_size <= limit else { throw tooLarge }
        // Files of /proc say that they have no bytes.
        var bytes = [UInt8](repeating: 0, count: max(Int(status.st_size), 4096))
        var count = 0
        while true {
            if count == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
            let read = bytes.withUnsafeMutableBytes { buffer in
                platformRead(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw FileError(path: path) }
            if read == 0 { break }
            count += read
            guard count <= limit else { throw tooLarge }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// What comes from standard input until it ends; of more than `limit` bytes the last ones.
    public static func standardInput(limit: Int) throws(FileError) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let read = buffer.withUnsafeMutableBytes { platformRead(STDIN_FILENO, $0.baseAddress, $0.count) }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw FileError(path: "<stdin>") }
            if read == 0 { return String(decoding: bytes.suffix(limit), as: UTF8.self) }
            bytes += buffer.prefix(read)
            if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
        }
    }

    /// Whether something stands at a path that can be read like a file: no folder, and not nothing.
    public static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }

    /// The text of a file, or `nil` if there is none; what is not UTF-8 becomes U+FFFD.
    public static func text(of path: String) throws(FileError) -> String? {
        try bytes(of: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file so that readers see the old text or the new one, never a part.
    ///
    /// The text goes to a temporary file in the same folder, which then takes the name. A symbolic link is followed; an
    /// existing file keeps its permissions.
    ///
    /// - Parameter isExecutable: also give everybody who may read the file the permission to run it.
    public static func write(_ text: String, to path: String, isExecutable: Bool = false) throws(FileError) {
        try write(bytes: Array(text.utf8), to: path, isExecutable: isExecutable)
    }

    /// Writes bytes as ``write(_:to:isExecutable:)`` writes text.
    public static func write(bytes: [UInt8], to path: String, isExecutable: Bool = false) throws(FileError) {
        // Most names are new: then there is no link to follow, and no permissions to keep.
        var status = stat()
        let isNew = lstat(path, &status) != 0 && errno == ENOENT
        let target = isNew ? path : absolutePath(of: path) ?? path
        var mode = !isNew && stat(target, &status) == 0 ? status.st_mode & 0o777 : nil
        if isExecutable, let kept = mode { mode = kept | (kept & 0o444) >> 2 }
        guard let (descriptor, temporary) = openTemporary(for: target, mode: mode ?? (isExecutable ? 0o777 : 0o666))
        else {
            throw FileError(path: path)
        }
        let isWritten = writeAll(bytes, to: descriptor) && mode.map { fchmod(descriptor, $0) == 0 } ?? true
        let reason = String(cString: strerror(errno))
        guard close(descriptor) == 0, isWritten else {
            unlink(temporary)
            throw FileError(path: path, reason: reason)
        }
        guard rename(temporary, target) == 0 else {
            let error = FileError(path: path)
            unlink(temporary)
            throw error
        }
    }

    /// Makes a folder and those above it; one that is there already is fine.
    public static func makeFolder(_ path: String) throws(FileError) {
        if mkdir(path, 0o777) == 0 { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolder(String(path[..<slash]))
            if mkdir(path, 0o777) == 0 { return }
        }
        guard errno == EEXIST else { throw FileError(path: path) }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw FileError(path: path, reason: "Not a folder")
        }
    }

    /// What stands at a path; links are not followed.
    package enum Kind: Hashable, Sendable {
        case file, folder, link, other
    }

    /// The names in a folder with their kinds, sorted by their bytes.
    ///
    /// - Parameter limit: the most names that are read.
    /// - Returns: the entries, and whether these are all; of more than `limit` names it is not told which are missing.
    package static func entries(
        of path: String, limit: Int
    ) throws(FileError) -> (entries: [(name: String, kind: Kind)], isComplete: Bool) {
        guard let stream = opendir(path) else { throw FileError(path: path) }
        defer { closedir(stream) }
        var names: [String] = []
        var isComplete = true
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name == "." || name == ".." { continue }
            guard names.count < limit else {
                isComplete = false
                break
            }
            names.append(name)
        }
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (names.map { ($0, kind(of: "\(path)/\($0)")) }, isComplete)
    }

    private static func kind(of path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// Whether anything stands at a path, be it a link to nothing.
    package static func isTaken(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The path from the root, without links; `nil` if nothing is there.
    package static func absolutePath(of path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// A new file beside another one. Unlike `mkstemp` it gets the permissions that the process gives to new files.
    private static func openTemporary(for target: String, mode: mode_t) -> (descriptor: Int32, path: String)? {
        // The number is taken only if a process of the same number was stopped while it wrote here.
        for attempt in 0..<100 {
            let path = "\(target).\(getpid())-\(attempt)"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
            if descriptor >= 0 { return (descriptor, path) }
            if errno != EEXIST { break }
        }
        return nil
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = platformWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}

private func platformRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func platformWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
