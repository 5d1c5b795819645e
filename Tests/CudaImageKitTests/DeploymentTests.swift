import Foundation
import Testing

@testable import CudaImageKit

/// How GPUs, memory, nodes and probes are decided and written.
@Suite struct DeploymentTests {
    @Test(
        arguments: [
            ("all", [], "all", ["nvidia.com/gpu=all"]), ("2", [], "2", ["nvidia.com/gpu=0", "nvidia.com/gpu=1"]),
            ("device=0", [], "device=0", ["nvidia.com/gpu=0"]),
            ("device=0,2", [], "\"device=0,2\"", ["nvidia.com/gpu=0", "nvidia.com/gpu=2"]),
            ("all", [.utility], "all,capabilities=utility", ["nvidia.com/gpu=all"]),
            ("all", [.compute, .utility], "all,\"capabilities=compute,utility\"", ["nvidia.com/gpu=all"]),
            (
                "device=GPU-1a,0:1", [.compute, .video], "\"device=GPU-1a,0:1\",\"capabilities=compute,video\"",
                ["nvidia.com/gpu=GPU-1a", "nvidia.com/gpu=0:1"]
            ),
            // moby has no driver for these: the image's environment says it.
            ("all", [.all], "all", ["nvidia.com/gpu=all"]), ("1", [.compute, .ngx], "1", ["nvidia.com/gpu=0"]),
            ("none", [.compute], nil, []),
        ] as [(String, [DriverCapability], String?, [String])])
    func gpusAreAskedForInEachEnginesWords(
        request: String, capabilities: [DriverCapability], value: String?, names: [String]
    ) throws {
        let gpus = try #require(GPURequest(request))
        #expect(gpus.engineValue(capabilities: capabilities) == value && gpus.deviceNames == names)
        #expect(gpus.description == request)
    }

