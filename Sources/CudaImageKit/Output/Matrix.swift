/// Many images at once: each official tag, or the combinations that a matrix file names.
public struct Matrix: Sendable {
    /// One image of the matrix.
    public struct Entry: Sendable {
        /// The folder's name below the output folder.
        public internal(set) var name: String
        /// The recipe with what the entry sets on top.
        public internal(set) var recipe: Recipe
        /// The official tag, if the entry is one.
        public internal(set) var tag: TagFacts?
        /// The command that makes the file again, without the program's name.
        public internal(set) var arguments: [String]
    }

    /// The images, in the order of the file or of the catalogue.
    public internal(set) var entries: [Entry]

    /// Every tag of the catalogue that the source can build, on every platform it exists for.
    public static func all(of catalog: Catalog, source: ImageSource, supportedOnly: Bool = false) -> Matrix {
        var entries: [Entry] = []
        for facts in catalog.tags where !supportedOnly || facts.status == .supported {
            guard source == .image || facts.hasPins, !facts.tag.isReleaseCandidate else { continue }
            entries.append(Entry(facts, source: source))
        }
        return Matrix(entries: entries)
    }
}

extension Matrix.Entry {
    init(_ facts: TagFacts, source: ImageSource) {
        let tag = facts.tag
        let options = ImageOptions(
            cuda: CUDAVersionPattern(tag.cuda), flavor: tag.flavor, os: tag.os, cudnn: tag.cudnn.map(CuDNNRequest.init),
            source: source,
            platforms: facts.platforms)
        self.init(
            name: tag.description, recipe: Recipe().applying(options), tag: facts, arguments: options.arguments)
    }
}
