import ArgumentParser
import CudaImageKit

struct TemplatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "List the templates that files are rendered from, or print one to start your own from.",
        discussion: """
            Examples:
              cudagen templates
              mkdir templates && cudagen templates header > templates/header.mustache
              cudagen --templates templates app.yaml

            A template in the folder takes the place of cudagen's own of the same name.
            """)

    /// Of the option that other commands have.
    static let optionHelp = ArgumentHelp(
        "Templates (*.mustache) that take the place of cudagen's own; 'cudagen templates' lists those.",
        valueName: "folder")

    @Argument(help: "The template to print.")
    var name: String?

    func run() throws {
        guard let name else {
            Terminal.write(TemplateLibrary.embeddedNames.map { $0 + "\n" }.joined())
            return
        }
        guard let text = TemplateLibrary.embeddedText(of: name) else {
            throw Session(report: ReportStyle(), catalog: nil).fail(
                Diagnostic(
                    .error, .invalidTemplate, "there is no template '\(name)'",
                    help: "known: \(TemplateLibrary.embeddedNames.joined(separator: ", "))"))
        }
        Terminal.write(text)
    }
}
