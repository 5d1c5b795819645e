import CudaImageKit

extension PackageIndex {
    /// Reads the `primary.xml` of an rpm repository.
    ///
    /// - Throws: `DiagnosticError` if it is no XML, or has a package without a name or version.
    public init(primary bytes: [UInt8], fileName: String) throws(DiagnosticError) {
        var reader = PrimaryReader()
        try XMLDocumentReader.read(bytes, fileName: fileName, into: &reader)
        guard !reader.packages.isEmpty else {
            throw DiagnosticError(
                Diagnostics([Diagnostic(.error, .invalidIndex, "'\(fileName)' lists no packages")]))
        }
        self.init(reader.packages)
    }
}

private struct PrimaryReader: XMLElementReader {
    var packages: [PackageIndex.Package] = []
    var problem: String?

    private var name: String?
    private var architecture = ""
    private var version: PackageVersion?
    private var dependencies: [PackageIndex.Dependency] = []

    mutating func start(_ path: [String], attributes: [String: String]) {
        switch path {
        case ["metadata", "package"]:
            (name, version, architecture, dependencies) = (nil, nil, "", [])
        case ["metadata", "package", "version"]:
            version = Self.version(attributes)
            if version == nil { problem = "the package '\(name?.prefix(60) ?? "?")' has no version" }
        case ["metadata", "package", "format", "requires", "entry"]:
            guard let name = attributes["name"], PackageIndex.isName(name) else { return }
            let names = attributes["flags"] == "GE" || attributes["flags"] == "EQ"
            dependencies.append(
                PackageIndex.Dependency(name: name, version: names ? Self.version(attributes) : nil))
        default: break
        }
    }

    mutating func end(_ path: [String], text: String) {
        switch path {
        case ["metadata", "package", "name"]:
            name = text
            if !PackageIndex.isName(text) { problem = "expected a package's name, found '\(text.prefix(60))'" }
        case ["metadata", "package", "arch"]: architecture = text
        case ["metadata", "package"]:
            guard let name, let version else {
                problem = "a package has no name or no version"
                return
            }
            // Sources are packages of another kind under the same names.
            guard architecture != "src", architecture != "nosrc" else { return }
            packages.append(PackageIndex.Package(name: name, version: version, dependencies: dependencies))
        default: break
        }
    }

    /// Version and release, as pins spell them; the epoch stays out.
    private static func version(_ attributes: [String: String]) -> PackageVersion? {
        guard let version = attributes["ver"] else { return nil }
        return PackageVersion(attributes["rel"].map { "\(version)-\($0)" } ?? version)
    }
}

/// What the `repomd.xml` of an rpm repository vouches for.
public struct RepositoryMetadata: Hashable, Sendable {
    /// Where the list of packages is, relative to the repository: `repodata/…-primary.xml.gz`.
    public private(set) var primary: AptRelease.Entry
    /// The day it was made, as ISO date.
    public private(set) var date: String?

    /// - Throws: `DiagnosticError` if the file is no XML, or names no list of packages that can be read.
    public init(parsing bytes: [UInt8], fileName: String) throws(DiagnosticError) {
        var reader = MetadataReader()
        try XMLDocumentReader.read(bytes, fileName: fileName, into: &reader)
        guard let path = reader.location, let sha256 = reader.sha256 else {
            throw Self.failure("'\(fileName)' names no list of packages with a SHA-256 checksum")
        }
        // A name that leads out of the repository would have another file read or written.
        guard path.hasPrefix("repodata/"), !path.contains(".."), !path.contains("//"),
            path.utf8.allSatisfy({ ByteClass.isAlphanumeric($0) || "/._-+".utf8.contains($0) })
        else { throw Self.failure("'\(fileName)' names a list of packages outside 'repodata/'") }
        primary = AptRelease.Entry(path: path, size: reader.size ?? -1, sha256: sha256)
        date = reader.revision.flatMap { Int($0) }.flatMap { CalendarDay(seconds: $0) }?.description
    }

    private static func failure(_ message: String) -> DiagnosticError {
        DiagnosticError(Diagnostics([Diagnostic(.error, .invalidIndex, message)]))
    }
}

private struct MetadataReader: XMLElementReader {
    var location: String?
    var sha256: String?
    var size: Int?
    var revision: String?
    var problem: String?

    private var isPrimary = false
    private var checksumType: String?

    mutating func start(_ path: [String], attributes: [String: String]) {
        switch path {
        case ["repomd", "data"]: isPrimary = attributes["type"] == "primary"
        case ["repomd", "data", "location"] where isPrimary: location = attributes["href"]
        case ["repomd", "data", "checksum"] where isPrimary: checksumType = attributes["type"]
        default: break
        }
    }

    mutating func end(_ path: [String], text: String) {
        switch path {
        case ["repomd", "revision"]: revision = text
        case ["repomd", "data", "checksum"] where isPrimary && checksumType == "sha256":
            if text.utf8.count == 64 { sha256 = text.lowercased() }
        case ["repomd", "data", "size"] where isPrimary: size = Int(text)
        default: break
        }
    }
}
