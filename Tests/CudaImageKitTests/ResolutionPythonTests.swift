import Testing

@testable import CudaImageKit

/// Python packages, their indexes and secrets: what can't work, and what would show or be lost.
@Suite struct ResolutionPythonTests {
    private static let ubuntu = "image: {cuda: 12.6.3, os: ubuntu22.04, flavor: base}\n"

    // MARK: Files and repositories

    @Test(arguments: [
        ("./dist/a.whl", "pip", "copy: [\"dist/a.whl\"] and run: [\"pip install --no-cache-dir ./a.whl\"]"),
        (".[dev]", "pip", "copy: [.] and run: [\"pip install --no-cache-dir '.[dev]'\"]; or use python.project"),
        (".", "uv", "run: [\"uv pip install --no-cache .\"]"),
        ("vendor/a", "uv", "copy: [{from: \"vendor/a\", to: \"a/\"}] and run: [\"uv pip install --no-cache ./a\"]"),
        ("file:///opt/a.whl", "pip", "install it later, with run: [\"pip install --no-cache-dir /opt/a.whl\"]"),
        ("a @ file:///opt/a.whl", "pip", "/opt/a.whl"), ("../a.tar.gz", "pip", "copy: [\"a.tar.gz\"]"),
    ])
    func fileOrFolderIsRefusedWithTheStepsThatInstallIt(package: String, manager: String, help: String) throws {
        try Refusal(
            "\(Self.ubuntu)python: {manager: \(manager), packages: ['\(package)']}",
            "2:\(manager.count + 32) CG0410 the Python package '\(package)' is a file or folder, which is not in the image yet "
                + "when packages are installed", help: help
        ).check(severity: .error)
    }

    @Test(arguments: [
        Refusal(
            "\(ubuntu)python: {packages: ['a @ git+https://example.com/a']}",
            "2:21 CG0405 'a @ git+https://example.com/a' is fetched by 'git', and nothing installs that",
            help: "add 'git' to system.packages"),
        Refusal(
            "\(ubuntu)system: {packages: [git]}\npython: {packages: ['git+ssh://git@example.com/a']}",
            "3:21 CG0405 'git+ssh://git@example.com/a' is fetched by 'ssh', and nothing installs that",
            help: "add 'openssh-client' to"),
        Refusal(
            "image: {cuda: 12.6.3, os: ubi9, flavor: base}\npython: {packages: ['git+ssh://git@example.com/a']}",
            "2:21 CG0405 'git+ssh://git@example.com/a' is fetched by 'ssh', and nothing installs that",
            help: "add 'openssh-clients' to"),
        Refusal(
            "\(ubuntu)python: {packages: ['hg+https://example.com/a']}",
            "2:21 CG0405 'hg+https://example.com/a' is fetched by 'hg', and nothing installs that", help: "'mercurial'"),
        Refusal(
            "\(ubuntu)python: {packages: ['bzr+https://example.com/a']}",
            "2:21 CG0405 'bzr+https://example.com/a' is fetched by 'bzr', and nothing installs that", help: "archive"),
    ])
    func repositoryNeedsItsProgram(_ refusal: Refusal) throws { try refusal.check(severity: .warning) }

    @Test(arguments: [
        "\(ubuntu)system: {packages: [git]}\npython: {packages: ['git+https://example.com/a']}",
        "\(ubuntu)system: {packages: ['git=1:2.34*']}\npython: {packages: ['git+https://example.com/a']}",
        "image: {cuda: 12.6.3, os: ubi9, flavor: base}\nsystem: {packages: [git-core]}\n"
            + "python: {packages: ['git+https://example.com/a']}",
        "\(ubuntu)python: {packages: ['a @ https://example.com/a.whl', 'numpy; python_version < \"3.9\"']}",
    ])
    func packageThatCanBeFetchedIsFine(recipe: String) {
        let (plan, diagnostics) = resolve(recipe)
        #expect(plan != nil && diagnostics.isEmpty, "\(DiagnosticFormatter().text(diagnostics))")
    }

