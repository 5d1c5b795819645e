import Testing

@testable import CudaImageKit

@Suite struct RecipeParsingTests {
    static let full = """
        schema: 1
        name: tensor-app
        image:
          cuda: 11.4.0
          flavor: runtime
          os: ubuntu20.04
          cudnn: true
          source: packages
          base: debian:12
          platforms: [linux/amd64, linux/arm64]
        gpu:
          devices: all
          capabilities: [compute, utility]
          architectures: ["8.0", 9.0+PTX]
        system:
          packages: [libgl1, ffmpeg=7.*, g++]
        python:
          version: 3.10
          manager: pip
          requirements: requirements.txt
          packages: [tensorflow==2.6.0]
          index: https://example.com/simple
          extra-indexes: [https://example.com/extra]
        build:
          packages: [cmake]
          copy: [.]
          env: {CC: gcc}
          run: [cmake -B build, "cmake --build build"]
          artifacts: [{from: build/app, to: /usr/local/bin/app}]
          workdir: /work
        args: {REVISION: main, TOKEN: }
        copy: [{from: [a.py, b.py], to: /app/, owner: "10001:10001"}, setup.cfg]
        env: {LEVEL: 2, EMPTY: ""}
        run:
          - |
            echo one
            echo two
        secrets: [{id: pip, target: /etc/pip.conf}, netrc]
        workdir: /app
        user: {name: app, uid: 10001, gid: 2147483647}
        expose: [8080, 53/udp]
        volumes: [/data]
        healthcheck: {command: [curl, -f, "http://localhost:8080/"], interval: 30s, start-period: 1m, retries: 5}
        stop-signal: SIGINT
        labels: {org.opencontainers.image.source: https://example.com/repo}
        entrypoint: [python3, app.py]
        command: [--port, 8080]
        smoke: {kernels: all, libraries: [cublas], command: [python3, -c, import tensorflow]}
        """

    @Test func everyKeyIsRead() throws {
        let (parsed, diagnostics) = Recipe.parse(RecipeSource(text: Self.full, fileName: "dir/app.yaml"))
        #expect(diagnostics.all.isEmpty)
        let recipe = try #require(parsed)
        #expect(recipe.fileName == "app.yaml")
        #expect(recipe.name?.value == "tensor-app")
        #expect(recipe.image.cuda?.value.description == "11.4.0")
        #expect(recipe.image.cudnn?.value == .any)
        #expect(recipe.image.source?.value == .packages)
        #expect(recipe.image.platforms.map(\.value) == [.linuxAMD64, .linuxARM64])
        #expect(recipe.gpu.architectures.map(\.value.description) == ["8.0", "9.0+PTX"])
        #expect(recipe.systemPackages.map(\.value.text) == ["libgl1", "ffmpeg=7.*", "g++"])
        #expect(recipe.python?.version?.value == PythonVersion(3, 10))
        #expect(recipe.python?.extraIndexes.map(\.value) == ["https://example.com/extra"])
        #expect(recipe.build?.commands.map(\.value) == ["cmake -B build", "cmake --build build"])
        #expect(recipe.build?.artifacts.first?.to?.value.text == "/usr/local/bin/app")
        #expect(recipe.arguments.map { $0.value?.value } == ["main", nil])
        #expect(recipe.copies.map { $0.from.map(\.value.text) } == [["a.py", "b.py"], ["setup.cfg"]])
        #expect(recipe.copies.first?.owner?.value.text == "10001:10001")
        #expect(recipe.environment.map(\.value.value) == ["2", ""])
        #expect(recipe.commands.map(\.value) == ["echo one\necho two\n"])
        #expect(recipe.secrets.map(\.id.value) == ["pip", "netrc"])
        #expect(recipe.user?.gid?.value == 2_147_483_647)
        #expect(recipe.ports.map(\.value.description) == ["8080", "53/udp"])
        #expect(recipe.healthcheck?.value.startPeriod?.text == "1m")
        #expect(recipe.healthcheck?.value.retries == 5)
        #expect(recipe.stopSignal?.value.text == "SIGINT")
        #expect(recipe.entrypoint?.value == ["python3", "app.py"])
        #expect(recipe.command?.value == ["--port", "8080"])
        #expect(recipe.smoke?.kernels?.value.map(\.value) == ["all"])
        #expect(recipe.smoke?.libraries?.value.map(\.value) == ["cublas"])
        #expect(recipe.entrypoint?.span.start == SourcePosition(line: 46, column: 13))
    }

