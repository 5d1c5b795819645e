/// Which lock pins the images of a Dockerfile.
public struct LockUse: Hashable, Sendable {
    /// Where the lock lies.
    public enum Place: Hashable, Sendable {
        /// `cudagen.lock` in the recipe's folder, if it is there. A recipe without a file has none.
        case besideRecipe
        /// A file that the user names.
        case file(String)
        /// No lock: tags as they are.
        case none
    }

    /// Where the lock lies, or that there is to be none.
    public var place: Place
    /// Whether it is an error if the lock is missing, was edited, or lacks what the image needs.
    public var isFrozen: Bool

    /// - Parameters:
    ///   - place: where the lock lies.
    ///   - isFrozen: whether it is an error if the lock is missing, was edited, or lacks what the image needs.
    public init(_ place: Place = .besideRecipe, isFrozen: Bool = false) {
        self.place = place
        self.isFrozen = isFrozen
    }

    /// Whether the user names the lock.
    var isNamed: Bool { if case .file = place { true } else { false } }

    /// The options that change what is generated.
    var arguments: [String] {
        switch place {
        case .besideRecipe: []
        case .file(let path): ["--lock", path]
        case .none: ["--no-lock"]
        }
    }

    /// The lock's path.
    ///
    /// - Parameter fileName: the recipe's or matrix file's path; `nil`, empty or standard input have no folder.
    public func path(beside fileName: String?) -> String? {
        switch place {
        case .file(let path): return path
        case .none: return nil
        case .besideRecipe:
            guard let fileName, !fileName.isEmpty, fileName != RecipeSource.standardInputName else { return nil }
            let folder = FilePath.folder(of: fileName)
            return folder + Lockfile.fileName
        }
    }
}
