import CudaImageKit

/// What a Debian `Release` file vouches for.
public struct AptRelease: Hashable, Sendable {
    /// A file of the repository.
    public struct Entry: Hashable, Sendable {
        /// Relative to the repository: `Packages.gz`.
        public internal(set) var path: String
        /// Bytes.
        public internal(set) var size: Int
        /// 64 lower-case hexadecimal digits.
        public internal(set) var sha256: String
    }

    /// The files of its list of SHA-256 checksums, in its order; never empty.
    public private(set) var entries: [Entry] = []
    /// The day it was made, as ISO date.
    public private(set) var date: String?

    /// - Throws: `DiagnosticError` if the file has no SHA-256 list, or a line of the list is none.
    public init(parsing bytes: [UInt8], fileName: String) throws(DiagnosticError) {
        var diagnostics = Diagnostics()
        var isListed = false
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("Date:") { date = CalendarDay(releaseDate: text.dropFirst(5))?.description }
            guard line.first == 0x20 else {
                isListed = text.hasPrefix("SHA256:")
                continue
            }
            guard isListed else { continue }
            let words = text.split { $0.isWhitespace }
            guard words.count == 3, let size = Int(words[1]), size >= 0, words[0].utf8.count == 64,
                words[0].utf8.allSatisfy(ByteClass.isLowerHex)
            else {
                let start = SourcePosition(line: index + 1, column: 1)
                diagnostics.error(
                    .invalidIndex, "expected a checksum, a size and a name",
                    at: SourceSpan(source: fileName, start: start, end: start))
                if diagnostics.errorCount >= PackageIndex.maximumProblems { break }
                continue
            }
            let path = words[2].hasPrefix("./") ? words[2].dropFirst(2) : words[2]
            entries.append(Entry(path: String(path), size: size, sha256: String(words[0])))
        }
        if !diagnostics.hasErrors, entries.isEmpty {
            diagnostics.error(.invalidIndex, "'\(fileName)' has no list of SHA-256 checksums")
        }
        if diagnostics.hasErrors { throw DiagnosticError(diagnostics) }
    }

    /// The index to fetch: compressed, if the repository has it so.
    public var packages: Entry? {
        ["Packages.gz", "Packages"].lazy.compactMap { name in entries.first { $0.path == name } }.first
    }
}