    @Test(arguments: ["", "0", "-1", "01", "1.5", "10000", "device=", "device=0,", "device=0 1", "ALL", "device=\"0\""])
    func otherRequestsAreRefused(text: String) { #expect(GPURequest(text) == nil) }

    @Test(
        arguments: [
            (nil, .all), ("all", .all), ("none", .noGPU), ("void", .noGPU),
            ("0,2", .devices(["0", "2"])),
        ] as [(String?, GPURequest)])
    func recipeSaysWhichDevices(text: String?, expected: GPURequest) {
        #expect(GPURequest(visibleDevices: text) == expected)
    }

    @Test(
        arguments: [
            ([], false, "default", 0, 0), ([.onnxruntimeGPU], false, "default", 0, 0), ([.torch], false, "1g", 1, 2),
            ([.torch], true, "1g", 0, 1), ([.jax], true, "default", 0, 0), ([.jax], false, "1g", 1, 1),
            ([.tensorflow], true, "1g", 2, 1), ([.torch, .tensorflow], false, "1g", 2, 3),
        ] as [(Set<Framework>, Bool, String, Int, Int)])
    func frameworksAskForMemory(
        frameworks: Set<Framework>, onOneGPU: Bool, size: String, limits: Int, reasons: Int
    ) {
        let needs = FrameworkNeeds(of: frameworks, onOneGPU: onOneGPU)
        #expect(needs.sharedMemory.description == size)
        #expect(needs.limits.count == limits && Set(needs.limits).count == limits && needs.reasons.count == reasons)
        #expect(needs.reasons.allSatisfy { $0.contains("Source: https://") })
    }

    @Test(
        arguments: [
            ("packages: [torch==2.4.0]", [.torch]), ("packages: [numpy]", []), ("packages: [\"jax[cuda12]\"]", [.jax]),
            ("packages: [TensorFlow_GPU==1.15]", [.tensorflow]), ("packages: [torchmetrics]", []),
            ("requirements: r.txt, extra-indexes: [\"https://download.pytorch.org/whl/cu128\"]", [.torch]),
            ("requirements: r.txt, extra-indexes: [\"https://example.com/download.pytorch.org/\"]", []),
            ("manager: conda, version: '3.12', packages: [\"pytorch=2.4=*cuda*\", numpy]", [.torch]),
        ] as [(String, Set<Framework>)])
    func frameworksAreFoundInTheRecipe(python: String, expected: Set<Framework>) throws {
        let plan = try DeploymentFixture.plan(
            "image: {cuda: 12.8.1, flavor: base, os: ubuntu24.04}\npython: {\(python)}")
        #expect(plan.frameworks == expected)
    }

    @Test(arguments: ["512m", "8g", "host", "default"])
    func sharedMemoryIsReadAndPrinted(text: String) { #expect(SharedMemory(text)?.description == text) }

    @Test(arguments: ["", "g", "0g", "1", "1k", "-1g", "1.5g", "1gb", "99999999g"])
    func otherSharedMemoryIsRefused(text: String) { #expect(SharedMemory(text) == nil) }

    /// What a node must have: alternatives, each with all its conditions.
    @Test(
        arguments: [
            (["8.0"], nil, ["major in 8"]), (["8.6"], nil, ["major in 8, minor > 5"]),
            (["8.0", "8.6", "9.0"], nil, ["major in 8", "major in 9"]),
            (["9.0+PTX"], nil, ["major in 9", "major > 9"]), (["9.0a"], nil, ["major in 9, minor in 0"]),
            (["9.0", "9.0a"], nil, ["major in 9"]), ([], "13.0", ["cuda-major > 12"]),
            ([], "12.8", ["cuda-major in 12, cuda-minor > 7", "cuda-major > 12"]),
            (
                ["8.6"], "12.8",
                ["cuda-major in 12, cuda-minor > 7, major in 8, minor > 5", "cuda-major > 12, major in 8, minor > 5"]
            ),
            ([], nil, []),
        ] as [([String], String?, [String])])
    func nodesAreChosenByWhatTheImageRunsOn(architectures: [String], cuda: String?, expected: [String]) throws {
        let selection = NodeSelection(
            products: [], architectures: architectures.compactMap { ComputeCapability($0) },
            cuda: cuda.flatMap { CUDAVersion($0) })
        #expect(try terms(selection) == expected)
    }

    private func terms(_ selection: NodeSelection) throws -> [String] {
        guard let value = selection.value else { return [] }
        let path = Parsed(value)["nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"]
        guard case .list(let terms)? = path else { return [] }
        return try terms.map { term in
            guard case .list(let expressions)? = term["matchExpressions"] else { return "" }
            return try expressions.map { expression in
                guard case .scalar(let key)? = expression["key"], case .scalar(let sign)? = expression["operator"],
                    case .scalar(let value)? = expression["values", "0"]
                else { throw CocoaError(.coderReadCorrupt) }
                let short = key.replacing("nvidia.com/gpu.compute.", with: "")
                    .replacing("nvidia.com/cuda.runtime-version.", with: "cuda-")
                // A label's value, which Kubernetes checks, is no negative number.
                #expect(!value.hasPrefix("-"))
                return "\(short) \(sign == "Gt" ? ">" : "in") \(value)"
            }.joined(separator: ", ")
        }
    }

    @Test(arguments: [("tini", false), ("/usr/bin/dumb-init", false), ("python3", true), ("initialise", true)])
    func entrypointThatIsAnInitNeedsNoOther(program: String, expected: Bool) throws {
        let deployment = try DeploymentFixture.deployment(
            "image: {cuda: 12.8.1, os: ubuntu24.04}\nentrypoint: [\(program), --, app]")
        #expect(deployment.needsInit == expected)
        #expect(EngineCommand(deployment).line.contains("--init") == expected)
    }

    @Test func imageIsCalledAsTheRecipeOrTheOptionSays() throws {
        let recipe = "name: My_App.2\nimage: {cuda: 12.8.1}"
        #expect(try DeploymentFixture.deployment(recipe).image.description == "my-app-2:latest")
        #expect(try DeploymentFixture.deployment("image: {cuda: 12.8.1}").image.description == "app:latest")
        let named = try DeploymentFixture.deployment(recipe) { $0.image = ImageReference("ghcr.io/a/b:1") }
        #expect(named.image.description == "ghcr.io/a/b:1" && named.name == "b")
    }

    @Test func kindFollowsFromThePorts() throws {
        let service = try KubernetesManifest(DeploymentFixture.deployment(DeploymentFixture.service))
        #expect(service.body.hasPrefix("apiVersion: apps/v1\nkind: Deployment\n"))
        let batch = try KubernetesManifest(DeploymentFixture.deployment(DeploymentFixture.batch))
        #expect(batch.body.hasPrefix("apiVersion: batch/v1\nkind: Job\n"))
        var options = KubernetesManifest.Options()
        options.kind = .job
        let job = try KubernetesManifest(service.deployment, options: options)
        #expect(
            job.body.contains("kind: Job") && !job.body.contains("kind: Service") && !job.body.contains("readiness"))
    }

    @Test func rootGetsNoNonRootContext() throws {
        let deployment = try DeploymentFixture.deployment("image: {cuda: 12.8.1}\nuser: root\ncommand: [a]")
        #expect(try !KubernetesManifest(deployment).body.contains("runAsNonRoot"))
    }

    @Test func secretsHaveVariablesOfTheirOwn() throws {
        let deployment = try DeploymentFixture.deployment(
            "image: {cuda: 12.8.1}\nsecrets: [a.b, a-b, 1x]\nrun: [a]\ncommand: [a]")
        #expect(deployment.secrets.map(\.variable) == ["A_B", "A_B_2", "SECRET_1X"])
    }

    @Test func matrixThatAProviderCanNotRunIsRefused() throws {
        var matrix = try DeploymentFixture.matrix()
        let entry = try #require(matrix.entries.first)
        matrix.entries = Array(repeating: entry, count: 201)
        _ = try Pipeline(matrix, provider: .github)
        #expect(throws: DiagnosticError.self) {
            try Pipeline(matrix, provider: .gitlab)
        }
    }

    /// Images of one matrix need different secrets and arguments; one job builds all of them.
    @Test(arguments: Pipeline.Provider.allCases)
    func pipelineHasWhatAnyEntryNeeds(provider: Pipeline.Provider) throws {
        let names = ["plain", "open"]
        let recipes = [
            "image: {cuda: 12.8.1}\nsecrets: [a.b]\nrun: [a]\ncommand: [a]",
            "image: {cuda: 12.8.1}\nargs: {TOKEN: }\nsecrets: [a-b, a.b]\nrun: [a]\ncommand: [a]",
        ]
        let plans = try zip(names, recipes).map { (name: $0, plan: try DeploymentFixture.deployment($1).plan) }
        let matrix = try DeploymentMatrix(plans, folder: .matrixFolder, options: DeploymentOptions())
        let pipeline = try Pipeline(matrix, provider: provider)
        #expect(pipeline.secrets.map(\.flag) == ["id=a.b,env=A_B", "id=a-b,env=A_B_2"])
        #expect(pipeline.arguments.map(\.text) == ["TOKEN"])
        let body = pipeline.file(for: provider).body
        #expect(body.contains("TOKEN") && body.contains("A_B_2"))
    }

    @Test(arguments: ["", "a b", "a/b", "..", "x\ny", String(repeating: "a", count: 129)])
    func nameOfAnEntryIsThatOfAFolder(name: String) throws {
        let plan = try DeploymentFixture.deployment(DeploymentFixture.batch).plan
        let error = #expect(throws: DiagnosticError.self) {
            try DeploymentMatrix([(name: name, plan: plan)], folder: .matrixFolder, options: DeploymentOptions())
        }
        #expect(error?.diagnostics.all.map(\.code) == [.invalidValue])
    }

