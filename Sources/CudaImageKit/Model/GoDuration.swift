/// A duration as Docker writes it: `30s`, `1m30s`, `500ms`; at least a millisecond, at most what Docker's nanoseconds hold.
public struct GoDuration: ValidatedName {
    /// The duration as it was written: `1m30s`.
    public let text: String
    /// The whole duration; at least 1.
    public let milliseconds: Int
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule = "numbers with units h, m, s or ms, such as 30s or 1m30s, of 1ms or more"
    /// Milliseconds of the longest duration that 64 bits of nanoseconds hold.
    private static let maximum = 9_223_372_036_854

    /// Takes at most 24 bytes of whole numbers with the units `h`, `m`, `s` and `ms`, in any order, whose sum is at
    /// least a millisecond. Signs, blanks, fractions, and a number without a unit are refused with `nil`.
    public init?(_ text: String) {
        var rest = Substring(text)
        var milliseconds = 0
        guard !rest.isEmpty, text.utf8.count <= 24 else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            guard !digits.isEmpty, let unit = ["ms", "h", "m", "s"].first(where: { rest.hasPrefix($0) }) else {
                return nil
            }
            rest = rest.dropFirst(unit.count)
            let factor = ["ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000][unit] ?? 1
            guard let number = Int(digits), number <= Self.maximum / factor else { return nil }
            milliseconds += number * factor
        }
        guard (1...Self.maximum).contains(milliseconds) else { return nil }
        self.text = text
        self.milliseconds = milliseconds
    }

    /// Whole seconds, rounded up: at least 1.
    var seconds: Int { (milliseconds + 999) / 1000 }
}
