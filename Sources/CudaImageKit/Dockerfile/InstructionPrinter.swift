/// Writes instructions as Dockerfile text that every builder in use reads back exactly.
///
/// The rules hold for BuildKit's built-in frontend from Docker 20.10 on, buildah and kaniko, which share its parser.
/// What an instruction's syntax can't carry throws ``PrintingError``; nothing is ever written that means something
/// else. The printer follows `FROM` and `SHELL`, because commands that only the exec form can carry name the shell
/// themselves: print a file's instructions in order with one printer.
public struct InstructionPrinter: Sendable {
    /// Bytes of a line that BuildKit of Docker 20.10 still reads.
    static let maximumLineLength = 65_535

    /// The shell of what follows: the last `SHELL` of the stage or of the stage it starts from.
    public private(set) var shell = InstructionPrinter.defaultShell
    private var stage: StageName?
    private var shells: [StageName: [String]] = [:]

    private static let defaultShell = ["/bin/sh", "-c"]

    /// A printer for the beginning of a file, where the shell is `/bin/sh -c`.
    public init() {}

    /// The instruction's text: one or more lines without a line break at the end.
    public mutating func text(of instruction: Instruction) throws(PrintingError) -> String {
        let text = try lines(of: instruction)
        for line in text where line.utf8.count > Self.maximumLineLength - 3 {
            throw PrintingError(String(line.prefix { $0 != " " }), .lineTooLong)
        }
        return LineFiller.join(text)
    }

    private mutating func lines(of instruction: Instruction) throws(PrintingError) -> [String] {
        switch instruction {
        case .from(let base, let name):
            enterStage(name, from: base)
            return ["FROM " + Self.text(of: base) + (name.map { " AS \($0)" } ?? "")]
        case .targetArchitecture(let platform):
            return ["ARG TARGETARCH=${TARGETARCH:-\(platform.architecture)}"]
        case .argument(let name, let value):
            guard let value else { return ["ARG \(name)"] }
            return ["ARG \(name)=" + DockerfileQuoting.doubleQuoted(try Self.oneLine(value, "ARG"))]
        case .environment(let variables): return try Self.environment(variables)
        case .label(let labels): return try Self.label(labels)
        case .run(let command, let mounts): return try run(command, mounts: mounts)
        case .copy(let copy): return try Self.copy(copy)
        case .workingDirectory(let path): return ["WORKDIR " + DockerfileQuoting.word(path.text)]
        case .user(let user): return ["USER \(user)"]
        case .expose(let ports):
            return try Self.filled("EXPOSE", ports.map(\.description))
        case .volume(let paths): return try Self.filled("VOLUME", Self.pathTokens(paths))
        case .healthcheck(let check): return try Self.healthcheck(check)
        case .stopSignal(let signal): return ["STOPSIGNAL \(signal)"]
        case .shell(let words):
            if words.isEmpty { throw PrintingError("SHELL", .empty) }
            let tokens = try Self.execForm(words, "SHELL")
            setShell(words)
            return try Self.filled("SHELL", tokens)
        case .entrypoint(let words): return try Self.filled("ENTRYPOINT", Self.execForm(words, "ENTRYPOINT"))
        case .command(let words): return try Self.filled("CMD", Self.execForm(words, "CMD"))
        }
    }
}

// MARK: - Stages and their shells

extension InstructionPrinter {
    static func text(of base: StageBase) -> String {
        switch base {
        case .image(let image): image.description
        case .stage(let name): name.text
        case .stagePerArchitecture(let prefix): "\(prefix)-${TARGETARCH}"
        }
    }

    /// A stage that starts from another one of the file keeps that one's shell.
    private mutating func enterStage(_ name: StageName?, from base: StageBase) {
        let inherited: [String]? =
            switch base {
            case .image: nil
            case .stage(let name): shells[name]
            // The stages of all architectures are built alike.
            case .stagePerArchitecture(let prefix):
                Platform.allCases.lazy.compactMap { StageName("\(prefix)-\($0.architecture)") }
                    .compactMap { [shells] in shells[$0] }.first
            }
        stage = name
        setShell(inherited ?? Self.defaultShell)
    }

    private mutating func setShell(_ words: [String]) {
        shell = words
        if let stage { shells[stage] = words }
    }
}

