extension Lockfile {
    /// The keys of the file.
    enum Key: String, FileKey {
        case schema, images

        static let aliases: [String: String] = [:]
        static var required: [Key] { allCases }
    }
}

extension Lockfile.Entry {
    /// The keys of an image.
    enum Key: String, FileKey {
        case reference, digest, platforms, recipes

        static let aliases: [String: String] = [:]
        static var required: [Key] { allCases }
    }
}

/// The keys of a locked image's platforms.
extension Platform: FileKey {
    static let aliases: [String: String] = [:]
}
