/// The digest of an image's manifest or list of manifests: `sha256:` and 64 lower-case hexadecimal digits.
///
/// Source: the OCI image specification, "Digests". Other algorithms are not written by any registry in use.
public struct ImageDigest: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// `sha256:…`
    public let description: String

    static let rule = "sha256: and 64 hexadecimal digits in lower case"

    /// Takes `sha256:` and 64 lower-case hexadecimal digits; anything else is `nil`.
    public init?(_ description: String) {
        let digits = description.utf8.dropFirst("sha256:".utf8.count)
        guard description.startsWithBytes(of: "sha256:"), digits.count == 64,
            digits.allSatisfy(ByteClass.isLowerHex)
        else { return nil }
        self.description = description
    }

    /// The digest of some content.
    package init(of content: [UInt8]) { description = "sha256:" + SHA256.hexDigest(content) }

    /// By the bytes of the text, for an order that stays the same.
    public static func < (left: ImageDigest, right: ImageDigest) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}
