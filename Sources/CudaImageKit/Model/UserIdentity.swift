/// `USER` and `--chown`: numbers or names, `10001:10001`.
public struct UserIdentity: ValidatedName {
    public let text: String
    public static let rule = "a user name or number, optionally ':' and a group"

    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ part in
                part.utf8.count <= 32 && part.utf8.first.map { ByteClass.isAlphanumeric($0) || $0 == 0x5f } == true
                    && part.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || [0x2d, 0x2e, 0x5f].contains($0) }
            })
        else { return nil }
        self.text = text
    }
}
