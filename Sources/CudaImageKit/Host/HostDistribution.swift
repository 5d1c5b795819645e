/// A host's Linux distribution, as `/etc/os-release` tells it.
public struct HostDistribution: Hashable, Sendable {
    /// `ubuntu`
    public internal(set) var id: String
    /// `22.04`; empty for rolling releases.
    public internal(set) var version: String
    /// `Ubuntu 22.04.4 LTS`
    public internal(set) var name: String
    /// How packages are installed; `nil` if the distribution is of no family that NVIDIA has packages for, or so old that
    /// it has no systemd, with which engines are restarted.
    public internal(set) var installer: Installer?

    /// A package manager of hosts.
    public enum Installer: String, Hashable, Sendable, CaseIterable {
        /// Of Debian, Ubuntu and their derivatives.
        case apt
        /// Of Fedora, Red Hat Enterprise Linux 8 and later and its relatives, and Amazon Linux 2023.
        case dnf
        /// Of Red Hat Enterprise Linux 7 and its relatives, and Amazon Linux 2.
        case yum
        /// Of Azure Linux and CBL-Mariner.
        case tdnf
        /// Of openSUSE and SUSE Linux Enterprise.
        case zypper
    }

    /// Reads `/etc/os-release`.
    public init?(osRelease text: String) {
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            guard let (name, value) = String(line).splitOnce(at: "=") else { continue }
            var unquoted = value[...]
            if let quote = unquoted.first, quote == "\"" || quote == "'", unquoted.count > 1, unquoted.last == quote {
                unquoted = unquoted.dropFirst().dropLast()
            }
            values[name] = String(unquoted)
        }
        guard let id = values["ID"], !id.isEmpty else { return nil }
        self.id = id
        version = values["VERSION_ID"] ?? ""
        name = values["PRETTY_NAME"] ?? values["NAME"] ?? id
        let like = (values["ID_LIKE"] ?? "").split(separator: " ").map(String.init)
        let version = version
        // A derivative counts its releases its own way: Linux Mint 22 is not older than Ubuntu 24.04.
        let isKnown = Self.installer(of: id, version: "") != nil
        installer =
            isKnown
            ? Self.installer(of: id, version: version)
            : like.lazy.compactMap { name in
                Self.installer(of: name, version: ["debian", "ubuntu"].contains(name) ? "" : version)
            }.first
    }

    /// A distribution by the name that image tags use.
    public init(_ os: OperatingSystem) {
        id = os.distribution.rawValue
        version = os.version
        name = os.description
        installer = Self.installer(of: id, version: os.version)
    }

    private static func installer(of id: String, version: String) -> Installer? {
        let major = Int(version.prefix { $0 != "." }) ?? .max
        switch id {
        // The commands restart engines with systemctl. Source: the distributions' release notes.
        // systemd came with Ubuntu 15.04, Debian 8, RHEL 7, Amazon Linux 2 and SLES 12.
        case "debian": return major < 8 ? nil : .apt
        case "ubuntu": return major < 15 ? nil : .apt
        case "fedora": return .dnf
        case "rhel", "centos", "rocky", "rockylinux", "almalinux", "ol", "oraclelinux", "ubi":
            return major < 7 ? nil : major < 8 ? .yum : .dnf
        // The first Amazon Linux counted by years, too: 2018.03.
        case "amzn": return major == 2 ? .yum : major < 2023 ? nil : .dnf
        case "mariner", "azurelinux", "cm", "azl": return .tdnf
        case "suse", "opensuse", "sles", "sled": return major < 12 ? nil : .zypper
        default: return id.hasPrefix("opensuse") ? .zypper : nil
        }
    }
}

extension HostDistribution.Installer {
    /// The command that installs packages, without questions.
    public func install(_ packages: [String]) -> String {
        let verb: [String] =
            switch self {
            case .apt: ["apt-get", "install", "-y"]
            case .dnf, .yum, .tdnf: [rawValue, "install", "-y"]
            case .zypper: ["zypper", "--gpg-auto-import-keys", "install", "-y"]
            }
        return (["sudo"] + verb + packages).map(ShellQuoting.quote).joined(separator: " ")
    }
}
