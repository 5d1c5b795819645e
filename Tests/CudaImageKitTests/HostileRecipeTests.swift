import Testing

@testable import CudaImageKit

/// Values that try to leave their place: refused with a finding, or carried exactly.
@Suite struct HostileRecipeTests {
    /// A field of the recipe with the place of the hostile value: `@` is the value as a quoted text.
    static let fields: [(name: String, recipe: String)] = [
        ("name", "name: @"), ("env", "env: {A: @}"), ("env-name", "env: {@: a}"), ("label", "labels: {a: @}"),
        ("label-name", "labels: {@: a}"), ("argument", "args: {A: @}"), ("argument-name", "args: {@: a}"),
        ("copy-from", "copy: [@]"), ("copy-to", "copy: [{from: a, to: @}]"),
        ("copy-owner", "copy: [{from: a, owner: @}]"),
        ("run", "run: [@]"), ("entrypoint", "entrypoint: [a, @]"), ("program", "entrypoint: [@]"),
        ("command", "command: [@]"),
        ("healthcheck", "healthcheck: {command: [a, @]}"), ("interval", "healthcheck: {command: [a], interval: @}"),
        ("user", "user: @"), ("user-name", "user: {name: @}"), ("workdir", "workdir: @"), ("volume", "volumes: [@]"),
        ("port", "expose: [@]"), ("signal", "stop-signal: @"), ("secret", "secrets: [@]\nrun: [a]"),
        ("secret-target", "secrets: [{id: a, target: @}]\nrun: [a]"), ("devices", "gpu: {devices: @}"),
        ("system-package", "system: {packages: [@]}"), ("python-package", "python: {packages: [@]}"),
        ("index", "python: {packages: [a], index: @}"), ("extra-index", "python: {packages: [a], extra-indexes: [@]}"),
        ("requirements", "python: {requirements: @}"),
        ("channel", "python: {manager: conda, version: '3.12', channels: [@]}"),
        ("conda-package", "python: {manager: conda, version: '3.12', packages: [@]}"),
        ("project", "python: {manager: uv, project: @}"),
        ("environment-file", "python: {manager: conda, environment-file: @}"),
        ("build-package", "build: {packages: [@]}"), ("build-run", "build: {run: [@]}"),
        ("build-env", "build: {env: {A: @}}"),
        ("build-workdir", "build: {workdir: @}"), ("artifact-from", "build: {artifacts: [{from: @, to: /a}]}"),
        ("artifact-to", "build: {artifacts: [{from: a, to: @}]}"),
        ("base", "image: {source: packages, base: @}"), ("mirror", "mirrors: {nvidia: @}"),
        ("mirror-pypi", "mirrors: {pypi: @}\npython: {packages: [a]}"), ("mirror-images", "mirrors: {images: @}"),
        ("mirror-of-images", "mirrors: {images: {@: a.example.com}}"), ("certificate", "mirrors: {certificates: [@]}"),
        (
            "mirror-key",
            "mirrors: {nvidia: 'http://a', nvidia-key: {file: @, fingerprint: 0123456789abcdef0123456789abcdef01234567}}\nrun: [a]"
        ),
        ("mirror-secret", "mirrors: {secrets: [{id: @, target: /a}]}\nrun: [a]"),
        ("mirror-secret-target", "mirrors: {secrets: [{id: a, target: @}]}\nrun: [a]"),
    ]

    static let values = [
        "a\nRUN touch /smuggled", "a\r\nRUN touch /smuggled", "a\rRUN touch /smuggled", "a\u{2028}RUN x",
        "a\u{85}RUN x",
        "a\\", "\\", "a\\\nRUN x", "a \\ ", "$HOME", "${PATH}", "$(touch /smuggled)", "`touch /smuggled`", "\"", "'",
        "a\" b=\"c",
        "a' && touch /smuggled && '", "; touch /smuggled", "&& touch /smuggled", "# comment", "a # b", "<<EOF",
        "cat <<EOF\nx\nEOF",
        "<<EOF cat", "--mount=type=bind,target=/x true", "--from=evil", "-r /etc/passwd",
        "--index-url https://evil.example",
        "[\"a\"]", "[", "]", "a]", "{\"a\": 1}", "a=b", "=", "é", "日本", "\u{1f600}", "\u{feff}a", "\u{a0}a\u{a0}",
        "\u{3000}", " a ",
        "\ta", "", " ", "a,b", "a,target=/etc", "../../etc/passwd", "/etc/passwd", "a\u{0}b", "\u{1b}[2J", "\u{202e}a",
        "%s%n", "*", "~",
        "# syntax=evil", "# escape=`", "hadolint ignore=DL3002", "ONBUILD RUN x", "https://example.com/$(id)",
        "https://example.com/ a",
        "https://example.com/'a'#b", "root", "0", "app:root", "a b", "8080 22", "30s --retries=1", "SIGTERM\nUSER root",
        "8080/tcp\nUSER root",
    ]