    /// Recipe text, and each finding as `line:column code message`.
    static let mistakes: [(String, [String])] = [
        ("entrypont: [a]", ["1:1 CG0102 unknown key 'entrypont'"]),
        ("image: {cuda: 12.4, cuda: 12.5}", ["1:21 CG0103 the key 'cuda' occurs twice"]),
        ("env: {A: 1}\nenv: {B: 1}", ["2:1 CG0103 the key 'env' occurs twice"]),
        ("env: {A: 1, A: 2}", ["1:13 CG0103 the key 'A' occurs twice"]),
        ("run: {a: b}", ["1:6 CG0104 'run': expected a list of strings, found a mapping"]),
        ("entrypoint: python3 app.py", ["1:13 CG0104 'entrypoint': expected a list of strings, found a text"]),
        ("entrypoint: []", ["1:13 CG0201 'entrypoint' names no program"]),
        ("- a", ["1:1 CG0104 the recipe: expected a mapping, found a list"]),
        ("schema: 2", ["1:9 CG0202 schema '2' is not known: this version reads schema 1"]),
        ("workdir:", ["1:1 CG0109 'workdir' has no value"]),
        ("env: {A: }", ["1:7 CG0109 'env.A' has no value"]),
        ("image: {cuda: 12.x}", ["1:15 CG0201 '12.x' is not a CUDA release: 12, 12.4 or 12.4.1, or resolve"]),
        ("image: {flavor: big}", ["1:17 CG0201 'big' is not a flavor: expected base, runtime, devel"]),
        (
            "system: {packages: [a b]}",
            [
                "1:21 CG0201 'a b' is not a package name: letters, digits and '+ - . _ : = ~ *', starting with a "
                    + "letter or digit, not ending in '-'"
            ]
        ),
        ("env: {A: \"x\\ny\"}", ["1:10 CG0204 'env.A' holds a line break, which a Dockerfile can't carry here"]),
        ("env: {A: \"x\\0\"}", ["1:10 CG0201 'env.A' holds a null character"]),
        ("run: [\"x\\0\"]", ["1:7 CG0201 'run[0]' holds a null character"]),
        (
            "labels: {a: \"x\\u2028\"}",
            ["1:13 CG0204 'labels.a' holds a line break, which a Dockerfile can't carry here"]
        ),
        ("env: {1A: x}", ["1:7 CG0201 '1A' is not an environment variable's name: \(EnvironmentName.rule)"]),
        ("expose: [0]", ["1:10 CG0201 '0' is not a port: 1 to 65535, optionally with /tcp, /udp or /sctp"]),
        ("expose: [80, 80/udp, 80/tcp]", ["1:22 CG0201 the port '80' occurs twice (first on line 1)"]),
        ("system:\n  packages:\n  - git\n  - git", ["4:5 CG0201 the package 'git' occurs twice (first on line 3)"]),
        ("volumes: [/data, /data/]", ["1:18 CG0201 the volume '/data' occurs twice (first on line 1)"]),
        ("volumes: [//]", ["1:11 CG0201 the image's root can't be a volume"]),
        ("secrets: [a, {id: a, target: /x}]", ["1:19 CG0201 the secret 'a' occurs twice (first on line 1)"]),
        (
            "secrets: [{id: a, target: /x}, {id: b, target: /x}]",
            ["1:48 CG0201 the secret's target '/x' occurs twice (first on line 1)"]
        ),
        (
            "gpu: {devices: [0, all]}",
            ["1:20 CG0203 'all' stands alone: no other device can be named beside it"]
        ),
        ("gpu: {devices: \"none,1\"}", ["1:16 CG0201 'none,1' is not a choice of devices: \(RecipeRules.devicesRule)"]),
        ("gpu: {capabilities: [video, video]}", ["1:29 CG0201 the capability 'video' occurs twice (first on line 1)"]),
        ("user: {uid: 2147483648}", ["1:13 CG0201 '2147483648' is not a whole number from 0 to 2147483647"]),
        ("user: {name: root, uid: 5}", ["1:25 CG0203 the user 'root' can't have the UID 5"]),
        (
            "healthcheck: {interval: 5}",
            [
                "1:14 CG0109 'healthcheck' needs the key 'command'",
                "1:25 CG0201 '5' is not a duration: \(GoDuration.rule)",
            ]
        ),
        ("secrets: [{id: a b}]", ["1:16 CG0201 'a b' is not a secret's id: \(RecipeRules.nameRule)"]),
        (
            "secrets: [{id: a, target: \"/x,y\"}]",
            [
                "1:27 CG0201 the path '/x,y' can't be mounted: it may hold \(RecipeRules.flagRule)"
            ]
        ),
        ("python: {requirements: ../r.txt}", ["1:24 CG0201 '../r.txt' is not \(RecipeRules.contextPathRule)"]),
        ("copy: [/etc/passwd]", ["1:8 CG0201 '/etc/passwd' is not \(RecipeRules.contextPathRule)"]),
        ("copy: [{from: [a, b], to: /x}]", ["1:27 CG0201 several files need a folder as target, and '/x' is none"]),
        (
            "python: {packages: [--pre]}",
            ["1:21 CG0201 '--pre' is not a Python package: \(RecipeRules.requirementRule)"]
        ),
        (
            "a: !!python/object x",
            [
                "1:1 CG0102 unknown key 'a'", "1:4 CG0101 the tag '!!python/object' is not supported",
            ]
        ),
        ("", ["- CG0107 'app.yaml' holds no recipe"]),
        ("# nothing\n", ["- CG0107 'app.yaml' holds no recipe"]),
    ]

