import CudaImageKit

/// Where a repository is, in the words of the distribution specification.
///
/// Docker Hub's rules: no registry, `docker.io` and `index.docker.io` mean `registry-1.docker.io`, and a repository without a
/// folder is in `library`.
///
/// - Note: Source: `distribution/reference` (`normalize.go`) and Docker's registry client.
package struct RegistryEndpoint: Hashable, Sendable {
    /// Host and port.
    package var host: String
    /// `library/debian`
    package var repository: String
    /// What credentials are kept under: the host, or Docker Hub's old address.
    package var credentialsKey: String

    package static let hub = "docker.io"
    private static let hubHost = "registry-1.docker.io"
    private static let hubCredentials = "https://index.docker.io/v1/"

    package init(_ reference: ImageReference) {
        let registry = reference.registry?.lowercased() ?? Self.hub
        if [Self.hub, "index.docker.io", Self.hubHost].contains(registry) {
            host = Self.hubHost
            repository = reference.repository.contains("/") ? reference.repository : "library/\(reference.repository)"
            credentialsKey = Self.hubCredentials
        } else {
            host = registry
            repository = reference.repository
            credentialsKey = registry
        }
    }

    /// Whether the host is this machine: Docker's engine tries plain HTTP there, too.
    package var isLoopback: Bool {
        let name = host.split(separator: ":").first.map(String.init) ?? host
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return name == "localhost"
            || parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// How people call the registry.
    package var name: String { host == Self.hubHost ? "Docker Hub" : host }
}
