/// What one requirement asks for: `torch[opt-einsum]>=2.1,<3; python_version >= "3.9"`.
///
/// Source: PEP 508. Environment markers are kept as text and not evaluated: they ask about a machine that is not this one.
public struct PythonRequirement: Hashable, Sendable {
    /// As it was written; compared after PEP 503's normalisation.
    public internal(set) var name: String
    /// What stands in brackets, as it was written: `opt-einsum`; empty if nothing does.
    public internal(set) var extras: [String]
    /// The versions that are allowed; without clauses, as for `name @ URL`, every one.
    public internal(set) var specifiers: VersionSpecifiers
    /// The file or repository of `name @ URL`.
    public internal(set) var url: String?
    /// What stands behind `;`.
    public internal(set) var marker: String?

    /// Parses one requirement: a name, extras in brackets, versions or `@` and a URL, and a marker behind `;`.
    ///
    /// - Returns: `nil` if the text is no requirement.
    public init?(_ text: String) {
        var rest = text.trimmingBlanks[...]
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        guard let first = name.utf8.first, let last = name.utf8.last, ByteClass.isAlphanumeric(first),
            ByteClass.isAlphanumeric(last)
        else { return nil }
        self.name = String(name)
        rest = Self.skippingBlanks(rest[name.endIndex...])
        extras = []
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            let list = rest[rest.index(after: rest.startIndex)..<end]
            extras = list.split(separator: ",").map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
            let isName = { (extra: String) in
                extra.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || "._-".utf8.contains($0) }
            }
            guard extras.allSatisfy(isName) else { return nil }
            rest = Self.skippingBlanks(rest[rest.index(after: end)...])
        }
        if rest.first == "@" {
            let (address, marker) = Self.splitMarker(rest.dropFirst(), separator: " ;")
            guard !address.isEmpty else { return nil }
            (url, self.marker, specifiers) = (address, marker, VersionSpecifiers())
            return
        }
        let (clauses, marker) = Self.splitMarker(rest, separator: ";")
        var inner = clauses
        if inner.hasPrefix("("), inner.hasSuffix(")") { inner = String(inner.dropFirst().dropLast()) }
        guard let specifiers = VersionSpecifiers(inner) else { return nil }
        (self.specifiers, self.marker) = (specifiers, marker)
    }

    /// A name as PEP 503 compares it: lower case, with one `-` for each run of `-`, `_` and `.`.
    static func normalized(_ name: String) -> String {
        var result = ""
        for character in name.lowercased() {
            let isSeparator = "-_.".contains(character)
            if !isSeparator { result.append(character) } else if !result.hasSuffix("-") { result.append("-") }
        }
        return result
    }

    private static func skippingBlanks(_ text: Substring) -> Substring { text.drop { $0 == " " || $0 == "\t" } }

    private static func splitMarker(_ text: Substring, separator: String) -> (String, String?) {
        guard let range = text.firstRange(of: separator) else { return (String(text).trimmingBlanks, nil) }
        return (String(text[..<range.lowerBound]).trimmingBlanks, String(text[range.upperBound...]).trimmingBlanks)
    }
}
