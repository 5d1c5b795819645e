import ArgumentParser
import CudaImageKit

/// The frameworks that an image is for.
struct FrameworkArguments: ParsableArguments {
    @Option(help: ArgumentHelp("PyTorch: 2.4, 2.4.1, '>=2.1,<3'. Of several all have to hold.", valueName: "version"))
    var torch: [VersionArgument] = []

    @Option(help: ArgumentHelp("TensorFlow.", valueName: "version"))
    var tensorflow: [VersionArgument] = []

    @Option(help: ArgumentHelp("JAX.", valueName: "version"))
    var jax: [VersionArgument] = []

    @Option(help: ArgumentHelp("ONNX Runtime.", valueName: "version"))
    var onnxruntimeGpu: [VersionArgument] = []

    @Option(help: ArgumentHelp("vLLM.", valueName: "version"))
    var vllm: [VersionArgument] = []

    @Option(help: ArgumentHelp("A framework with any or some version: torch, jax==0.4.30.", valueName: "requirement"))
    var framework: [FrameworkArgument] = []

    /// In the order of the options' list: the command line's own order is not known.
    var constraints: [Located<PlanConstraint>] {
        let named: [(Framework, [VersionArgument])] = [
            (.torch, torch), (.tensorflow, tensorflow), (.jax, jax), (.onnxruntimeGPU, onnxruntimeGpu), (.vllm, vllm),
        ]
        return named.flatMap { framework, versions in
            versions.map { Located(.framework(framework, $0.specifiers), at: .option("--\(framework)")) }
        } + framework.flatMap(\.constraints).map { Located($0, at: .option("--framework")) }
    }
}

/// What an image has to be.
struct PlanArguments: ParsableArguments {
    @Option(help: ArgumentHelp("CUDA release: 12, 12.4 or 12.4.1.", valueName: "version"))
    var cuda: CUDAVersionPattern?

    @Option(help: "base, runtime or devel.")
    var flavor: Flavor?

    @Option(
        help: "Operating system as in tags, such as ubuntu22.04 or ubi9.", transform: OperatingSystem.init(argument:))
    var os: OperatingSystem?

    @Option(
        help: ArgumentHelp("With cuDNN: true, false, a major version such as 8, or tensorrt.", valueName: "version"))
    var cudnn: CuDNNRequest?

    @Option(
        help: ArgumentHelp("Platforms, separated by commas: linux/amd64,linux/arm64.", valueName: "platforms"),
        transform: Platform.list)
    var platform: [Platform] = []

    @Option(help: ArgumentHelp("Python version, such as 3.12.", valueName: "version"))
    var python: PythonVersion?

    @Flag(help: "Only tags that NVIDIA supports.")
    var supported = false

    func add(to request: inout PlanRequest) {
        if let cuda { request.add(.cuda(cuda), at: .option("--cuda")) }
        if let flavor { request.add(.flavor(flavor), at: .option("--flavor")) }
        if let os { request.add(.os(os), at: .option("--os")) }
        if let cudnn { request.add(.cudnn(cudnn), at: .option("--cudnn")) }
        for platform in platform { request.add(.platform(platform), at: .option("--platform")) }
        if let python { request.add(.python(python), at: .option("--python")) }
        if supported { request.add(.supported, at: .option("--supported")) }
    }
}

/// The machine that an image is for.
struct HostArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The host's driver: 535.104.05, or host for this machine's.", valueName: "version"))
    var driver: String?

    @Option(help: ArgumentHelp("A GPU of the host: A100, 'RTX 4090'. May be repeated.", valueName: "name"))
    var gpu: [String] = []

    @Option(help: ArgumentHelp("A GPU by its compute capability: 8.9. May be repeated.", valueName: "number"))
    var computeCapability: [ComputeCapability] = []

    /// Names that are not known are findings.
    func add(to request: inout PlanRequest, catalog: Catalog, findings: inout Diagnostics) throws {
        if let driver {
            let version = driver == "host" ? try Self.hostDriver() : DriverVersion(driver)
            if let version {
                request.add(.driver(version), at: .option("--driver"))
            } else {
                findings.error(
                    .invalidValue, "'\(driver)' is not a driver's version, such as 535.104.05", at: .option("--driver"))
            }
        }
        for name in gpu {
            do throws(DiagnosticError) {
                request.add(.gpu(try catalog.gpu(spelled: name, at: .option("--gpu"))), at: .option("--gpu"))
            } catch {
                findings.add(contentsOf: error.diagnostics)
            }
        }
        for capability in computeCapability {
            request.add(.gpu(GPU(capability: capability)), at: .option("--compute-capability"))
        }
    }

    /// The driver that is loaded on this machine.
    private static func hostDriver() throws -> DriverVersion {
        let path = "/proc/driver/nvidia/version"
        if let text = try? RecipeSource.read(path: path).text, let version = DriverVersion(kernelModule: text) {
            return version
        }
        Terminal.warn("cudagen: no NVIDIA driver is loaded on this machine: \(path) names none\n")
        throw ExitCode.environment
    }
}

/// A version as people write it.
struct VersionArgument: ExpressibleByArgument {
    var specifiers: VersionSpecifiers

    init?(argument: String) {
        guard let specifiers = VersionSpecifiers(loose: argument), !specifiers.clauses.isEmpty else { return nil }
        self.specifiers = specifiers
    }
}

/// `torch`, `torch==2.4.0`
struct FrameworkArgument: ExpressibleByArgument {
    var constraints: [PlanConstraint]

    init?(argument: String) {
        guard let requirement = PythonRequirement(argument), let framework = Framework(package: requirement.name),
            requirement.url == nil
        else { return nil }
        constraints = [.framework(framework, requirement.specifiers)] + (requirement.cuda.map { [.cuda($0)] } ?? [])
    }
}

extension ComputeCapability: ExpressibleByArgument {}
