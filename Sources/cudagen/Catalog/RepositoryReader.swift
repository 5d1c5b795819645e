import ArgumentParser
import CudaCatalogImport
import CudaImageKit

/// What one source has.
struct ImportedSource {
    enum Content {
        /// With the repository that it is of.
        case index(PackageIndex, repository: String)
        case manifest(ImageManifest)
    }

    var content: Content
    /// Where it is from and who vouches for it, in one phrase.
    var provenance: String
    /// Its own ISO date.
    var date: String?
    var findings = Diagnostics()
}

/// Reads the index of a repository, and checks who vouches for it.
struct RepositoryReader {
    let catalog: Catalog
    /// A folder for downloads and for what gpgv reads.
    let scratch: String
    let allowsUnverified: Bool
    /// The file of the repository's key, if the user names one.
    let keyPath: String?
    /// The repository's folder, if the user names it.
    let repository: String?

    /// Bytes that files may have: of checksums and signatures, of a compressed index.
    enum Limit {
        static let small = 16 << 20
        static let index = 256 << 20
    }

    func read(_ source: String) throws(ImportProblem) -> ImportedSource {
        let (location, file) = try location(of: source)
        if file == nil, case .folder(let path) = location, let manifest = try manifest(at: path) { return manifest }
        let (folder, manager) = try repository(at: location)
        let isApt = manager == .apt
        var findings = Diagnostics()
        let contents: (index: PackageIndex, vouching: String, date: String?)
        if let file {
            findings.note(
                .notVerified, "nothing vouches for '\(source)': it is a file without the repository's signature")
            let bytes = try required(file, in: location, limit: Limit.index)
            contents = (try index(bytes, name: "\(location.description)/\(file)", isApt: isApt), "not verified", nil)
        } else {
            contents = isApt ? try apt(location, folder, &findings) : try rpm(location, folder, &findings)
        }
        return ImportedSource(
            content: .index(contents.index, repository: folder),
            provenance: "\(Self.oneLine(location.description)), \(contents.vouching)", date: contents.date,
            findings: findings)
    }

    /// A checkout of NVIDIA's image sources, or the manifest in it; `nil` if the source is something else.
    private func manifest(at source: String) throws(ImportProblem) -> ImportedSource? {
        let isFile = source.hasSuffix(".yaml") || source.hasSuffix(".yml")
        let path = isFile ? source : "\(source)/manifests/cuda.yaml"
        let bytes: [UInt8]?
        do {
            bytes = try FileSystem.bytes(of: path)
        } catch {
            throw ImportProblem(error)
        }
        guard let bytes else {
            if isFile { throw ImportProblem(.unknownSource, "there is no manifest '\(path)'") }
            return nil
        }
        guard bytes.count <= Limit.small else {
            throw ImportProblem(.invalidIndex, "'\(path)' has more than \(Limit.small >> 20) MiB")
        }
        let manifest = try reading { () throws(DiagnosticError) in try ImageManifest(parsing: bytes, fileName: path) }
        var findings = Diagnostics()
        findings.note(.notVerified, "nothing vouches for '\(path)' but the checkout that it is from")
        return ImportedSource(
            content: .manifest(manifest), provenance: "\(Self.oneLine(path)), not verified", date: nil,
            findings: findings)
    }

