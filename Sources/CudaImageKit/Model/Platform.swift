/// A platform that CUDA images exist for, in OCI's spelling: `linux/amd64`.
public enum Platform: String, Hashable, Sendable, CaseIterable, Comparable, LosslessStringConvertible {
    /// 64-bit x86: `uname -m` prints `x86_64`.
    case linuxAMD64 = "linux/amd64"
    /// 64-bit Arm: `uname -m` prints `aarch64`.
    case linuxARM64 = "linux/arm64"
    /// Little-endian POWER: `uname -m` prints `ppc64le`.
    case linuxPPC64LE = "linux/ppc64le"

    /// Parses OCI's `linux/amd64`, the architecture alone (`amd64`), and the machine's own name for it
    /// (`x86_64`, `aarch64`); `linux/arm64/v8` is `linux/arm64`.
    public init?(_ description: String) {
        guard let platform = Platform(rawValue: description) ?? Self.otherSpellings[description] else { return nil }
        self = platform
    }

    /// What else means a platform.
    static let otherSpellings: [String: Platform] = [
        "amd64": .linuxAMD64, "x86_64": .linuxAMD64, "linux/x86_64": .linuxAMD64,
        "arm64": .linuxARM64, "aarch64": .linuxARM64, "linux/arm64/v8": .linuxARM64, "linux/aarch64": .linuxARM64,
        "ppc64le": .linuxPPC64LE,
    ]

    /// OCI's spelling: `linux/amd64`.
    public var description: String { rawValue }

    /// OCI's architecture, which BuildKit passes as `TARGETARCH`: `amd64`, `arm64`, `ppc64le`.
    public var architecture: String { String(rawValue.dropFirst("linux/".count)) }

    /// The folder of NVIDIA's package repository: `x86_64`, `sbsa` (Arm servers), `ppc64le` (`ppc64el` on Ubuntu).
    public func repositoryArchitecture(on os: OperatingSystem) -> String {
        switch self {
        case .linuxAMD64: "x86_64"
        case .linuxARM64: "sbsa"
        case .linuxPPC64LE: os.family == .debian ? "ppc64el" : "ppc64le"
        }
    }

    /// By OCI's spelling: amd64, arm64, ppc64le.
    public static func < (left: Platform, right: Platform) -> Bool { left.rawValue < right.rawValue }
}
