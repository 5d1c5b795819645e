import CudaImageKit
import Testing

/// A recipe in Swift says all that a recipe's file says, and means the same.
@Suite struct RecipeBuilderTests {
    /// Every key of the recipe.
    static let full = RecipeBuilder(name: "full")
        .image(
            cuda: "12.6.3", flavor: .runtime, os: "ubuntu24.04", cudnn: .any, source: .packages, base: "debian:12",
            platforms: [.linuxAMD64]
        )
        .gpu(devices: ["0", "1"], capabilities: [.compute, .utility], architectures: [ComputeCapability(8, 0)])
        .systemPackages("libgl1", "curl")
        .python(
            version: "3.12", manager: .uv, requirements: "requirements.txt", packages: ["numpy==2.1.0"],
            index: "https://a.example.com/simple", extraIndexes: ["https://b.example.com/simple"], project: "app",
            environmentFile: "environment.yml", channels: ["conda-forge"]
        )
        .build(
            packages: ["cmake"], copy: ["CMakeLists.txt", .init("src", to: "src/")], environment: ["CXXFLAGS": "-O3"],
            run: ["cmake -B build\ncmake --build build"],
            artifacts: [.init("build/app", to: "/usr/local/bin/app", owner: "root")], workingDirectory: "/src"
        )
        .argument("REVISION", default: "main").argument("BUILD_ID")
        .copy("app.py", "data.py", to: "/app/", owner: "10001")
        .environment(["LEVEL": "2", "EMPTY": ""])
        .run("echo one", "echo two")
        .secret("pip", target: "/etc/pip.conf").secret("netrc")
        .workingDirectory("/app")
        .user("app", uid: 10001, gid: 10002)
        .expose(8080, "53/udp")
        .volumes("/data")
        .healthcheck("curl", "localhost", interval: "30s", timeout: "5s", startPeriod: "1s", retries: 3)
        .stopSignal("SIGINT")
        .labels(["org.opencontainers.image.vendor": "me"])
        .entrypoint("python3", "app.py")
        .command("--port", "8080")
        .mirrors(
            only: true, images: ["docker.io": "a.example.com"], nvidia: "https://n.example.com",
            nvidiaKey: .file("n.asc", fingerprint: "0123456789abcdef0123456789abcdef01234567"),
            ubuntu: .at(
                archive: "https://u.example.com", security: "https://s.example.com", ports: "https://p.example.com"),
            debian: .at(archive: "https://d.example.com", security: "https://e.example.com"), rpm: .files(["a.repo"]),
            pypi: "https://p.example.com", pytorch: "https://t.example.com", conda: "https://c.example.com",
            github: "https://g.example.com", certificates: ["ca.pem"]
        )
        .mirrorSecret("m", target: "/root/.netrc")
        .reproducible(epoch: 7, snapshot: "20240301T000000Z")
        .smoke(kernels: [.reduction], libraries: [.cublas], command: ["true"])

    private static let fullText = """
        name: full
        image:
          {cuda: 12.6.3, flavor: runtime, os: ubuntu24.04, cudnn: true, source: packages, base: debian:12,
           platforms: [linux/amd64]}
        gpu: {devices: ["0", "1"], capabilities: [compute, utility], architectures: ["8.0"]}
        system: {packages: [libgl1, curl]}
        python:
          {version: "3.12", manager: uv, requirements: requirements.txt, packages: [numpy==2.1.0],
           index: https://a.example.com/simple, extra-indexes: [https://b.example.com/simple], project: app,
           environment-file: environment.yml, channels: [conda-forge]}
        build:
          packages: [cmake]
          copy: [CMakeLists.txt, {from: src, to: src/}]
          env: {CXXFLAGS: -O3}
          run: ["cmake -B build\\ncmake --build build"]
          artifacts: [{from: build/app, to: /usr/local/bin/app, owner: root}]
          workdir: /src
        args: {REVISION: main, BUILD_ID: }
        copy: [{from: [app.py, data.py], to: /app/, owner: "10001"}]
        env: {LEVEL: "2", EMPTY: ""}
        run: [echo one, echo two]
        secrets: [{id: pip, target: /etc/pip.conf}, netrc]
        workdir: /app
        user: {name: app, uid: 10001, gid: 10002}
        expose: [8080, 53/udp]
        volumes: [/data]
        healthcheck: {command: [curl, localhost], interval: 30s, timeout: 5s, start-period: 1s, retries: 3}
        stop-signal: SIGINT
        labels: {org.opencontainers.image.vendor: me}
        entrypoint: [python3, app.py]
        command: [--port, "8080"]
        mirrors:
          only: true
          images: {docker.io: a.example.com}
          nvidia: https://n.example.com
          nvidia-key: {file: n.asc, fingerprint: 0123456789abcdef0123456789abcdef01234567}
          ubuntu: {archive: https://u.example.com, security: https://s.example.com, ports: https://p.example.com}
          debian: {archive: https://d.example.com, security: https://e.example.com}
          rpm: [a.repo]
          pypi: https://p.example.com
          pytorch: https://t.example.com
          conda: https://c.example.com
          github: https://g.example.com
          certificates: [ca.pem]
          secrets: [{id: m, target: /root/.netrc}]
        reproducible: {epoch: 7, snapshot: 20240301T000000Z}
        smoke: {kernels: [reduction], libraries: [cublas], command: ["true"]}
        """

