import ArgumentParser
import CudaImageKit

/// A format that is made of one recipe.
protocol EmitCommand: ParsableCommand {
    var common: EmitArguments { get }
    /// Whether the file is a program.
    static var isExecutable: Bool { get }

    func file(_ plan: DeploymentPlan) throws(DiagnosticError) -> any DeploymentFile
}

extension EmitCommand {
    static var isExecutable: Bool { false }

    func run() throws { try emitFile() }

    func emitFile() throws {
        var session = common.session
        let plan = try common.plan(in: &session)
        try session.emit(
            plan.header(arguments: common.arguments), to: common.output, isExecutable: Self.isExecutable
        ) { () throws(DiagnosticError) in try file(plan) }
    }
}

struct EmitRun: EmitCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "The command that runs the image, as a script or as one line.",
        discussion: """
            Examples:
              cudagen emit run --line app.yaml
              cudagen emit run --engine podman --gpus device=0,2 -o run.sh app.yaml
            """)
    static let isExecutable = true

    @Option(help: "docker, podman (GPUs by CDI names) or nerdctl.")
    var engine: ContainerEngine = .docker

    @Flag(help: "Only the command, on one line, to copy.")
    var line = false

    @OptionGroup var common: EmitArguments

    func validate() throws {
        if line, common.output.output != nil { throw ValidationError("--line prints; a file gets the script.") }
    }

    func file(_ plan: DeploymentPlan) -> any DeploymentFile { EngineCommand(plan, engine: engine) }

    func run() throws {
        guard line else { return try emitFile() }
        var session = common.session
        let plan = try common.plan(in: &session)
        Terminal.write(EngineCommand(plan, engine: engine).line + "\n")
    }
}

struct EmitCompose: EmitCommand {
    static let configuration = CommandConfiguration(
        commandName: "compose",
        abstract: "A Compose file.",
        discussion: """
            Examples:
              cudagen emit compose -o compose.yaml app.yaml
              cudagen emit compose --gpus 2 --env HF_TOKEN app.yaml
            """)

    @OptionGroup var common: EmitArguments

    func file(_ plan: DeploymentPlan) -> any DeploymentFile { ComposeFile(plan) }
}

struct EmitKubernetes: EmitCommand {
    static let configuration = CommandConfiguration(
        commandName: "kubernetes",
        abstract: "A Deployment with its Service (if the image has ports), or a Job.",
        discussion: """
            Examples:
              cudagen emit kubernetes --image ghcr.io/acme/app:1.4 -o app-k8s.yaml app.yaml
              cudagen emit kubernetes --kind job --gpus 4 --gpu-product NVIDIA-H100-80GB-HBM3 app.yaml
              cudagen emit kubernetes --select-nodes --runtime-class nvidia app.yaml
            """)

    @Option(help: "deployment or job (default: a deployment if the image has ports).")
    var kind: KubernetesManifest.Kind?

    @Option(
        help: ArgumentHelp("The runtimeClassName, such as nvidia (default: none).", valueName: "name"),
        transform: KubernetesManifest.LabelValue.init(argument:))
    var runtimeClass: KubernetesManifest.LabelValue?

    @Option(
        help: ArgumentHelp(
            "A product that the node's GPU may be, as its label nvidia.com/gpu.product. May be repeated.",
            valueName: "name"),
        transform: KubernetesManifest.LabelValue.init(argument:))
    var gpuProduct: [KubernetesManifest.LabelValue] = []

    @Flag(help: "Only nodes whose driver and GPU the image runs on, by the labels of GPU Feature Discovery.")
    var selectNodes = false

    @OptionGroup var common: EmitArguments

    private var options: KubernetesManifest.Options {
        var options = KubernetesManifest.Options()
        options.kind = kind
        options.runtimeClass = runtimeClass
        options.products = gpuProduct
        options.selectsNodes = selectNodes
        return options
    }

    func file(_ plan: DeploymentPlan) throws(DiagnosticError) -> any DeploymentFile {
        try KubernetesManifest(plan, options: options)
    }
}

struct EmitDevContainer: EmitCommand {
    static let configuration = CommandConfiguration(
        commandName: "devcontainer",
        abstract: "A devcontainer.json.",
        discussion: """
            Example:
              cudagen emit devcontainer -o .devcontainer/devcontainer.json app.yaml
            """)

    @OptionGroup var common: EmitArguments

    func file(_ plan: DeploymentPlan) throws(DiagnosticError) -> any DeploymentFile { try DevContainer(plan) }
}

struct EmitApptainer: EmitCommand {
    static let configuration = CommandConfiguration(
        commandName: "apptainer",
        abstract: "A definition file for Apptainer (Singularity), from the built image.",
        discussion: """
            Example:
              cudagen emit apptainer --image ghcr.io/acme/app:1.4 -o app.def app.yaml
            """)

    @OptionGroup var common: EmitArguments

    func file(_ plan: DeploymentPlan) -> any DeploymentFile { ApptainerDefinition(plan) }
}

struct EmitSlurm: EmitCommand {
    static let configuration = CommandConfiguration(
        commandName: "slurm",
        abstract: "A batch script for Slurm, with Pyxis and Enroot or with Apptainer.",
        discussion: """
            Examples:
              cudagen emit slurm --image ghcr.io/acme/app:1.4 --gpus 4 -o app.sbatch app.yaml
              cudagen emit slurm --container-runtime apptainer app.yaml
            """)

    @Option(help: "pyxis or apptainer.")
    var containerRuntime: SlurmScript.Runtime = .pyxis

    @OptionGroup var common: EmitArguments

    func file(_ plan: DeploymentPlan) throws(DiagnosticError) -> any DeploymentFile {
        try SlurmScript(plan, runtime: containerRuntime)
    }
}

extension KubernetesManifest.LabelValue {
    /// An option's value; one that breaks the rule is told it.
    init(argument: String) throws {
        do {
            try self.init(validating: argument)
        } catch {
            throw ValidationError("expected \(error.rule)")
        }
    }
}

extension KubernetesManifest.Kind: ExpressibleByArgument {}
extension SlurmScript.Runtime: ExpressibleByArgument {}
