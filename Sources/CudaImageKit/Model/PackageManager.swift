/// The program that installs packages in an image.
public enum PackageManager: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The raw value is the program's name; `apt` stands for `apt-get`, which scripts call.
    case apt, yum, dnf, microdnf, tdnf, zypper

    /// The program's name: `apt`, `microdnf`.
    public var description: String { rawValue }

    /// Whether packages are `.deb` files: versions are written `name=version`.
    public var isDebian: Bool { self == .apt }
}
