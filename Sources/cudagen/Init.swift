import ArgumentParser
import CudaImageKit

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Look into a folder and write a starter recipe for what lies there.",
        discussion: """
            Examples:
              cudagen init
              cudagen init --driver 535.104.05 --gpu A100 ~/src/service
              cudagen init --torch 2.4 --os ubuntu22.04 -o -
              cudagen init --format json -o -

            It reads requirements files, pyproject.toml, uv.lock, environment.yml, CMake files, makefiles, CUDA and Python \
            sources and a Dockerfile, and runs nothing. The recipe names a release, so that it stays what it is; comments \
            say why, and what to check. A file that is there is not overwritten without --force.
            """)

    @OptionGroup var frameworks: FrameworkArguments
    @OptionGroup var host: HostArguments
    @OptionGroup var image: PlanArguments

    @Option(help: "Where CUDA comes from: image (the nearest one, if none fits), packages or wheels.")
    var source: ImageSource?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The recipe's file, or - for standard output (default: app.yaml in the folder).", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Overwrite a file that is there.")
    var force = false

    @Option(help: ArgumentHelp("What was found as text, on standard error, or as json, on standard output."))
    var format: ReportArguments.Format = .text

    @Option(help: "Colour in findings: auto, always or never.")
    var color: ReportArguments.Color = .auto

    @Option(help: CatalogChoice.help, completion: .file())
    var catalog: String?

    @Argument(help: "The project's folder (default: this one).", completion: .directory)
    var folder: String = "."

    func run() throws {
        var session = Session(report: ReportStyle(format: format, hasColor: color.isOn), catalog: catalog)
        let path =
            output ?? (folder == "." ? "app.yaml" : folder.hasSuffix("/") ? folder + "app.yaml" : folder + "/app.yaml")
        let isPrinted = path == "-"
        if !isPrinted, !force, FileSystem.isTaken(path) {
            throw session.fail(
                Diagnostic(
                    .error, .wouldOverwrite, "'\(path)' is there already",
                    help: "choose another name with -o, look at a new one with -o -, or overwrite it with --force"))
        }
        let starter = Starter(catalog: try session.catalog())
        var request = PlanRequest()
        var findings = Diagnostics()
        for constraint in frameworks.constraints { request.add(constraint.value, at: constraint.span) }
        try host.add(to: &request, catalog: starter.catalog, findings: &findings)
        image.add(to: &request)
        if let source { request.add(.source(source), at: .option("--source")) }
        guard !findings.hasErrors else {
            session.show(findings)
            throw ExitCode.invalid
        }
        let project = try session.folder(at: folder)
        let result = starter.recipe(for: project, request: request, fileName: isPrinted ? "app.yaml" : path)
        if let text = result.text { session.remember([isPrinted ? "app.yaml" : path: text]) }
        session.remember(project.sources)
        session.show(result.diagnostics)
        guard let text = result.text else {
            if format == .text { Terminal.warn(result.report(written: nil)) }
            throw ExitCode.invalid
        }
        if !isPrinted {
            try session.reading { () throws(FileError) in try FileSystem.write(text, to: path) }
        }
        switch format {
        case .json: Terminal.write(result.json.pretty + "\n")
        case .text:
            if isPrinted { Terminal.write(text) }
            Terminal.warn(result.report(written: isPrinted ? nil : path))
        }
    }
}
