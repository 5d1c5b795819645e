extension OperatingSystem {
    /// Code names of releases, which tags of other images use: `bookworm`, `jammy`.
    ///
    /// Source: release names of Debian and Ubuntu.
    static let codenames: [String: OperatingSystem] = [
        "buster": OperatingSystem(.debian, "10"),
        "bullseye": OperatingSystem(.debian, "11"),
        "bookworm": OperatingSystem(.debian, "12"),
        "trixie": OperatingSystem(.debian, "13"),
        "trusty": OperatingSystem(.ubuntu, "14.04"),
        "xenial": OperatingSystem(.ubuntu, "16.04"),
        "bionic": OperatingSystem(.ubuntu, "18.04"),
        "focal": OperatingSystem(.ubuntu, "20.04"),
        "jammy": OperatingSystem(.ubuntu, "22.04"),
        "noble": OperatingSystem(.ubuntu, "24.04"),
    ]

    /// What distributions are called where it is not as NVIDIA's tags spell it.
    private static let otherNames: [String: Distribution] = [
        "azurelinux": .azl, "azure": .azl, "mariner": .cm, "cblmariner": .cm, "amazonlinux": .amzn, "amazon": .amzn,
        "al": .amzn, "leap": .opensuse, "opensuseleap": .opensuse, "sle": .sles, "rocky": .rockylinux,
        "oracle": .oraclelinux, "ol": .oraclelinux, "alma": .almalinux, "redhat": .rhel, "rhelubi": .ubi,
    ]

    /// The operating system that somebody means who writes a name as others spell it: `jammy`, `azurelinux3`,
    /// `ubuntu-22.04`, `rocky9`, `leap15.6`.
    ///
    /// - Returns: `nil` if the text can't be told, or is a name as tags spell it.
    public static func meant(by text: String) -> OperatingSystem? {
        let written = text
        let text = text.lowercased()
        if let os = codenames[text] { return os }
        let plain = text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
        let name = String(plain.prefix(while: \.isLetter))
        let version = String(plain.dropFirst(name.count))
        guard name.utf8.count <= 32, !version.isEmpty else { return nil }
        let known = Distribution.allCases.map(\.rawValue)
        guard
            let distribution = otherNames[name] ?? Distribution(rawValue: name)
                ?? Suggestion.nearest(to: name, in: known).flatMap(Distribution.init(rawValue:)),
            let os = OperatingSystem(distribution.rawValue + version)?.withTagsVersion, os.description != written
        else { return nil }
        return os
    }

    /// The system with its version as tags count it: the major version, but for Ubuntu, whose releases have two numbers.
    private var withTagsVersion: OperatingSystem {
        if distribution != .ubuntu { return OperatingSystem(distribution, "\(major)") }
        return version.contains(".") ? self : OperatingSystem(.ubuntu, "\(version).04")
    }
}
