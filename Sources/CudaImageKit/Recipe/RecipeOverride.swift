/// `--set path=value`: a key of the recipe that the command line sets, such as `env.LEVEL=2` or `copy.0.to=/x`.
///
/// The path is made of keys and list indices separated by dots; a key in double quotes may hold dots. Below `env`,
/// `labels` and `args` the rest of the path is one name, so `labels.org.opencontainers.image.source` needs no quotes.
/// The value is text, or YAML if it starts with `[`, `{` or a quote.
public struct RecipeOverride: Hashable, Sendable, LosslessStringConvertible {
    /// The path as written.
    public internal(set) var path: String
    /// The value as written.
    public internal(set) var value: String
    /// The path's keys.
    var segments: [String]

    /// Parses `path=value`; `nil` without `=`, or with an empty key in the path.
    public init?(_ description: String) {
        var segments: [String] = []
        var segment = ""
        var isQuoted = false
        var wasQuoted = false
        var equals: String.Index?
        scan: for index in description.indices {
            switch description[index] {
            case "\"" where isQuoted: isQuoted = false
            case "\"" where segment.isEmpty && !wasQuoted: (isQuoted, wasQuoted) = (true, true)
            case "." where !isQuoted, "=" where !isQuoted:
                if segment.isEmpty { return nil }
                segments.append(segment)
                (segment, wasQuoted) = ("", false)
                if description[index] == "=" {
                    equals = index
                    break scan
                }
            case let character: segment.append(character)
            }
        }
        guard let equals, !segments.isEmpty else { return nil }
        path = String(description[..<equals])
        value = String(description[description.index(after: equals)...])
        self.segments = Self.joiningNames(segments)
    }

    /// Parses `path=value`.
    ///
    /// - Throws: ``InvalidName`` without `=`, or with an empty key in the path.
    public init(validating text: String) throws(InvalidName) {
        guard let override = RecipeOverride(text) else { throw InvalidName(text: text, rule: Self.rule) }
        self = override
    }

    /// What an override looks like, for messages.
    static let rule = "a key of the recipe and its value, such as env.LEVEL=2"

    /// `path=value`, both as they were written.
    public var description: String { "\(path)=\(value)" }

    /// The option that says it, if it is not `--set`.
    private var option: String?

    /// An option of its own for a key: `--repository-mirror` for `mirrors.nvidia`.
    init(_ segments: [String], to value: String, by option: String) {
        path = segments.joined(separator: ".")
        self.value = value
        self.segments = segments
        self.option = option
    }

    /// Where diagnostics about the value point to.
    var span: SourceSpan { .option(option ?? "--set \(path)") }

    /// Names of variables and labels hold dots.
    private static func joiningNames(_ segments: [String]) -> [String] {
        let prefixes = [["env"], ["labels"], ["args"], ["build", "env"]]
        for prefix in prefixes where segments.starts(with: prefix) && segments.count > prefix.count {
            return prefix + [segments[prefix.count...].joined(separator: ".")]
        }
        return segments
    }
}