    /// Docker's `python` has git, but for its small variants.
    @Test(arguments: [("3.12-bookworm", false), ("3.12-slim-bookworm", true)])
    func programOfTheBaseCounts(tag: String, isMissing: Bool) {
        let recipe =
            "image: {cuda: 12.4.1, flavor: base, base: 'python:\(tag)'}\npython: {packages: ['git+https://example.com/a']}"
        #expect(resolve(recipe).diagnostics.all.contains { $0.code == .unknownProgram } == isMissing)
    }

    @Test func condaInstallsNoRepository() throws {
        try Refusal(
            "\(Self.ubuntu)python: {manager: conda, packages: ['git+https://example.com/a']}",
            "2:37 CG0203 conda installs packages of channels, not of repositories", help: "pip section"
        ).check(severity: .error)
    }

    // MARK: Passwords and secrets

    @Test(arguments: [
        ("index: 'https://u:p@example.com/simple'", "2:17", "python.index", "example.com"),
        ("extra-indexes: ['http://token@example.com:8443/x']", "2:26", "python.extra-indexes", "example.com"),
        ("packages: ['a @ https://u:p@example.com/a.whl']", "2:21", "python.packages", "example.com"),
        ("packages: ['git+https://token@example.com/a']", "2:21", "python.packages", "example.com"),
        ("packages: ['git+ssh://u:p@example.com/a']", "2:21", "python.packages", "example.com"),
        (
            "packages: ['https://example.com/a.whl?x=https://u@h.example.com']", "2:21", "python.packages",
            "h.example.com"
        ),
        (
            "manager: conda, channels: ['https://u:p@example.com/c'], version: '3.12'", "2:37", "python.channels",
            "example.com"
        ),
    ])
    func passwordInAURLIsRefused(python: String, place: String, key: String, host: String) throws {
        let recipe = "\(Self.ubuntu)python: {\(python)}"
        try Refusal(
            recipe,
            "\(place) CG0409 a URL of '\(key)' holds a user name or password, which would stand in the image's history",
            help: "secrets: [{id: netrc, target: /root/.netrc}]"
        ).check(severity: .error)
        let finding = resolve(recipe).diagnostics.all.first { $0.code == .credentialsInURL }
        #expect(finding?.notes.first?.contains("machine \(host) login USER") == true)
        #expect(finding.map { !"\($0)".contains("u:p") } == true, "the finding repeats the password")
    }

    @Test(arguments: [
        "index: 'https://example.com/simple/@scope'", "packages: ['git+https://git@example.com/a']",
        "packages: ['git+ssh://git@example.com/a']", "packages: ['a @ https://example.com/a.whl#x@y']",
        "packages: ['git+https://example.com/a@v1.0']",
    ])
    func urlWithoutAPasswordIsFine(python: String) {
        let codes = resolve("\(Self.ubuntu)python: {\(python)}").diagnostics.all.map(\.code)
        #expect(!codes.contains(.credentialsInURL))
    }

    @Test func secretThatNothingReadsIsSaid() throws {
        for (secret, path) in [("a", "/run/secrets/a"), ("{id: a, target: /etc/pip.conf}", "/etc/pip.conf")] {
            try Refusal(
                "\(Self.ubuntu)secrets: [\(secret)]\ncopy: [x]",
                "2:\(secret == "a" ? 11 : 16) CG0412 the secret 'a' is used by nothing: there is no 'run', 'build.run' or "
                    + "'python'", help: path
            ).check(severity: .warning)
        }
    }

    @Test(arguments: [
        "run: [a]", "build: {run: [a]}", "python: {}", "python: {manager: conda, version: '3.12'}",
        "python: {project: .}",
    ])
    func secretIsMountedWhereItIsRead(step: String) throws {
        let (found, diagnostics) = resolve("\(Self.ubuntu)secrets: [a]\n\(step)")
        let plan = try #require(found)
        #expect(diagnostics.isEmpty)
        let mounts = Self.runs(of: plan).flatMap(\.mounts)
        #expect(mounts.contains(.secret(id: "a", target: try #require(ContainerPath("/run/secrets/a")))))
    }

    private static func runs(of plan: ImagePlan) -> [(command: RunCommand, mounts: [Mount])] {
        let instructions = Dockerfile(plan).stages.flatMap(\.sections).flatMap(\.instructions)
        return instructions.compactMap { instruction in
            guard case .run(let command, let mounts) = instruction else { return nil }
            return (command, mounts)
        }
    }

