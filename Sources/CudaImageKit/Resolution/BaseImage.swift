/// What can be told about a base image from its reference alone.
struct BaseImage: Hashable, Sendable {
    var reference: ImageReference
    /// The operating system, where the name or tag gives it away.
    var os: OperatingSystem?
    /// How the operating system was told.
    var evidence: String?
    /// Whether the image is Docker's `python` or a copy of it: an interpreter of its own is the first on the path,
    /// whatever its operating system has.
    var bringsPython: Bool
    /// The release of that interpreter, where the tag names it (`3.12-slim`, not `3-slim` or `slim`).
    var python: PythonVersion?
    /// Whether the image has only `microdnf`.
    var isMinimal: Bool

    init(_ reference: ImageReference) {
        self.reference = reference
        isMinimal = reference.name.hasSuffix("-minimal") || reference.tag?.hasSuffix("-minimal") == true
        bringsPython = reference.name == "python"
        if bringsPython, let release = reference.tag?.split(separator: "-").first {
            python = PythonVersion(release.split(separator: ".").prefix(2).joined(separator: "."))
        }
        // `ubi9/ubi-minimal` names its release in the folder.
        let folder = reference.repository.split(separator: "/").dropLast().last.map(String.init) ?? ""
        if let named = Self.operatingSystem(name: reference.name, tag: reference.tag ?? "latest")
            ?? (reference.name.hasPrefix("ubi") ? Self.operatingSystem(name: folder, tag: "") : nil)
        {
            os = named
            evidence = "the image's name and tag"
        } else if let tag = reference.tag, let (os, codename) = Self.codename(in: tag) {
            self.os = os
            evidence = "'\(codename)' in the tag"
        }
    }

    /// `ubuntu:22.04`, `debian:bookworm-slim`, `rockylinux:9`, `ubi9/ubi:latest`, `amazonlinux:2023`.
    private static func operatingSystem(name: String, tag: String) -> OperatingSystem? {
        let version = String(tag.prefix { $0.isNumber || $0 == "." })
        let major = String(version.prefix { $0.isNumber })
        switch name {
        case "ubuntu":
            return version.split(separator: ".").count == 2 ? OperatingSystem(.ubuntu, version) : nil
        case "debian":
            return major.isEmpty ? nil : OperatingSystem(.debian, major)
        case "rockylinux", "rocky": return major.isEmpty ? nil : OperatingSystem(.rockylinux, major)
        case "almalinux": return major.isEmpty ? nil : OperatingSystem(.almalinux, major)
        case "oraclelinux": return major.isEmpty ? nil : OperatingSystem(.oraclelinux, major)
        case "centos": return major.isEmpty ? nil : OperatingSystem(.centos, major)
        case "fedora": return major.isEmpty ? nil : OperatingSystem(.fedora, major)
        case "amazonlinux": return major == "2023" ? OperatingSystem(.amzn, "2023") : nil
        case "leap":
            return major == "15" ? OperatingSystem(.opensuse, "15") : major == "16" ? OperatingSystem(.suse, "16") : nil
        default:
            // Red Hat: ubi8, ubi9-minimal, or ubi9/ubi.
            guard name.hasPrefix("ubi"), let digit = name.dropFirst(3).first, digit.isNumber else { return nil }
            return OperatingSystem(.ubi, String(name.dropFirst(3).prefix { $0.isNumber }))
        }
    }

    private static func codename(in tag: String) -> (OperatingSystem, String)? {
        for part in tag.split(separator: "-") {
            if let os = OperatingSystem.codenames[String(part)] { return (os, String(part)) }
        }
        return nil
    }
}

extension BaseImage {
    /// The reference with a release of Python in its tag: `python:3.12-slim-bookworm` for `python:3-slim-bookworm`.
    func reference(withPython version: PythonVersion) -> ImageReference {
        let parts = (reference.tag ?? "latest").split(separator: "-").map(String.init)
        let rest = parts.filter { $0 != "latest" && $0 != "rc" && $0.first?.isNumber != true }
        var named = reference
        named.tag = (["\(version)"] + rest).joined(separator: "-")
        return named
    }

    /// Whether the image has git, Mercurial, Subversion and ssh.
    ///
    /// Source: Docker's `python` stands on `buildpack-deps`, but for its variants `slim` and `alpine`.
    var hasVersionControl: Bool {
        bringsPython && !(reference.tag ?? "").split(separator: "-").contains { $0 == "slim" || $0.hasPrefix("alpine") }
    }

    /// The package manager the image has.
    func packageManager(on os: OperatingSystem) -> PackageManager {
        switch os.family {
        case .debian: .apt
        case .redHat: isMinimal ? .microdnf : os.major == 7 ? .yum : .dnf
        case .azureLinux: .tdnf
        case .suse: .zypper
        }
    }
}
