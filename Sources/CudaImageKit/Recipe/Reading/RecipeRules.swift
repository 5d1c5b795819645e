/// What texts of a recipe look like where no type of the model says it.
enum RecipeRules {
    static let nameRule = "letters, digits and '. _ -', starting with a letter or digit, at most 128"

    static func isName(_ text: String) -> Bool {
        text.utf8.count <= 128 && text.utf8.first.map(ByteClass.isAlphanumeric) == true
            && text.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || "._-".utf8.contains($0) }
    }

    static let labelRule = "letters, digits and '. _ - /', starting with a letter or digit"

    static func isLabelName(_ text: String) -> Bool {
        text.utf8.count <= 256 && text.utf8.first.map(ByteClass.isAlphanumeric) == true
            && text.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || "._-/".utf8.contains($0) }
    }

    static let accountRule = "lower-case letters, digits, '_' and '-', starting with a letter or '_', at most 32"

    static func isAccountName(_ text: String) -> Bool {
        text.utf8.count <= 32 && text.utf8.first.map { (0x61...0x7a).contains($0) || $0 == 0x5f } == true
            && text.utf8.allSatisfy { ByteClass.isLowerOrDigit($0) || $0 == 0x5f || $0 == 0x2d }
    }

    /// The numbers that Linux tools take for users and groups.
    static let identities = 0...2_147_483_647

    /// How often a health check may fail.
    static let retries = 1...1000

    static let devicesRule = "all, none, indices such as 0,1, or UUIDs"

    /// What stands alone. Source: NVIDIA Container Toolkit, `NVIDIA_VISIBLE_DEVICES`.
    static let wholeDevices: Set<String> = ["all", "none", "void"]

    static func isDevices(_ text: String) -> Bool {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard !parts.contains(""), parts.count == 1 || parts.allSatisfy({ !wholeDevices.contains(String($0)) })
        else {
            return false
        }
        return text.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || ",-_:./=".utf8.contains($0) }
    }

    /// What a flag such as `--mount` carries on every builder.
    static let flagRule = "letters, digits and '/ . _ - + @ : % ~'"

    static let indexRule = "an http, https or file URL without blanks"

    static func isIndex(_ text: String) -> Bool {
        ["https://", "http://", "file://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
            && !text.unicodeScalars.contains(where: \.properties.isWhitespace)
    }

    static let requirementRule =
        "a requirement such as numpy==1.26.4; options start with '-' and have keys of their own"

    /// An item that starts with `-` would be an option of the installer.
    static func isRequirement(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return false }
        return first != "-"
    }

    /// The key that means what an option of pip or uv does.
    static func helpForOption(_ text: String) -> String? {
        switch text.drop(while: \.isWhitespace).prefix(while: { $0 != " " && $0 != "=" }) {
        case "-r", "--requirement", "--requirements": "name the file with python.requirements"
        case "-e", "--editable": "copy the folder and install it with 'run', or use python.project with the manager uv"
        case "-i", "--index-url", "--default-index": "name the index with python.index"
        case "--extra-index-url", "--index": "name the index with python.extra-indexes"
        default: nil
        }
    }

    static let channelRule = "a channel's name or URL"

    static func isChannel(_ text: String) -> Bool { isLabelName(text) || isIndex(text) }

    static let kernelRule = "letters, digits, '_' and '-'"

    /// Digits without a sign or leading zeros.
    static func wholeNumber(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 10, text.utf8.allSatisfy(ByteClass.isDigit),
            text == "0" || text.utf8.first != 0x30
        else { return nil }
        return Int(text)
    }

    static let contextPathRule = "a path inside the build context: relative, without '..'"

    /// Whether a path stays inside the build context, or another folder. An address is none: builders would fetch it.
    static func isInside(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix("/") && !text.contains("://") && !text.split(separator: "/").contains("..")
    }

    /// Whether a path names one file, as far as its letters tell.
    static func isSingleFile(_ text: String) -> Bool {
        let name = text.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return !name.isEmpty && name != "." && !text.utf8.contains { "*?[]\\".utf8.contains($0) }
    }

    /// Whether a path of the image can be a file as it stands there: not a folder, and without `..`.
    static func isFileOfImage(_ text: String) -> Bool {
        !text.hasSuffix("/") && !text.hasSuffix("/.") && !text.split(separator: "/").contains("..")
    }
}
