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
    /// What ``all(of:source:supportedOnly:)`` left out, in words with numbers.
    public internal(set) var omissions: [String] = []

    /// Every tag of the catalogue that the source can build, on every platform it exists for.
    public static func all(of catalog: Catalog, source: ImageSource, supportedOnly: Bool = false) -> Matrix {
        var entries: [Entry] = []
        var candidates = 0
        var withoutPins = 0
        for facts in catalog.tags where !supportedOnly || facts.status == .supported {
            if facts.tag.isReleaseCandidate {
                candidates += 1
            } else if source == .packages, !facts.hasPins {
                withoutPins += 1
            } else {
                entries.append(Entry(facts, source: source))
            }
        }
        var matrix = Matrix(entries: entries)
        if candidates > 0 {
            matrix.omissions.append("\(candidates) release candidate\(candidates == 1 ? "" : "s")")
        }
        if withoutPins > 0 {
            matrix.omissions.append(
                withoutPins == 1
                    ? "1 tag of which the catalogue knows the name alone"
                    : "\(withoutPins) tags of which the catalogue knows the names alone")
        }
        return matrix
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
