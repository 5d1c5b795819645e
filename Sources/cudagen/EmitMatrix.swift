import ArgumentParser
import CudaImageKit

/// The matrix file of the formats that build many images.
struct MatrixArguments: ParsableArguments {
    @Option(help: ArgumentHelp("A matrix file instead of a recipe: all its images.", valueName: "file"))
    var matrix: String?

    @Option(
        help: ArgumentHelp(
            "With --matrix: where 'cudagen matrix -o' put the Dockerfiles, seen from the build context.",
            valueName: "folder"))
    var folder: ContainerPath = .matrixFolder

    var arguments: [String] {
        guard let matrix else { return [] }
        let name = matrix.split(separator: "/").last.map(String.init) ?? matrix
        return (folder == .matrixFolder ? [] : ["--folder", folder.text]) + ["--matrix", name]
    }

    func validate(with image: ImageArguments, recipe: String?) throws {
        guard matrix != nil else { return }
        if recipe != nil { throw ValidationError("Name a recipe, or a matrix with --matrix.") }
        if !image.options.arguments.isEmpty {
            throw ValidationError("The matrix file says what its images are; options of images need a recipe.")
        }
    }
}

struct EmitBake: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bake",
        abstract: "A docker-bake.hcl, for one image or all of a matrix.",
        discussion: """
            Examples:
              cudagen emit bake -o docker-bake.hcl app.yaml
              cudagen matrix matrix.yaml -o dist && cudagen emit bake --matrix matrix.yaml -o docker-bake.hcl
            """)

    @OptionGroup var matrix: MatrixArguments
    @OptionGroup var deployment: DeploymentArguments
    @OptionGroup var output: OutputArguments
    @OptionGroup var image: ImageArguments
    @OptionGroup var report: ReportArguments

    @Argument(help: "The recipe (app.yaml), or - for standard input.")
    var recipe: String?

    func validate() throws { try matrix.validate(with: image, recipe: recipe) }

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog)
        let options = deployment.options
        let arguments = ["emit", "bake"] + image.options.arguments + options.arguments + matrix.arguments
        if let file = matrix.matrix {
            let images = try session.deploymentMatrix(at: file, folder: matrix.folder, options: options)
            try session.emit(images.header(arguments: arguments), to: output) { BakeFile(images) }
        } else {
            let plan = try session.deployment(of: recipe, options: image.options, deployment: options)
            try session.emit(plan.header(arguments: arguments), to: output) { BakeFile(plan) }
        }
    }
}

struct EmitCI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ci",
        abstract: "A workflow of GitHub Actions, or a pipeline of GitLab: build, test on a GPU, publish.",
        discussion: """
            Examples:
              cudagen emit ci -o .github/workflows/image.yml app.yaml
              cudagen emit ci --provider gitlab --image registry.example.com/app -o .gitlab-ci.yml app.yaml
              cudagen emit ci --matrix matrix.yaml -o .github/workflows/images.yml
            """)

    @Option(help: "github or gitlab.")
    var provider: Pipeline.Provider = .github

    @Option(help: ArgumentHelp("The folder of the smoke test in the repository.", valueName: "folder"))
    var smoke: ContainerPath = Pipeline.smokeFolder

    @OptionGroup var matrix: MatrixArguments
    @OptionGroup var deployment: DeploymentArguments
    @OptionGroup var output: OutputArguments
    @OptionGroup var image: ImageArguments
    @OptionGroup var report: ReportArguments

    @Argument(help: "The recipe (app.yaml), or - for standard input.")
    var recipe: String?

    func validate() throws { try matrix.validate(with: image, recipe: recipe) }

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog)
        let options = deployment.options
        var arguments = ["emit", "ci"] + (provider == .github ? [] : ["--provider", provider.rawValue])
        if smoke != Pipeline.smokeFolder { arguments += ["--smoke", smoke.text] }
        arguments += image.options.arguments + options.arguments + matrix.arguments
        if let file = matrix.matrix {
            let images = try session.deploymentMatrix(at: file, folder: matrix.folder, options: options)
            try session.emit(images.header(arguments: arguments), to: output) { () throws(DiagnosticError) in
                let pipeline = try Pipeline(images, folder: matrix.folder, provider: provider, smokeFolder: smoke)
                return pipeline.file(for: provider)
            }
        } else {
            let plan = try session.deployment(of: recipe, options: image.options, deployment: options)
            try session.emit(plan.header(arguments: arguments), to: output) {
                Pipeline(plan, smokeFolder: smoke).file(for: provider)
            }
        }
    }
}

extension Pipeline.Provider: ExpressibleByArgument {}
