extension OperatingSystem {
    /// The version of the GNU C library: programs run where it is not older than where they were linked.
    ///
    /// - Note: Source: the package `libc6` or `glibc` of each release, as its first image has it. openSUSE Leap and SUSE 15
    ///   moved on with service packs; the oldest counts.
    var cLibrary: VersionPair? {
        let table: [String: VersionPair] =
            switch distribution {
            case .ubuntu:
                [
                    "14.04": VersionPair(2, 19), "16.04": VersionPair(2, 23), "18.04": VersionPair(2, 27),
                    "20.04": VersionPair(2, 31), "22.04": VersionPair(2, 35), "24.04": VersionPair(2, 39),
                ]
            case .debian:
                [
                    "9": VersionPair(2, 24), "10": VersionPair(2, 28), "11": VersionPair(2, 31),
                    "12": VersionPair(2, 36), "13": VersionPair(2, 41),
                ]
            case .ubi, .rhel, .centos, .rockylinux, .oraclelinux, .almalinux:
                [
                    "6": VersionPair(2, 12), "7": VersionPair(2, 17), "8": VersionPair(2, 28), "9": VersionPair(2, 34),
                    "10": VersionPair(2, 39),
                ]
            case .fedora:
                [
                    "39": VersionPair(2, 38), "40": VersionPair(2, 39), "41": VersionPair(2, 40),
                    "42": VersionPair(2, 41),
                ]
            case .amzn: ["2023": VersionPair(2, 34)]
            case .cm: ["2": VersionPair(2, 35)]
            case .azl: ["3": VersionPair(2, 38)]
            case .opensuse, .suse, .sles: ["15": VersionPair(2, 31), "16": VersionPair(2, 40)]
            }
        return table[version] ?? table["\(major)"]
    }

    /// Two numbers of a version, compared as numbers.
    struct VersionPair: Hashable, Comparable, Sendable, CustomStringConvertible {
        var major: Int
        var minor: Int

        init(_ major: Int, _ minor: Int) {
            self.major = major
            self.minor = minor
        }

        var description: String { "\(major).\(minor)" }

        static func < (left: VersionPair, right: VersionPair) -> Bool {
            (left.major, left.minor) < (right.major, right.minor)
        }
    }
}
