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
            "1:44 CG0109 with an official image 'mirrors.nvidia-key' needs the key 'file' or 'url'", help: "export"),
        Refusal(
            "mirrors: {nvidia: 'https://m.example.com', nvidia-key: {file: a, url: 'https://b.example.com', fingerprint: \(fingerprint)}}",
            "1:71 CG0203 'mirrors.nvidia-key' names a file and a URL", help: "leave out"),
        Refusal(
            "mirrors: {nvidia-key: {file: a, fingerprint: \(fingerprint)}}",
            "1:11 CG0109 'mirrors.nvidia-key' is a mirror's key, and 'mirrors.nvidia' names no mirror", help: ""),
        Refusal("mirrors: {only: yes}", "1:17 CG0201 'yes' is not true or false", help: ""),
        Refusal(
            "mirrors: {certificates: [a/ca.pem, b/ca.crt]}",
            "1:36 CG0201 'a/ca.pem' and 'b/ca.crt' would both be 'ca' in the image", help: "rename one of them"),
        Refusal(
            "mirrors: {certificates: [a/ca.pem, a/ca.pem]}",
            "1:36 CG0201 the file 'a/ca.pem' occurs twice (first on line 1)", help: ""),
        Refusal(
            "mirrors: {certificates: ['https://m.example.com/ca.pem']}",
            "1:26 CG0201 'https://m.example.com/ca.pem' is not a path inside the build context: relative, without '..'",
            help: ""),
        Refusal(
            "copy: ['https://m.example.com/a.tar']",
            "1:8 CG0201 'https://m.example.com/a.tar' is not a path inside the build context: relative, without '..'",
            help: ""),
        Refusal(
            "mirrors: {certificates: [site/]}", "1:26 CG0201 'site/' is not the path of one file", help: "name the file"
        ),
        Refusal("mirrors: {certificates: [.]}", "1:26 CG0201 '.' is not the path of one file", help: ""),
        Refusal("mirrors: {certificates: ['a*.pem']}", "1:26 CG0201 'a*.pem' is not the path of one file", help: ""),
        Refusal(
            "mirrors: {nvidia: 'https://m.example.com', nvidia-key: {file: keys/, fingerprint: \(fingerprint)}}",
            "1:63 CG0201 'keys/' is not the path of one file", help: ""),
        Refusal(
            "mirrors: {rpm: [site/cuda-rhel9.repo]}",
            "1:17 CG0201 'site/cuda-rhel9.repo' has the name of NVIDIA's own repository file", help: "mirrors.nvidia"),
        Refusal(
            "mirrors: {secrets: [{id: a, target: /etc/}]}", "1:37 CG0201 '/etc/' is not the path of a file",
            help: "secret"),
        Refusal(
            "mirrors: {secrets: [{id: a, target: /etc/../x}]}", "1:37 CG0201 '/etc/../x' is not the path of a file",
            help: ""),
        Refusal(
            "mirrors: {nvidia: 'https://m.example.com:99999/n'}",
            "1:19 CG0201 'https://m.example.com:99999/n' is not a mirror's URL: \(MirrorURL.rule)", help: ""),
        Refusal(
            "mirrors: {nvidia: 'https://m.example.com:/n'}",
            "1:19 CG0201 'https://m.example.com:/n' is not a mirror's URL: \(MirrorURL.rule)", help: ""),
        Refusal(
            "mirrors: {nvidia: 'https://m..example.com/n'}",
            "1:19 CG0201 'https://m..example.com/n' is not a mirror's URL: \(MirrorURL.rule)", help: ""),
        Refusal(
            "mirrors: {images: 'registry.example.com:99999'}",
            "1:19 CG0201 'registry.example.com:99999' is not a registry: \(RegistryPrefix.rule)", help: ""),
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
        Refusal(
            "args: {SOURCE_DATE_EPOCH: '5'}\nreproducible: {epoch: 7}",
            "1:8 CG0203 'reproducible' declares SOURCE_DATE_EPOCH, and 'args' sets it as well",
            help: "reproducible.epoch"),
        Refusal(
            "env: {SOURCE_DATE_EPOCH: '5'}\nreproducible: {epoch: 7}",
            "1:7 CG0203 'reproducible' declares SOURCE_DATE_EPOCH, and 'env' sets it as well", help: "leave it out"),
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
        (
            "args: {https_proxy: 'http://u:p@proxy.example.com'}",
            "https_proxy stands in the Dockerfile, and with it the proxy's user name and password"
        ),
        (
            "args: {INDEX: 'https://u:p@pypi.example.com'}",
            "INDEX stands in the Dockerfile, and with it a user name and password"
        ),
        (
            "env: {PIP_INDEX_URL: 'https://u:p@pypi.example.com'}",
            "PIP_INDEX_URL becomes part of the image, and with it a user name and password"
        ),
    ])
    func passwordInVariablesIsWarnedOf(recipe: String, message: String) throws {
        let (plan, diagnostics) = resolve(recipe)
        #expect(diagnostics.all.map(\.message) == [message] && diagnostics.all.map(\.code) == [.proxyInImage])
        #expect(plan != nil)
        #expect(
            resolve("args: {INDEX: 'https://pypi.example.com', https_proxy: 'http://p.example.com'}").diagnostics
                .isEmpty)
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
        ("{images: {docker.io/library/ubuntu: a.example.com/ub}}", "ubuntu:22.04", "a.example.com/ub:22.04"),
        ("{images: {docker.io/ubuntu: a.example.com/ub}}", "docker.io/library/ubuntu:22.04", "a.example.com/ub:22.04"),
        ("{images: {docker.io/ubuntu: a.example.com/ub}}", "ubuntux:22.04", "ubuntux:22.04"),
        ("{images: a.example.com/hub}", "DOCKER.IO/debian:12", "a.example.com/hub/debian:12"),
        (
            "{images: {docker.io: a.example.com/hub}}", "index.docker.io/library/debian:12",
            "a.example.com/hub/debian:12"
        ),
        ("{images: {Quay.io: a.example.com/q}}", "quay.io:443/x/y:1", "a.example.com/q/x/y:1"),
        (
            "{images: a.example.com}", "debian@sha256:\(String(repeating: "a", count: 64))",
            "a.example.com/debian@sha256:\(String(repeating: "a", count: 64))"
        ),
        ("{pypi: 'https://a.example.com'}", "debian:12", "debian:12"),
    ])
    func imageComesFromItsMirror(mirrors: String, image: String, expected: String) throws {
        let recipe = try #require(Recipe.parse(RecipeSource(text: "mirrors: \(mirrors)", fileName: "a")).recipe)
        let reference = try #require(ImageReference(image))
        #expect(
            recipe.mirrors.reference(reference, isOwn: reference.registry == "own.example.com").description == expected)
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
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {packages: [torch], extra-indexes: ['http://Download.PyTorch.org/whl/cu124']}",
            "pytorch", "Download.PyTorch.org"
        ),
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {packages: ['x @ https://download.pytorch.org/whl/cu124/x.whl']}",
            "pytorch", "download.pytorch.org"
        ),
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {packages: ['x @ https://github.com/a/b/releases/x.whl']}",
            "github", "github.com"
        ),
        (
            "image: {cuda: 12.4.1, os: ubuntu22.04}\npython: {manager: conda, environment-file: e.yml, packages: [numpy]}",
            "conda", "conda.anaconda.org"
        ),
        ("image: {cuda: 12.4.1, base: 'DOCKER.IO/debian:12'}", "images", "DOCKER.IO"),
        ("image: {cuda: 12.6.3, os: ubi9, source: packages}", "images", "registry.access.redhat.com"),
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
        #expect(!text.contains("sed -i"))
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

    // MARK: - Nothing is forgotten

    private static let key = "nvidia-key: {file: site/a b.asc, fingerprint: \(fingerprint)}"

    /// An official image has NVIDIA's repository; its mirror's key is needed where a package manager may read it.
    @Test func keyStageOfOfficialImagesIsCounted() throws {
        let mirrors = "mirrors: {only: true, images: r.example.com, nvidia: 'https://m.example.com/n', \(Self.key)}"
        for os in ["ubuntu22.04", "ubi9", "opensuse15"] {
            let image = "image: {cuda: 13.0.1, os: \(os)}\n"
            let plain = generate(image + "user: root\ncopy: [app]\n" + mirrors)
            let text = try #require(plain.text, "\(os): \(plain.diagnostics.all)")
            #expect(plain.plan?.downloads.map(\.what) == ["image \(try #require(plain.plan?.baseImages.first))"])
            #expect(!text.contains("nvidia-key") && !text.contains("m.example.com"))
        }
        let script = generate("image: {cuda: 13.0.1, os: ubuntu22.04}\nrun: [./install]\n" + mirrors)
        let found = try #require(script.diagnostics.all.first { $0.code == .fetchedElsewhere })
        #expect(found.notes.first == "archive.ubuntu.com: packages of ubuntu22.04; mirrors.ubuntu redirects it")
        let url = generate(
            "image: {cuda: 13.0.1, os: ubi9}\nrun: [./install]\nmirrors: {images: r.example.com, nvidia: 'https://m.example.com/n', "
                + "nvidia-key: {url: 'https://k.example.com/a', fingerprint: \(Self.fingerprint)}}")
        #expect(url.plan?.downloads.contains { $0.host == "k.example.com" } == true)
    }

    @Test(arguments: ["python3 adapt.py", "echo chapter captured", "./dnf.sh", "tdnfx"])
    func wordsThatHoldAProgramsNameAreNoCall(command: String) throws {
        let (plan, _) = resolve("image: {cuda: 12.4.1, os: ubuntu22.04}\nrun: ['\(command)']")
        #expect(try #require(plan).downloads.map(\.host) == ["docker.io"])
    }

    @Test(arguments: ["apt-get update", "DEBIAN_FRONTEND=noninteractive apt install -y x", "(/usr/bin/apt-get update)"])
    func programIsACall(command: String) throws {
        let (plan, _) = resolve("image: {cuda: 12.4.1, os: ubuntu22.04}\nrun: ['\(command)']")
        #expect(try #require(plan).downloads.contains { $0.host == "archive.ubuntu.com" })
    }

    @Test func whatNoMirrorServesIsSaid() throws {
        let output = generate(
            """
            image: {cuda: 12.4.1, base: "debian:12"}
            mirrors: {only: true, images: {quay.io: r.example.com}, nvidia: "https://m.example.com", debian: as-is,
              pypi: "https://m.example.com", github: "https://m.example.com"}
            python: {packages: ["x @ git+https://github.com/a/b"]}
            """)
        let found = try #require(output.diagnostics.all.first { $0.code == .fetchedElsewhere })
        #expect(
            found.notes == [
                "docker.io: image debian:12; mirrors.images has no entry for it",
                "github.com: x; python.packages names it",
            ])
        #expect(found.help == "add docker.io to mirrors.images; name places of your own in python.packages")
        let broken = generate(
            "image: {cuda: 12.4.1, base: 'debian:12'}\nmirrors: {only: true, images: hub, debian: as-is}")
        #expect(broken.diagnostics.all.contains { $0.code == .invalidValue })
        #expect(!broken.diagnostics.all.flatMap(\.notes).contains { $0.contains("mirrors.images") })
        let ports = generate(
            "image: {cuda: 12.4.1, os: ubuntu22.04, platforms: [linux/arm64]}\nsystem: {packages: [git]}\nmirrors: {only: true, images: r.example.com, nvidia: 'https://m.example.com', ubuntu: 'https://m.example.com'}"
        )
        #expect(
            ports.diagnostics.all.first { $0.code == .fetchedElsewhere }?.help
                == "add mirrors.ubuntu as {archive: URL, security: URL, ports: URL}")
    }

    /// The registry that the recipe's base names is the user's choice; Docker Hub is nobody's.
    @Test func registryOfTheBaseIsNamed() throws {
        for registry in ["ghcr.io", "docker.elastic.co", "r.example.com:5000"] {
            let output = generate(
                "image: {cuda: 12.4.1, base: '\(registry)/x/debian:12'}\nmirrors: {only: true, images: h.example.com, nvidia: 'https://m.example.com', debian: as-is}"
            )
            #expect(output.text?.contains("FROM \(registry)/x/debian:12") == true, "\(output.diagnostics.all)")
        }
        let mapped = generate(
            "image: {cuda: 12.4.1, base: 'ghcr.io/x/debian:12'}\nmirrors: {images: {ghcr.io: h.example.com/g}}")
        #expect(mapped.text?.contains("FROM h.example.com/g/x/debian:12") == true)
    }

    @Test func addressesOfRequirementsAreListed() throws {
        let recipe = """
            image: {cuda: 12.4.1, os: ubuntu22.04}
            mirrors: {only: true, images: r.example.com, ubuntu: as-is, nvidia: "https://m.example.com", pypi: "https://m.example.com"}
            python: {requirements: req.txt}
            """
        func output(_ requirements: String?) -> Generator.Output {
            let generator = Generator(files: FileReader(requirements.map { ["req.txt": $0] } ?? [:]))
            return generator.generate(RecipeSource(text: recipe, fileName: "app.yaml"))
        }
        #expect(output("numpy==2.1.3\n--extra-index-url https://m.example.com/x\n").diagnostics.isEmpty)
        let own = output("a==1\n--find-links https://x.example.org/wheels\nb @ https://x.example.org/b.whl\n")
        #expect(own.text != nil)
        #expect(
            own.diagnostics.all.map(summary) == [
                "2:1 CG0417 the requirements name a host of their own, 'x.example.org'"
            ])
        #expect(own.diagnostics.all.allSatisfy { $0.span?.source == "req.txt" && $0.severity == .warning })
        for line in [
            "--extra-index-url https://download.pytorch.org/whl/cu124", "-f http://download.pytorch.org/whl",
            "x @ git+https://github.com/a/b", "x @ https://GitHub.com/a/b.whl", "git+https://github.com/a/b",
        ] {
            let found = output(line + "\n").diagnostics.all.first { $0.code == .fetchedElsewhere }
            #expect(found?.notes.first?.hasSuffix(": req.txt; python.requirements names it") == true, "\(line)")
        }
        let unread = output(nil).diagnostics.all
        #expect(
            unread.map(summary) == ["3:24 CG0417 'req.txt' may name hosts of its own, which cudagen does not read"])
    }

    @Test func filesThatAreNotReadAreWarnedOf() throws {
        let mirrors =
            "mirrors: {only: true, images: r.example.com, ubuntu: as-is, nvidia: 'https://m.example.com', pypi: 'https://m.example.com/simple', github: 'https://m.example.com/g', conda: 'https://m.example.com/c'}\n"
        let image = "image: {cuda: 12.4.1, os: ubuntu22.04}\n" + mirrors
        let uv = generate(image + "python: {project: app}")
        #expect(
            uv.diagnostics.all.map(summary) == [
                "3:19 CG0417 'app/uv.lock' may name hosts of its own, which cudagen does not read"
            ])
        #expect(
            uv.text?.contains(
                "uv sync --frozen --no-dev --no-install-project --default-index=https://m.example.com/simple") == true)
        let conda = generate(image + "python: {manager: conda, environment-file: e.yml}")
        let found = try #require(conda.diagnostics.all.first)
        #expect(found.code == .notSeen && found.help?.contains("conda.anaconda.org") == true)
        #expect(conda.plan?.downloads.contains { $0.what == "packages of e.yml" } == true)
    }

    @Test(arguments: ["images: {quay.io: r.example.com}", "ubuntu: as-is"])
    func smokeTestsCompilerIsNoException(other: String) throws {
        let (plan, diagnostics) = resolve(
            "image: {cuda: 12.4.1, flavor: base, os: ubuntu22.04, source: packages, base: 'r.example.com/ubuntu:22.04'}\nmirrors: {only: true, nvidia: 'https://m.example.com', ubuntu: as-is\(other.hasPrefix("ubuntu") ? "" : ", " + other)}"
        )
        let found = try #require(plan, "\(diagnostics.all)")
        let error = #expect(throws: DiagnosticError.self) { try SmokeTestPlan(found, catalog: .embedded) }
        #expect(error?.diagnostics.all.map(\.code) == [.fetchedElsewhere])
        #expect(error?.diagnostics.all.first?.message.contains("'docker.io'") == true)
    }

    /// Every host in a file, and every package manager that it calls, is among the plan's downloads.
    @Test(arguments: [
        "ubuntu22.04", "ubuntu24.04", "ubi9", "rockylinux9", "opensuse15", "azl3", "amzn2023", "debian12", "ubi8",
    ])
    func fileAsksNobodyWhoIsNotListed(os: String) throws {
        let sources = ["image", "packages", "wheels"]
        let contents = [
            "copy: [a]", "system: {packages: [git]}", "run: [./x]", "build: {run: [make], artifacts: [x]}",
            "python: {packages: [numpy]}", "python: {packages: ['x @ https://x.example.org/x.whl', torch]}",
            "python: {manager: uv, version: '3.12', packages: [numpy]}", "python: {manager: conda, packages: [numpy]}",
            "python: {packages: [numpy], extra-indexes: ['http://download.pytorch.org/whl/cu126']}",
        ]
        let sites = [
            "{}", "{nvidia: 'https://n.example.com', \(Self.key)}",
            "{nvidia: 'https://n.example.com', images: r.example.com, pypi: 'http://p.example.com/simple'}",
            "{nvidia: 'https://n.example.com', nvidia-key: {url: 'https://k.example.com/k', fingerprint: \(Self.fingerprint)}}",
        ]
        var count = 0
        for source in sources {
            for content in contents {
                for site in sites {
                    let base = os == "debian12" && source != "image" ? "base: 'debian:12'" : "os: \(os)"
                    let text =
                        "image: {cuda: 13.0.1, \(base), source: \(source)}\n\(content)\nmirrors: \(site)\n"
                    guard let plan = resolve(text).plan else { continue }
                    count += 1
                    try Self.checkDownloads(of: plan, text)
                }
            }
        }
        #expect(count >= 20 || ["azl3", "amzn2023", "ubi8"].contains(os), "\(os): \(count)")
    }

    @Test(arguments: GoldenCase.all)
    func goldenFileAsksNobodyWhoIsNotListed(_ golden: GoldenCase) throws {
        let plan = try #require(Generator().generate(golden.source, options: golden.options).plan)
        try Self.checkDownloads(of: plan, golden.recipe ?? "")
    }

    private static func checkDownloads(of plan: ImagePlan, _ recipe: String) throws {
        let downloads = plan.downloads
        let hosts = Set(downloads.map { String(MirrorURL.host(ofAuthority: $0.host[...])) })
        let file = Dockerfile(plan)
        for line in try file.text().split(separator: "\n") where !line.hasPrefix("#") {
            for match in line.matches(of: /https?:\/\/([A-Za-z0-9.-]+)(?![\[A-Za-z0-9.-])/)
            where !recipe.contains(match.1) {
                #expect(hosts.contains(String(match.1)) || match.1 == "localhost", "\(match.1) in:\n\(recipe)")
            }
            if line.contains(/(apt-get|dnf|yum|zypper|tdnf) .*(update|install)/) {
                #expect(downloads.contains { $0.what.hasPrefix("packages of ") }, "\(line) in:\n\(recipe)")
            }
        }
        for image in file.externalImages {
            #expect(
                hosts.contains(String((image.registry ?? "docker.io").prefix { $0 != ":" })), "\(image) in:\n\(recipe)")
        }
    }

    // MARK: - What can be built

    /// pip refuses an index without TLS that it is not told to trust; uv takes it.
    @Test func indexWithoutTLSIsTrustedForPip() throws {
        func text(_ recipe: String) throws -> String {
            let text = try generate("image: {cuda: 12.4.1, os: ubuntu22.04}\n" + recipe).get()
            return text.replacing(#/ *\\\n */#, with: " ")
        }
        let pip = try text("python: {packages: [numpy]}\nmirrors: {pypi: 'http://m.example.com:8080/simple'}")
        let options = "--index-url=http://m.example.com:8080/simple --trusted-host=m.example.com:8080"
        #expect(pip.components(separatedBy: options).count >= 3, "for pip itself, too:\n\(pip)")
        let uv = try text(
            "python: {manager: uv, packages: [numpy], index: 'http://m.example.com/simple'}")
        #expect(
            uv.contains(
                "/opt/uv/bin/pip install --no-cache-dir --index-url=http://m.example.com/simple --trusted-host=m.example.com uv"
            ))
        #expect(uv.components(separatedBy: "--trusted-host").count == 2, "uv needs no such option:\n\(uv)")
        #expect(!(try text("python: {packages: [numpy], index: 'https://m.example.com'}")).contains("--trusted-host"))
    }

    @Test func zypperReadsNoMirrorWithoutItsKey() throws {
        let text = try generate(
            "image: {cuda: 13.0.2, os: opensuse15}\nsystem: {packages: [git]}\nmirrors: {nvidia: 'https://m.example.com', \(Self.key)}"
        ).get()
        let stages = text.components(separatedBy: "\nFROM ")
        #expect(stages.count == 3)
        #expect(stages[1].contains("rm -f /etc/zypp/repos.d/cuda*.repo") && !stages[1].contains("m.example.com"))
        #expect(stages[2].contains("rpm --import /etc/pki/rpm-gpg/RPM-GPG-KEY-NVIDIA"))
    }

    @Test func ownSourcesAreAskedWithTheCertificate() throws {
        let text = try generate(
            "image: {cuda: 12.4.1, base: 'r.example.com/ubuntu:22.04'}\nmirrors: {ubuntu: as-is, certificates: [c.pem], nvidia: 'https://m.example.com'}"
        ).get()
        #expect(text.contains("apt-get -oAcquire::https::CAInfo=/tmp/site.crt update"))
    }

    @Test func secretSourcesAreNotEditedWhereTheyAreMounted() throws {
        let text = try generate(
            "image: {cuda: 12.4.1, base: 'ubuntu:22.04'}\nmirrors: {ubuntu: 'http://m.example.com', certificates: [c.pem], secrets: [{id: s, target: /etc/apt/sources.list.d/s.list}]}"
        ).get()
        for run in text.components(separatedBy: "\nRUN ") where run.contains("-exec sed") {
            #expect(!run.prefix { $0 != "\n" }.contains("--mount=type=secret"), "\(run)")
        }
    }

    @Test func repositoriesMayBeRemoved() throws {
        func text(_ rpm: String) throws -> String {
            try generate(
                "image: {cuda: 12.6.3, os: rockylinux9, source: packages}\nmirrors: {only: true, images: r.example.com, nvidia: 'https://m.example.com', rpm: \(rpm), secrets: [{id: site, target: /etc/yum.repos.d/site.repo}]}"
            ).get()
        }
        #expect(try text("[]").contains("rm -f /etc/yum.repos.d/*.repo"))
        #expect(!(try text("as-is")).contains("rm -f /etc/yum.repos.d/*.repo"))
    }

    @Test(arguments: ["archive", "security", "ports"])
    func everyEncryptedArchiveIsLookedAt(key: String) throws {
        let urls = ["archive", "security", "ports"].map { "\($0): '\($0 == key ? "https" : "http")://m.example.com/u'" }
        let (_, diagnostics) = resolve(
            "image: {cuda: 12.4.1, base: 'ubuntu:22.04'}\nmirrors: {ubuntu: {\(urls.joined(separator: ", "))}}")
        #expect(diagnostics.all.map(\.code) == [.mirrorUntrusted])
    }

    /// sed's expressions, tried on the names of hosts: regions and countries have mirrors of their own.
    @Test func mirrorsOfTheDistributionAreRedirected() throws {
        let text = try generate(
            "image: {cuda: 12.4.1, base: 'ubuntu:22.04'}\nmirrors: {ubuntu: 'http://m.example.com/u'}"
        ).get()
        let expression = try #require(text.firstMatch(of: /s#(https[^#]*archive[^#]*)#http:\/\/m.example.com\/u#/)).1
        let pattern = try Regex(String(expression))
        for host in ["archive", "de.archive", "eu-west-1.ec2.archive", "us-east1.gce.archive"] {
            #expect("http://\(host).ubuntu.com/ubuntu".contains(pattern), "\(host)")
        }
        #expect(!"http://archive.example.com/ubuntu".contains(pattern))
    }

    /// Of a file of keys exactly the named one may be trusted: gpg judges the commands of the file themselves.
    @Test func furtherKeysAreRefused() throws {
        let text = try generate(
            "image: {cuda: 12.4.1, base: 'debian:12'}\nmirrors: {nvidia: 'https://m.example.com', \(Self.key)}"
        ).get()
        #expect(text.contains(#"sed -n '/^pub:/,/^fpr:/s/^fpr:*\(.*\):$/\1/p' /tmp/cuda.fpr > /tmp/cuda.keys"#))
        #expect(text.contains("if [ \"$(cat /tmp/cuda.keys)\" != \(Self.fingerprint.uppercased()) ]; then"))
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
