/// Finds many texts in one pass over a long one: Wu and Manber's algorithm, with blocks of two bytes.
///
/// From where no text can end it skips ahead, so that a log of a megabyte takes milliseconds however many texts there are.
struct LiteralSearch {
    private let literals: [[UInt8]]
    /// The length of the shortest text.
    private let length: Int
    /// For two bytes: how far the search may move if they end the window.
    private var shifts: [UInt8]
    /// For two bytes that may end a text's first ``length`` bytes: those texts.
    private var candidates: [Int: [Int]] = [:]

    /// - Parameter literals: texts of at least two bytes each; shorter ones are never found.
    init(_ literals: [String]) {
        self.literals = literals.map { Array($0.utf8) }
        let usable = self.literals.indices.filter { literals[$0].utf8.count > 1 }
        length = min(usable.map { literals[$0].utf8.count }.min() ?? 2, 255)
        shifts = [UInt8](repeating: UInt8(length - 1), count: 1 << 16)
        for index in usable {
            let text = self.literals[index]
            for end in 1..<length {
                let block = Int(text[end - 1]) << 8 | Int(text[end])
                shifts[block] = min(shifts[block], UInt8(length - 1 - end))
                if end == length - 1 { candidates[block, default: []].append(index) }
            }
        }
    }

    /// Calls back for every text found, from the beginning to the end.
    ///
    /// - Parameter body: is given the number of the text, and where it starts.
    func forEachMatch(in text: [UInt8], _ body: (Int, Int) -> Void) {
        text.withUnsafeBufferPointer { bytes in
            shifts.withUnsafeBufferPointer { shifts in
                var end = length - 1
                while end < bytes.count {
                    let block = Int(bytes[end - 1]) << 8 | Int(bytes[end])
                    let shift = Int(shifts[block])
                    guard shift == 0 else {
                        end += shift
                        continue
                    }
                    let start = end - length + 1
                    for index in candidates[block] ?? [] where Self.starts(bytes, at: start, with: literals[index]) {
                        body(index, start)
                    }
                    end += 1
                }
            }
        }
    }

    private static func starts(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, with text: [UInt8]) -> Bool {
        guard bytes.count - start >= text.count else { return false }
        for offset in text.indices where bytes[start + offset] != text[offset] { return false }
        return true
    }
}
