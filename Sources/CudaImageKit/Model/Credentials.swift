/// User names and passwords in addresses.
enum Credentials {
    /// The host of the first URL with a user name or password.
    ///
    /// Nothing is secret about the account that repositories are fetched by: `git+ssh://git@example.com/…`.
    static func host(in text: String) -> String? {
        var rest = text[...]
        while let separator = rest.firstRange(of: "://") {
            let usesSSH = rest[..<separator.lowerBound].hasSuffix("ssh")
            rest = rest[separator.upperBound...]
            let authority = rest.prefix { !"/?#".contains($0) && !$0.isWhitespace }
            guard let at = authority.lastIndex(of: "@") else { continue }
            let user = authority[..<at]
            if user != "git", !usesSSH || user.contains(":") {
                return String(authority[authority.index(after: at)...].prefix { $0 != ":" })
            }
        }
        return nil
    }
}
