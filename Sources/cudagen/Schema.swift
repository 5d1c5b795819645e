import ArgumentParser
import CudaImageKit

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Write the JSON Schema of recipes or matrix files, for editors and validators.",
        discussion: """
            Examples:
              cudagen schema -o recipe.schema.json
              cudagen schema matrix -o matrix.schema.json
              cudagen schema --check -o recipe.schema.json

            Editors with the YAML language server use it for a file that begins with the line:

              # yaml-language-server: $schema=recipe.schema.json

            The schema knows keys, types and spellings. Whether a tag exists and whether keys fit together, 'cudagen check' \
            says.
            """)

    @OptionGroup var output: OutputArguments

    @Argument(help: "recipe or matrix.")
    var file: InputSchema = .recipe

    func run() throws {
        let session = Session(report: ReportStyle(format: .text, hasColor: false), catalog: nil)
        try session.emit(file.text, to: output)
    }
}

extension InputSchema: ExpressibleByArgument {}
