import ArgumentParser
import CudaImageKit

struct Emit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emit",
        abstract: "Write the files that build, run and deploy a recipe's image.",
        discussion: """
            Examples:
              cudagen emit run --line app.yaml
              cudagen emit compose -o compose.yaml app.yaml
              cudagen emit kubernetes --image ghcr.io/acme/app:1.4 --select-nodes -o app-k8s.yaml app.yaml
              cudagen emit bake --matrix matrix.yaml -o docker-bake.hcl
              cudagen emit ci --provider gitlab -o .gitlab-ci.yml app.yaml
              cudagen emit compose --check -o compose.yaml app.yaml

            All of them say the same as the recipe's Dockerfile. Without -o they go to standard output.
            """,
        subcommands: [
            EmitRun.self, EmitCompose.self, EmitBake.self, EmitKubernetes.self, EmitDevContainer.self,
            EmitApptainer.self, EmitCI.self, EmitSlurm.self,
        ])
}

/// What all formats share.
struct EmitArguments: ParsableArguments {
    @OptionGroup var deployment: DeploymentArguments
    @OptionGroup var output: OutputArguments
    @OptionGroup var image: ImageArguments
    @OptionGroup var lock: LockArguments
    @OptionGroup var report: ReportArguments

    @Argument(help: "The recipe (app.yaml), or - for standard input.", completion: .file())
    var recipe: String?

    var session: Session { Session(report: report.style, catalog: image.catalog) }

    /// The options, as a file's header shows them.
    var arguments: [String] { image.options(lock).arguments + deployment.options.arguments }

    func plan(in session: inout Session) throws -> DeploymentPlan {
        try session.deployment(of: recipe, options: image.options(lock), deployment: deployment.options)
    }
}

/// How the image is called and runs.
struct DeploymentArguments: ParsableArguments {
    @Option(
        name: .customLong("image"),
        help: ArgumentHelp("The name that the image gets (default: the recipe's name, or app).", valueName: "ref"),
        transform: ImageReference.init(argument:))
    var reference: ImageReference?

    @Option(
        help: ArgumentHelp("The GPUs: all, a number, device=0,2, or none (default: the recipe's).", valueName: "gpus"))
    var gpus: GPURequest?

    @Option(
        help: ArgumentHelp(
            "Shared memory: 512m, 8g, host (its IPC namespace) or default (default: what the frameworks ask for).",
            valueName: "size"))
    var shmSize: SharedMemory?

    @Option(
        help: ArgumentHelp(
            "A variable that whoever starts the container provides; its value is written nowhere. May be repeated.",
            valueName: "name"))
    var env: [EnvironmentName] = []

    @Option(
        help: ArgumentHelp("The build context, seen from the file (devcontainer: .., others: .).", valueName: "folder"),
        completion: .directory)
    var context: ContainerPath?

    @Option(help: ArgumentHelp("The Dockerfile in the build context.", valueName: "file"))
    var dockerfile: ContainerPath = .dockerfile

    var options: DeploymentOptions {
        var options = DeploymentOptions()
        options.image = reference
        options.gpus = gpus
        options.sharedMemory = shmSize
        options.variables = env
        options.context = context
        options.dockerfile = dockerfile
        return options
    }
}

/// Where a file goes.
struct OutputArguments: ParsableArguments {
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Write nothing: compare the file of -o with what would be generated (a diff, exit code 1).")
    var check = false

    @Flag(help: "Overwrite a file that cudagen did not write, or that was edited by hand.")
    var force = false

    func validate() throws {
        if check, output == nil || output == "-" { throw ValidationError("--check compares the file of -o.") }
    }
}

extension SharedMemory: ExpressibleByArgument {}

extension EnvironmentName: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension ContainerPath: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Session {
    /// The recipe's image, and how it runs.
    mutating func deployment(
        of recipe: String?, options: ImageOptions, deployment: DeploymentOptions
    ) throws -> DeploymentPlan {
        let output = try generate(recipe: recipe, options: options)
        guard let plan = output.plan, output.text != nil else { throw ExitCode.invalid }
        return DeploymentPlan(plan, options: deployment)
    }

    /// The images of a matrix file.
    mutating func deploymentMatrix(
        at path: String, lock use: LockUse, folder: ContainerPath, options: DeploymentOptions
    ) throws -> DeploymentMatrix {
        let generator = try generator()
        let lock = try lock(use, beside: path)
        var plans: [(name: String, plan: ImagePlan)] = []
        let (matrix, reading) = try matrix(at: path)
        var deciding: [(name: String, diagnostics: Diagnostics)] = []
        for entry in matrix.entries {
            let output = generator.generate(entry, lock: lock)
            deciding.append((entry.name, output.diagnostics))
            if let plan = output.plan, output.text != nil { plans.append((entry.name, plan)) }
        }
        let findings = Diagnostics(reading.all + Diagnostics(ofImages: deciding).all)
        show(findings)
        if findings.hasErrors { throw ExitCode.invalid }
        do throws(DiagnosticError) {
            return try DeploymentMatrix(plans, folder: folder, options: options)
        } catch {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
    }

    /// Makes a file, and writes, compares or prints it.
    func emit(
        _ header: DockerfileRenderer.Header, to output: OutputArguments, isExecutable: Bool = false,
        file: () throws(DiagnosticError) -> any DeploymentFile
    ) throws {
        let text: String
        do throws(DiagnosticError) {
            text = try file().text(header: header)
        } catch {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
        try emit(text, to: output, isExecutable: isExecutable)
    }

    /// Writes, compares or prints a file.
    func emit(_ text: String, to output: OutputArguments, isExecutable: Bool = false) throws {
        guard let path = output.output, path != "-" else { return Terminal.write(text) }
        if output.check { return try compare(text, with: path) }
        try write(text, to: path, force: output.force, isExecutable: isExecutable)
    }
}
