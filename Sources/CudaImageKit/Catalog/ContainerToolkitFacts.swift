/// Where the NVIDIA Container Toolkit comes from and which files it has.
///
/// Source: `host_setup` of the facts: NVIDIA's installation guide and the sources of the toolkit.
public struct ContainerToolkitFacts: Hashable, Sendable {
    /// The names of the catalogue's lines.
    enum Key: String, CaseIterable {
        case version, released, packages, repository
        case aptKey = "apt-key"
        case aptList = "apt-list"
        case aptKeyring = "apt-keyring"
        case aptListFile = "apt-list-file"
        case aptPrerequisites = "apt-prerequisites"
        case rpmRepository = "rpm-repository"
        case rpmRepositoryFile = "rpm-repository-file"
        case configuration
        case cdiSpecification = "cdi-specification"
        case cdiRefreshed = "cdi-refreshed"
        case deprecatedPackages = "deprecated-packages"
        case deprecatedRepository = "deprecated-repository"
    }

    private var values: [Key: String] = [:]

    /// - Returns: `nil` if one of the facts is missing.
    init?(lines: [CatalogLine]) {
        for line in lines { if let key = Key(rawValue: line.text(0)) { values[key] = line.text(1) } }
        guard Key.allCases.allSatisfy({ values[$0] != nil }) else { return nil }
    }

    subscript(key: Key) -> String { values[key] ?? "" }

    func words(_ key: Key) -> [String] { self[key].split(separator: " ").map(String.init) }

    /// The newest release that is known: `1.20.0`.
    public var version: String { self[.version] }
    /// The package that brings all others.
    public var package: String { words(.packages).first ?? "" }
    /// All packages of the toolkit, ``package`` first.
    public var packages: [String] { words(.packages) }
    /// `https://nvidia.github.io/libnvidia-container`
    public var repository: String { self[.repository] }
    /// Packages that the toolkit took the place of: `nvidia-docker2`.
    public var deprecatedPackages: [String] { words(.deprecatedPackages) }

    /// The extended regular expression of lines that name a deprecated repository: that of nvidia-docker, or one of
    /// libnvidia-container for one distribution (`/stable/ubuntu18.04/`).
    var deprecatedPattern: String {
        let escaped = { (text: String) in text.replacing(".", with: "\\.") }
        return "\(escaped(self[.deprecatedRepository]))|\(escaped(repository))/((stable|experimental)/)?[a-z-]+[0-9]"
    }

    /// Whether a line of a package manager's file, no comment, names a deprecated repository.
    func isDeprecated(repositoryLine line: String) -> Bool {
        guard line.first(where: { !$0.isWhitespace }) != "#" else { return false }
        if line.containsBytes(of: self[.deprecatedRepository]) { return true }
        guard let range = line.firstRange(of: repository + "/") else { return false }
        var rest = line[range.upperBound...]
        for branch in ["stable/", "experimental/"] where rest.hasPrefix(branch) { rest = rest.dropFirst(branch.count) }
        let name = rest.prefix { $0.isASCII && $0.isLowercase || $0 == "-" }
        return !name.isEmpty && rest.dropFirst(name.count).first?.isNumber == true
    }
}

extension Catalog {
    /// What is known of the NVIDIA Container Toolkit.
    public var containerToolkit: ContainerToolkitFacts? {
        var lines: [CatalogLine] = []
        // Later lines win, so that a user's catalogue corrects the embedded one.
        for layer in layers.reversed() {
            layer.lines(of: .containerToolkit) { bytes in
                lines.append(CatalogLine(bytes))
                return true
            }
        }
        return ContainerToolkitFacts(lines: lines)
    }
}
