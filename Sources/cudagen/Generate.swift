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
              cudagen --repository-mirror https://mirror.example.com/nvidia --air-gap app.yaml

            An option beats the recipe, the recipe beats the default. 'cudagen explain' tells which one won.
            """)

    @OptionGroup var image: ImageArguments
    @OptionGroup var lock: LockArguments
    @OptionGroup var report: ReportArguments

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Overwrite a file that cudagen did not write, or that was edited by hand.")
    var force = false

    @Argument(help: "The recipe (app.yaml), or - for standard input.")
    var recipe: String?

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog, templates: image.templates)
        let output = try session.generate(recipe: recipe, options: image.options(lock))
        guard let text = output.text else { throw ExitCode.invalid }
        guard let path = self.output, path != "-" else {
            Terminal.write(text)
            return
        }
        try session.write(text, to: path, force: force)
    }
}
