@testable import CudaImageKit

/// What `scripts/check-roundtrip` must find in a file: the values of each instruction as they were meant.
///
/// It says what a builder and a shell must get, and nothing of how that is written.
enum ExpectedDockerfile {
    static func json(of dockerfile: Dockerfile) -> JSONValue {
        var instructions = dockerfile.arguments.map(json)
        for stage in dockerfile.stages {
            instructions.append(from(stage))
            for instruction in stage.sections.flatMap(\.instructions) { instructions.append(json(of: instruction)) }
        }
        return .object([
            ("environment", .object([("PATH", .string("/usr/bin")), ("TARGETARCH", .string("amd64"))])),
            ("instructions", .array(instructions)),
        ])
    }

    private static func from(_ stage: Dockerfile.Stage) -> JSONValue {
        let base =
            switch stage.base {
            case .image(let image): image.description
            case .stage(let name): name.text
            case .stagePerArchitecture(let prefix): "\(prefix)-amd64"
            }
        return entry("FROM", values: [base] + (stage.name.map { ["AS", $0.text] } ?? []))
    }

    private static func json(of instruction: Instruction) -> JSONValue {
        switch instruction {
        case .from: return entry("FROM", values: [])
        case .argument(let name, let value): return entry("ARG", values: [name.text] + (value.map { [$0] } ?? []))
        case .targetArchitecture: return entry("ARG", values: ["TARGETARCH", "amd64"])
        case .environment(let variables):
            return entry("ENV", values: variables.flatMap { [$0.name.text, text(of: $0.value)] })
        case .label(let labels): return entry("LABEL", values: labels.flatMap { [$0.name, $0.value] })
        case .run(let command, let mounts): return run(command, flags: mounts.map(flag))
        case .copy(let copy):
            var flags: [String] = []
            switch copy.from {
            case .context: break
            case .stage(let name): flags.append("--from=\(name)")
            case .image(let image): flags.append("--from=\(image)")
            }
            if let owner = copy.owner { flags.append("--chown=\(owner)") }
            return entry("COPY", values: copy.sources.map(\.text) + [copy.destination.text], flags: flags)
        case .workingDirectory(let path): return entry("WORKDIR", values: [path.text])
        case .user(let user): return entry("USER", values: [user.text])
        case .expose(let ports): return entry("EXPOSE", values: ports.map(\.description))
        case .volume(let paths): return entry("VOLUME", values: paths.map(\.text))
        case .healthcheck(let check): return healthcheck(check)
        case .stopSignal(let signal): return entry("STOPSIGNAL", values: [signal.text])
        case .shell(let words): return entry("SHELL", values: words, isJSON: true)
        case .entrypoint(let words): return entry("ENTRYPOINT", values: words, isJSON: true)
        case .command(let words): return entry("CMD", values: words, isJSON: true)
        }
    }

    private static func text(of fragments: [EnvironmentVariable.Fragment]) -> String {
        fragments.map { fragment in
            switch fragment {
            case .text(let text): text
            case .variable: "/usr/bin"
            }
        }.joined()
    }

    private static func healthcheck(_ check: Healthcheck) -> JSONValue {
        if check.command.isEmpty { return entry("HEALTHCHECK", values: ["NONE"]) }
        let flags = [
            check.interval.map { "--interval=\($0)" }, check.timeout.map { "--timeout=\($0)" },
            check.startPeriod.map { "--start-period=\($0)" }, check.retries.map { "--retries=\($0)" },
        ]
        return entry("HEALTHCHECK", values: ["CMD"] + check.command, flags: flags.compactMap { $0 }, isJSON: true)
    }

    private static func flag(_ mount: Mount) -> String {
        switch mount {
        case .cache(let target, let owner, let isShared):
            return "--mount=type=cache,target=\(target)" + (owner.map { ",uid=\($0),gid=\($0)" } ?? "")
                + (isShared ? "" : ",sharing=locked")
        case .secret(let id, let target): return "--mount=type=secret,id=\(id),target=\(target)"
        case .bind(let source, let target): return "--mount=type=bind,source=\(source),target=\(target)"
        }
    }

    /// A script as words: values stand for themselves, syntax is what the shell's grammar makes of it.
    private static func run(_ command: RunCommand, flags: [String]) -> JSONValue {
        let what: (String, JSONValue)
        var shell = ["/bin/sh", "-c"]
        switch command {
        case .shell(let text):
            what = ("command", .string(text))
            // A command of several lines has to fail with its first failing line.
            var scalars = text.unicodeScalars[...]
            while scalars.last == "\n" { scalars.removeLast() }
            // A backslash at the end keeps what it escapes.
            if scalars.last == "\\" { scalars = text.unicodeScalars[...] }
            if scalars.contains("\n") { shell = ["/bin/sh", "-e", "-c"] }
        case .script(let script):
            var words: [JSONValue] = []
            for (index, command) in script.commands.enumerated() {
                if index > 0 { words.append(.object([("syntax", .string("&&"))])) }
                words += command.words.flatMap(Self.words)
            }
            what = ("script", .array(words))
        }
        return .object([
            ("cmd", .string("RUN")), ("flags", strings(flags)), ("shell", strings(shell)), what,
        ])
    }

    private static func words(of word: ShellCommand.Word) -> [JSONValue] {
        switch word {
        case .value(let text), .item(let text): [.string(text)]
        case .syntax(let syntax), .end(let syntax), .start(let syntax): [.object([("syntax", .string(syntax.string))])]
        case .clause(let pattern, let words):
            [.object([("syntax", .string("\(pattern.string))"))])] + words.flatMap(Self.words)
                + [.object([("syntax", .string(";;"))])]
        }
    }

    private static func entry(
        _ keyword: String, values: [String], flags: [String] = [], isJSON: Bool? = nil
    ) -> JSONValue {
        .object(
            [("cmd", .string(keyword)), ("values", strings(values)), ("flags", strings(flags))]
                + (isJSON.map { [("json", .bool($0))] } ?? []))
    }

    private static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
}
