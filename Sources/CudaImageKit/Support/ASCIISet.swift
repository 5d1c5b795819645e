/// A set of ASCII characters, for questions that are asked about every byte of a text.
struct ASCIISet: Sendable {
    static let alphanumeric = ASCIISet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    /// One bit for each character: those below 64, and the others.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: StaticString, and other: ASCIISet? = nil) {
        if let other { self = other }
        characters.withUTF8Buffer { bytes in
            for byte in bytes {
                if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
            }
        }
    }

    func contains(_ byte: UInt8) -> Bool {
        byte < 128 && (byte < 64 ? low : high) & (1 << UInt64(byte & 63)) != 0
    }
}
