import ArgumentParser
import CudaImageKit

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a recipe; with -o also whether a Dockerfile is what would be generated.",
        discussion: """
            Examples:
              cudagen check app.yaml
              cudagen check -o Dockerfile app.yaml

            Exits with 1 and prints a unified diff if the file differs.
            """)

    @OptionGroup var image: ImageArguments
    @OptionGroup var templates: TemplateArguments
    @OptionGroup var lock: LockArguments
    @OptionGroup var report: ReportArguments

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The generated file to compare with.", valueName: "file"),
        completion: .file())
    var output: String?

    @Argument(help: "The recipe (app.yaml), or - for standard input.", completion: .file())
    var recipe: String?

    func validate() throws {
        if recipe == nil, image.options.arguments.isEmpty {
            let here = Session.unnamedRecipe.map { ": cudagen check \($0)" }
            throw ValidationError("Name a recipe, or options of an image\(here ?? ", such as --cuda 12.4").")
        }
    }

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog, templates: templates.templates)
        let generated = try session.generate(
            recipe: recipe, options: image.options(lock), findingsAreResult: output == nil)
        guard let text = generated.text else { throw ExitCode.invalid }
        guard let path = output else {
            if report.format == .text, generated.diagnostics.isEmpty { Terminal.warn("cudagen: no findings\n") }
            return
        }
        try session.compare(text, with: path)
    }
}
