/// The version of an NVIDIA driver: `535.104.05`, or a branch alone (`580`).
///
/// Components may have leading zeros, which are printed as they were read and do not count when versions are compared.
public struct DriverVersion: Sendable, LosslessStringConvertible {
    /// The version as it was read, leading zeros included: `535.104.05`.
    public let description: String
    /// The numbers: `[535, 104, 5]`.
    public let components: [Int]

    /// Parses one to four numbers of at most nine digits, separated by dots.
    public init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        let isVersion = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.count <= 9 && part.utf8.allSatisfy(ByteClass.isDigit)
        }
        guard isVersion, parts.count <= 4 else { return nil }
        self.description = description
        components = parts.compactMap { Int($0) }
    }

    /// The branch, whose first number all its releases share: `535`.
    public var branch: Int { components[0] }

    /// Whether this names a branch or series that the other version is one of: `580` for `580.65.06`.
    func isPrefix(of other: DriverVersion) -> Bool {
        components.count < other.components.count && other.components.starts(with: components)
    }
}

extension DriverVersion: Hashable, Comparable {
    /// By the numbers: `535.104.05` and `535.104.5` are the same version.
    public static func == (left: DriverVersion, right: DriverVersion) -> Bool { left.components == right.components }

    /// Number by number; a branch alone comes before its releases: `580` before `580.65.06`.
    public static func < (left: DriverVersion, right: DriverVersion) -> Bool {
        left.components.lexicographicallyPrecedes(right.components)
    }

    /// Hashes the numbers, which `==` compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(components) }
}

extension DriverVersion {
    /// The version in the text of `/proc/driver/nvidia/version`, which names the kernel module:
    ///
    ///     NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023
    ///
    /// The open kernel modules write `Open Kernel Module for x86_64`.
    public init?(kernelModule text: String) {
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("NVRM version:") {
            // `x86_64` and the date have no dots.
            for word in line.split(separator: " ") where word.contains(".") {
                guard let version = DriverVersion(String(word)) else { continue }
                self = version
                return
            }
        }
        return nil
    }
}