    // MARK: - Kubernetes

    private func parsed(_ text: String) throws -> Parsed {
        let document = text.firstRange(of: "---\n").map { String(text[..<$0.lowerBound]) } ?? text
        return Parsed(try #require(YAMLComposer.compose(document, fileName: "a", findings: FindingList())))
    }

    private func pod(
        _ recipe: String, _ change: (inout DeploymentOptions) -> Void = { _ in }
    ) throws -> Parsed? {
        let deployment = try DeploymentFixture.deployment(recipe, change)
        return try parsed(try KubernetesManifest(deployment).body)["spec", "template", "spec"]
    }

    @Test(
        arguments: [
            ("app:latest", true), ("app", true), ("acme/app:1", true), ("ghcr.io/acme/app:1", false),
            ("localhost:5000/app", false),
        ])
    func nodesImageIsNotAskedOfARegistry(image: String, expected: Bool) throws {
        let pod = try pod("image: {cuda: 12.8.1}\ncommand: [a]") { $0.image = ImageReference(image) }
        #expect(pod?["containers", "0", "imagePullPolicy"] == (expected ? .scalar("IfNotPresent") : nil))
    }

    @Test(arguments: ["host", "2g", "default"])
    func sharedMemoryOfThePod(size: String) throws {
        let pod = try pod(DeploymentFixture.service) { $0.sharedMemory = SharedMemory(size) }
        #expect(pod?["hostIPC"] == (size == "host" ? .scalar("true") : nil))
        #expect((pod?["volumes", "0", "name"] == .scalar("shared-memory")) == (size == "2g"))
    }

    /// RFC 1035 names for Services, RFC 1123 names for everything else.
    @Test(arguments: [("3d-app", "app-3d-app"), ("d3-app", "d3-app"), ("2024", "app-2024")])
    func serviceNameBeginsWithALetter(name: String, expected: String) throws {
        let deployment = try DeploymentFixture.deployment(
            "name: \"\(name)\"\nimage: {cuda: 12.8.1}\nexpose: [80]\ncommand: [a]")
        let body = try KubernetesManifest(deployment).body
        let mark = try #require(body.firstRange(of: "---\n"))
        let service = try parsed(String(body[mark.upperBound...]))
        #expect(service["kind"] == .scalar("Service") && service["metadata", "name"] == .scalar(expected))
        #expect(service["spec", "selector", "app.kubernetes.io/name"] == .scalar(name))
        #expect(try parsed(body)["metadata", "name"] == .scalar(name))
    }

    /// docker lets everybody listen there; Kubernetes and nerdctl have to be told.
    @Test(arguments: [("[8080, 80, 53/udp]", "53"), ("[443]", "443"), ("[1024]", nil)] as [(String, String?)])
    func lowPortsNeedNoPrivilege(ports: String, expected: String?) throws {
        let recipe = "image: {cuda: 12.8.1}\nexpose: \(ports)\ncommand: [a]"
        let sysctl = try pod(recipe)?["securityContext", "sysctls", "0"]
        #expect(sysctl?["name"] == expected.map { _ in .scalar("net.ipv4.ip_unprivileged_port_start") })
        #expect(sysctl?["value"] == expected.map { .scalar($0) })
        let setting = expected.map { "--sysctl net.ipv4.ip_unprivileged_port_start=\($0) " } ?? "--sysctl"
        let account = try DeploymentFixture.deployment(recipe)
        let root = try DeploymentFixture.deployment(recipe + "\nuser: root")
        #expect(EngineCommand(account, engine: .nerdctl).line.contains(setting) == (expected != nil))
        #expect(!EngineCommand(root, engine: .nerdctl).line.contains("--sysctl"))
        for engine in [ContainerEngine.docker, .podman] {
            #expect(!EngineCommand(account, engine: engine).line.contains("--sysctl"))
        }
    }

    @Test func nodesAreNotChosenForAGPUThatNobodyGets() throws {
        let deployment = try DeploymentFixture.deployment(DeploymentFixture.batch) { $0.gpus = .noGPU }
        for change: (inout KubernetesManifest.Options) -> Void in [
            { $0.selectsNodes = true }, { $0.products = ["A100"].compactMap { KubernetesManifest.LabelValue($0) } },
        ] {
            var options = KubernetesManifest.Options()
            change(&options)
            #expect(throws: DiagnosticError.self) { try KubernetesManifest(deployment, options: options) }
        }
    }

    // MARK: - Without a GPU

    /// The images' own environment asks for all GPUs, and a host's default runtime would give them.
    @Test(arguments: [(nil, true), ("none", false), ("void", false), ("all", true)] as [(String?, Bool)])
    func containerWithoutGPUsGetsNone(devices: String?, isSaid: Bool) throws {
        let gpu = devices.map { "\ngpu: {devices: \($0)}" } ?? ""
        let recipe = "image: {cuda: 12.8.1}\nentrypoint: [a]" + gpu
        let deployment = try DeploymentFixture.deployment(recipe) { $0.gpus = .noGPU }
        let variable = "NVIDIA_VISIBLE_DEVICES=void"
        for engine in ContainerEngine.allCases {
            let command = EngineCommand(deployment, engine: engine)
            #expect(command.line.contains(" -e \(variable) ") == isSaid, "\(command.line)")
            #expect(!command.line.contains("--gpus") && !command.line.contains("--device"))
            #expect(try RecordedRun(command.body, programs: [engine.rawValue]).calls.count == 1)
        }
        let compose = try parsed(ComposeFile(deployment).body)
        #expect(compose["services", "app", "environment", "0"] == (isSaid ? .scalar(variable) : nil))
        #expect(try DevContainer(deployment).body.contains("\"NVIDIA_VISIBLE_DEVICES\": \"void\"") == isSaid)
        let manifest = try KubernetesManifest(deployment).body
        let pod = try parsed(manifest)["spec", "template", "spec"]
        let environment = pod?["containers", "0", "env", "0"]
        #expect(environment?["name"] == (isSaid ? .scalar("NVIDIA_VISIBLE_DEVICES") : nil))
        #expect(environment?["value"] == (isSaid ? .scalar("void") : nil))
        #expect(pod?["tolerations"] == nil && !manifest.contains("nvidia.com/gpu"))
        let pyxis = try SlurmScript(deployment).body
        #expect(pyxis.contains("\nexport \(variable)\n") == isSaid && !pyxis.contains("--gpus"))
        #expect(try !SlurmScript(deployment, runtime: .apptainer).body.contains("--nv"))
        #expect(!ApptainerDefinition(deployment).usage.joined().contains("--nv"))
    }

    @Test(arguments: [GPURequest.all, .count(1), .devices(["0"])])
    func containerWithGPUsKeepsTheImagesEnvironment(gpus: GPURequest) throws {
        let deployment = try DeploymentFixture.deployment(DeploymentFixture.batch) { $0.gpus = gpus }
        let files: [any DeploymentFile] = [
            EngineCommand(deployment), ComposeFile(deployment), try KubernetesManifest(deployment),
            try DevContainer(deployment), try SlurmScript(deployment),
        ]
        for file in files { #expect(!file.body.contains("NVIDIA_VISIBLE_DEVICES"), "\(file.title)") }
        #expect(try KubernetesManifest(deployment).body.contains("tolerations"))
        #expect(try SlurmScript(deployment, runtime: .apptainer).body.contains("apptainer exec --nv"))
    }

    @Test func ownValueOfTheVariableIsKept() throws {
        let deployment = try DeploymentFixture.deployment(DeploymentFixture.batch) { options in
            options.gpus = .noGPU
            options.variables = ["NVIDIA_VISIBLE_DEVICES"].compactMap { EnvironmentName($0) }
        }
        #expect(EngineCommand(deployment).line.contains(" -e NVIDIA_VISIBLE_DEVICES "))
        #expect(!EngineCommand(deployment).line.contains("void"))
    }

    // MARK: - Python of the image and packages of the home

    @Test(
        arguments: [
            // The virtual environment reads nothing of the home.
            ("python: {packages: [numpy]}\nentrypoint: [python3, a.py]", false),
            ("python: {packages: [numpy]}\nentrypoint: [/opt/venv/bin/python, a.py]", false),
            ("python: {packages: [numpy]}\nentrypoint: [/usr/bin/python3, a.py]", true),
            ("python: {packages: [numpy]}\nentrypoint: [sh, -c, \"exec /usr/bin/python3.12 a.py\"]", true),
            ("python: {manager: conda, version: '3.12', packages: [numpy]}\nentrypoint: [python3, a.py]", true),
            ("system: {packages: [python3]}\nentrypoint: [python3, a.py]", true),
            ("system: {packages: [python3-numpy]}\nentrypoint: [./a.py]", true),
            ("entrypoint: [tini, --, python3.12]\ncommand: [a.py]", true),
            ("entrypoint: [sh, -c, \"cd x;python a.py\"]", true),
            ("entrypoint: [mandelbrot, python-like, a.py]", false),
            ("system: {packages: [libpython3-stdlib]}\nentrypoint: [a]", false),
        ])
    func packagesOfTheHomeAreKeptOut(recipe: String, expected: Bool) throws {
        let deployment = try DeploymentFixture.deployment("image: {cuda: 12.8.1, os: ubuntu24.04}\n" + recipe)
        #expect(ApptainerDefinition(deployment).body.contains("export PYTHONNOUSERSITE=1\n") == expected)
        let script = try SlurmScript(deployment, runtime: .apptainer).body
        #expect(script.contains("--env PYTHONNOUSERSITE=1") == expected)
    }

    @Test func basesOwnPythonReadsTheHome() throws {
        let recipe =
            "image: {source: packages, base: \"python:3.12-slim-bookworm\", cuda: 12.8.1}\nentrypoint: [./a.py]"
        #expect(try DeploymentFixture.deployment(recipe).readsUserSite)
    }

    // MARK: - Continuous integration

    /// Without rules of the workflow, jobs with rules make a second pipeline for merge requests, without the build.
    @Test func gitLabRunsBranchesAlone() throws {
        let deployment = try DeploymentFixture.deployment(DeploymentFixture.batch)
        let pipeline = try parsed(GitLabPipeline(Pipeline(deployment)).body)
        #expect(pipeline["workflow", "rules", "0", "if"] == .scalar("$CI_COMMIT_BRANCH"))
        #expect(pipeline["workflow", "rules", "1"] == nil)
    }

    /// Whatever a secret's value is, it is no part of an input, which the action reads as comma-separated values.
    @Test func gitHubPassesSecretsAsVariables() throws {
        let deployment = try DeploymentFixture.deployment(
            "image: {cuda: 12.8.1}\nsecrets: [path, pip.conf, 1x]\nrun: [a]\ncommand: [a]")
        let workflow = try parsed(GitHubWorkflow(Pipeline(deployment)).body)
        let step = workflow["jobs", "build", "steps", "4"]
        #expect(step?["uses"] == .scalar("docker/build-push-action@v6") && step?["with", "secrets"] == nil)
        #expect(
            step?["with", "secret-envs"]
                == .scalar(
                    "path=BUILD_SECRET_PATH\npip.conf=BUILD_SECRET_PIP_CONF\n1x=BUILD_SECRET_SECRET_1X\n"))
        #expect(step?["env", "BUILD_SECRET_PATH"] == .scalar("${{ secrets.PATH }}"))
        #expect(step?["env", "BUILD_SECRET_PIP_CONF"] == .scalar("${{ secrets.PIP_CONF }}"))
        #expect(step?["env", "BUILD_SECRET_SECRET_1X"] == .scalar("${{ secrets.SECRET_1X }}"))
    }
}
