import Testing

@testable import CudaImageKit

/// A site with mirrors: what is refused, what is redirected, and that nothing is forgotten.
@Suite struct MirrorsTests {
    // MARK: - Reading

    @Test(arguments: [
        Refusal(
            "mirrors: {nvidia: 'https://me:secret@mirror.example.com/x'}",
            "1:19 CG0409 the URL of 'mirrors.nvidia' holds a user name or password, which would stand in the image's history",
            help: "mirrors.secrets: [{id: mirror, target: /etc/apt/auth.conf.d/mirror.conf}]"),
        Refusal(
            "mirrors: {debian: {archive: 'http://u:p@m.example.com/debian'}}",
            "1:29 CG0409 the URL of 'mirrors.debian.archive' holds a user name or password, which would stand in the image's history",
            help: "--secret id=mirror,src=FILE"),
        Refusal(
            "{}", ImageOptions(repositoryMirror: "https://u:p@m.example.com"),
            "--repository-mirror CG0409 the URL of 'mirrors.nvidia' holds a user name or password, which would stand in the image's history",
            help: "leave them out"),
        Refusal(
            "{}", ImageOptions(repositoryMirror: "mirror.example.com"),
            "--repository-mirror CG0201 'mirror.example.com' is not a mirror's URL: \(MirrorURL.rule)", help: ""),
        Refusal(
            "mirrors: {pypi: 'https://m.example.com/a b'}",
            "1:17 CG0201 'https://m.example.com/a b' is not a mirror's URL: \(MirrorURL.rule)", help: ""),
        Refusal(
            "mirrors: {images: 'https://registry.example.com'}",
            "1:19 CG0201 'https://registry.example.com' is not a registry: \(RegistryPrefix.rule)", help: "scheme"),
        Refusal(
            "mirrors: {images: {hub: registry.example.com}}",
            "1:20 CG0201 'hub' is not a registry: \(RegistryPrefix.rule)", help: ""),
        Refusal(
            "mirrors: {nvidia: 'https://m.example.com', nvidia-key: {file: a.asc}}",
            "1:56 CG0109 'mirrors.nvidia-key' needs the key 'fingerprint'", help: ""),
        Refusal(
            "mirrors: {nvidia: 'https://m.example.com', nvidia-key: {file: a.asc, fingerprint: A4B469963BF863CC}}",
            "1:83 CG0201 'A4B469963BF863CC' is not a key's fingerprint: 40 hexadecimal digits", help: "gpg --show-keys"),
        Refusal(
            "mirrors: {nvidia: 'https://m.example.com', nvidia-key: {fingerprint: \(fingerprint)}}",
            "1:44 CG0109 with an official image 'mirrors.nvidia-key' needs the key 'file' or 'url'", help: ""),
        Refusal(
            "mirrors: {nvidia: 'https://m.example.com', nvidia-key: {file: a, url: 'https://b.example.com', fingerprint: \(fingerprint)}}",
            "1:71 CG0203 'mirrors.nvidia-key' names a file and a URL", help: "leave out"),
        Refusal(
            "mirrors: {nvidia-key: {file: a, fingerprint: \(fingerprint)}}",
            "1:11 CG0109 'mirrors.nvidia-key' is a mirror's key, and 'mirrors.nvidia' names no mirror", help: ""),
        Refusal("mirrors: {only: yes}", "1:17 CG0201 'yes' is not true or false", help: ""),
        Refusal(
            "mirrors: {certificates: [a/ca.pem, b/ca.crt]}", "1:36 CG0201 the file 'ca' occurs twice (first on line 1)",
            help: ""),
        Refusal(
            "mirrors: {certificates: [../ca.pem]}",
            "1:26 CG0201 '../ca.pem' is not a path inside the build context: relative, without '..'",
            help: ""),
        Refusal(
            "mirrors: {rpm: [site/rocky.txt]}",
            "1:17 CG0201 package managers read files that end in .repo, and 'site/rocky.txt' does not", help: ""),
        Refusal(
            "mirrors: {secrets: [netrc]}",
            "1:21 CG0109 the secret 'netrc' needs a target, where the downloading program reads it",
            help: "/root/.netrc"),
        Refusal(
            "mirrors: {debian: {archive: 'http://a.example.com', ports: 'http://b.example.com'}}",
            "1:60 CG0203 Debian has no archive of ports: one archive serves all machines", help: ""),
        Refusal(
            "reproducible: {snapshot: 2024-03-01}", "1:26 CG0201 '2024-03-01' is not a snapshot: \(SnapshotTime.rule)",
            help: ""),
        Refusal(
            "reproducible: {snapshot: 20240230T000000Z}",
            "1:26 CG0201 '20240230T000000Z' is not a snapshot: \(SnapshotTime.rule)", help: ""),
        Refusal("reproducible: {epoch: -1}", "1:23 CG0201 '-1' is not a whole number from 0 to 4294967295", help: ""),
    ])
    func mistakeIsSaidAtItsPlace(_ refusal: Refusal) throws { try check(refusal) }

