/// A line of the catalogue as its fields.
struct CatalogLine {
    /// Fields by position, of those without a key.
    private(set) var fields: [CatalogBytes] = []

    init(_ bytes: CatalogBytes) {
        fields = bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    }

    var count: Int { fields.count }

    /// A field by its place; empty if the line is shorter.
    func text(_ index: Int) -> String {
        index < fields.count ? String(decoding: fields[index], as: UTF8.self) : ""
    }

    /// A field by its place; `-` stands for none.
    func optional(_ index: Int) -> String? {
        let text = text(index)
        return text == "-" || text.isEmpty ? nil : text
    }

    /// The words of a field by its place.
    func words(_ index: Int) -> [String] { index < fields.count ? Self.words(of: fields[index]) : [] }

    /// The value of the first `key=value` field.
    subscript(key: StaticString) -> String? {
        fields.lazy.compactMap { Self.value(of: key, in: $0) }.first.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The words of the first `key=value` field.
    func words(of key: StaticString) -> [String] {
        fields.lazy.compactMap { Self.value(of: key, in: $0) }.first.map(Self.words) ?? []
    }

    /// The values of all fields of a key.
    func all(_ key: StaticString) -> [String] {
        fields.compactMap { Self.value(of: key, in: $0).map { String(decoding: $0, as: UTF8.self) } }
    }

    private static func value(of key: StaticString, in field: CatalogBytes) -> CatalogBytes? {
        let name = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
        guard field.count > name.count, field[field.startIndex + name.count] == UInt8(ascii: "="),
            field.starts(with: name)
        else { return nil }
        return field.dropFirst(name.count + 1)
    }

    private static func words(of bytes: CatalogBytes) -> [String] {
        bytes.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension String {
    /// What stands before and after the first occurrence of an ASCII character.
    func splitOnce(at separator: Character) -> (String, String)? {
        guard let byte = separator.asciiValue, let index = utf8.firstIndex(of: byte) else { return nil }
        return (String(self[..<index]), String(self[utf8.index(after: index)...]))
    }
}
