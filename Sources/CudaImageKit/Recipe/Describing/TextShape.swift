/// What a scalar looks like.
///
/// The reader takes every scalar as the text that stands there; an editor or a validator has read `12.4` as a number and
/// `true` as a boolean by then. A shape therefore says which of them may mean such a text.
struct TextShape: Sendable {
    /// Numbers that may stand for a text.
    enum Numbers: Sendable {
        case none
        case any
        /// Not below zero, as no sign is allowed.
        case positive
        case integers(ClosedRange<Int>)
    }

    /// What such a text is, for a table: `` `8080` or `53/udp` ``.
    var words: String
    /// Texts that are offered; without a pattern there are no others.
    var choices: [String] = []
    /// A regular expression of ECMA-262 that matches the whole text.
    var pattern: String?
    /// In characters.
    var maximumLength: Int?
    var numbers = Numbers.none
    var takesBooleans = false
}

extension TextShape {
    // Characters that no value of one line may hold.
    private static let control = #"\u0000-\u001F\u007F-\u009F\u2028\u2029"#
    private static let number = "(0|[1-9][0-9]{0,8})"

    /// The words of an enumeration.
    static func choice<Choice: RawRepresentable<String> & CaseIterable>(of _: Choice.Type) -> TextShape {
        choice(Choice.allCases.map(\.rawValue))
    }

    static func choice(_ choices: [String]) -> TextShape {
        TextShape(words: choices.map { "`\($0)`" }.joined(separator: ", "), choices: choices)
    }

    static let line = TextShape(
        words: "text of one line", pattern: "^[^\(control)]*$", numbers: .any, takesBooleans: true)