    @Test(arguments: fields)
    func valueIsRefusedOrCarriedExactly(name: String, recipe: String) throws {
        let generator = Generator()
        for (number, value) in Self.values.enumerated() {
            let text = recipe.replacing("@", with: JSONValue.string(value).compact)
            let source = RecipeSource(text: text, fileName: "app.yaml")
            let output = generate(source, with: generator)
            guard let generated = output.text else {
                let errors = output.diagnostics.all.filter { $0.severity == .error }
                #expect(!errors.isEmpty && errors.allSatisfy { $0.span != nil }, "\(text)")
                let report = DiagnosticFormatter(source).text(output.diagnostics)
                #expect(!report.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeOnTerminal }, "\(text)")
                continue
            }
            let dockerfile = Dockerfile(try #require(output.plan))
            #expect(DockerfileShape.keywords(of: generated) == DockerfileShape.keywords(of: dockerfile), "\(text)")
            #expect(Self.isCarried(value, by: dockerfile, field: name), "\(text)\n\(generated)")
            try RoundTripFolder.write(output, name: "hostile-\(name)-\(number)")
        }
    }

    /// The whole way, but for the choice of a tag, which no value here changes.
    private func generate(_ source: RecipeSource, with generator: Generator) -> Generator.Output {
        let (recipe, reading) = Recipe.parse(source)
        guard let recipe else { return Generator.Output(text: nil, plan: nil, diagnostics: reading) }
        let (plan, deciding) = generator.catalog.plan(recipe, tag: Self.tag)
        guard let plan else { return Generator.Output(text: nil, plan: nil, diagnostics: deciding) }
        return generator.render(plan, arguments: [], diagnostics: deciding)
    }

    private static let tag = CUDAImageTag("12.6.3-runtime-ubuntu24.04").flatMap { Catalog.embedded.tag($0) }

    /// Whether an instruction holds exactly these bytes, not an equivalent or trimmed text.
    private static func isCarried(_ value: String, by dockerfile: Dockerfile, field: String) -> Bool {
        // These are read as something else than text: an account, an image, devices that are the default.
        if ["user", "user-name", "base", "devices", "project", "mirror", "mirror-images", "mirror-of-images"].contains(
            field)
        {
            return true
        }
        let wanted = Array(value.utf8)
        return dockerfile.stages.flatMap(\.sections).flatMap(\.instructions).flatMap(texts).contains { text in
            let found = Array(text.utf8)
            return found == wanted || found.count > wanted.count && Array(found.suffix(wanted.count)) == wanted
        }
    }

    private static func texts(of instruction: Instruction) -> [String] {
        switch instruction {
        case .from, .shell, .targetArchitecture: return []
        case .argument(let name, let value): return [name.text, value ?? ""]
        case .environment(let variables):
            return variables.flatMap { variable in
                [variable.name.text]
                    + variable.value.map { fragment in
                        if case .text(let text) = fragment { text } else { "" }
                    }
            }
        case .label(let labels): return labels.flatMap { [$0.name, $0.value] }
        case .run(let command, let mounts): return texts(of: command) + mounts.flatMap(texts)
        case .copy(let copy):
            return copy.sources.map(\.text) + [copy.destination.text, copy.owner?.text ?? ""]
        case .workingDirectory(let path): return [path.text]
        case .user(let user): return [user.text]
        case .expose(let ports): return ports.map(\.description)
        case .volume(let paths): return paths.map(\.text)
        case .healthcheck(let check): return check.command + [check.interval?.text ?? ""]
        case .stopSignal(let signal): return [signal.text]
        case .entrypoint(let words), .command(let words): return words
        }
    }

    private static func texts(of command: RunCommand) -> [String] {
        switch command {
        case .shell(let text): return [text]
        case .script(let script):
            return script.commands.flatMap(\.words).flatMap(texts)
        }
    }

    private static func texts(of word: ShellCommand.Word) -> [String] {
        switch word {
        case .value(let text), .item(let text): [text]
        case .syntax(let syntax), .end(let syntax), .start(let syntax): [syntax.string]
        case .clause(let pattern, let words): [pattern.string] + words.flatMap(texts)
        }
    }

    private static func texts(of mount: Mount) -> [String] {
        switch mount {
        case .cache(let target, _, _): [target.text]
        case .secret(let id, let target): [id, target.text]
        case .bind(let source, let target): [source.text, target.text]
        }
    }

    /// A line break has no place in these: what reads them ends there.
    @Test(
        arguments: fields.filter {
            !["run", "build-run", "entrypoint", "program", "command", "healthcheck"].contains($0.name)
        })
    func lineBreakIsRefused(name: String, recipe: String) throws {
        for lineBreak in ["\n", "\r", "\r\n", "\u{2028}", "\u{2029}", "\u{85}", "\u{b}", "\u{c}"] {
            let text = recipe.replacing("@", with: JSONValue.string("a\(lineBreak)b").compact)
            let (recipe, diagnostics) = Recipe.parse(RecipeSource(text: text, fileName: "app.yaml"))
            #expect(recipe == nil && diagnostics.hasErrors, "\(text)")
        }
    }

    /// Comments of the header hold the recipe's name and the options: neither can end the line.
    @Test(arguments: ["a\nRUN x", "a\rRUN x", "a\u{2028}RUN x", "hadolint ignore=DL3002", "escape=`", "# syntax=evil"])
    func headerStaysAComment(text: String) throws {
        let override = try #require(RecipeOverride("env.A=\(text.replacing("\n", with: " "))"))
        var options = ImageOptions(cuda: "12.6.3", os: "ubuntu24.04")
        options.overrides = [override]
        let output = Generator().generate(
            RecipeSource(text: "{}", fileName: "x/\(text)"), options: options)
        guard let generated = output.text else { return }
        let lines = generated.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .prefix { $0.first == UInt8(ascii: "#") }
        #expect(lines.count == 4)
        let header = lines.map { String(decoding: $0, as: UTF8.self) }
        #expect(!header.contains { $0.hasPrefix("# hadolint") || $0.hasPrefix("# escape") || $0.hasPrefix("# syntax") })
        #expect(!header.joined().unicodeScalars.contains(where: ByteClass.isControl))
    }
}