    private static let fingerprint = "0123456789abcdef0123456789abcdef01234567"

    /// Options that are applied before the recipe is read need the whole way.
    private func check(_ refusal: Refusal) throws {
        let output = Generator().generate(
            RecipeSource(text: refusal.recipe, fileName: "app.yaml"), options: refusal.options)
        let found = try #require(
            output.diagnostics.all.first { summary($0) == refusal.finding },
            "\(refusal.finding) is not among:\n\(DiagnosticFormatter().text(output.diagnostics))")
        #expect(found.severity == .error)
        #expect(output.text == nil)
        #expect(refusal.help.isEmpty || found.help?.contains(refusal.help) == true, "\(found.help ?? "no help")")
    }

    // MARK: - Deciding

    @Test(arguments: [
        Refusal(
            "image: {cuda: 12.6.3, os: ubuntu24.04}\nreproducible: {snapshot: 20230228T235959Z}",
            "2:26 CG0201 snapshots of Ubuntu's archive begin on 1 March 2023", help: "base image"),
        Refusal(
            "image: {cuda: 12.6.3, os: rockylinux9}\nreproducible: {snapshot: 20240301T000000Z}",
            "2:26 CG0411 there are no snapshots of rockylinux9's packages that cudagen knows", help: "epoch"),
        Refusal(
            "image: {cuda: 12.6.3, os: ubuntu24.04}\nreproducible: {snapshot: 20240301T000000Z}\nmirrors: {ubuntu: 'http://m.example.com/ubuntu'}",
            "3:11 CG0203 'reproducible.snapshot' and 'mirrors.ubuntu' name different archives", help: "leave out"),
        Refusal(
            "image: {cuda: 12.9.1, os: azl3}\nmirrors: {certificates: [ca.pem]}",
            "2:26 CG0411 how azl3 trusts certificates of one's own before it has a package for it is not known",
            help: "base"),
        Refusal(
            "secrets: [{id: a, target: /root/.netrc}]\nrun: [ls]\nmirrors: {secrets: [{id: b, target: /root/.netrc}]}",
            "3:26 CG0203 the secrets 'a' and 'b' of 'mirrors' contradict each other", help: "id and a target"),
    ])
    func whatCanNotBeIsRefused(_ refusal: Refusal) throws { try check(refusal) }

    @Test(arguments: [
        ("HTTP_PROXY: 'http://me:secret@proxy.example.com:3128'", "and with it the proxy's user name and password"),
        ("https_proxy: 'me:secret@proxy.example.com:3128'", "and with it the proxy's user name and password"),
        ("https_proxy: 'http://proxy.example.com:3128'", "wherever it runs"),
    ])
    func proxyInTheEnvironmentIsWarnedOf(variable: String, words: String) throws {
        for place in ["env: {\(variable)}", "build: {env: {\(variable)}, run: [make]}"] {
            let (plan, diagnostics) = resolve(place)
            let found = try #require(diagnostics.all.first { $0.code == .proxyInImage })
            #expect(found.severity == .warning && found.message.hasSuffix(words) && plan != nil)
            #expect(found.help?.contains("--build-arg") == true)
        }
        #expect(!resolve("env: {no_proxy: localhost}").diagnostics.all.contains { $0.code == .proxyInImage })
    }

    @Test(arguments: [
        ("image: {cuda: 12.4, base: 'debian:12'}\nmirrors: {debian: 'https://m.example.com/debian'}", true),
        ("image: {cuda: 12.4, base: 'debian:12'}\nmirrors: {debian: 'http://m.example.com/debian'}", false),
        (
            "image: {cuda: 12.4, base: 'debian:12'}\nmirrors: {debian: 'https://m.example.com/debian', certificates: [a.pem]}",
            false
        ),
        ("image: {cuda: 12.4.1, os: ubuntu22.04}\nmirrors: {ubuntu: 'https://m.example.com/ubuntu'}", false),
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04, source: packages}\nmirrors: {ubuntu: 'https://m.example.com/ubuntu'}",
            true
        ),
    ])
    func encryptedMirrorNeedsACertificate(recipe: String, isWarned: Bool) {
        #expect(resolve(recipe).diagnostics.all.contains { $0.code == .mirrorUntrusted } == isWarned)
    }

    // MARK: - Images

    @Test(arguments: [
        ("{images: registry.example.com}", "debian:12", "registry.example.com/debian:12"),
        (
            "{images: registry.example.com/hub}", "nvidia/cuda:12.4.1-base-ubi9",
            "registry.example.com/hub/nvidia/cuda:12.4.1-base-ubi9"
        ),
        ("{images: 'localhost:5000'}", "docker.io/library/debian:12", "localhost:5000/debian:12"),
        (
            "{images: registry.example.com}", "registry.access.redhat.com/ubi9/ubi:latest",
            "registry.example.com/ubi9/ubi:latest"
        ),
        ("{images: registry.example.com}", "own.example.com/debian:12", "own.example.com/debian:12"),
        ("{images: {docker.io: a.example.com/hub}}", "debian:12", "a.example.com/hub/debian:12"),
        ("{images: {docker.io: a.example.com/hub}}", "quay.io/x/y:1", "quay.io/x/y:1"),
        (
            "{images: {docker.io: a.example.com/hub, docker.io/library: a.example.com/hub/library}}", "debian:12",
            "a.example.com/hub/library/debian:12"
        ),
        (
            "{images: {docker.io: a.example.com/hub, docker.io/library: a.example.com/hub/library}}", "nvidia/cuda:1",
            "a.example.com/hub/nvidia/cuda:1"
        ),
        ("{images: {docker.io/nvidia: a.example.com/n}}", "nvidia/cuda:1", "a.example.com/n/cuda:1"),
        ("{images: {docker.io/nvidia: a.example.com/n}}", "nvidiax/cuda:1", "nvidiax/cuda:1"),
        (
            "{images: a.example.com}", "debian@sha256:\(String(repeating: "a", count: 64))",
            "a.example.com/debian@sha256:\(String(repeating: "a", count: 64))"
        ),
        ("{pypi: 'https://a.example.com'}", "debian:12", "debian:12"),
    ])
    func imageComesFromItsMirror(mirrors: String, image: String, expected: String) throws {
        let recipe = try #require(Recipe.parse(RecipeSource(text: "mirrors: \(mirrors)", fileName: "a")).recipe)
        let reference = try #require(ImageReference(image))
        #expect(recipe.mirrors.reference(reference).description == expected)
    }

    /// Every image that a file starts from is a mirrored one, the smoke test's compiler too.
    @Test func noImageIsForgotten() throws {
        for recipe in [
            "image: {source: wheels, cuda: 12.6}\npython: {packages: [torch]}\nbuild: {run: [make]}",
            "image: {cuda: 12.6.3, os: ubuntu24.04, source: packages}\nbuild: {run: [make]}",
            "image: {cuda: 12.6.3, os: ubuntu24.04}\nbuild: {run: [make]}",
        ] {
            let (plan, _) = resolve(recipe + "\nmirrors: {images: registry.example.com}")
            let found = try #require(plan)
            for stage in Dockerfile(found).stages {
                if case .image(let image) = stage.base { #expect(image.registry == "registry.example.com", "\(image)") }
            }
            let smoke = try SmokeTestPlan(found, catalog: .embedded)
            #expect(smoke.builder.value.image.registry == "registry.example.com")
        }
    }

    // MARK: - Alone

    /// With what the frameworks in the recipe decide.
    private func generate(_ recipe: String) -> Generator.Output {
        Generator().generate(RecipeSource(text: recipe, fileName: "app.yaml"))
    }

    @Test func everythingFromElsewhereIsListed() throws {
        let output = generate(
            """
            image: {source: wheels, cuda: 12.6}
            mirrors: {only: true}
            python: {version: "3.12", manager: uv, packages: [torch, numpy]}
            build: {packages: [make], run: [make]}
            """)
        let found = try #require(output.diagnostics.all.first { $0.code == .fetchedElsewhere })
        #expect(output.text == nil)
        #expect(summary(found) == "2:17 CG0413 with mirrors alone, 6 hosts would still be asked")
        #expect(
            found.notes == [
                "docker.io: image python:3.12-slim-bookworm, image nvidia/cuda:12.6.3-devel-ubuntu22.04; mirrors.images redirects it",
                "archive.ubuntu.com: packages of ubuntu22.04; mirrors.ubuntu redirects it",
                "security.ubuntu.com: packages of ubuntu22.04; mirrors.ubuntu redirects it",
                "developer.download.nvidia.com: lists of NVIDIA's packages; mirrors.nvidia redirects it",
                "download.pytorch.org: torch==2.13.0+cu126; mirrors.pytorch redirects it",
                "pip's own index: Python packages; mirrors.pypi redirects it",
            ])
        #expect(found.help == "add mirrors.images, mirrors.ubuntu, mirrors.nvidia, mirrors.pytorch, mirrors.pypi")
    }

    /// Recipes that are complete but for one host, and the host.
    @Test(arguments: [
        ("image: {cuda: 12.4.1, os: ubuntu22.04}", "images", "docker.io"),
        ("image: {cuda: 12.4.1, os: ubuntu22.04, source: packages}", "nvidia", "developer.download.nvidia.com"),
        ("image: {cuda: 12.4.1, os: ubuntu22.04, source: packages}", "ubuntu", "archive.ubuntu.com"),
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04, source: packages, platforms: [linux/arm64]}", "ubuntu",
            "ports.ubuntu.com"
        ),
        ("image: {cuda: 12.4.1, os: ubuntu22.04}\nrun: [apt-get update]", "nvidia", "developer.download.nvidia.com"),
        ("image: {cuda: 12.4.1, base: 'debian:12'}", "debian", "Debian's archive"),
        ("image: {cuda: 12.6.3, os: rockylinux9, source: packages}", "rpm", "the hosts of rockylinux9's repositories"),
        ("image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {packages: [numpy]}", "pypi", "pip's own index"),
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {version: '3.12', packages: [numpy]}", "github",
            "github.com"
        ),
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {manager: conda, packages: [numpy]}", "conda",
            "conda.anaconda.org"
        ),
        ("image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {manager: conda, packages: [numpy]}", "github", "github.com"),
        ("image: {source: wheels, cuda: 12.6}\npython: {packages: [torch]}", "pytorch", "download.pytorch.org"),
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {packages: [torch], extra-indexes: ['https://download.pytorch.org/whl/cu124']}",
            "pytorch", "download.pytorch.org"
        ),
    ])
    func oneHostThatIsLeftIsNamed(recipe: String, key: String, host: String) throws {
        let all = [
            "images": "registry.example.com", "nvidia": "http://m.example.com/nvidia",
            "ubuntu":
                "{archive: 'http://m.example.com/ubuntu', security: 'http://m.example.com/ubuntu', ports: 'http://m.example.com/ports'}",
            "debian": "{archive: 'http://m.example.com/debian', security: 'http://m.example.com/security'}",
            "rpm": "[a.repo]",
            "pypi": "http://m.example.com/simple", "pytorch": "http://m.example.com/pytorch",
            "conda": "http://m.example.com/conda",
            "github": "http://m.example.com/github",
        ]
        func findings(_ mirrors: [String: String]) -> [Diagnostic] {
            let text = mirrors.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            return generate(recipe + "\nmirrors: {only: true, \(text)}").diagnostics.all.filter {
                $0.severity == .error
            }
        }
        #expect(findings(all).isEmpty)
        let found = try #require(findings(all.filter { $0.key != key }).first)
        #expect(found.code == .fetchedElsewhere)
        #expect(found.notes.contains { $0.hasPrefix(host + ": ") && $0.contains("mirrors.\(key)") }, "\(found.notes)")
    }

    /// No address of a host on the internet is left in a file whose recipe says that there is none.
    @Test(arguments: GoldenCase.all.filter { $0.recipe?.contains("only: true") == true })
    func noHostIsLeftInTheFile(_ golden: GoldenCase) throws {
        let text = try Generator().generate(golden.source, options: golden.options).get()
        #expect(text.contains("example.com"))
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            // What sed looks for is no address.
            for host in [
                "://archive.ubuntu", "debian.org", "nvidia.com/", "pytorch.org", "github.com",
                "anaconda.org",
            ] {
                #expect(!line.contains(host), "\(line)")
            }
            if line.hasPrefix("FROM "), let image = ImageReference(String(line.split(separator: " ")[1])) {
                #expect(image.registry == "registry.example.com" || image.tag == nil, "\(line)")
            }
        }
        #expect(!text.contains("# syntax="))
    }

    @Test func ownIndexAndOwnRegistryAreNamed() {
        let (plan, diagnostics) = resolve(
            """
            image: {source: wheels, base: "registry.example.com/python:3.12-slim-bookworm"}
            python: {packages: [numpy], index: "https://pypi.example.com/simple"}
            mirrors: {only: true}
            """)
        #expect(plan != nil && !diagnostics.hasErrors)
        #expect(plan?.downloads.map(\.host) == ["registry.example.com", "pypi.example.com"])
    }

    @Test func baseWhoseSourcesAreRightStaysAsItIs() throws {
        let (plan, _) = resolve(
            """
            image: {cuda: 12.4.1, base: "registry.example.com/debian:12"}
            mirrors: {only: true, debian: as-is, nvidia: "http://m.example.com/nvidia"}
            """)
        let text = try Dockerfile(try #require(plan)).text()
        #expect(!text.contains("sed"))
        #expect(text.contains("http://m.example.com/nvidia/compute/cuda/repos/debian12/x86_64 /"))
    }

    /// Whatever builds the image is told of the mirrors' secrets, too; one that the recipe has as well is given once.
    @Test func secretsOfMirrorsAreGivenToBuilds() throws {
        let (plan, _) = resolve(
            """
            secrets: [{id: netrc, target: /root/.netrc}]
            run: [ls]
            mirrors: {secrets: [{id: apt, target: /etc/apt/auth.conf.d/a.conf}, {id: netrc, target: /root/.netrc}]}
            """)
        let found = try #require(plan)
        let mounts = try ["netrc": "/root/.netrc", "apt": "/etc/apt/auth.conf.d/a.conf"].map { id, path in
            Mount.secret(id: id, target: try #require(ContainerPath(path)))
        }
        #expect(Set(found.secrets) == Set(mounts) && found.secrets.count == 2)
        #expect(found.secrets.first == .secret(id: "netrc", target: try #require(ContainerPath("/root/.netrc"))))
        for instruction in Dockerfile(found).stages.flatMap(\.sections).flatMap(\.instructions) {
            if case .run(.shell, let given) = instruction { #expect(Set(given) == Set(mounts) && given.count == 2) }
        }
    }

    // MARK: - Options

    @Test func optionBeatsTheRecipeAndIsInTheHeader() throws {
        let source = RecipeSource(text: "mirrors: {nvidia: 'http://recipe.example.com'}", fileName: "app.yaml")
        let options = ImageOptions(
            cuda: CUDAVersionPattern("12.4.1"), source: .packages, repositoryMirror: "http://option.example.com/")
        let text = try Generator().generate(source, options: options).get()
        #expect(!text.contains("recipe.example.com"))
        #expect(
            text.contains(
                "deb [signed-by=/usr/share/keyrings/cuda-archive-keyring.gpg] http://option.example.com/compute/"))
        #expect(
            text.contains(
                "#   cudagen --cuda 12.4.1 --source packages --repository-mirror http://option.example.com/ app.yaml"))
        let alone = Generator().generate(source, options: ImageOptions(isAirGapped: true)).diagnostics.all
        #expect(alone.contains { $0.code == .fetchedElsewhere && $0.span?.source == "--air-gap" })
    }

    // MARK: - Hashes

    private func install(_ requirements: String, manager: String = "pip") -> Generator.Output {
        let generator = Generator(files: FileReader(["req.txt": requirements]))
        return generator.generate(
            RecipeSource(text: "python: {manager: \(manager), requirements: req.txt}", fileName: "app.yaml"))
    }

    @Test(arguments: ["pip", "uv"])
    func hashesOfAllAreRequired(manager: String) throws {
        let hashed = "--index-url https://x.example.com\na==1 \\\n  --hash=sha256:00\nb==2 --hash=sha256:11 # c\n"
        #expect(
            try install(hashed, manager: manager).get().contains(
                "install --require-hashes --requirement=/opt/venv/requirements.txt"))
        #expect(try !install("a==1\nb==2\n", manager: manager).get().contains("--require-hashes"))
    }

    @Test func lineWithoutAHashAmongOthersIsAnError() throws {
        let output = install("a==1 --hash=sha256:00\n\nb==2\nc @ https://x.example.com/c.whl\n")
        #expect(output.text == nil)
        #expect(
            output.diagnostics.all.map(summary) == [
                "3:1 CG0415 'b==2' has no hash, and other requirements have one"
            ])
        #expect(output.diagnostics.all[0].notes.first == "nor has 1 other")
        #expect(output.diagnostics.all.allSatisfy { $0.span?.source == "req.txt" })
        #expect(output.sources["req.txt"] != nil)
    }

    // MARK: - Times

    @Test(arguments: [
        ("20240301T030400Z", 1_709_262_240), ("20230301T000000Z", 1_677_628_800), ("20240229T235959Z", 1_709_251_199),
        ("20000101T000000Z", 946_684_800), ("21000301T000000Z", 4_107_542_400),
    ])
    func snapshotIsATime(text: String, seconds: Int) { #expect(SnapshotTime(text)?.seconds == seconds) }

    @Test(arguments: [
        "20240230T000000Z", "20230229T000000Z", "21000229T000000Z", "20240101T240000Z", "20240101T006000Z", "20240101",
        "2024010aT000000Z", "19991231T000000Z",
    ])
    func whatIsNoTimeIsNoSnapshot(text: String) { #expect(SnapshotTime(text) == nil) }

    /// Arguments never become the image's environment, and come into every stage.
    @Test func epochIsAnArgumentOfEveryStage() throws {
        let (plan, _) = resolve(
            "image: {cuda: 12.6.3, os: ubuntu24.04, source: packages}\nbuild: {run: [make]}\nreproducible: {epoch: 7}\nmirrors: {certificates: [a.pem]}"
        )
        let file = Dockerfile(try #require(plan))
        #expect(file.stages.count == 6)
        #expect(file.arguments == [.argument(try #require(EnvironmentName("SOURCE_DATE_EPOCH")), default: "7")])
        for stage in file.stages {
            let instructions = stage.sections.flatMap(\.instructions)
            #expect(instructions.first == .argument(try #require(EnvironmentName("SOURCE_DATE_EPOCH")), default: nil))
            for case .environment(let variables) in instructions {
                #expect(
                    !variables.contains { ["SOURCE_DATE_EPOCH", "SSL_CERT_FILE", "PIP_CERT"].contains($0.name.text) })
            }
        }
    }
}
