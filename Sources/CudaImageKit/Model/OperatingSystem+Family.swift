extension OperatingSystem {
    /// How packages are named, installed and held.
    public enum Family: Hashable, Sendable {
        /// Debian and Ubuntu: apt, `.deb`.
        case debian
        /// Red Hat and what is built from it, Amazon Linux included: yum or dnf, `.rpm`.
        case redHat
        /// CBL-Mariner and Azure Linux: tdnf, `.rpm`.
        case azureLinux
        /// openSUSE and SUSE Linux Enterprise: zypper, `.rpm`.
        case suse
    }

    /// The family of the distribution, which decides how packages are named and installed; versions do not count.
    public var family: Family {
        switch distribution {
        case .ubuntu, .debian: .debian
        case .ubi, .rhel, .centos, .rockylinux, .oraclelinux, .almalinux, .fedora, .amzn: .redHat
        case .cm, .azl: .azureLinux
        case .opensuse, .suse, .sles: .suse
        }
    }
}
