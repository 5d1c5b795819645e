import ArgumentParser
import CudaImageKit

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write the Dockerfile of a recipe, or of the bare CUDA image that the options name.",
        discussion: """
            Examples:
              cudagen --flavor runtime --cuda 11.4.0 --os ubuntu20.04 app.yaml > Dockerfile
              cudagen -o Dockerfile app.yaml
              cudagen --cuda 12.4 --base debian:12 app.yaml
              cudagen --repository-mirror https://mirror.example.com/nvidia app.yaml

            An option beats the recipe, the recipe beats the default. 'cudagen explain' tells for each part of the image \
            which one won.
            """)

    @OptionGroup var options: GenerateArguments

    @Argument(help: "The recipe (app.yaml), or - for standard input.", completion: .file())
    var recipe: String?

    func run() throws {
        var session = Session(
            report: options.report.style, catalog: options.image.catalog, templates: options.templates.templates)
        let output = try session.generate(recipe: recipe, options: options.image.options(options.lock))
        guard let text = output.text else { throw ExitCode.invalid }
        guard let path = options.output, path != "-" else {
            Terminal.write(text)
            return
        }
        try session.write(text, to: path, force: options.force)
    }
}

/// The options of `generate`, which is also the command without a name.
struct GenerateArguments: ParsableArguments {
    @OptionGroup var image: ImageArguments
    @OptionGroup var templates: TemplateArguments
    @OptionGroup var lock: LockArguments
    @OptionGroup var report: ReportArguments

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Overwrite a file that cudagen did not write, or that was edited by hand.")
    var force = false
}