    @Test func meansWhatTheFileMeans() throws {
        let (built, findings) = Self.full.read()
        let (read, _) = Recipe.parse(RecipeSource(text: Self.fullText, fileName: "app.yaml"))
        #expect(findings.isEmpty, "\(DiagnosticFormatter().text(findings))")
        #expect(Self.values(of: try #require(built)) == Self.values(of: try #require(read)))
    }

    /// A key that is added to the recipe has to be added to the builder.
    @Test func everyKeyCanBeSaid() throws {
        let recipe = try #require(Self.full.read().recipe)
        // What some entry of a list says, others may leave out.
        let optional: Set<String> = [
            "recipe.arguments.1.value", "recipe.secrets.1.target", "recipe.build.copies.0.to",
            "recipe.build.copies.0.owner", "recipe.build.copies.1.owner", "recipe.mirrors.debian.ports",
        ]
        // A recipe in Swift has no file; `cuda` is a release or `resolve`, and what follows from `resolve` is no key.
        let others: Set<String> = ["recipe.fileName", "recipe.image.resolve", "recipe.image.tag"]
        let unsaid = Self.unsaid(recipe, path: "recipe").filter {
            !$0.hasPrefix("recipe.frameworkPins.") && !$0.hasPrefix("recipe.gaps.")
        }
        #expect(Set(unsaid) == optional.union(others))
    }

    @Test func laterCallsAddToListsAndReplaceTheRest() throws {
        let recipe = RecipeBuilder(name: "a")
            .image(cuda: "12.4.1", flavor: .base).image(flavor: .runtime, os: "ubuntu22.04")
            .systemPackages("curl").systemPackages(["git"])
            .environment(["A": "1", "B": "1"]).environment(["A": "2"])
            .copy("a").copy("b")
            .entrypoint("one").entrypoint("two")
        let read = try #require(recipe.read().recipe)
        #expect(read.image.cuda?.value.description == "12.4.1")
        #expect(read.image.flavor?.value == .runtime)
        #expect(read.systemPackages.map(\.value.text) == ["curl", "git"])
        #expect(read.environment.map { "\($0.name.value)=\($0.value.value)" } == ["A=2", "B=1"])
        #expect(read.copies.count == 2)
        #expect(read.entrypoint?.value == ["two"])
    }

    @Test(arguments: [
        (RecipeBuilder().copy("/etc/passwd"), "CG0201"), (RecipeBuilder().copy("../x"), "CG0201"),
        (RecipeBuilder().systemPackages("curl", "curl"), "CG0201"), (RecipeBuilder().expose(70000), "CG0201"),
        (RecipeBuilder().environment(["A": "b\nc"]), "CG0204"), (RecipeBuilder().labels(["a=b": "c"]), "CG0201"),
        (RecipeBuilder().user("root", uid: 1), "CG0203"), (RecipeBuilder().entrypoint(), "CG0201"),
        (RecipeBuilder().healthcheck("x", interval: "soon"), "CG0201"), (RecipeBuilder(name: ""), "CG0201"),
        (RecipeBuilder().run("  "), "CG0201"), (RecipeBuilder().run("a\0b"), "CG0201"),
        (RecipeBuilder().user(uid: -1), "CG0201"), (RecipeBuilder().secret("a,b"), "CG0201"),
    ])
    func filesRulesHold(_ recipe: RecipeBuilder, _ code: String) {
        let (read, findings) = recipe.read()
        #expect(read == nil)
        #expect(findings.all.map(\.code.rawValue) == [code])
        #expect(findings.all.allSatisfy { $0.span?.source == "CudaImageKitTests/RecipeBuilderTests.swift" })
    }

    @Test func pythonAloneNeedsNoArguments() throws {
        #expect(try #require(RecipeBuilder().python().read().recipe).python != nil)
        let twice = RecipeBuilder().python(packages: ["a"]).python()
        #expect(try #require(twice.read().recipe).python?.packages.count == 1)
    }

    /// The recipe as text without its places.
    private static func values(of value: Any) -> [String] {
        let mirror = Mirror(reflecting: value)
        if mirror.children.isEmpty { return ["\(value)"] }
        return mirror.children.filter { !["span", "fileName", "program"].contains($0.label) }
            .flatMap { child in values(of: child.value).map { "\(child.label ?? "")/\($0)" } }
    }

    /// The properties that hold nothing, by name.
    private static func unsaid(_ value: Any, path: String) -> [String] {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            guard let wrapped = mirror.children.first else { return [path] }
            return unsaid(wrapped.value, path: path)
        case .collection:
            if mirror.children.isEmpty { return [path] }
            return mirror.children.enumerated().flatMap { unsaid($0.element.value, path: "\(path).\($0.offset)") }
        case .struct where "\(type(of: value))".hasPrefix("Located"): return []
        case .struct:
            return mirror.children.filter { $0.label != "span" }
                .flatMap { unsaid($0.value, path: "\(path).\($0.label ?? "")") }
        default: return []
        }
    }
}
