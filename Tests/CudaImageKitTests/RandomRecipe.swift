@testable import CudaImageKit

/// A recipe that reading accepts, with hostile values wherever a value may be, and what was meant.
struct RandomRecipe {
    private(set) var text = ""
    private(set) var options = ImageOptions()
    private(set) var environment: [(String, String)] = []
    private(set) var labels: [(String, String)] = []
    private(set) var commands: [String] = []
    private(set) var entrypoint: [String] = []
    private(set) var copies: [(from: String, to: String)] = []
    private(set) var packages: [String] = []
    private(set) var healthcheck: [String] = []

    init(using generator: inout SeededGenerator) {
        options = Self.options(using: &generator)
        environment = Self.names("V", 5, &generator).map { ($0, NastyText.line(using: &generator)) }
        labels = Self.names("l.a-b", 4, &generator).map { ($0, NastyText.line(using: &generator)) }
        for _ in 0..<generator.number(0...3) {
            let command = Self.command(using: &generator)
            if command.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) { commands.append(command) }
        }
        entrypoint = ["./a"] + (0..<generator.number(0...3)).map { _ in NastyText.text(using: &generator) }
        for _ in 0..<generator.number(0...3) {
            copies.append(("x" + Self.path(using: &generator), "/y" + Self.path(using: &generator)))
        }
        // Behind the semicolon: before it, a name, path or URL must be one that can be installed.
        packages = (0..<generator.number(0...3)).map { _ in "p ; " + NastyText.line(using: &generator) }
        if generator.chance(50) { healthcheck = ["h", NastyText.text(using: &generator)] }
        text = yaml(using: &generator)
    }

    private static func options(using generator: inout SeededGenerator) -> ImageOptions {
        generator.oneOf([
            ImageOptions(cuda: "12.4.1", os: "ubuntu22.04"),
            ImageOptions(cuda: "12.6.3", os: "rockylinux9", source: .packages),
            ImageOptions(cuda: "12.4", base: "debian:12"),
            ImageOptions(cuda: "12.6.3", os: "ubuntu24.04", source: .packages, on: [.linuxAMD64, .linuxARM64]),
        ])
    }

    /// Shell text: hostile, as people write it, or in between.
    private static func command(using generator: inout SeededGenerator) -> String {
        switch generator.number(0...3) {
        case 0: RandomScript(using: &generator).text
        case 1: "echo start\n" + RandomScript.nonsense(using: &generator)
        default: NastyText.text(using: &generator)
        }
    }

    private static func names(_ prefix: String, _ count: Int, _ generator: inout SeededGenerator) -> [String] {
        (0..<generator.number(0...count)).map { "\(prefix)\($0)" }
    }

    /// A path never holds control characters, and `..` would leave the build context.
    private static func path(using generator: inout SeededGenerator) -> String {
        NastyText.line(using: &generator).replacing("..", with: ".")
    }

    /// YAML in flow style: its double-quoted scalars are those of JSON.
    private func yaml(using generator: inout SeededGenerator) -> String {
        var members: [(String, JSONValue)] = [
            ("env", Self.mapping(environment)), ("labels", Self.mapping(labels)), ("run", Self.list(commands)),
            ("entrypoint", Self.list(entrypoint)),
            (
                "copy",
                .array(copies.map { .object([("from", .string($0.from)), ("to", .string($0.to))]) })
            ),
            (
                "python",
                .object([("manager", .string(generator.oneOf(["pip", "uv"]))), ("packages", Self.list(packages))])
            ),
        ]
        if !healthcheck.isEmpty { members.append(("healthcheck", .object([("command", Self.list(healthcheck))]))) }
        if generator.chance(50) {
            members.append(("build", .object([("run", Self.list(commands)), ("env", Self.mapping(environment))])))
        }
        if generator.chance(50) {
            members.append(("volumes", Self.list(copies.enumerated().map { "/v\($0.offset)\($0.element.to)" })))
        }
        if generator.chance(50), let first = copies.first { members.append(("workdir", .string(first.to))) }
        if generator.chance(50), let first = environment.first {
            members.append(("args", .object([("ARGUMENT", .string(first.1))])))
        }
        if generator.chance(30) { members.append(("secrets", Self.list(["token"]))) }
        return JSONValue.object(members).compact
    }

    private static func list(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

    private static func mapping(_ pairs: [(String, String)]) -> JSONValue {
        .object(pairs.map { ($0.0, .string($0.1)) })
    }
}
