/// Searches by byte.
///
/// `String.hasPrefix` and `contains` compare grapheme clusters: `"--\u{301}"` does not start with `"--"` for them, but
/// does for every parser that reads the file. Whatever guards a grammar has to look at bytes.
extension String {
    func startsWithBytes(of prefix: StaticString) -> Bool {
        utf8.starts(with: UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount))
    }

    func containsBytes(of text: StaticString) -> Bool {
        containsBytes(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func containsBytes(of text: String) -> Bool { containsBytes(text.utf8) }

    private func containsBytes(_ wanted: some Collection<UInt8>) -> Bool {
        guard let first = wanted.first else { return true }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: wanted) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

extension [UInt8] {
    /// Where a text begins, at an index or behind it.
    func firstIndex(of wanted: some Collection<UInt8>, from start: Int) -> Int? {
        guard let first = wanted.first else { return start }
        let last = count - wanted.count
        guard start <= last else { return nil }
        return (start...last).first { index in
            self[index] == first && self[index..<(index + wanted.count)].elementsEqual(wanted)
        }
    }
}
