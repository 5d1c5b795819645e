#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Bytes of the catalogue.
typealias CatalogBytes = Slice<UnsafeBufferPointer<UInt8>>

/// A catalogue's text with the places of its lines; what they say is read when a query asks for it.
struct CatalogText: Sendable {
    enum Storage: Sendable {
        case embedded(EmbeddedText)
        case loaded([UInt8])
    }

    /// The parts of a catalogue, by their headings.
    enum Section: String, CaseIterable {
        case releases, keys, tags, aliases, images, requires, environments, quirks, sets, drivers
        case driverFloors = "driver-floors"
        case targets, gpus, frameworks
        case frameworkFloors = "framework-floors"
        case frameworkTargets = "framework-targets"
        case errors
        case cudaErrors = "cuda-errors"
        case containerToolkit = "container-toolkit"
    }

    /// What stands before the first section.
    struct Header: Hashable {
        var version: Int?
        /// Whether the catalogue is laid over the embedded one.
        var extends = false
        var asOf: String?
        /// What the facts were imported from, a sentence each.
        var sources: [String] = []
    }

    let storage: Storage
    /// The file, as the user named it; `nil` for the embedded catalogue.
    let fileName: String?
    let header: Header
    /// Where each line begins, and one past the last line.
    private let starts: [Int]
    /// The lines of each section, by their places in `starts`.
    private let sections: [Section: Range<Int>]

    init(_ storage: Storage, fileName: String? = nil) {
        self.storage = storage
        self.fileName = fileName
        (header, starts, sections) = Self.withBytes(of: storage, Self.index)
    }

    private static func withBytes<Result>(
        of storage: Storage, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        switch storage {
        case .embedded(let text): body(text.bytes)
        case .loaded(let bytes): bytes.withUnsafeBufferPointer(body)
        }
    }

    /// Every line with its number, for checking.
    func forEachLine(_ body: (_ number: Int, CatalogBytes) -> Void) {
        Self.withBytes(of: storage) { bytes in
            for line in 0..<(starts.count - 1) { body(line + 1, self.line(line, in: bytes)) }
        }
    }

    /// The lines of a section, until `body` answers with false.
    func lines(of section: Section, _ body: (CatalogBytes) -> Bool) {
        guard let range = sections[section] else { return }
        Self.withBytes(of: storage) { bytes in
            for line in range where !body(self.line(line, in: bytes)) { return }
        }
    }

    /// The lines of a section whose first words are `key`, until `body` answers with false.
    func lines(of section: Section, key: String, _ body: (CatalogBytes) -> Bool) {
        guard let range = sections[section] else { return }
        var key = key
        key.withUTF8 { key in
            Self.withBytes(of: storage) { bytes in
                guard let base = bytes.baseAddress, let wanted = key.baseAddress else { return }
                for line in range {
                    let start = starts[line], end = starts[line + 1] - 1
                    guard end - start >= key.count, memcmp(base + start, wanted, key.count) == 0,
                        end - start == key.count || bytes[start + key.count] == UInt8(ascii: "\t")
                            || bytes[start + key.count] == UInt8(ascii: " ")
                    else { continue }
                    if !body(self.line(line, in: bytes)) { return }
                }
            }
        }
    }

    /// The line of a section that begins with a number: it is in its place, unless the catalogue was written by hand.
    func line(of section: Section, number: Int, _ body: (CatalogBytes) -> Void) {
        guard let range = sections[section] else { return }
        var isFound = false
        if range.indices.contains(range.lowerBound + number) {
            Self.withBytes(of: storage) { bytes in
                let line = line(range.lowerBound + number, in: bytes)
                let digits = line.prefix { $0 != UInt8(ascii: "\t") }
                guard digits.elementsEqual("\(number)".utf8) else { return }
                isFound = true
                body(line)
            }
        }
        if isFound { return }
        lines(of: section, key: "\(number)") { line in
            body(line)
            return false
        }
    }

    private func line(_ line: Int, in bytes: UnsafeBufferPointer<UInt8>) -> CatalogBytes {
        bytes[starts[line]..<(starts[line + 1] - 1)]
    }

    private static func index(_ bytes: UnsafeBufferPointer<UInt8>) -> (Header, [Int], [Section: Range<Int>]) {
        let starts = lineStarts(in: bytes)
        var header = Header()
        var sections: [Section: Range<Int>] = [:]
        var begun: (section: Section?, line: Int)?
        for line in 0..<(starts.count - 1) {
            let start = starts[line], end = starts[line + 1] - 1
            guard end > start else { continue }
            if bytes[start] == UInt8(ascii: "["), bytes[end - 1] == UInt8(ascii: "]") {
                if let section = begun?.section { sections[section] = ((begun?.line ?? 0) + 1)..<line }
                let name = String(decoding: bytes[(start + 1)..<(end - 1)], as: UTF8.self)
                begun = (Section(rawValue: name), line)
            } else if begun == nil {
                header.read(String(decoding: bytes[start..<end], as: UTF8.self))
            }
        }
        if let section = begun?.section { sections[section] = ((begun?.line ?? 0) + 1)..<(starts.count - 1) }
        return (header, starts, sections)
    }

    private static func lineStarts(in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return [0] }
        var starts = [0]
        starts.reserveCapacity(bytes.count / 128)
        var position = 0
        while position < bytes.count, let found = memchr(base + position, 0x0a, bytes.count - position) {
            position = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
            starts.append(position)
        }
        // A last line without a line break ends where one would stand.
        if position < bytes.count { starts.append(bytes.count + 1) }
        return starts
    }
}

extension CatalogText.Header {
    /// `cudagen-catalog 1 extends`, `as-of 2025-12-15`, `imported-from https://…/ubuntu2404/x86_64, signed by …`
    fileprivate mutating func read(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        switch words.first {
        case "cudagen-catalog":
            version = words.count > 1 ? Int(words[1]) : nil
            extends = words.count == 3 && words[2] == "extends"
        case "as-of": asOf = words.count == 2 ? words[1] : nil
        case "imported-from": sources.append(words.dropFirst().joined(separator: " "))
        default: break
        }
    }
}
