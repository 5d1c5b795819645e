import CudaImageKit

/// What a reference stands for now.
package struct ResolvedImage: Hashable, Sendable {
    package var digest: ImageDigest
    package var platforms: [Platform: ImageDigest]
    /// Whether the digest is that of a list of manifests.
    package var isList: Bool
    /// Platforms that CUDA does not exist for.
    package var others: [String]
    /// Entries of the list that are lists themselves, into which nobody looked.
    package var nestedCount: Int
}

extension RegistryClient {
    /// The distribution specification's own bound on manifests.
    private static let longestManifest = 4 << 20
    private static let longestConfiguration = 8 << 20

    /// Asks for a reference's digest.
    ///
    /// The digest is computed from the bytes of the answer; what a header says has to agree.
    package mutating func resolve(_ reference: ImageReference) throws(RegistryError) -> ResolvedImage {
        let endpoint = RegistryEndpoint(reference)
        let name = reference.digest ?? reference.tag ?? "latest"
        let answer = try get(
            "manifests/\(name)", of: endpoint, accept: ManifestDocument.accepted, limit: Self.longestManifest)
        try check(answer, for: reference, endpoint)
        let response = answer.response
        let digest = ImageDigest(of: response.body)
        if let said = response.values(of: "Docker-Content-Digest").first, said.hasPrefix("sha256:"),
            said != digest.description
        {
            throw RegistryError(
                .invalidAnswer, "\(endpoint.name) says that '\(reference)' has another digest than what it sends",
                notes: ["its header says \(said.prefix(80))", "what it sends has \(digest)"],
                help: "a proxy or the registry changes or mixes up its answers")
        }
        if let wanted = reference.digest, wanted != digest.description {
            throw RegistryError(
                .invalidAnswer, "\(endpoint.name) sends something else than '\(reference)'",
                notes: ["what it sends has \(digest)"])
        }
        let document: ManifestDocument
        do {
            document = try ManifestDocument(response.body, contentType: response.values(of: "Content-Type").first)
        } catch {
            throw RegistryError(.invalidAnswer, "the answer for '\(reference)' is of no use: \(error.message)")
        }
        switch document {
        case .list(let listing):
            return ResolvedImage(
                digest: digest, platforms: listing.platforms, isList: true, others: listing.others,
                nestedCount: listing.nestedCount)
        case .image(let configuration):
            let name = try platform(of: configuration, reference, endpoint)
            return ResolvedImage(
                digest: digest, platforms: Platform(name).map { [$0: digest] } ?? [:], isList: false,
                others: Platform(name) == nil ? [name] : [], nestedCount: 0)
        }
    }

    /// Whether the registry still has a digest of a reference's repository.
    package mutating func has(_ digest: ImageDigest, of reference: ImageReference) throws(RegistryError) -> Bool {
        let endpoint = RegistryEndpoint(reference)
        let answer = try get(
            "manifests/\(digest)", of: endpoint, accept: ManifestDocument.accepted, limit: Self.longestManifest)
        if answer.response.status == 404 { return false }
        var wanted = reference
        wanted.digest = digest.description
        try check(answer, for: wanted, endpoint)
        return true
    }

    private func check(
        _ answer: Answer, for reference: ImageReference, _ endpoint: RegistryEndpoint
    ) throws(RegistryError) {
        switch answer.response.status {
        case 200: return
        case 404:
            let isRepository = answer.response.errorCodes.contains("NAME_UNKNOWN")
            throw RegistryError(
                .noSuchImage,
                isRepository
                    ? "\(endpoint.name) has no repository '\(endpoint.repository)', which '\(reference)' is in"
                    : "\(endpoint.name) has no '\(reference)'",
                notes: answer.response.complaints, isEnvironment: false)
        default:
            throw RegistryError(
                .invalidAnswer, "\(endpoint.name) answers for '\(reference)' with HTTP \(answer.response.status)",
                notes: answer.response.complaints)
        }
    }

    /// The platform in an image's configuration.
    private mutating func platform(
        of configuration: ManifestDocument.Descriptor, _ reference: ImageReference, _ endpoint: RegistryEndpoint
    ) throws(RegistryError) -> String {
        guard configuration.size <= Self.longestConfiguration else {
            throw RegistryError(
                .invalidAnswer, "the configuration of '\(reference)' is said to have \(configuration.size) bytes")
        }
        let answer = try get("blobs/\(configuration.digest)", of: endpoint, limit: Self.longestConfiguration)
        try check(answer, for: reference, endpoint)
        let digest = ImageDigest(of: answer.response.body)
        guard digest == configuration.digest else {
            throw RegistryError(
                .invalidAnswer, "the configuration of '\(reference)' is not what its manifest names",
                notes: ["the manifest names \(configuration.digest)", "what '\(answer.url.place)' sends has \(digest)"])
        }
        guard let name = ManifestDocument.platformName(answer.response.json) else {
            throw RegistryError(.invalidAnswer, "the configuration of '\(reference)' names no platform")
        }
        return name.prefix(80).description.printable
    }
}
