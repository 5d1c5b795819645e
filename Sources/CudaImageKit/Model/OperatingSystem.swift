/// A Linux distribution release as image tags spell it: `ubuntu20.04`, `ubi8`, `amzn2023`.
public struct OperatingSystem: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// A distribution, as tags spell it.
    public enum Distribution: String, Hashable, Sendable, CaseIterable {
        /// The family of Debian.
        case ubuntu, debian
        /// The family of Red Hat; `ubi` is its Universal Base Image.
        case ubi, rhel, centos, rockylinux, oraclelinux, almalinux, fedora
        /// Amazon Linux.
        case amzn
        /// CBL-Mariner, and Azure Linux, as it is called now.
        case cm, azl
        /// openSUSE Leap and SUSE Linux Enterprise.
        case opensuse, suse, sles
    }

    /// The distribution without its version.
    public let distribution: Distribution
    /// `20.04`, `8`, `2023`.
    public let version: String

    /// A release of a distribution whose version is known to be one: `OperatingSystem(.ubuntu, "20.04")`.
    package init(_ distribution: Distribution, _ version: String) {
        self.distribution = distribution
        self.version = version
    }

    /// Parses the tag's spelling (`ubuntu20.04`), an image's (`ubuntu:20.04`) or the package repository's
    /// (`ubuntu2004`); prints the first.
    public init?(_ description: String) {
        let name = description.utf8.prefix(while: ByteClass.isLetter)
        var rest = description.utf8[name.endIndex...]
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
        let version = String(Substring(rest))
        guard let distribution = Distribution(rawValue: String(Substring(name))), version.utf8.count <= 8,
            let numbers = VersionNumbers.parse(version, allowsLeadingZeros: true)
        else { return nil }
        if distribution == .ubuntu, version.utf8.count == 4, numbers.count == 1 {
            self.init(.ubuntu, "\(version.prefix(2)).\(version.suffix(2))")
        } else {
            self.init(distribution, version)
        }
    }

    /// - Throws: ``InvalidName`` if ``init(_:)`` does not take the text.
    public init(validating text: String) throws(InvalidName) {
        guard let os = Self(text) else {
            throw InvalidName(text: text, rule: "an operating system " + Self.rule)
        }
        self = os
    }

    /// What the parsed text looks like, for messages.
    public static let rule = "as tags spell it, such as ubuntu22.04, ubi9 or debian12"

    /// As tags spell it: `ubuntu20.04`, `ubi8`.
    public var description: String { distribution.rawValue + version }

    /// By the distribution's name, then number by number: `debian12`, `ubuntu20.04`, `ubuntu22.04`.
    public static func < (left: OperatingSystem, right: OperatingSystem) -> Bool {
        if left.distribution != right.distribution {
            return left.distribution.rawValue < right.distribution.rawValue
        }
        if left.versionNumbers != right.versionNumbers {
            return left.versionNumbers.lexicographicallyPrecedes(right.versionNumbers)
        }
        return left.version < right.version
    }

    /// The version's numbers: `[20, 4]` for `ubuntu20.04`.
    public var versionNumbers: [Int] { VersionNumbers.parse(version, allowsLeadingZeros: true) ?? [] }

    /// The first number of the version: `8` for `ubi8`, `20` for `ubuntu20.04`.
    public var major: Int { versionNumbers.first ?? 0 }
}
