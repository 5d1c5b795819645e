/// A name that an instruction can carry without quoting; the initialiser is the only way in.
public protocol ValidatedName: Hashable, Sendable, CustomStringConvertible {
    /// Returns `nil` if `text` is not a name of this kind.
    init?(_ text: String)
    /// What a name of this kind looks like, for messages: "letters, digits and `_`, not starting with a digit".
    static var rule: String { get }
    /// The name as it was written, or in its one spelling: `SIGTERM` for `TERM`, an address without slashes at its end.
    var text: String { get }
}

extension ValidatedName {
    /// - Throws: ``InvalidName`` if `text` is not a name of this kind.
    public init(validating text: String) throws(InvalidName) {
        guard let name = Self(text) else { throw InvalidName(text: text, rule: Self.rule) }
        self = name
    }

    /// ``text``, so that a name can stand in an interpolation.
    public var description: String { text }
}

/// A text that is not the name it was taken for.
public struct InvalidName: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was taken for a name.
    public internal(set) var text: String
    /// What such a name looks like.
    public internal(set) var rule: String

    /// One sentence without a full stop, in which a long text is cut short:
    /// `'stop' is not a signal such as SIGTERM, SIGINT or 15`.
    public var description: String { "\(text.quotedExcerpt) is not \(rule)" }
}

/// The name of an environment variable or build argument.
public struct EnvironmentName: ValidatedName {
    /// As it was written: builders tell `Path` from `PATH`.
    public let text: String
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule = "letters, digits and '_', not starting with a digit"

    /// Takes ASCII letters, digits and `_`, the first no digit; anything else is `nil`.
    public init?(_ text: String) {
        guard let first = text.utf8.first, !ByteClass.isDigit(first),
            text.utf8.allSatisfy({ ByteClass.isAlphanumeric($0) || $0 == 0x5f })
        else { return nil }
        self.text = text
    }
}

/// The name of a build stage.
public struct StageName: ValidatedName {
    /// As it was written, in small letters.
    public let text: String
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule = "lower-case letters, digits, '.', '_' and '-', starting with a letter"

    /// Takes lower-case ASCII letters, digits, `.`, `_` and `-`, the first a letter; anything else is `nil`.
    public init?(_ text: String) {
        guard let first = text.utf8.first, (0x61...0x7a).contains(first),
            text.utf8.allSatisfy({ ByteClass.isLowerOrDigit($0) || [0x2d, 0x2e, 0x5f].contains($0) })
        else { return nil }
        self.text = text
    }
}

/// The name of an operating system package, with an optional version: `libgl1`, `curl=7.88*`, `g++`.
public struct PackageName: ValidatedName {
    /// As it was written, with the version: `curl=7.88*`.
    public let text: String
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule = "letters, digits and '+ - . _ : = ~ *', starting with a letter or digit, not ending in '-'"

    /// Takes at most 256 ASCII letters, digits and `+ - . _ : = ~ *`, the first a letter or digit; anything else is
    /// `nil`, and so is a name that ends in `-`, which apt would remove.
    public init?(_ text: String) {
        guard let first = text.utf8.first, ByteClass.isAlphanumeric(first), text.utf8.count <= 256,
            text.utf8.allSatisfy({ ByteClass.isAlphanumeric($0) || "+-._:=~*".utf8.contains($0) }),
            // apt removes `name-`.
            text.utf8.last != UInt8(ascii: "-")
        else { return nil }
        self.text = text
    }
}

/// A path in the image or build context; may hold any character but line breaks and other control characters.
public struct ContainerPath: ValidatedName {
    /// The path as it was written.
    public let text: String
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule = "a path without line breaks or other control characters"

    /// Takes 1 to 4096 bytes without control characters and without Unicode's line and paragraph separators; anything
    /// else is `nil`. Whether there is such a file is not looked at.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= 4096, !text.unicodeScalars.contains(where: ByteClass.isControl)
        else { return nil }
        self.text = text
    }

    /// A path of the program's own.
    init(unchecked text: StaticString) { self.text = text.description }

    /// Whether it begins with `/`.
    public var isAbsolute: Bool { text.hasPrefix("/") }
}
