import CudaImageKit

extension RegistryClient {
    // Bounds against a list without an end, well above what registries have; a list that meets one is an error.
    private static let tagsOfAPage = 1000
    private static let mostPages = 2000
    private static let mostTags = 1_000_000
    private static let longestPage = 8 << 20

    /// Every tag of a repository, page by page.
    ///
    /// - Parameter reference: names the repository; a tag is not looked at.
    package mutating func tags(of reference: ImageReference) throws(RegistryError) -> [String] {
        let endpoint = RegistryEndpoint(reference)
        var tags: [String] = []
        var answer = try get("tags/list?n=\(Self.tagsOfAPage)", of: endpoint, limit: Self.longestPage)
        var seen: Set<RegistryURL> = [answer.url]
        while true {
            guard answer.response.status == 200 else {
                if answer.response.status == 404 {
                    throw RegistryError(
                        .noSuchImage, "\(endpoint.name) has no repository '\(endpoint.repository)'",
                        notes: answer.response.complaints, isEnvironment: false)
                }
                throw RegistryError(
                    .invalidAnswer,
                    "\(endpoint.name) lists no tags of '\(endpoint.repository)' (HTTP \(answer.response.status))",
                    notes: answer.response.complaints)
            }
            tags += try Self.names(in: answer, endpoint)
            guard tags.count <= Self.mostTags, seen.count <= Self.mostPages else {
                throw RegistryError(.invalidAnswer, "\(endpoint.name)'s list of tags does not end")
            }
            guard let next = answer.response.values(of: "Link").lazy.compactMap(LinkHeader.next).first else { break }
            guard let url = answer.url.resolving(next), url.authority == answer.url.authority,
                url.scheme == answer.url.scheme
            else {
                throw RegistryError(
                    .invalidAnswer, "\(endpoint.name)'s list of tags goes on at another place",
                    notes: ["at \(next.prefix(80).description.quotedExcerpt)"])
            }
            guard seen.insert(url).inserted else {
                throw RegistryError(.invalidAnswer, "\(endpoint.name)'s list of tags goes round in a circle")
            }
            answer = try get(url, of: endpoint, limit: Self.longestPage)
        }
        return Array(Set(tags)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func names(in answer: Answer, _ endpoint: RegistryEndpoint) throws(RegistryError) -> [String] {
        // A registry without tags says null.
        let json = answer.response.json
        if case .null? = json?["tags"] { return [] }
        guard case .array(let list)? = json?["tags"] else {
            throw RegistryError(.invalidAnswer, "'\(answer.url.place)' is no list of tags")
        }
        let names = list.compactMap(\.text)
        guard names.count == list.count else {
            throw RegistryError(.invalidAnswer, "the tags at '\(answer.url.place)' are not all texts")
        }
        return names.filter { ImageReference("a:" + $0) != nil }
    }
}

/// The header `Link` (RFC 8288), of which pages of lists use one relation.
enum LinkHeader {
    /// The target of `rel="next"`.
    static func next(_ header: String) -> String? {
        var rest = header[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let target = String(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
            let parameters = rest.prefix { $0 != "<" }
            let isNext = parameters.split(whereSeparator: { $0 == ";" || $0 == "," }).contains { parameter in
                let parts = parameter.split(separator: "=", maxSplits: 1).map(\.trimmed)
                return parts.count == 2 && parts[0].lowercased() == "rel"
                    && parts[1].filter { $0 != "\"" }.lowercased().split(separator: " ").contains("next")
            }
            if isNext { return target }
        }
        return nil
    }
}
