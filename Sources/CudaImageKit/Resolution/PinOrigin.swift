/// Which official images' pins serve an operating system, and which of NVIDIA's repositories it uses.
struct PinOrigin: Hashable, Sendable {
    /// Operating systems of the catalogue whose pins apply, best first.
    var candidates: [OperatingSystem]
    /// The folder of the repository without architecture (`debian12`); `nil`: the one of the pins' own row.
    var repository: String?
    /// Architectures that the repository is known to serve; `nil`: those of the rows.
    var platforms: [Platform]?
    /// The key if it differs from the row's.
    var key: SigningKey?
    /// Why the pins may be used, if they are not the operating system's own.
    var derivation: String?

    /// Returns `nil` if NVIDIA is not known to publish packages for the operating system.
    init?(for os: OperatingSystem) {
        switch os.distribution {
        case .ubuntu, .ubi, .amzn, .cm, .azl, .opensuse:
            candidates = [os]
        case .suse:
            candidates = [os]
            guard os.major == 16 else { return }
            repository = "suse16"
            key = Self.suse16Key
            derivation =
                "NVIDIA's image sources name no repository for \(os); 'suse16' and its key are known from "
                + "public configurations of that repository"
        case .rockylinux, .oraclelinux, .centos, .rhel, .almalinux:
            let sisters: [OperatingSystem.Distribution] = [.rockylinux, .ubi, .oraclelinux, .centos]
            candidates = [os] + sisters.filter { $0 != os.distribution }.map { OperatingSystem($0, "\(os.major)") }
            derivation = "\(os) uses NVIDIA's repository for Red Hat Enterprise Linux \(os.major)"
        case .debian:
            // The Ubuntu release with the nearest older C library: what was built for it runs on this Debian.
            let counterparts = ["10": "18.04", "11": "20.04", "12": "22.04", "13": "24.04"]
            guard let ubuntu = counterparts[os.version] else { return nil }
            candidates = [OperatingSystem(.ubuntu, ubuntu)]
            repository = os.description
            platforms = [.linuxAMD64]
            if os.version == "13" { key = Self.debian13Key }
            derivation =
                "NVIDIA publishes no \(os) images; versions are those of the release's Ubuntu \(ubuntu) image, "
                + "packages come from NVIDIA's \(os) repository"
        case .fedora, .sles:
            return nil
        }
    }

    /// Debian 13 verifies with `sqv`, which refuses the SHA-1 binding signature of NVIDIA's `3bf863cc` since 2026-02-01;
    /// the `debian13` repository has a key of its own.
    private static let debian13Key = SigningKey(
        id: "8793F200", file: "8793F200.pub", fingerprint: "02182e60104fcdc26eae1b8597a5d4cb8793f200")

    private static let suse16Key = SigningKey(
        id: "3A8B5622", file: "3A8B5622.pub", fingerprint: "cf65941a859d4b4e6870f188736a284b3a8b5622")
}
