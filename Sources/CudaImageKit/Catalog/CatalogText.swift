/// Bytes of the catalogue.
typealias CatalogBytes = Slice<UnsafeBufferPointer<UInt8>>

/// A catalogue's text with the places of its sections; everything else is read when a query asks for it.
struct CatalogText: Sendable {
    enum Storage: Sendable {
        case embedded(StaticString)
        case loaded([UInt8])
    }

    /// The parts of a catalogue, by their headings.
    enum Section: String, CaseIterable {
        case releases, keys, tags, aliases, images, requires, environments, quirks, sets, drivers
        case driverFloors = "driver-floors"
        case targets
    }

    /// What stands before the first section.
    struct Header: Hashable {
        var version: Int?
        /// Whether the catalogue is laid over the embedded one.
        var extends = false
        var asOf: String?
    }

    let storage: Storage
    let header: Header
    /// Where the lines of a section begin and end.
    private let sections: [Section: Range<Int>]

    init(_ storage: Storage) {
        self.storage = storage
        (header, sections) = Self.withBytes(of: storage, Self.index)
    }

    private static func withBytes<Result>(
        of storage: Storage, _ body: (CatalogBytes) -> Result
    ) -> Result {
        switch storage {
        case .embedded(let text):
            body(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)[...])
        case .loaded(let bytes): bytes.withUnsafeBufferPointer { body($0[...]) }
        }
    }

    /// Every line with its number, for checking.
    func forEachLine(_ body: (_ number: Int, CatalogBytes) -> Void) {
        Self.withBytes(of: storage) { bytes in
            var number = 0
            Self.lines(of: bytes) { line in
                number += 1
                body(number, line)
                return true
            }
        }
    }

    /// The lines of a section, until `body` answers with false.
    func lines(of section: Section, _ body: (CatalogBytes) -> Bool) {
        guard let range = sections[section] else { return }
        Self.withBytes(of: storage) { bytes in
            Self.lines(of: bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)], body)
        }
    }

    /// The lines of a section that begin with `prefix`, until `body` answers with false.
    func lines(of section: Section, startingWith prefix: String, _ body: (CatalogBytes) -> Bool) {
        let prefix = Array(prefix.utf8)
        lines(of: section) { line in
            line.count >= prefix.count && line.prefix(prefix.count).elementsEqual(prefix) ? body(line) : true
        }
    }

    private static func lines(of bytes: CatalogBytes, _ body: (CatalogBytes) -> Bool) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            if !body(bytes[start..<end]) { return }
            start = end < bytes.endIndex ? end + 1 : end
        }
    }

    private static func index(_ bytes: CatalogBytes) -> (Header, [Section: Range<Int>]) {
        var header = Header()
        var sections: [Section: Range<Int>] = [:]
        var open: (section: Section, start: Int)?
        let base = bytes.startIndex
        lines(of: bytes) { line in
            if line.first == UInt8(ascii: "["), line.last == UInt8(ascii: "]") {
                if let open { sections[open.section] = open.start..<(line.startIndex - base) }
                let start = min(line.endIndex + 1, bytes.endIndex) - base
                open = Section(rawValue: String(decoding: line.dropFirst().dropLast(), as: UTF8.self)).map { ($0, start) }
            } else if sections.isEmpty, open == nil {
                let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
                switch words.first {
                case "cudagen-catalog":
                    header.version = words.count > 1 ? Int(words[1]) : nil
                    header.extends = words.count == 3 && words[2] == "extends"
                case "as-of": header.asOf = words.count == 2 ? words[1] : nil
                default: break
                }
            }
            return true
        }
        if let open { sections[open.section] = open.start..<bytes.count }
        return (header, sections)
    }
}
