/// One of the texts that a catalogue is made of.
public struct CatalogOrigin: Hashable, Sendable {
    /// The file as the user named it, or ``builtInName``.
    public internal(set) var name: String
    /// Whether it is the catalogue that is part of the program.
    public internal(set) var isBuiltIn: Bool
    /// The day that the facts stand for, as ISO date.
    public internal(set) var asOf: String?
    /// What the facts were imported from, if they were.
    public internal(set) var sources: [String]

    /// What the embedded catalogue is called where a file could be named.
    public static let builtInName = "built-in"

    init(_ layer: CatalogText) {
        name = layer.fileName ?? Self.builtInName
        isBuiltIn = layer.fileName == nil
        asOf = layer.header.asOf
        sources = layer.header.sources
    }
}

extension Catalog {
    /// The texts that the catalogue is made of, the newest first: an earlier one beats a later one.
    public var origins: [CatalogOrigin] { layers.map(CatalogOrigin.init) }

    /// Where the facts about a tag are from.
    public func origin(of tag: CUDAImageTag) -> CatalogOrigin? {
        origin(of: .tags, key: "\(tag.cuda) \(tag.os)") { line in
            var isThere = false
            TagFacts.forEach(in: line) { if $0.tag == tag { isThere = true } }
            return isThere
        }
    }

    /// Where the facts about a release as a whole are from.
    public func origin(of cuda: CUDAVersion) -> CatalogOrigin? {
        origin(of: .releases, key: "\(cuda)") { _ in true }
    }

    private func origin(
        of section: CatalogText.Section, key: String, where isWanted: (CatalogLine) -> Bool
    ) -> CatalogOrigin? {
        layers.first { layer in
            var isFound = false
            layer.lines(of: section, key: key) { bytes in
                isFound = isWanted(CatalogLine(bytes))
                return !isFound
            }
            return isFound
        }.map(CatalogOrigin.init)
    }
}

extension ImageFacts.Derivation {
    /// One phrase for findings and explanations.
    func description(for cuda: CUDAVersion) -> String {
        "the packages of NVIDIA's \(template) image, in the versions that NVIDIA's repository has for \(cuda)"
    }
}
