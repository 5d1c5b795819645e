extension Lockfile {
    /// The keys of the file.
    enum Key: String, RecipeKey {
        case schema, images

        static let aliases: [String: String] = [:]
        static var required: [Key] { allCases }

        var about: KeyDescription {
            switch self {
            case .schema: KeyDescription("The version of this format.", .text(.wholeNumber(1...1)), examples: ["1"])
            case .images:
                KeyDescription(
                    "The images, in the order of their references.",
                    .list(.mapping(MappingShape("locked-image", Entry.Key.self))), examples: ["[]"])
            }
        }
    }
}

extension Lockfile.Entry {
    /// The keys of an image.
    enum Key: String, RecipeKey {
        case reference, digest, platforms, recipes

        static let aliases: [String: String] = [:]
        static var required: [Key] { allCases }

        var about: KeyDescription {
            switch self {
            case .reference:
                KeyDescription(
                    "The image as `FROM` names it, without a digest.", .text(.imageReference), examples: ["debian:12"])
            case .digest:
                KeyDescription("What the reference is pinned to.", .text(.digest), examples: [TextShape.zeroDigest])
            case .platforms:
                KeyDescription(
                    "The manifests of the platforms that CUDA exists for.",
                    .mapping(MappingShape("locked-platforms", Platform.self)),
                    examples: ["{linux/amd64: \"\(TextShape.zeroDigest)\"}"])
            case .recipes:
                KeyDescription(
                    "The recipes and matrix files that need the image, in the lock's folder.",
                    .list(.text(.line), .distinct), examples: ["[app.yaml]"])
            }
        }
    }
}

/// The keys of a locked image's platforms.
extension Platform: RecipeKey {
    static let aliases: [String: String] = [:]

    var about: KeyDescription {
        KeyDescription("The manifest for \(self).", .text(.digest), examples: [TextShape.zeroDigest])
    }
}

extension TextShape {
    fileprivate static let zeroDigest = "sha256:" + String(repeating: "0", count: 64)

    fileprivate static let digest = TextShape(words: ImageDigest.rule, pattern: "^sha256:[0-9a-f]{64}$")
}
