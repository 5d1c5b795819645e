/// Writes a Dockerfile as text: the printer writes instructions, the templates order and explain them.
public struct DockerfileRenderer: Sendable {
    /// The templates; those of ``rootTemplates`` and their partials have to be among them.
    public var templates: TemplateLibrary

    /// The templates that a Dockerfile is rendered from.
    public static let rootTemplates = ["Dockerfile", "layer"]

    /// A renderer of some templates, which are looked up when something is rendered.
    ///
    /// - Parameter templates: those of ``rootTemplates`` and their partials, such as ``TemplateLibrary/embedded(for:)``
    ///   has.
    public init(templates: TemplateLibrary) { self.templates = templates }

    /// What the header says.
    public struct Header: Hashable, Sendable {
        /// The recipe's file name without folders; `nil` without a recipe.
        public var recipe: String?
        /// The program whose recipe it is; `nil` if the recipe is a file, or there is none.
        public var program: String?
        /// One phrase: `CUDA 11.4.0 runtime on ubuntu20.04`.
        public var summary: String
        /// The command that makes the file again, without the program's name and the recipe.
        public var arguments: [String]

        /// - Parameters:
        ///   - recipe: the recipe's file name without folders; `nil` without a recipe.
        ///   - program: the program whose recipe it is; `nil` for a file's.
        ///   - summary: one phrase about the image, as ``ImagePlan/summary`` has it.
        ///   - arguments: the command that makes the file again, without the program's name and the recipe.
        public init(recipe: String? = nil, program: String? = nil, summary: String, arguments: [String] = []) {
            self.recipe = recipe
            self.program = program
            self.summary = summary
            self.arguments = arguments
        }

        /// The command that makes the file again, for the rest of a comment line.
        var command: String {
            DockerfileComment.commandLine(["cudagen"] + arguments + (recipe.map { [$0] } ?? []))
        }
    }

    /// The whole file, with the checksum that tells an edit by hand.
    ///
    /// - Parameters:
    ///   - dockerfile: the stages and their instructions.
    ///   - header: what the comment at the top says.
    /// - Throws: `RenderingError` if a template is broken, or an instruction holds what no Dockerfile can carry.
    public func render(_ dockerfile: Dockerfile, header: Header) throws(RenderingError) -> String {
        let context = try context(of: dockerfile, header: header)
        do {
            return try templates.renderFile("Dockerfile", context)
        } catch {
            throw .template(error)
        }
    }

    /// What the templates are rendered with; `Documentation/templates.md` describes every value.
    func context(of dockerfile: Dockerfile, header: Header) throws(RenderingError) -> TemplateValue {
        var printer = InstructionPrinter()
        var arguments: [String] = []
        var times: [String] = []
        for argument in dockerfile.arguments {
            let text = try print(argument, &printer)
            if case .argument(let name, _) = argument, name.text == Dockerfile.epochName {
                times.append(text)
            } else {
                arguments.append(text)
            }
        }
        var stages: [TemplateValue] = []
        for stage in dockerfile.stages {
            stages.append(
                try value(of: stage, isOnly: dockerfile.stages.count == 1, printer: &printer))
        }
        // A template finds a name that its section lacks here: none of these is one that a section may lack.
        return .object([
            // Not `version`: sections have one of their own, and a section without it would find this.
            "generator": .text(Generator.version),
            "recipe": header.recipe.map { .text(DockerfileComment.oneLine($0)) } ?? .bool(false),
            "program": header.program.map { .text(DockerfileComment.oneLine($0)) } ?? .bool(false),
            "summary": .text(DockerfileComment.oneLine(header.summary)),
            "command": .text(header.command),
            "checksum": .text(Checksum.placeholder),
            "arguments": arguments.isEmpty ? .bool(false) : .text(arguments.joined(separator: "\n")),
            "defaultTime": times.isEmpty ? .bool(false) : .text(times.joined(separator: "\n")),
            "stages": .list(stages),
        ])
    }

