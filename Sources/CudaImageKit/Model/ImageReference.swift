/// A reference to a container image: `[registry/]repository[:tag][@digest]`.
///
/// Grammar: the OCI distribution specification and `distribution/reference`.
public struct ImageReference: Hashable, Comparable, Sendable, LosslessStringConvertible {
    /// `nvcr.io`, `localhost:5000`; `nil` means the engine's default (Docker Hub).
    public internal(set) var registry: String?
    /// `nvidia/cuda`, `debian`.
    public internal(set) var repository: String
    /// `12.4.1-base-ubuntu22.04`: at most 128 letters, digits and `_ . -`; `nil` if the reference names none, for which
    /// engines take `latest` unless there is a digest.
    public internal(set) var tag: String?
    /// `sha256:` and 64 lower-case hexadecimal digits, or `sha512:` and 128; `nil` without one.
    public package(set) var digest: String?

    init(registry: String? = nil, repository: String, tag: String? = nil, digest: String? = nil) {
        self.registry = registry
        self.repository = repository
        self.tag = tag
        self.digest = digest
    }

    /// The image of an official tag: `nvidia/cuda:<tag>`.
    public init(_ tag: CUDAImageTag) {
        self.init(repository: "nvidia/cuda", tag: tag.description)
    }

    /// Parses a reference; `nil` if any part breaks the grammar (upper case in the repository, a bad tag or digest).
    public init?(_ description: String) {
        var rest = Substring(description)
        var digest: String?
        if let at = rest.firstIndex(of: "@") {
            digest = String(rest[rest.index(after: at)...])
            rest = rest[..<at]
            guard let digest, Self.isDigest(digest) else { return nil }
        }
        var tag: String?
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
            tag = String(rest[rest.index(after: colon)...])
            rest = rest[..<colon]
            guard let tag, Self.isTag(tag) else { return nil }
        }
        var registry: String?
        if let slash = rest.firstIndex(of: "/") {
            let first = rest[..<slash]
            if first.contains(".") || first.contains(":") || first == "localhost" {
                guard Self.isRegistry(first) else { return nil }
                registry = String(first)
                rest = rest[rest.index(after: slash)...]
            }
        }
        guard Self.isRepository(rest) else { return nil }
        self.init(registry: registry, repository: String(rest), tag: tag, digest: digest)
    }

    /// By the bytes of the texts.
    public static func < (left: ImageReference, right: ImageReference) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }

    /// - Throws: ``InvalidName`` if any part breaks the grammar.
    public init(validating text: String) throws(InvalidName) {
        guard let reference = Self(text) else {
            throw InvalidName(text: text, rule: Self.rule + Self.spelling(meantBy: text))
        }
        self = reference
    }

    private static let rule = "an image such as debian:12 or registry.example.com/team/image:tag"

    /// What is said of a text that would be a reference in small letters: registries and tags may have capitals, repositories
    /// not.
    private static func spelling(meantBy text: String) -> String {
        let name = text.prefix { $0 != "@" }
        let slash = name.lastIndex(of: "/") ?? name.startIndex
        let tag = name[slash...].lastIndex(of: ":") ?? name.endIndex
        let lowercase = text[..<tag].lowercased() + text[tag...]
        guard Self(lowercase) != nil else { return "" }
        return "; a repository has no capital letters: \(lowercase)"
    }

    /// The parts that are there: `nvcr.io/nvidia/cuda:12.4.1-base-ubuntu22.04@sha256:…`.
    public var description: String {
        (registry.map { $0 + "/" } ?? "") + repository + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
    }

    /// The last part of the repository: `cuda` of `nvcr.io/nvidia/cuda`.
    public var name: String { FilePath.name(of: repository) }

    private static func isRepository(_ text: Substring) -> Bool {
        text.utf8.count <= 255
            && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                guard let first = part.utf8.first, let last = part.utf8.last, ByteClass.isLowerOrDigit(first),
                    ByteClass.isLowerOrDigit(last)
                else { return false }
                let separators = part.utf8.split(omittingEmptySubsequences: true) { ByteClass.isLowerOrDigit($0) }
                return separators.allSatisfy { run in
                    let run = Array(run)
                    return run == [0x2e] || run == [0x5f] || run == [0x5f, 0x5f] || run.allSatisfy { $0 == 0x2d }
                }
            }
    }

    private static func isTag(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
        let isWord = { (byte: UInt8) in ByteClass.isAlphanumeric(byte) || byte == 0x5f }
        return isWord(first) && text.utf8.allSatisfy { isWord($0) || $0 == 0x2e || $0 == 0x2d }
    }

    private static func isDigest(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "sha256" || parts[0] == "sha512" else { return false }
        return parts[1].utf8.count == (parts[0] == "sha256" ? 64 : 128)
            && parts[1].utf8.allSatisfy(ByteClass.isLowerHex)
    }

    private static func isRegistry(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return false }
        if parts.count == 2 {
            guard RecipeRules.wholeNumber(parts[1]).map((1...65_535).contains) == true
            else { return false }
        }
        return parts[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            guard let first = label.utf8.first, let last = label.utf8.last else { return false }
            let isAlphanumeric = { (byte: UInt8) in ByteClass.isAlphanumeric(byte) }
            return isAlphanumeric(first) && isAlphanumeric(last)
                && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2d }
        }
    }
}
