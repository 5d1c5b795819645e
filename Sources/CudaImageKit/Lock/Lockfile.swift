/// `cudagen.lock`: the digests to which the Dockerfiles of a folder pin the images that they start from.
///
///     schema: 1
///     images:
///       - reference: nvidia/cuda:12.4.1-runtime-ubuntu22.04
///         digest: "sha256:…"
///         platforms:
///           linux/amd64: "sha256:…"
///           linux/arm64: "sha256:…"
///         recipes: [app.yaml]
///
/// A reference is the one that `FROM` names. The digest is that of the list of manifests, so that one pin serves every
/// platform; an image without a list has the same digest for its only platform.
public struct Lockfile: Hashable, Sendable {
    /// What the file is called beside the recipe.
    public static let fileName = "cudagen.lock"

    /// One image.
    public struct Entry: Hashable, Sendable {
        /// As `FROM` names it, without a digest.
        public let reference: ImageReference
        /// What the reference is pinned to.
        public let digest: ImageDigest
        /// The manifests of the platforms that CUDA exists for; the image may have more.
        public let platforms: [Platform: ImageDigest]
        /// The recipes and matrix files that need it, as they are seen from the lock's folder.
        public let recipes: Set<String>

        /// - Parameters:
        ///   - reference: as `FROM` names it; a digest of it is dropped.
        ///   - digest: what the reference is pinned to: the list of manifests, or an image's only one.
        ///   - platforms: the manifest of each platform.
        ///   - recipes: names of the recipes and matrix files that need it, in the lock's folder.
        public init(
            reference: ImageReference, digest: ImageDigest, platforms: [Platform: ImageDigest], recipes: Set<String>
        ) {
            var reference = reference
            reference.digest = nil
            self.reference = reference
            self.digest = digest
            self.platforms = platforms
            self.recipes = recipes
        }
    }

    /// In the order of their references.
    public let entries: [Entry]
    /// Whether the text that it was read from is not as cudagen wrote it.
    public internal(set) var isEdited = false

    /// - Parameter entries: one for each reference; of several the last counts.
    public init(_ entries: [Entry] = []) {
        let byReference = Dictionary(entries.map { ($0.reference, $0) }, uniquingKeysWith: { $1 })
        self.entries = byReference.values.sorted { $0.reference < $1.reference }
    }

    /// How a lock calls a recipe or a matrix file: by its path as seen from the lock's folder, `-` for standard input.
    ///
    /// - Parameters:
    ///   - path: the recipe's.
    ///   - lock: the lock's.
    ///   - folder: where both paths are seen from, as an absolute path.
    package static func name(ofRecipe path: String, in lock: String, from folder: String) -> String {
        if path == "-" { return path }
        func parts(_ path: String) -> [Substring] {
            let absolute = path.hasPrefix("/") ? path : "\(folder)/\(path)"
            return (FilePath.normalized(absolute) ?? "").split(separator: "/")
        }
        let (recipe, own) = (parts(path), parts(lock).dropLast())
        let common = zip(recipe, own).prefix { $0 == $1 }.count
        let steps = [Substring](repeating: "..", count: own.count - common)
        return (steps + recipe[common...]).joined(separator: "/")
    }

    /// The entry of an image; a digest that the reference has is not compared.
    public subscript(_ reference: ImageReference) -> Entry? {
        var reference = reference
        reference.digest = nil
        return entries.first { $0.reference == reference }
    }
}