    // MARK: Indexes of the tools

    /// Every command that installs something, as words.
    private static func installs(_ python: String) throws -> [[String]] {
        let plan = try #require(resolve("\(ubuntu)python: {\(python)}").plan)
        let commands = runs(of: plan).flatMap { run -> [ShellCommand] in
            guard case .script(let script) = run.command else { return [] }
            return script.commands
        }
        return commands.map { $0.renderedWords.map(\.text) }
            .filter { $0.contains("install") && !$0.contains("apt-get") }
    }

    @Test(arguments: ["pip", "uv"], ["3.10", "3.12"])
    func toolsComeFromTheRecipesIndexes(manager: String, version: String) throws {
        let installs = try Self.installs(
            "manager: \(manager), version: '\(version)', packages: [a], index: 'https://example.com/simple', "
                + "extra-indexes: ['https://example.com/more']")
        #expect(installs.count == (manager == "pip" && version == "3.12" ? 3 : 2))
        for words in installs {
            #expect(words.contains("--index-url=https://example.com/simple"), "\(words)")
            #expect(words.contains("--extra-index-url=https://example.com/more"), "\(words)")
        }
    }

    @Test func toolsDoNotComeFromPyTorchsIndex() throws {
        let installs = try Self.installs("packages: [torch], index: 'https://download.pytorch.org/whl/cu126'")
        #expect(installs.map { $0.contains { $0.contains("pytorch.org") } } == [false, true])
    }

    // MARK: CUDA twice

    private static let runtime = "image: {cuda: 12.6.3, os: ubuntu22.04, cudnn: true}\n"

    @Test(arguments: [
        ("torch==2.6.0", "the wheel 'torch==2.6.0' brings CUDA's libraries"),
        ("Torch", "the wheel 'Torch' brings CUDA's libraries"),
        ("tensorflow[and_cuda]", "the wheel 'tensorflow[and_cuda]' brings CUDA's libraries"),
        ("jax[cuda12]", "the wheel 'jax[cuda12]' brings CUDA's libraries"),
        ("nvidia_cudnn_cu12", "the wheel 'nvidia_cudnn_cu12' brings CUDA's libraries"),
        ("vllm", "'vllm' needs PyTorch, whose wheel brings CUDA's libraries"),
        ("TorchVision==0.21.0", "'TorchVision==0.21.0' needs PyTorch, whose wheel brings CUDA's libraries"),
        ("flash_attn", "'flash_attn' needs PyTorch, whose wheel brings CUDA's libraries"),
        ("PyTorch.Lightning>=2", "'PyTorch.Lightning>=2' needs PyTorch, whose wheel brings CUDA's libraries"),
    ])
    func wheelThatBringsCUDAIsSaid(package: String, sentence: String) throws {
        try Refusal(
            "\(Self.runtime)python: {packages: ['\(package)']}",
            "2:21 CG0403 \(sentence), which the runtime image has already", help: "flavor 'base'"
        ).check(severity: .warning)
        #expect(resolve("\(Self.ubuntu)python: {packages: ['\(package)']}").diagnostics.isEmpty)
    }

    @Test(arguments: [
        "packages: [numpy, tensorflow, jax, onnxruntime-gpu, triton, torchaudio]",
        "packages: ['torch==2.6.0+cpu', vllm]",
        "packages: ['torch @ https://example.com/torch-2.6.0%2Bcpu-cp310-cp310-linux_x86_64.whl']",
        "packages: [torch, torchvision], index: 'https://download.pytorch.org/whl/cpu'",
        "manager: conda, packages: [pytorch, torchvision]", "packages: ['jax[cuda12-local]']",
    ])
    func wheelWithoutCUDAIsFine(python: String) {
        let (_, diagnostics) = resolve("\(Self.runtime)python: {\(python)}")
        #expect(diagnostics.isEmpty, "\(DiagnosticFormatter().text(diagnostics))")
    }

    @Test func packageThatNeedsPyTorchIsNotSaidBesideIt() {
        let (_, diagnostics) = resolve("\(Self.runtime)python: {packages: [torchvision, torch, timm]}")
        #expect(diagnostics.all.map(\.message).map { $0.contains("'torch'") } == [true])
    }
}