    @Test(arguments: mistakes)
    func mistakeIsReportedAtItsPlace(text: String, expected: [String]) {
        let (recipe, diagnostics) = Recipe.parse(RecipeSource(text: text, fileName: "app.yaml"))
        #expect(recipe == nil)
        #expect(diagnostics.all.map(summary) == expected)
    }

    @Test(arguments: [
        ("-r other.txt", "python.requirements"), ("--requirement=other.txt", "python.requirements"),
        ("-e .", "python.project"), ("--index-url https://example.com", "python.index"),
        ("--extra-index-url=https://example.com", "python.extra-indexes"),
    ])
    func optionAmongPackagesNamesItsKey(option: String, key: String) {
        let source = RecipeSource(text: "python: {packages: ['\(option)']}", fileName: "a")
        let findings = Recipe.parse(source).diagnostics.all
        #expect(findings.map(\.code) == [.invalidValue])
        #expect(findings.first?.help?.contains(key) == true)
    }

    @Test func allMistakesAreReportedInOneRun() {
        let text = "entrypont: [a]\nimage: {flavor: x, os: y}\nenv: [A]\nrun: x"
        #expect(Recipe.parse(RecipeSource(text: text, fileName: "a")).diagnostics.errorCount == 5)
    }

    @Test(arguments: [
        ("entrypont: [a]", "entrypoint"), ("cmd: [a]", "command"), ("ports: [1]", "expose"),
        ("stop_signal: TERM", "stop-signal"), ("environment: {A: 1}", "env"), ("cuda: 12.4", "image.cuda"),
    ])
    func nearNameIsSuggested(text: String, name: String) {
        let finding = Recipe.parse(RecipeSource(text: text, fileName: "a")).diagnostics.all.first
        #expect(finding?.help == "did you mean '\(name)'?")
        #expect(finding?.fix?.replacement == (name.contains(".") ? nil : name))
    }

    @Test(arguments: ["root", "app", "0", "10001", "10001:10002"])
    func userMayBeOneWord(user: String) throws {
        let recipe = try #require(Recipe.parse(RecipeSource(text: "user: \(user)", fileName: "a")).recipe)
        let parts = [recipe.user?.uid?.value, recipe.user?.gid?.value].compactMap { $0 }.map(String.init)
        #expect((recipe.user?.name?.value ?? parts.joined(separator: ":")) == user)
    }
}

/// `line:column code message`
func summary(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.span.map { $0.isOption ? $0.source : "\($0.start.line):\($0.start.column)" } ?? "-"
    return "\(place) \(diagnostic.code.rawValue) \(diagnostic.message)"
}
