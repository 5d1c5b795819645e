/// `.gitlab-ci.yml`: a pipeline of GitLab CI/CD.
///
/// Sources: GitLab, "Use Docker to build Docker images" (Docker-in-Docker with TLS), "CI/CD YAML syntax reference",
/// "Predefined variables". Scripts get values through variables, which the shell expands, not GitLab.
public struct GitLabPipeline: DeploymentFile {
    /// What is built, tested and published.
    public var pipeline: Pipeline

    /// A GitLab pipeline of a pipeline; an image whose name has no registry goes to the project's own
    /// (`CI_REGISTRY_IMAGE`).
    public init(_ pipeline: Pipeline) { self.pipeline = pipeline }

    /// `Builds, tests and publishes spiral-service (GitLab CI/CD)`
    public var title: String { "Builds, tests and publishes \(pipeline.name) (GitLab CI/CD)" }

    /// `ci --provider gitlab`, and the smoke test's folder if it is not `smoke`.
    public var words: [String] { pipeline.words(for: .gitlab) }

    /// What has to be committed beside it, and which variables the project needs.
    public var usage: [String] {
        pipeline.usage + [
            "The smoke test runs where the variable GPU_RUNNER is the tag of a shell runner with docker and a GPU."
        ]
            + (pipeline.repository == nil
                ? [] : ["The variables REGISTRY_USER and REGISTRY_PASSWORD open \(pipeline.image.registry ?? "")."])
    }

    /// Variables, stages, and the jobs `build`, `smoke` and `publish`.
    public var body: String {
        var variables: [YAMLValue.Member] = [
            .init("DOCKER_TLS_CERTDIR", .string("/certs")),
            .init(
                "IMAGE", pipeline.repository.map { .string($0) } ?? .code("$CI_REGISTRY_IMAGE/\(pipeline.name)")),
            .init("CONTEXT", .string(pipeline.context.text)),
            .init("DOCKERFILE", .string(pipeline.dockerfile)),
            .init("SMOKE", .string(pipeline.smokeFolder.text)),
        ]
        if !isMatrix {
            variables += [
                .init("PLATFORMS", .string(Pipeline.list(pipeline.platforms))), .init("TAG", .string(pipeline.tag)),
            ]
        }
        let file: [YAMLValue.Member] = [
            .init(
                "workflow",
                .mapping([.init("rules", .list([.mapping([.init("if", .code("$CI_COMMIT_BRANCH"))])]))]),
                comment: "Branches alone: merge requests would get a second pipeline, of the jobs with rules."),
            .init("stages", .strings(["build", "smoke", "publish"])),
            .init("variables", .mapping(variables)),
            .init("build", build), .init("smoke", smoke), .init("publish", publish),
        ]
        return YAMLPrinter.text(of: YAMLValue.mapping(file).escaping { $0.replacing("$", with: "$$") })
    }

    private var isMatrix: Bool { pipeline.entries != nil }

    private var candidate: String { isMatrix ? "$ENTRY-$CI_COMMIT_SHA" : "$CI_COMMIT_SHA" }

    /// - Parameter withPlatforms: whether the job builds, and needs to know for what: one item for each set of platforms.
    private func matrix(withPlatforms: Bool) -> [YAMLValue.Member] {
        guard let entries = pipeline.entries else { return [] }
        let groups = Dictionary(grouping: entries, by: { withPlatforms ? Pipeline.list($0.platforms) : "" })
        let items = groups.sorted { $0.key < $1.key }.map { platforms, entries -> YAMLValue in
            let entry = YAMLValue.Member("ENTRY", .strings(entries.map(\.name)))
            return .mapping([entry] + (withPlatforms ? [.init("PLATFORMS", .strings([platforms]))] : []))
        }
        return [.init("parallel", .mapping([.init("matrix", .list(items))]))]
    }

    /// A job with an engine of its own.
    private var engine: [YAMLValue.Member] {
        [.init("image", .string("docker:28")), .init("services", .strings(["docker:28-dind"]))]
    }

    private var build: YAMLValue {
        var command = [
            "docker buildx build --push", "--platform \"$PLATFORMS\"", "--tag \"$IMAGE:\(candidate)\"",
            "--file \"$DOCKERFILE\(isMatrix ? "/$ENTRY/Dockerfile" : "")\"",
        ]
        command += pipeline.secrets.map { "--secret \($0.flag)" }
        command += pipeline.arguments.map { "--build-arg \($0)" }
        var script = login
        // Emulation of other processors.
        if pipeline.platforms != [.linuxAMD64] {
            script.append("docker run --privileged --rm tonistiigi/binfmt --install all")
        }
        // A builder can't be made from TLS settings in the environment, but from a context that has them.
        script += ["docker context create builder", "docker buildx create --use builder"]
        script.append((command + ["\"$CONTEXT\""]).joined(separator: " \\\n  ") + "\n")
        return .mapping(
            [.init("stage", .string("build"))] + engine + matrix(withPlatforms: true)
                + [.init("script", .list(script.map { .code($0) }))])
    }

    private var smoke: YAMLValue {
        let test = isMatrix ? "$SMOKE/$ENTRY" : "$SMOKE"
        let script =
            login + [
                """
                if [ ! -f "\(test)/run.sh" ]; then echo "no smoke test in \(test)"; exit 0; fi
                sh "\(test)/run.sh" --image "$IMAGE:\(candidate)" --junit smoke.xml

                """
            ]
        return .mapping(
            [
                .init("stage", .string("smoke")), .init("tags", .list([.code("$GPU_RUNNER")])),
                .init("rules", .list([.mapping([.init("if", .code("$GPU_RUNNER"))])])),
            ] + matrix(withPlatforms: false) + [
                .init("script", .list(script.map { .code($0) })),
                .init(
                    "artifacts",
                    .mapping([
                        .init("when", .string("always")),
                        .init("reports", .mapping([.init("junit", .string("smoke.xml"))])),
                    ])),
            ])
    }

    private var publish: YAMLValue {
        let tag = isMatrix ? "$ENTRY" : "$TAG"
        let script =
            login + ["docker buildx imagetools create --tag \"$IMAGE:\(tag)\" \"$IMAGE:\(candidate)\""]
        return .mapping(
            [
                .init("stage", .string("publish")),
                .init("rules", .list([.mapping([.init("if", .code("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"))])])),
            ] + engine + matrix(withPlatforms: false) + [.init("script", .list(script.map { .code($0) }))])
    }

    private var login: [String] {
        let (user, password, registry) =
            pipeline.repository == nil
            ? ("$CI_REGISTRY_USER", "$CI_REGISTRY_PASSWORD", "\"$CI_REGISTRY\"")
            : ("$REGISTRY_USER", "$REGISTRY_PASSWORD", ShellQuoting.quote(pipeline.image.registry ?? ""))
        return ["printf '%s' \"\(password)\" | docker login --username \"\(user)\" --password-stdin \(registry)"]
    }
}
