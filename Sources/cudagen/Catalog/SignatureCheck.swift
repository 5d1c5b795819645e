import ArgumentParser
import CudaCatalogImport
import CudaImageKit

/// Checks with gpgv that a file was signed with one of the keys that the catalogue knows.
struct SignatureCheck {
    /// The keys that may sign, and the files that are said to hold them.
    let keys: [(key: SigningKey, file: [UInt8])]
    let scratch: String

    /// - Parameters:
    ///   - signature: a detached signature, or `nil` if `signed` carries its own (`InRelease`).
    ///   - name: what is signed, for messages.
    /// - Returns: what is vouched for, and the key that vouches.
    func verified(
        _ signed: [UInt8], signature: [UInt8]?, name: String
    ) throws(ImportProblem) -> (content: [UInt8], key: SigningKey) {
        guard let gpgv = Subprocess.path(of: "gpgv") else {
            throw ImportProblem(
                .notVerified, "gpgv is not on PATH: the signature of '\(name)' can't be checked",
                help: "install it (apt-get install gpgv, dnf install gnupg2), or take the source as it is with "
                    + "--unverified", exitCode: .environment)
        }
        let keyring = keys.compactMap { KeyFile.binary($0.file) }.flatMap { $0 }
        guard !keyring.isEmpty else {
            throw ImportProblem(.verificationFailed, "the key file of '\(name)' holds no OpenPGP key")
        }
        let paths = (keyring: "\(scratch)/keyring", signed: "\(scratch)/signed", content: "\(scratch)/content")
        var words = [gpgv, "--status-fd", "1", "--keyring", paths.keyring]
        do {
            try FileSystem.write(bytes: keyring, to: paths.keyring)
            try FileSystem.write(bytes: signed, to: paths.signed)
            if let signature {
                try FileSystem.write(bytes: signature, to: "\(scratch)/signature")
                words += ["\(scratch)/signature", paths.signed]
            } else {
                // Text around the signed part is nobody's: only what gpgv hands out counts.
                words += ["--output", paths.content, paths.signed]
            }
        } catch {
            throw ImportProblem(error)
        }
        let result = Subprocess.run(words, isShown: false)
        let statuses = result.output.split(separator: "\n").filter { $0.hasPrefix("[GNUPG:] ") }
            .map { $0.split(separator: " ").dropFirst().map(String.init) }
        let isGood = result.status == 0 && statuses.contains { $0.first == "GOODSIG" }
        // The last word of VALIDSIG is the fingerprint of the primary key.
        let signers = isGood ? statuses.filter { $0.first == "VALIDSIG" }.compactMap { $0.last?.lowercased() } : []
        guard !signers.isEmpty else {
            throw ImportProblem(
                .verificationFailed, "the signature of '\(name)' is not good",
                notes: result.output.split(separator: "\n").filter { !$0.hasPrefix("[GNUPG:]") }.suffix(3).map(
                    String.init),
                help: "the file was changed, or is not NVIDIA's")
        }
        guard let signer = keys.first(where: { entry in signers.contains { isKey(entry, $0) } }) else {
            throw ImportProblem(
                .verificationFailed,
                "'\(name)' is signed with the key \(signers.joined(separator: ", ")), which is not one of NVIDIA's",
                notes: keys.map { "expected \($0.key.id)" + ($0.key.fingerprint.map { " (\($0))" } ?? "") },
                help: "the file is not NVIDIA's, or NVIDIA has a new key that this catalogue does not know")
        }
        do {
            let content = signature == nil ? try FileSystem.bytes(of: paths.content) ?? [] : signed
            return (content, signer.key)
        } catch {
            throw ImportProblem(error)
        }
    }

    /// Whether a fingerprint is a key's: the catalogue has the fingerprint itself, or the sum of the key's file, whose
    /// identity then is the end of the fingerprint.
    private func isKey(_ entry: (key: SigningKey, file: [UInt8]), _ fingerprint: String) -> Bool {
        if let known = entry.key.fingerprint { return known == fingerprint }
        guard let sum = entry.key.sha256WithoutVersionLine else { return false }
        return KeyFile.sha256WithoutVersionLine(entry.file) == sum
            && fingerprint.hasSuffix(entry.key.id.lowercased())
    }
}