    /// A word of a command; it may have several lines.
    static let word = TextShape(words: "text", pattern: #"^[^\u0000]*$"#, numbers: .any, takesBooleans: true)

    static let command = TextShape(
        words: "shell command, of one line or several", pattern: #"^[^\u0000]*[^\s\u0000][^\u0000]*$"#, numbers: .any,
        takesBooleans: true)

    static let name = TextShape(
        words: "name of letters, digits and `. _ -`, at most 128",
        pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", maximumLength: 128, numbers: .positive, takesBooleans: true)

    static let labelName = TextShape(
        words: "names of letters, digits and `. _ - /`, at most 256,",
        pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*$", maximumLength: 256)

    static let variableName = TextShape(
        words: "names of letters, digits and `_`", pattern: "^[A-Za-z_][A-Za-z0-9_]*$")

    static func wholeNumber(_ range: ClosedRange<Int>) -> TextShape {
        TextShape(
            words: "\(range.lowerBound) to \(range.upperBound)", pattern: "^(0|[1-9][0-9]{0,9})$",
            numbers: .integers(range))
    }
}

/// The image.
extension TextShape {
    static let cudaRelease = TextShape(
        words: "`12`, `12.4` or `12.4.1`", pattern: #"^\#(number)(\.\#(number)){0,2}$"#, numbers: .positive)

    static let operatingSystem = TextShape(
        words: "as tags spell it: `ubuntu22.04`, `ubi9`, `debian12`",
        pattern: "^(" + OperatingSystem.Distribution.allCases.map(\.rawValue).joined(separator: "|")
            + #"):?[0-9]+(\.[0-9]+)*$"#)

    static let cudnn = TextShape(
        words: "`true`, `false`, a major version such as `8`, `tensorrt`", choices: ["true", "false", "tensorrt"],
        pattern: "^[1-9][0-9]?$", numbers: .integers(1...99))

    private static let hostLabel = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
    private static let hostPort = ":\(portNumber)"
    /// From 1 to 65535.
    static let portNumber =
        "([1-9]|[1-9][0-9]|[1-9][0-9]{2}|[1-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
    /// A registry's host, and a part of a repository's name.
    static let host = "(localhost(\(hostPort))?|\(hostLabel)(\\.\(hostLabel))+(\(hostPort))?|\(hostLabel)\(hostPort))"
    static let part = "[a-z0-9]+((\\.|__?|-+)[a-z0-9]+)*"

    /// Grammar: `distribution/reference`; an image without a host is told from one by the dot, colon or `localhost`.
    static let imageReference = TextShape(
        words: "`[registry/]repository[:tag][@digest]`",
        pattern: "^(\(host)/)?\(part)(/\(part))*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
            + "(@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$",
        numbers: .positive, takesBooleans: true)

    static let platform = TextShape(
        words: Platform.allCases.map { "`\($0)`" }.joined(separator: ", "), choices: Platform.allCases.map(\.rawValue),
        pattern: "^(" + Platform.otherSpellings.keys.sorted().joined(separator: "|") + ")$")

    /// Several platforms in one text, as a matrix file may have them.
    static let platforms: TextShape = {
        let one =
            "("
            + (Platform.allCases.map(\.rawValue) + Platform.otherSpellings.keys.sorted())
            .joined(separator: "|") + ")"
        return TextShape(words: "`linux/amd64,linux/arm64`", pattern: "^\(one)(,\(one))*$")
    }()

    static let devices = TextShape(
        words: "`all`, `none`, indices `0,1`, UUIDs", pattern: "^[A-Za-z0-9_:./=-]+(,[A-Za-z0-9_:./=-]+)*$",
        numbers: .any, takesBooleans: true)

    static let architecture = TextShape(
        words: "`8.0`, `9.0a`, `9.0+PTX`", pattern: #"^\#(number)\.[0-9][af]?(\+PTX)?$"#, numbers: .positive)
}

/// Packages.
extension TextShape {
    static let package = TextShape(
        words: "package name, optionally with a version as the package manager writes it",
        pattern: "^[A-Za-z0-9]([A-Za-z0-9+._:=~*-]*[A-Za-z0-9+._:=~*])?$", maximumLength: 256, numbers: .positive,
        takesBooleans: true)

    static let pythonRelease = TextShape(
        words: "major and minor version: `3.12`", pattern: #"^\#(number)\.\#(number)$"#, numbers: .positive)

    static let requirement = TextShape(
        words: "requirement such as `numpy==1.26.4`", pattern: "^\\s*[^\\s\(control)-][^\(control)]*$",
        numbers: .positive,
        takesBooleans: true)

    private static let url = "(https?|file)://[^\\s\(control)]+"

    static let index = TextShape(words: "`http://`, `https://` or `file://` URL", pattern: "^\(url)$")

    static let channel = TextShape(
        words: "name or URL of a channel", pattern: "^([A-Za-z0-9][A-Za-z0-9._/-]*|\(url))$", numbers: .positive,
        takesBooleans: true)
}

/// Paths.
extension TextShape {
    /// What a mount's flag carries on every builder, but for `/` and `.`.
    private static let flagCharacters = "A-Za-z0-9_+@:%~-"

    /// A path that is relative and has no part `..`.
    ///
    /// - Parameters:
    ///   - first: what a part may begin with, but for the dot.
    ///   - others: what the rest of a part may be made of.
    private static func inside(_ first: String, _ others: String) -> String {
        let part = "(\\.|\\.?\(first)\(others)*|\\.\\.\(others)+)"
        return "^(?!.*://)\(part)(/+\(part))*/*$"
    }

    static let contextPath = TextShape(
        words: "path in the build context, relative and without `..`",
        pattern: inside("[^./\(control)]", "[^/\(control)]"), maximumLength: 4096, numbers: .any, takesBooleans: true)

    /// One file: no folder, no pattern.
    static let contextSingleFile = TextShape(
        words: "path of one file in the build context, relative and without `..`",
        pattern: "^(?!.*[*?\\[\\]\\\\])(?!(.*/)?\\.?$)"
            + inside("[^./\(control)]", "[^/\(control)]").dropFirst(), maximumLength: 4096, numbers: .any,
        takesBooleans: true)

    /// One that is mounted.
    static let contextFile = TextShape(
        words: "path in the build context, relative and without `..`",
        pattern: inside("[\(flagCharacters)]", "[.\(flagCharacters)]"), maximumLength: 4096, numbers: .any,
        takesBooleans: true)

    static let path = TextShape(
        words: "path", pattern: "^[^\(control)]+$", maximumLength: 4096, numbers: .any, takesBooleans: true)

    static let absolutePath = TextShape(
        words: "absolute path", pattern: "^/[^\(control)]*$", maximumLength: 4096)

    /// One that something is mounted at.
    static let mountPath = TextShape(
        words: "absolute path", pattern: "^/[./\(flagCharacters)]*$", maximumLength: 4096)
}

/// How the container runs.
extension TextShape {
    static let account = TextShape(
        words: "name of lower-case letters, digits, `_` and `-`, at most 32",
        pattern: "^[a-z_][a-z0-9_-]{0,31}$", takesBooleans: true)

    static let userIdentity = TextShape(
        words: "name, number, or both with a group: `10001:10001`",
        pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]{0,31}(:[A-Za-z0-9_][A-Za-z0-9._-]{0,31})?$", numbers: .positive,
        takesBooleans: true)

    static let user = TextShape(
        words: "a name, `10001` or `10001:10001`",
        pattern: "^([a-z_][a-z0-9_-]{0,31}|(0|[1-9][0-9]{0,9})(:(0|[1-9][0-9]{0,9}))?)$",
        numbers: .integers(RecipeRules.identities), takesBooleans: true)

    static let port = TextShape(
        words: "`8080`, `53/udp`, `9/sctp`",
        pattern: "^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])(/("
            + Port.TransportProtocol.allCases.map(\.rawValue).joined(separator: "|") + "))?$",
        numbers: .integers(1...65535))

    static let duration = TextShape(
        words: "duration in `h`, `m`, `s`, `ms`: `1m30s`", pattern: "^([0-9]+(h|m|s|ms))+$", maximumLength: 24)

    static let signal = TextShape(
        words: "signal by name or number: `SIGTERM`, `INT`, `15`",
        pattern: "^((SIG)?(" + StopSignal.names.joined(separator: "|") + ")|[1-9]|[1-5][0-9]|6[0-4])$",
        numbers: .integers(StopSignal.numbers))

    static let noHealthcheck = TextShape(words: "`none`", choices: ["none", "NONE"])

    static let kernel = choice(["all", SmokeKernel.always] + SmokeKernel.allCases.map(\.rawValue))

    static let library = choice(of: SmokeLibrary.self)
}
