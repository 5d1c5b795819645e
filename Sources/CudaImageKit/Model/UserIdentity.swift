/// `USER` and `--chown`: numbers or names, `10001:10001`.
public struct UserIdentity: ValidatedName {
    /// The user, and the group if there is one, as they were written: `app`, `10001:10001`.
    public let text: String
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule = "a user name or number, optionally ':' and a group"

    /// Takes a user, or user and group with `:` between them, each of at most 32 letters, digits and `. _ -` that
    /// begins with a letter, a digit or `_`; anything else is `nil`.
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
