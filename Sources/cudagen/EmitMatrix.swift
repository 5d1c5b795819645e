import ArgumentParser
import CudaImageKit

/// The matrix file of the formats that build many images.
struct MatrixArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("A matrix file instead of a recipe: all its images.", valueName: "file"),
        completion: .file())
    var matrix: String?

    @Option(
        name: .customLong("folder"),
        help: ArgumentHelp(
            "With --matrix: where 'cudagen matrix -o' put the Dockerfiles, seen from the build context (default: dist).",
            valueName: "folder"), completion: .directory)
    var askedFolder: ContainerPath?

    var folder: ContainerPath { askedFolder ?? .matrixFolder }

    var arguments: [String] {
        guard let matrix else { return [] }
        let name = FilePath.name(of: matrix)
        return (folder == .matrixFolder ? [] : ["--folder", folder.text]) + ["--matrix", name]
    }

    func validate(with image: ImageArguments, recipe: String?) throws {
        guard matrix != nil else {
            if askedFolder != nil { throw ValidationError("--folder goes with --matrix.") }
            return
        }
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
    @OptionGroup var common: EmitArguments

    func validate() throws { try matrix.validate(with: common.image, recipe: common.recipe) }

    func run() throws {
        var session = common.session
        let arguments = common.arguments + matrix.arguments
        if let file = matrix.matrix {
            let images = try session.deploymentMatrix(
                at: file, lock: common.lock.use, folder: matrix.folder, options: common.deployment.options)
            try session.emit(images.header(arguments: arguments), to: common.output) { BakeFile(images) }
        } else {
            let plan = try common.plan(in: &session)
            try session.emit(plan.header(arguments: arguments), to: common.output) { BakeFile(plan) }
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
    @OptionGroup var common: EmitArguments

    func validate() throws { try matrix.validate(with: common.image, recipe: common.recipe) }

    func run() throws {
        var session = common.session
        let arguments = common.arguments + matrix.arguments
        if let file = matrix.matrix {
            let images = try session.deploymentMatrix(
                at: file, lock: common.lock.use, folder: matrix.folder, options: common.deployment.options)
            try session.emit(images.header(arguments: arguments), to: common.output) { () throws(DiagnosticError) in
                let pipeline = try Pipeline(images, provider: provider, smokeFolder: smoke)
                return pipeline.file(for: provider)
            }
        } else {
            let plan = try common.plan(in: &session)
            try session.emit(plan.header(arguments: arguments), to: common.output) {
                Pipeline(plan, smokeFolder: smoke).file(for: provider)
            }
        }
    }
}

extension Pipeline.Provider: ExpressibleByArgument {}
