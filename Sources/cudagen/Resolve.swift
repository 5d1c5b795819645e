import ArgumentParser
import CudaImageKit

struct Resolve: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, plain }

    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Choose the best image for frameworks, driver and GPUs, or say which of them contradict.",
        discussion: """
            Examples:
              cudagen resolve --torch 2.4 --driver 535.104.05 --gpu A100 --os ubuntu22.04
              cudagen resolve requirements.txt --driver host
              cudagen resolve pyproject.toml --gpu "RTX 4090" --format plain

            2.4 means every 2.4.x; ranges such as '>=2.1,<3' are allowed. Exits with 2 if nothing fits.
            """)

    @OptionGroup var frameworks: FrameworkArguments
    @OptionGroup var host: HostArguments

    @OptionGroup var image: PlanArguments

    /// Where the CUDA of a plan comes from: packages follow the image's choice.
    enum Source: String, ExpressibleByArgument, CaseIterable {
        case image, wheels

        var source: ImageSource {
            switch self {
            case .image: .image
            case .wheels: .wheels
            }
        }
    }

    @Option(help: "Where CUDA comes from: image (the nearest one, if none fits) or wheels.")
    var source: Source?

    @Option(help: "text, json, or plain (the tag).")
    var format: Format = .text

    @Option(help: "Colour in findings: auto, always or never.")
    var color: ReportArguments.Color = .auto

    @Option(help: CatalogChoice.help, completion: .file())
    var catalog: String?

    @Argument(help: "requirements.txt or pyproject.toml.", completion: .file())
    var files: [String] = []

    func run() throws {
        let style = ReportStyle(format: format == .json ? .json : .text, hasColor: color.isOn)
        var session = Session(report: style, catalog: catalog)
        let catalog = try session.catalog()
        var findings = Diagnostics()
        let pins = try pins(reading: &session)
        findings.add(contentsOf: pins.diagnostics)
        var rest = PlanRequest()
        try host.add(to: &rest, catalog: catalog, findings: &findings)
        image.add(to: &rest)
        if let source { rest.add(.source(source.source), at: .option("--source")) }
        guard !findings.hasErrors else {
            session.show(findings)
            throw ExitCode.invalid
        }
        let result = catalog.resolve(
            pins,
            request: { pins in
                var request = PlanRequest()
                for constraint in frameworks.constraints + pins.constraints + rest.constraints {
                    request.add(constraint.value, at: constraint.span)
                }
                return request
            })
        findings.add(contentsOf: result.diagnostics)
        session.show(findings)
        guard let plan = result.plan else { throw ExitCode.invalid }
        let request = result.request
        switch format {
        case .text: Terminal.write(Explanation(plan, request: request, catalog: catalog).text)
        case .json: Terminal.write(plan.json(request: request, catalog: catalog).pretty + "\n")
        case .plain:
            guard let tag = plan.tag else {
                Terminal.warn("cudagen: no official image fits; the plan is source 'wheels' on \(plan.os)\n")
                throw ExitCode.no
            }
            Terminal.write("\(tag.tag)\n")
        }
    }
}

extension Resolve {
    /// What the files ask for, those that they name with `-r` and `-c` included.
    private func pins(reading session: inout Session) throws -> FrameworkPins {
        var pins = FrameworkPins()
        for path in files {
            if let refusal = FrameworkPins.refusal(ofFile: path) {
                pins.diagnostics.add(refusal)
                continue
            }
            let source = try session.source(at: path, as: .requirements)
            let read = FrameworkPins(reading: source) { (path) throws(DiagnosticError) in
                try RecipeSource.read(path: path, as: .requirements)
            }
            session.remember(read.includedTexts)
            pins.add(contentsOf: read)
        }
        return pins
    }
}

extension PythonVersion: ExpressibleByArgument {}
