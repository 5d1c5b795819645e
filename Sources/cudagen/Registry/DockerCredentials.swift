import CudaImageKit
import CudaImageRegistry

/// The credentials that `docker login` has left, in Docker's `config.json` or with a helper program.
struct DockerCredentials {
    /// Seconds that a helper program may take: it may ask for a password of its own.
    private static let patience = 60
    private static let longestFile = 16 << 20

    func credential(for endpoint: RegistryEndpoint) throws(RegistryError) -> RegistryCredential? {
        guard let configuration = try Self.configuration() else { return nil }
        if let helper = configuration.helper(for: endpoint),
            let credential = try Self.credential(of: helper, for: endpoint)
        {
            return credential
        }
        return try configuration.credential(for: endpoint)
    }

    private static func configuration() throws(RegistryError) -> DockerConfiguration? {
        let folder = Environment.value("DOCKER_CONFIG") ?? Environment.value("HOME").map { "\($0)/.docker" }
        guard let folder else { return nil }
        let path = "\(folder)/config.json"
        do {
            guard let bytes = try FileSystem.bytes(of: path, limit: longestFile) else { return nil }
            return try DockerConfiguration(parsing: String(decoding: bytes, as: UTF8.self))
        } catch let error as FileError {
            throw RegistryError(
                .credentialsUnreadable, "\(path.quotedExcerpt) can't be read", notes: [error.reason])
        } catch {
            throw RegistryError(.credentialsUnreadable, "\(path.quotedExcerpt) is not JSON", notes: ["\(error)"])
        }
    }

    private static func credential(
        of helper: String, for endpoint: RegistryEndpoint
    ) throws(RegistryError) -> RegistryCredential? {
        let name = "docker-credential-\(helper)"
        guard helper.utf8.allSatisfy({ $0 != UInt8(ascii: "/") && $0 > 0x20 && $0 != 0x7f }),
            let path = Subprocess.path(of: name)
        else {
            throw RegistryError(
                .credentialsUnreadable, "the credential helper \(name.quotedExcerpt) is not on PATH",
                notes: ["Docker's configuration names it for \(endpoint.name)"],
                help: "install it, or take it out of credHelpers or credsStore")
        }
        let result = Subprocess.capture(
            [path, "get"], input: endpoint.credentialsKey + "\n", limit: 1 << 20, patience: patience)
        let text = String(decoding: result.output, as: UTF8.self)
        if result.status == 0, !result.isLate, !result.isTooLong,
            let credential = RegistryCredential(helperOutput: text)
        {
            return credential
        }
        if result.status != 0, RegistryCredential.isNotFound(text + result.errors) { return nil }
        // What it prints if it succeeds is a secret.
        let said = result.status == 0 ? "" : text + result.errors
        throw RegistryError(
            .credentialsUnreadable, "the credential helper '\(name)' gives no credentials for \(endpoint.name)",
            notes: [
                result.isLate
                    ? "it did not end after \(patience) seconds"
                    : result.status == 0
                        ? "what it prints is not what credential helpers print" : "its exit code was \(result.status)"
            ] + (said.split(separator: "\n").first.map { ["it says: \($0.prefix(200))"] } ?? []))
    }
}
