/// A duration as Docker writes it: `30s`, `1m30s`, `500ms`.
public struct GoDuration: ValidatedName {
    public let text: String
    public static let rule = "numbers with units h, m, s or ms, such as 30s or 1m30s"

    public init?(_ text: String) {
        var rest = Substring(text)
        guard !rest.isEmpty, text.utf8.count <= 24 else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            guard !digits.isEmpty, let unit = ["ms", "h", "m", "s"].first(where: { rest.hasPrefix($0) }) else {
                return nil
            }
            rest = rest.dropFirst(unit.count)
        }
        self.text = text
    }
}
