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
        let name = description.prefix { $0.isASCII && $0.isLetter }
        var version = description[name.endIndex...]
        if version.first == ":" { version = version.dropFirst() }
        guard let distribution = Distribution(rawValue: String(name)),
            version.first?.isNumber == true, version.utf8.count <= 8,
            version.split(separator: ".", omittingEmptySubsequences: false)
                .allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        if distribution == .ubuntu, version.utf8.count == 4, !version.contains(".") {
            self.init(.ubuntu, "\(version.prefix(2)).\(version.suffix(2))")
        } else {
            self.init(distribution, String(version))
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
    public var versionNumbers: [Int] { version.split(separator: ".").compactMap { Int($0) } }

    /// The first number of the version: `8` for `ubi8`, `20` for `ubuntu20.04`.
    public var major: Int { versionNumbers.first ?? 0 }
}
