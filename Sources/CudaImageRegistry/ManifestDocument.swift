import CudaImageKit

/// What a registry has under a tag: a list of manifests, or one manifest.
package enum ManifestDocument: Hashable, Sendable {
    /// The manifests of platforms that CUDA exists for.
    case list(Listing)
    /// One image; its platform is in its configuration.
    case image(configuration: Descriptor)

    package struct Listing: Hashable, Sendable {
        /// Of several manifests for one platform the first, as engines choose.
        package var platforms: [Platform: ImageDigest]
        /// How many entries are lists themselves.
        package var nestedCount: Int
        /// Platforms that CUDA does not exist for, for messages.
        package var others: [String]
    }

    /// A pointer to other content.
    package struct Descriptor: Hashable, Sendable {
        package var digest: ImageDigest
        package var size: Int
    }

    /// The media types that are asked for.
    package static let accepted = [
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ]

    private static let lists = Set(accepted[..<2])
    /// Types that say nothing of what the document is.
    private static let vague: Set<String> = ["", "application/json", "application/octet-stream", "text/plain"]
    private static let oldest: Set<String> = [
        "application/vnd.docker.distribution.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
    ]

    /// More entries than this are no list of platforms.
    private static let longestList = 512

    /// Why a document is refused.
    package struct Refusal: Error, Hashable, Sendable {
        package var message: String
    }

    /// Reads a document.
    ///
    /// What the header and the document say of its type has to agree, and only one of the two kinds may fit: else engines
    /// could take the same digest for different images (CVE-2021-41190).
    ///
    /// - Parameter contentType: the header `Content-Type`, with or without parameters.
    package init(_ body: [UInt8], contentType: String?) throws(Refusal) {
        let said = (contentType?.prefix { $0 != ";" }).map { $0.trimmed.lowercased() } ?? ""
        if Self.oldest.contains(said) {
            throw Refusal(
                message: "the registry has a manifest of Docker's schema 1 alone, which has no digests to pin")
        }
        guard Self.vague.contains(said) || Self.accepted.contains(said) else {
            throw Refusal(message: "expected an image's manifest, found '\(said.printable)'")
        }
        guard let text = String(validating: body, as: UTF8.self) else {
            throw Refusal(message: "the manifest is not UTF-8")
        }
        let json: JSONValue
        do {
            json = try JSONValue(parsing: text)
        } catch {
            throw Refusal(message: "the manifest is not JSON: \(error)")
        }
        let own = json["mediaType"]?.text
        if let own, !Self.vague.contains(said), own != said {
            throw Refusal(message: "the header calls the manifest '\(said)', the manifest itself '\(own.printable)'")
        }
        let type = own ?? (Self.vague.contains(said) ? nil : said)
        let hasList = json["manifests"] != nil
        let hasImage = json["config"] != nil || json["layers"] != nil
        if hasList, hasImage { throw Refusal(message: "the manifest is a list and an image at once") }
        guard hasList || hasImage else {
            let version = if case .integer(let number)? = json["schemaVersion"] { number } else { 0 }
            throw Refusal(
                message: version == 1
                    ? "the registry has a manifest of Docker's schema 1 alone, which has no digests to pin"
                    : "the manifest is neither a list nor an image")
        }
        if let type, !Self.accepted.contains(type) || Self.lists.contains(type) != hasList {
            throw Refusal(message: "the manifest is no '\(type.printable)', which it is said to be")
        }
        self = hasList ? .list(try Self.listing(json)) : .image(configuration: try Self.descriptor(json["config"]))
    }

    private static func listing(_ json: JSONValue) throws(Refusal) -> Listing {
        let entries = json["manifests"]?.elements ?? []
        guard entries.count <= longestList else {
            throw Refusal(message: "the list has \(entries.count) manifests, more than \(longestList)")
        }
        var listing = Listing(platforms: [:], nestedCount: 0, others: [])
        for entry in entries {
            let descriptor = try descriptor(entry)
            if entry["mediaType"]?.text.map(lists.contains) == true {
                listing.nestedCount += 1
                continue
            }
            guard let name = platformName(entry["platform"]) else { continue }
            if let platform = Platform(name) {
                if listing.platforms[platform] == nil { listing.platforms[platform] = descriptor.digest }
            } else if name != "unknown/unknown" {
                // BuildKit's attestations call their platform unknown.
                listing.others.append(name)
            }
        }
        return listing
    }

    private static func descriptor(_ json: JSONValue?) throws(Refusal) -> Descriptor {
        guard let text = json?["digest"]?.text else { throw Refusal(message: "an entry of the manifest has no digest") }
        guard let digest = ImageDigest(text) else {
            throw Refusal(message: "'\(text.prefix(80).description.printable)' in the manifest is no SHA-256 digest")
        }
        guard case .integer(let size)? = json?["size"], size >= 0 else {
            throw Refusal(message: "the manifest does not tell the size of \(digest)")
        }
        return Descriptor(digest: digest, size: size)
    }

    /// `linux/arm64/v8` of the members that an entry's `platform` and an image's configuration have.
    package static func platformName(_ json: JSONValue?) -> String? {
        guard let json, let os = json["os"]?.text, let architecture = json["architecture"]?.text else { return nil }
        let variant = json["variant"]?.text ?? ""
        return "\(os)/\(architecture)" + (variant.isEmpty ? "" : "/\(variant)")
    }
}
