import CudaImageKit

/// What a package repository has, as far as pins need it.
public struct PackageIndex: Hashable, Sendable {
    /// One version of a package.
    public struct Package: Hashable, Sendable {
        /// As the repository calls it: `cuda-cudart-12-4`.
        public var name: String
        /// The version with the packager's revision.
        public var version: PackageVersion
        /// What it needs; an entry with alternatives (`a | b`) is left out, as none of them is certain.
        public var dependencies: [Dependency]

        /// - Parameters:
        ///   - name: as the repository calls it.
        ///   - version: with the packager's revision.
        ///   - dependencies: what it needs.
        public init(name: String, version: PackageVersion, dependencies: [Dependency] = []) {
            self.name = name
            self.version = version
            self.dependencies = dependencies
        }
    }

    /// A package that another one needs.
    public struct Dependency: Hashable, Sendable {
        /// As the repository calls it.
        public var name: String
        /// The exact or the least version, where the package names one.
        public var version: PackageVersion?

        /// - Parameters:
        ///   - name: as the repository calls it.
        ///   - version: the exact or the least one; `nil` if any will do.
        public init(name: String, version: PackageVersion?) {
            self.name = name
            self.version = version
        }
    }

    /// Packages by name; the versions of each ascend.
    public private(set) var packages: [String: [Package]] = [:]

    /// An index of some packages, in any order.
    public init(_ packages: [Package]) {
        for package in packages { self.packages[package.name, default: []].append(package) }
        for name in self.packages.keys {
            self.packages[name]?.sort { $0.version < $1.version }
        }
    }

    /// The versions of a package, ascending.
    public func versions(of name: String) -> [PackageVersion] { packages[name]?.map(\.version) ?? [] }

    /// Whether `text` can name a package: what else a name might hold never reaches a catalogue.
    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, ByteClass.isAlphanumeric(first), text.utf8.count <= 128,
            text.last != "-"
        else { return false }
        return text.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || "+-._".utf8.contains($0) }
    }

    /// Problems that are reported before reading ends.
    static let maximumProblems = 20
}
