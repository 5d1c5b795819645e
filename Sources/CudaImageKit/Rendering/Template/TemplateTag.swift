/// A tag as it stands in the text: `{{#name}}`.
struct TemplateTag {
    enum Kind { case variable, section, invertedSection, close, comment, partial }

    var kind: Kind
    /// Empty for a comment.
    var name: String
    /// The first brace.
    var start: Int
    /// One past the last brace.
    var end: Int

    /// Reads the tag whose braces open at `start`.
    ///
    /// - Parameter error: makes the error for a message; the caller knows the place.
    init(_ bytes: [UInt8], at start: Int, error: (String) -> TemplateError) throws(TemplateError) {
        var nameStart = start + 2
        var closing: StaticString = "}}"
        var kind = Kind.variable
        if nameStart < bytes.count {
            nameStart += 1
            switch bytes[nameStart - 1] {
            case UInt8(ascii: "#"): kind = .section
            case UInt8(ascii: "^"): kind = .invertedSection
            case UInt8(ascii: "/"): kind = .close
            case UInt8(ascii: "!"): kind = .comment
            case UInt8(ascii: ">"): kind = .partial
            case UInt8(ascii: "{"): closing = "}}}"
            case UInt8(ascii: "&"): break
            case UInt8(ascii: "="): throw error("delimiters can't be changed")
            case UInt8(ascii: "<"), UInt8(ascii: "$"): throw error("templates can't inherit from each other")
            default: nameStart -= 1
            }
        }
        guard let nameEnd = bytes.firstRange(of: closing, from: nameStart) else {
            throw error("tag is not closed by '\(closing)'")
        }
        self.kind = kind
        self.start = start
        end = nameEnd + closing.utf8CodeUnitCount
        guard kind != .comment else {
            name = ""
            return
        }
        let trimmed = Self.trimmed(bytes[nameStart..<nameEnd])
        name = String(decoding: trimmed, as: UTF8.self)
        if name.isEmpty { throw error("tag has no name") }
        guard Self.isName(trimmed, of: kind) else {
            throw error("'\(name)' is no name: letters, digits, '_' and '-', with '.' between parts")
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    private static func isName(_ bytes: ArraySlice<UInt8>, of kind: Kind) -> Bool {
        let dot = UInt8(ascii: ".")
        if bytes.elementsEqual([dot]) { return kind != .partial }
        return bytes.split(separator: dot, omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { ByteClass.isAlphanumeric($0) || $0 == 0x5f || $0 == 0x2d }
        }
    }
}
