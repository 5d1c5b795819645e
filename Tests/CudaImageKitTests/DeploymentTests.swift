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
            (nil, .all), ("all", .all), ("none", GPURequest.none), ("void", GPURequest.none),
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
        let service = KubernetesManifest(try DeploymentFixture.deployment(DeploymentFixture.service))
        #expect(service.body.hasPrefix("apiVersion: apps/v1\nkind: Deployment\n"))
        let batch = KubernetesManifest(try DeploymentFixture.deployment(DeploymentFixture.batch))
        #expect(batch.body.hasPrefix("apiVersion: batch/v1\nkind: Job\n"))
        var options = KubernetesManifest.Options()
        options.kind = .job
        let job = KubernetesManifest(service.deployment, options: options)
        #expect(
            job.body.contains("kind: Job") && !job.body.contains("kind: Service") && !job.body.contains("readiness"))
    }

    @Test func rootGetsNoNonRootContext() throws {
        let deployment = try DeploymentFixture.deployment("image: {cuda: 12.8.1}\nuser: root\ncommand: [a]")
        #expect(!KubernetesManifest(deployment).body.contains("runAsNonRoot"))
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
        _ = try Pipeline(matrix, folder: .matrixFolder, provider: .github)
        #expect(throws: DiagnosticError.self) {
            try Pipeline(matrix, folder: .matrixFolder, provider: .gitlab)
        }
    }
}
