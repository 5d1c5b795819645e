/// `.github/workflows/image.yml`: a workflow of GitHub Actions.
///
/// Sources: GitHub Actions, "Workflow syntax", "Contexts" (variables of the repository: `vars`); READMEs of the
/// docker/*-action repositories. Scripts hold no expressions: values reach them as variables of the environment.
public struct GitHubWorkflow: DeploymentFile {
    /// What is built, tested and published.
    public var pipeline: Pipeline

    /// A workflow of a pipeline; an image whose name has no registry goes to GitHub's own, `ghcr.io`.
    public init(_ pipeline: Pipeline) { self.pipeline = pipeline }

    /// `Builds, tests and publishes spiral-service (GitHub Actions)`
    public var title: String { "Builds, tests and publishes \(pipeline.name) (GitHub Actions)" }

    /// `ci`, and the smoke test's folder if it is not `smoke`.
    public var words: [String] { pipeline.words(for: .github) }

    /// What has to be committed beside it, and which variables and secrets the repository needs.
    public var usage: [String] {
        pipeline.usage + [
            "The smoke test runs where the repository's variable GPU_RUNNER names a runner with docker and a GPU."
        ]
            + (isOnGitHub
                ? [] : ["The repository's secrets REGISTRY_USER and REGISTRY_PASSWORD open \(registry)."])
    }

    /// The workflow with its jobs `build`, `smoke` and `publish`.
    public var body: String {
        let workflow: [YAMLValue.Member] = [
            .init("name", .string(pipeline.name)),
            .init(
                "on",
                .mapping([
                    .init("push", .mapping([.init("branches", .strings(["main", "master"]))])),
                    .init("pull_request", .mapping([])),
                ])),
            .init(
                "permissions",
                .mapping(
                    [.init("contents", .string("read"))] + (isOnGitHub ? [.init("packages", .string("write"))] : []))),
            .init(
                "concurrency",
                .mapping([
                    .init("group", .code("image-${{ github.ref }}")),
                    .init("cancel-in-progress", .code("${{ github.event_name == 'pull_request' }}")),
                ])),
            .init("jobs", .mapping([.init("build", build), .init("smoke", smoke), .init("publish", publish)])),
        ]
        return YAMLPrinter.text(
            of: YAMLValue.mapping(workflow).escaping { $0.replacing("${{", with: "${{ '${{' }}") })
    }

    private var registry: String { pipeline.image.registry ?? "ghcr.io" }
    private var isOnGitHub: Bool { registry == "ghcr.io" }
    private var isMatrix: Bool { pipeline.entries != nil }

    /// The image's tag until it is tested: one of its own for each commit.
    private var candidate: String { isMatrix ? "${{ matrix.entry }}-${{ github.sha }}" : "${{ github.sha }}" }
    private var candidateInShell: String { isMatrix ? "$ENTRY-$GITHUB_SHA" : "$GITHUB_SHA" }

    // MARK: - Jobs

    private var build: YAMLValue {
        job(
            strategy(withPlatforms: true)
                + [.init("runs-on", .string("ubuntu-latest"))],
            steps: [checkout] + (pipeline.platforms == [.linuxAMD64] ? [] : [use("docker/setup-qemu-action@v3")])
                + [use("docker/setup-buildx-action@v3"), name, login(condition: "github.event_name != 'pull_request'")]
                + [
                    .mapping(
                        [.init("uses", .string("docker/build-push-action@v6"))] + secretVariables
                            + [.init("with", buildInput)])
                ])
    }

    /// Secrets reach the action as variables: its input `secrets` is a table of comma-separated values, in which a quotation
    /// mark of a secret would end it. They have names of their own: a secret `path` must not become the step's `PATH`.
    private var secretVariables: [YAMLValue.Member] {
        guard !pipeline.secrets.isEmpty else { return [] }
        return [
            .init(
                "env",
                .mapping(
                    pipeline.secrets.map { secret in
                        .init(Self.variable(of: secret), .code("${{ secrets.\(secret.variable) }}"))
                    }))
        ]
    }

    private static func variable(of secret: DeploymentPlan.Secret) -> String { "BUILD_SECRET_" + secret.variable }

    private var buildInput: YAMLValue {
        let file = pipeline.dockerfile + (isMatrix ? "/" : "")
        var input: [YAMLValue.Member] = [
            .init("context", .string(pipeline.context.text)),
            .init("file", isMatrix ? .code(Self.literal(file) + "${{ matrix.entry }}/Dockerfile") : .string(file)),
            .init(
                "platforms",
                isMatrix
                    ? .code("${{ matrix.platforms }}")
                    : .string(Pipeline.list(pipeline.platforms))),
            .init("push", .code("${{ github.event_name != 'pull_request' }}")),
            .init("tags", .code("${{ env.IMAGE }}:\(candidate)")),
            .init("cache-from", .code("type=gha\(scope)")),
            .init("cache-to", .code("type=gha,mode=max\(scope)")),
        ]
        if !pipeline.arguments.isEmpty {
            let lines = pipeline.arguments.map { "\($0)=${{ vars.\($0) }}\n" }
            input.append(.init("build-args", .code(lines.joined())))
        }
        if !pipeline.secrets.isEmpty {
            let lines = pipeline.secrets.map { "\($0.id)=\(Self.variable(of: $0))\n" }
            input.append(.init("secret-envs", .code(lines.joined())))
        }
        return .mapping(input)
    }

