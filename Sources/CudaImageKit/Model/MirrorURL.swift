/// The address of a copy of something that is downloaded, without a slash at the end.
public struct MirrorURL: ValidatedName {
    /// The address without slashes at its end: `https://mirror.example.com/debian`.
    public let text: String
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule =
        "https:// or http://, a host, perhaps a port, and a path of letters, digits and '. _ ~ : + / -'"

    /// Takes an address of at most 1024 bytes and drops the slashes at its end; user names, passwords, queries and
    /// escapes (`%20`) are refused with `nil`.
    public init?(_ text: String) {
        guard ["https://", "http://"].contains(where: text.hasPrefix), text.utf8.count <= 1024,
            text.utf8.allSatisfy({ ByteClass.isAlphanumeric($0) || "._~:+/-".utf8.contains($0) }),
            Self.isAuthority(Self.authority(of: text))
        else { return nil }
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        self.text = text
    }

    /// Whether certificates are checked.
    var isEncrypted: Bool { text.hasPrefix("https://") }

    /// `mirror.example.com`, without a port.
    var host: String { String(Self.host(ofAuthority: Self.authority(of: text))) }

    /// A host's name of labels, and a port from 1 to 65535 where a colon follows.
    private static func isAuthority(_ authority: Substring) -> Bool {
        let host = host(ofAuthority: authority)
        let isHost = host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            label.utf8.first.map(ByteClass.isAlphanumeric) == true && !label.contains("~") && !label.contains("+")
        }
        guard isHost, host.endIndex != authority.endIndex else { return isHost }
        return RecipeRules.wholeNumber(authority[host.endIndex...].dropFirst()).map((1...65_535).contains) ?? false
    }

    /// `mirror.example.com` of `user@mirror.example.com:8443`.
    static func host(ofAuthority authority: Substring) -> Substring {
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return host.prefix { $0 != ":" }
    }

    /// What stands between `//` and the path: `mirror.example.com:8443`.
    static func authority(of url: String) -> Substring {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return rest.prefix { $0 != "/" }
    }

    /// The address below the mirror of what has another one upstream: `MIRROR/x` for `UPSTREAM/x`; `nil` for what is not
    /// there.
    func address(of url: String, below upstream: String) -> String? {
        Upstream.rest(of: url, below: upstream).map { text + $0 }
    }
}

/// A registry, with or without folders in it: `registry.example.com`, `localhost:5000/hub`.
public struct RegistryPrefix: ValidatedName {
    /// The registry as it was written: `registry.example.com/hub`.
    public let text: String
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule = "a registry, with or without folders in it, such as registry.example.com/hub"

    /// Takes a host with a dot or a port, or `localhost`, as image references tell registries from folders, and
    /// lower-case folders behind it. A scheme, a tag, and a number such as `12.4` are refused with `nil`.
    public init?(_ text: String) {
        guard let reference = ImageReference(text + "/x"), reference.registry != nil, reference.tag == nil else {
            return nil
        }
        // `12.4` is a number that went astray.
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy(ByteClass.isDigit) }) { return nil }
        self.text = text
    }

    /// `registry.example.com` of `registry.example.com/hub`.
    var registry: String { String(text.prefix { $0 != "/" }) }

    /// The text with its registry in the form in which two are compared.
    var canonical: String { Upstream.canonical(registry: registry) + text.dropFirst(registry.utf8.count) }
}

/// A moment of a snapshot archive: `20240301T030400Z`.
///
/// - Note: Source: the addresses of snapshot.debian.org and snapshot.ubuntu.com.
public struct SnapshotTime: Hashable, Sendable, LosslessStringConvertible {
    /// Date and time in UTC: `YYYYMMDDThhmmssZ`.
    public let description: String
    /// Seconds since 1970.
    public let seconds: Int

    static let rule = "a time in UTC such as 20240301T030400Z"

    /// Takes a date that the calendar has, from the year 2000 on, and a time of day without leap seconds; anything else
    /// is `nil`.
    public init?(_ description: String) {
        let bytes = Array(description.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
            bytes[..<8].allSatisfy(ByteClass.isDigit), bytes[9..<15].allSatisfy(ByteClass.isDigit)
        else { return nil }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 0x30 } }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(9..<11), number(11..<13), number(13..<15))
        guard year >= 2000, let date = CalendarDay(year: year, month: month, day: day), hour < 24, minute < 60,
            second < 60
        else { return nil }
        self.description = description
        seconds = date.seconds + hour * 3600 + minute * 60 + second
    }
}