    private static func oneLine(_ text: String) -> String {
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : String($0) }.joined()
    }

    /// The repository that the source names, or the one file of which there is no more.
    private func location(of source: String) throws(ImportProblem) -> (RepositoryLocation, file: String?) {
        let name = FilePath.name(of: source)
        var folder = name.utf8.count < source.utf8.count ? String(source.dropLast(name.count)) : "."
        let isPackages = name == "Packages" || name == "Packages.gz"
        let isPrimary = name.hasSuffix("primary.xml") || name.hasSuffix("primary.xml.gz")
        guard isPackages || isPrimary || ["Release", "InRelease", "Release.gpg", "repomd.xml"].contains(name) else {
            return (try RepositoryLocation(source, scratch: scratch), nil)
        }
        var file = name
        if folder.hasSuffix("repodata/") {
            folder = String(folder.dropLast("repodata/".count))
            if folder.isEmpty { folder = "." }
            file = "repodata/\(name)"
        }
        let location = try RepositoryLocation(folder, scratch: scratch)
        guard isPackages || isPrimary, case .folder = location else { return (location, nil) }
        for signed in ["Release", "InRelease", "repodata/repomd.xml"]
        where try location.file(signed, limit: Limit.small) != nil {
            return (location, nil)
        }
        return (location, file)
    }

    /// NVIDIA's folder that the place is, or is a copy of.
    private func repository(
        at location: RepositoryLocation
    ) throws(ImportProblem) -> (folder: String, manager: PackageManager) {
        let known = catalog.repositories
        let wanted = repository ?? location.lastFolders
        if let wanted, let found = known.first(where: { $0.folder == wanted }) {
            return (found.folder, found.packageManager)
        }
        throw ImportProblem(
            .unknownSource,
            repository.map { "no image of NVIDIA's uses the repository '\($0)'" }
                ?? "which of NVIDIA's repositories '\(location.description)' is can't be told from its name",
            notes: ["known are " + known.map(\.folder).joined(separator: ", ")],
            help: "say it with --repository, as in ubuntu2404/x86_64")
    }

    // MARK: - Repositories

    private func apt(
        _ location: RepositoryLocation, _ folder: String, _ findings: inout Diagnostics
    ) throws(ImportProblem) -> (PackageIndex, String, String?) {
        let plain = try location.file("Release", limit: Limit.small)
        let signature = plain == nil ? nil : try location.file("Release.gpg", limit: Limit.small)
        let inline = signature == nil ? try location.file("InRelease", limit: Limit.small) : nil
        guard let signed = signature == nil ? inline ?? plain : plain else {
            throw ImportProblem(
                .unknownSource, "'\(location.description)' has no Release file: it is no repository of NVIDIA's",
                help: "name the folder with Packages.gz and InRelease in it")
        }
        let (content, vouching) = try vouched(
            signed, signature: signature, isSigned: signature != nil || inline != nil,
            name: signature == nil && inline != nil ? "InRelease" : "Release", location, folder, &findings)
        let release = try reading { () throws(DiagnosticError) in try AptRelease(parsing: content, fileName: "Release")
        }
        guard let entry = release.packages else {
            throw ImportProblem(
                .unsupportedCompression, "'Release' names neither Packages.gz nor Packages",
                notes: ["it names " + release.entries.prefix(8).map(\.path).joined(separator: ", ")])
        }
        return (try index(entry, in: location, isApt: true), vouching, release.date)
    }

    private func rpm(
        _ location: RepositoryLocation, _ folder: String, _ findings: inout Diagnostics
    ) throws(ImportProblem) -> (PackageIndex, String, String?) {
        let name = "repodata/repomd.xml"
        let signed = try required(name, in: location, limit: Limit.small)
        let signature = try location.file("\(name).asc", limit: Limit.small)
        let (content, vouching) = try vouched(
            signed, signature: signature, isSigned: signature != nil, name: name, location, folder, &findings)
        let metadata = try reading { () throws(DiagnosticError) in
            try RepositoryMetadata(parsing: content, fileName: name)
        }
        return (try index(metadata.primary, in: location, isApt: false), vouching, metadata.date)
    }

    /// Checks the signature, unless the user does not want it.
    private func vouched(
        _ signed: [UInt8], signature: [UInt8]?, isSigned: Bool, name: String, _ location: RepositoryLocation,
        _ folder: String, _ findings: inout Diagnostics
    ) throws(ImportProblem) -> (content: [UInt8], vouching: String) {
        if allowsUnverified {
            findings.warning(
                .notVerified, "nothing vouches for '\(location.description)': its signature is not checked")
            return (name == "InRelease" ? Self.clearText(signed) : signed, "not verified")
        }
        guard isSigned else {
            throw ImportProblem(
                .notVerified, "'\(location.description)' has no signature of '\(name)'",
                help: "take the source as it is with --unverified")
        }
        let check = SignatureCheck(keys: try keys(of: folder, location), scratch: scratch)
        let (content, key) = try check.verified(signed, signature: signature, name: name)
        return (content, "signed with \(key.id)")
    }

    /// The keys that NVIDIA's images trust for the repository, with their files.
    private func keys(
        of folder: String, _ location: RepositoryLocation
    ) throws(ImportProblem) -> [(key: SigningKey, file: [UInt8])] {
        var known: [SigningKey] = []
        for key in catalog.images(inRepository: folder).reversed().compactMap(\.signingKey) where !known.contains(key) {
            known.append(key)
        }
        guard !known.isEmpty else {
            throw ImportProblem(
                .notVerified, "the catalogue knows no key of '\(folder)'", help: "take it as it is with --unverified")
        }
        if let keyPath {
            let file: [UInt8]?
            do {
                file = try FileSystem.bytes(of: keyPath)
            } catch {
                throw ImportProblem(error)
            }
            guard let file else { throw ImportProblem(.unreadableFile, "there is no key file '\(keyPath)'") }
            return known.map { ($0, file) }
        }
        var keys: [(SigningKey, [UInt8])] = []
        for key in known {
            if let file = try location.file(key.file, limit: Limit.small) { keys.append((key, file)) }
        }
        guard !keys.isEmpty else {
            throw ImportProblem(
                .notVerified,
                "'\(location.description)' has no key file \(known.map(\.file).joined(separator: " or "))",
                help: "name it with --key, or take the source as it is with --unverified")
        }
        return keys
    }
}
