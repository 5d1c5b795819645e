#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension RecipeSource {
    /// What a file is to be, for the words of findings.
    package enum Kind: Sendable {
        case recipe
        /// `requirements.txt` or `pyproject.toml`.
        case requirements
        /// `cudagen.lock`.
        case lock

        var helpForFolder: String {
            switch self {
            case .recipe: "name the recipe in it, such as app.yaml"
            case .requirements: "name the file in it, such as requirements.txt; 'cudagen init' looks into a folder"
            case .lock: "name the file in it, such as \(Lockfile.fileName)"
            }
        }

        var helpForDevice: String? {
            switch self {
            case .recipe, .requirements: "pass '-' to read a recipe from standard input"
            case .lock: nil
            }
        }
    }

    /// Reads a recipe's file, or standard input for `-`.
    ///
    /// It never blocks on a pipe in the file system, and never reads more than a recipe may be.
    /// - Throws: what is wrong with the file: missing, a folder, not a regular file, not readable, too large, empty,
    ///   not UTF-8.
    public static func read(path: String) throws(DiagnosticError) -> RecipeSource {
        try read(path: path, as: .recipe)
    }

    /// Reads a file of another kind within the same bounds.
    package static func read(path: String, as kind: Kind) throws(DiagnosticError) -> RecipeSource {
        if path == "-", kind != .lock { return try contents(of: STDIN_FILENO, fileName: standardInputName, as: kind) }
        guard !path.isEmpty else {
            throw DiagnosticError(
                .unreadableFile, "the name of the file is empty",
                help: "name a file such as app.yaml, or leave the argument out")
        }
        guard !path.utf8.contains(0) else {
            throw DiagnosticError(.unreadableFile, "\(path.quotedExcerpt) is not a file name")
        }
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw DiagnosticError(
                .unreadableFile, "\(path.quotedExcerpt) is a folder", help: kind.helpForFolder)
        default:
            throw DiagnosticError(
                .unreadableFile, "\(path.quotedExcerpt) is not a regular file",
                help: kind.helpForDevice)
        }
        guard status.st_size <= maximumSize else { throw tooLarge(path, as: kind) }
        return try contents(of: descriptor, fileName: path, as: kind)
    }

    private static func contents(
        of descriptor: Int32, fileName: String, as kind: Kind
    ) throws(DiagnosticError) -> RecipeSource {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= maximumSize {
            let count = buffer.withUnsafeMutableBytes { platformRead(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw unreadable(fileName, errno)
            }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        guard bytes.count <= maximumSize else { throw tooLarge(fileName, as: kind) }
        if bytes.isEmpty { throw DiagnosticError(.emptyFile, "\(fileName.quotedExcerpt) is empty") }
        var source = try RecipeSource(bytes: bytes, fileName: fileName)
        source.isFile = true
        return source
    }

    private static func unreadable(_ path: String, _ error: Int32) -> DiagnosticError {
        switch error {
        case ENOENT: .missingFile(path)
        case EACCES, EPERM: DiagnosticError(.unreadableFile, "\(path.quotedExcerpt) may not be read")
        default:
            DiagnosticError(
                .unreadableFile, "can't read \(path.quotedExcerpt): \(String(cString: strerror(error)))")
        }
    }
}

private func platformRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