    private var scope: String { isMatrix ? ",scope=${{ matrix.entry }}" : "" }

    private var smoke: YAMLValue {
        let folder = pipeline.smokeFolder.text
        let test: [YAMLValue.Member] = [
            .init("name", .string("Test on the GPU")),
            .init("env", .mapping([.init("SMOKE", .string(folder))] + entryVariable)),
            .init(
                "run",
                .code(
                    """
                    test=\(isMatrix ? "$SMOKE/$ENTRY" : "$SMOKE")/run.sh
                    if [ ! -f "$test" ]; then echo "no smoke test in $test"; exit 0; fi
                    sh "$test" --image "$IMAGE:\(candidateInShell)" --junit smoke.xml

                    """)),
        ]
        let upload: [YAMLValue.Member] = [
            .init("if", .code("${{ !cancelled() && hashFiles('smoke.xml') != '' }}")),
            .init("uses", .string("actions/upload-artifact@v4")),
            .init(
                "with",
                .mapping([
                    .init("name", isMatrix ? .code("smoke-${{ matrix.entry }}") : .string("smoke")),
                    .init("path", .string("smoke.xml")),
                ])),
        ]
        return job(
            [
                .init("needs", .string("build")),
                .init("if", .code("${{ github.event_name != 'pull_request' && vars.GPU_RUNNER != '' }}")),
            ] + strategy(withPlatforms: false)
                + [.init("runs-on", .code("${{ vars.GPU_RUNNER }}"))],
            steps: [checkout, name, login(condition: nil), .mapping(test), .mapping(upload)])
    }

    private var publish: YAMLValue {
        let condition = [
            "!cancelled()", "github.event_name != 'pull_request'", "needs.build.result == 'success'",
            "contains(fromJSON('[\"success\", \"skipped\"]'), needs.smoke.result)",
        ]
        let tag = isMatrix ? "$ENTRY" : "$TAG"
        let create: [YAMLValue.Member] = [
            .init("name", .string("Give the image its tag")),
            .init("env", .mapping(isMatrix ? entryVariable : [.init("TAG", .string(pipeline.tag))])),
            .init(
                "run",
                .code("docker buildx imagetools create --tag \"$IMAGE:\(tag)\" \"$IMAGE:\(candidateInShell)\"")),
        ]
        return job(
            [
                .init("needs", .strings(["build", "smoke"])),
                .init("if", .code("${{ \(condition.joined(separator: " && ")) }}")),
            ] + strategy(withPlatforms: false) + [.init("runs-on", .string("ubuntu-latest"))],
            steps: [use("docker/setup-buildx-action@v3"), name, login(condition: nil), .mapping(create)])
    }

    // MARK: - Parts

    private func job(_ members: [YAMLValue.Member], steps: [YAMLValue]) -> YAMLValue {
        .mapping(members + [.init("steps", .list(steps))])
    }

    /// - Parameter withPlatforms: whether the job builds, and needs to know for what.
    private func strategy(withPlatforms: Bool) -> [YAMLValue.Member] {
        guard let entries = pipeline.entries else { return [] }
        let items = entries.map { entry in
            YAMLValue.mapping([
                .init("entry", .string(entry.name)), .init("platforms", .string(Pipeline.list(entry.platforms))),
            ])
        }
        let matrix: YAMLValue.Member =
            withPlatforms ? .init("include", .list(items)) : .init("entry", .strings(entries.map(\.name)))
        return [
            .init("strategy", .mapping([.init("fail-fast", .bool(false)), .init("matrix", .mapping([matrix]))]))
        ]
    }

    private var entryVariable: [YAMLValue.Member] {
        isMatrix ? [.init("ENTRY", .code("${{ matrix.entry }}"))] : []
    }

    private var checkout: YAMLValue { use("actions/checkout@v4") }

    private func use(_ action: String) -> YAMLValue { .mapping([.init("uses", .string(action))]) }

    /// Sets `IMAGE` for the steps that follow. Owners of repositories may have capitals, names of images may not.
    private var name: YAMLValue {
        let repository = pipeline.repository.map { "IMAGE=\($0)" } ?? "IMAGE=ghcr.io/${GITHUB_REPOSITORY_OWNER,,}/$NAME"
        return .mapping([
            .init("name", .string("Name the image")),
            .init("env", .mapping([.init("NAME", .string(pipeline.name))])),
            .init("run", .code("echo \"\(repository)\" >> \"$GITHUB_ENV\"")),
        ])
    }

    private func login(condition: String?) -> YAMLValue {
        let (user, password) =
            isOnGitHub
            ? ("${{ github.actor }}", "${{ secrets.GITHUB_TOKEN }}")
            : ("${{ secrets.REGISTRY_USER }}", "${{ secrets.REGISTRY_PASSWORD }}")
        return .mapping(
            (condition.map { [YAMLValue.Member("if", .code($0))] } ?? []) + [
                .init("uses", .string("docker/login-action@v3")),
                .init(
                    "with",
                    .mapping([
                        .init("registry", .string(registry)), .init("username", .code(user)),
                        .init("password", .code(password)),
                    ])),
            ])
    }

    private static func literal(_ text: String) -> String { text.replacing("${{", with: "${{ '${{' }}") }
}