    /// The first of a Dockerfile's instructions that a text lacks, which custom templates can lose.
    ///
    /// - Returns: the instruction's text; `nil` if all are there, in whatever order.
    func instructionLeftOut(of dockerfile: Dockerfile, in text: String) throws(RenderingError) -> String? {
        var printer = InstructionPrinter()
        var instructions = dockerfile.arguments
        for stage in dockerfile.stages {
            instructions.append(.from(stage.base, name: stage.name))
            instructions += stage.sections.flatMap(\.instructions)
        }
        for instruction in instructions {
            let printed = try print(instruction, &printer)
            if !text.contains(printed) { return printed }
        }
        return nil
    }

    private func value(
        of stage: Dockerfile.Stage, isOnly: Bool, printer: inout InstructionPrinter
    ) throws(RenderingError) -> TemplateValue {
        var context: [String: TemplateValue] = [
            stage.role.rawValue: .bool(true),
            "named": .bool(!isOnly),
            "from": .text(try print(.from(stage.base, name: stage.name), &printer)),
        ]
        switch stage.base {
        case .stagePerArchitecture: context["perArchitecture"] = .bool(true)
        case .image(let image) where image.digest == nil && (image.tag ?? "latest") == "latest":
            context["unpinned"] = .object(["rule": .text(image.tag == nil ? "DL3006" : "DL3007")])
        case .image, .stage: break
        }
        if let architecture = stage.architecture { context["architecture"] = .text(architecture) }
        var sections: [String: TemplateValue] = [:]
        for section in stage.sections {
            sections[section.kind.rawValue] = try value(of: section, printer: &printer)
        }
        context["sections"] = .object(sections)
        return .object(context)
    }

    private func value(
        of section: Dockerfile.Section, printer: inout InstructionPrinter
    ) throws(RenderingError) -> TemplateValue {
        var lines: [String] = []
        var followsRun = false
        for instruction in section.instructions {
            var isRun = false
            if case .run = instruction { isRun = true }
            if isRun, followsRun { lines.append(try separateLayer()) }
            lines.append(try print(instruction, &printer))
            followsRun = isRun
        }
        var context: [String: TemplateValue] = ["instructions": .text(lines.joined(separator: "\n"))]
        for (key, text) in section.details { context[key] = .text(DockerfileComment.oneLine(text)) }
        if !section.lintExceptions.isEmpty {
            let upgrades = section.lintExceptions.contains { Self.upgradeRules.contains($0) }
            let pins = section.lintExceptions.contains { !Self.upgradeRules.contains($0) }
            context["lint"] = .object([
                "rules": .text(section.lintExceptions.joined(separator: ",")), "upgrade": .bool(upgrades),
                "pinning": .bool(pins),
            ])
        }
        return .object(context)
    }

    /// What stands between two `RUN`s that are layers of their own on purpose.
    private func separateLayer() throws(RenderingError) -> String {
        do {
            return String(try templates.render("layer", .object([:])).dropLast())
        } catch {
            throw .template(error)
        }
    }

    /// hadolint's rules against upgrading the whole system.
    static let upgradeRules: Set<String> = ["DL3005", "DL3031", "DL3035", "DL3039"]

    private func print(
        _ instruction: Instruction, _ printer: inout InstructionPrinter
    ) throws(RenderingError) -> String {
        do {
            return try printer.text(of: instruction)
        } catch {
            throw .instruction(error)
        }
    }
}

/// Why a Dockerfile could not be written.
public enum RenderingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A template is missing or broken, or asks for what is not there.
    case template(TemplateError)
    /// A value has no form in a Dockerfile.
    case instruction(PrintingError)

    /// One sentence without a full stop; that of a template begins with its place.
    public var description: String {
        switch self {
        case .template(let error): error.description
        case .instruction(let error): error.description
        }
    }
}

extension Dockerfile.Stage {
    /// The architecture of a stage that exists once for each: `amd64` of `cuda-amd64`.
    var architecture: String? {
        guard let name else { return nil }
        return Platform.allCases.map(\.architecture).first { name.text.hasSuffix("-" + $0) }
    }
}
