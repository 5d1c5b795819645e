import ArgumentParser
import CudaCatalogImport
import CudaImageKit

extension RepositoryReader {
    /// The index that a checksum vouches for.
    func index(
        _ entry: AptRelease.Entry, in location: RepositoryLocation, isApt: Bool
    ) throws(ImportProblem) -> PackageIndex {
        let bytes = try required(entry.path, in: location, limit: Limit.index)
        guard entry.size < 0 || entry.size == bytes.count, SHA256.hexDigest(bytes) == entry.sha256 else {
            throw ImportProblem(
                .verificationFailed, "'\(entry.path)' of '\(location.description)' is not the file that is vouched for",
                notes: ["expected SHA-256 \(entry.sha256)"],
                help: "a mirror may be half updated: try again, or another mirror")
        }
        return try index(bytes, name: "\(location.description)/\(entry.path)", isApt: isApt)
    }

    func index(_ bytes: [UInt8], name: String, isApt: Bool) throws(ImportProblem) -> PackageIndex {
        if let other = [".xz", ".zst", ".bz2", ".lzma"].first(where: { name.hasSuffix($0) }) {
            throw ImportProblem(
                .unsupportedCompression, "'\(name)' is compressed in a way that cudagen can't unpack (\(other))",
                help:
                    "unpack it yourself as '\(isApt ? "Packages" : "primary.xml")', and name that file with --repository"
            )
        }
        return try reading { () throws(DiagnosticError) in
            let plain = name.hasSuffix(".gz") ? try Gzip.unpack(bytes, fileName: name) : bytes
            return isApt
                ? try PackageIndex(aptPackages: plain, fileName: name)
                : try PackageIndex(primary: plain, fileName: name)
        }
    }

    func required(_ name: String, in location: RepositoryLocation, limit: Int) throws(ImportProblem) -> [UInt8] {
        guard let bytes = try location.file(name, limit: limit) else {
            throw ImportProblem(
                .unknownSource, "'\(location.description)' has no file '\(name)'",
                help: "name a repository's folder, such as …/ubuntu2404/x86_64")
        }
        return bytes
    }

    func reading<Value>(_ body: () throws(DiagnosticError) -> Value) throws(ImportProblem) -> Value {
        do {
            return try body()
        } catch {
            throw ImportProblem(error)
        }
    }

    /// The text of an `InRelease` between the lines of its signature.
    static func clearText(_ bytes: [UInt8]) -> [UInt8] {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let text = lines.drop { !$0.isEmpty }.prefix { !$0.starts(with: "-----BEGIN PGP SIGNATURE".utf8) }
        return Array(text.joined(separator: [UInt8(ascii: "\n")]))
    }
}