// MARK: - Instructions

extension InstructionPrinter {
    private static func environment(_ variables: [EnvironmentVariable]) throws(PrintingError) -> [String] {
        var assignments: [String] = []
        for variable in variables {
            for case .text(let text) in variable.value { _ = try oneLine(text, "ENV") }
            assignments.append("\(variable.name)=" + DockerfileQuoting.doubleQuoted(variable.value))
        }
        return try onePerLine("ENV", assignments)
    }

    private static func label(_ labels: [Label]) throws(PrintingError) -> [String] {
        var assignments: [String] = []
        for label in labels {
            if label.name.isEmpty { throw PrintingError("LABEL", .empty) }
            if label.name.utf8.contains(UInt8(ascii: "=")) {
                throw PrintingError("LABEL", .equalsSignInName, value: label.name)
            }
            let name = DockerfileQuoting.word(try oneLine(label.name, "LABEL"))
            assignments.append(name + "=" + DockerfileQuoting.doubleQuoted(try oneLine(label.value, "LABEL")))
        }
        return try onePerLine("LABEL", assignments)
    }

    /// Sources are patterns (`*.py`, `[ab].txt`): the builder, not this printer, gives `*`, `?`, `[` and `\` a meaning.
    private static func copy(_ copy: Copy) throws(PrintingError) -> [String] {
        if copy.sources.isEmpty { throw PrintingError("COPY", .empty) }
        var tokens: [String] = []
        switch copy.from {
        case .context: break
        case .stage(let name): tokens.append("--from=\(name)")
        case .image(let image): tokens.append("--from=\(image)")
        }
        if let owner = copy.owner { tokens.append("--chown=\(owner)") }
        return try filled("COPY", tokens + pathTokens(copy.sources + [copy.destination]))
    }

    private static func healthcheck(_ check: Healthcheck) throws(PrintingError) -> [String] {
        if check.command.isEmpty { return ["HEALTHCHECK NONE"] }
        let options = [
            check.interval.map { "--interval=\($0)" }, check.timeout.map { "--timeout=\($0)" },
            check.startPeriod.map { "--start-period=\($0)" }, check.retries.map { "--retries=\($0)" },
        ].compactMap(\.self)
        let command = try filled("CMD", execForm(check.command, "HEALTHCHECK"))
        if options.isEmpty, command.count == 1 { return ["HEALTHCHECK " + command[0]] }
        let start = (["HEALTHCHECK"] + options).joined(separator: " ")
        return [start] + command.map { "    " + $0 }
    }

    /// Paths of `COPY` and `VOLUME`: bare words, or the JSON form if one of them needs it.
    private static func pathTokens(_ paths: [ContainerPath]) -> [String] {
        let texts = paths.map(\.text)
        if texts.allSatisfy(DockerfileQuoting.isBareWord) { return texts }
        return DockerfileQuoting.jsonTokens(texts.map(DockerfileQuoting.wordInJSON))
    }

    /// The tokens of an exec form.
    static func execForm(_ words: [String], _ instruction: String) throws(PrintingError) -> [String] {
        for word in words where word.unicodeScalars.contains("\0") {
            throw PrintingError(instruction, .nullCharacter, value: word)
        }
        return DockerfileQuoting.jsonTokens(words)
    }

    private static func onePerLine(_ keyword: String, _ tokens: [String]) throws(PrintingError) -> [String] {
        guard let first = tokens.first else { throw PrintingError(keyword, .empty) }
        return [keyword + " " + first] + tokens.dropFirst().map { "    " + $0 }
    }

    private static func filled(_ keyword: String, _ tokens: [String]) throws(PrintingError) -> [String] {
        if tokens.isEmpty || (keyword == "VOLUME" && tokens == ["[]"]) { throw PrintingError(keyword, .empty) }
        var filler = LineFiller(start: keyword + " ", indent: 4)
        for token in tokens { filler.append(token) }
        return filler.lines
    }

    private static func oneLine(_ text: String, _ instruction: String) throws(PrintingError) -> String {
        for scalar in text.unicodeScalars {
            if scalar == "\n" || scalar == "\r" { throw PrintingError(instruction, .lineBreak, value: text) }
            if scalar == "\0" { throw PrintingError(instruction, .nullCharacter, value: text) }
        }
        return text
    }
}
