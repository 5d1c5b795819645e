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
    /// Templates order a stage's sections by their kind; several of one kind are one section, in their order.
    ///
    /// - Parameters:
    ///   - dockerfile: the stages and their instructions.
    ///   - header: what the comment at the top says.
    /// - Throws: ``RenderingError`` if a template is broken, an instruction holds what no Dockerfile can carry, or the
    ///   templates have no place for an instruction.
    public func render(_ dockerfile: Dockerfile, header: Header) throws(RenderingError) -> String {
        var printer = RecordingPrinter()
        let context = try context(of: dockerfile, header: header, printer: &printer)
        let text: String
        do {
            text = try templates.renderFile("Dockerfile", context)
        } catch {
            throw .template(error)
        }
        if let lost = Self.firstLeftOut(of: printer.texts, in: text) {
            throw .instructionLeftOut(lost, text: text)
        }
        return text
    }

    /// The first of a file's instructions that a text lacks, in whatever order it has them.
    private static func firstLeftOut(of instructions: [String], in text: String) -> String? {
        // Templates keep the order of what stands together: the search goes on where it found the last one, and begins anew
        // for what stands before.
        let text = Array(text.utf8)
        var end = 0
        for instruction in instructions {
            let wanted = Array(instruction.utf8)
            guard let start = text.firstIndex(of: wanted, from: end) ?? text.firstIndex(of: wanted, from: 0) else {
                return instruction
            }
            end = start + wanted.count
        }
        return nil
    }

    /// What the templates are rendered with; `Documentation/templates.md` describes every value.
    func context(of dockerfile: Dockerfile, header: Header) throws(RenderingError) -> TemplateValue {
        var printer = RecordingPrinter()
        return try context(of: dockerfile, header: header, printer: &printer)
    }

    private func context(
        of dockerfile: Dockerfile, header: Header, printer: inout RecordingPrinter
    ) throws(RenderingError) -> TemplateValue {
        var arguments: [String] = []
        var times: [String] = []
        for argument in dockerfile.arguments {
            let text = try printer.text(of: argument)
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
            "recipe": header.recipe.map {
                .text($0 == "-" ? "standard input" : DockerfileComment.oneLine($0))
            } ?? .bool(false),
            "program": header.program.map { .text(DockerfileComment.oneLine($0)) } ?? .bool(false),
            "summary": .text(DockerfileComment.oneLine(header.summary)),
            "command": .text(header.command),
            "checksum": .text(Checksum.placeholder),
            "arguments": arguments.isEmpty ? .bool(false) : .text(arguments.joined(separator: "\n")),
            "defaultTime": times.isEmpty ? .bool(false) : .text(times.joined(separator: "\n")),
            "stages": .list(stages),
        ])
    }

    /// Prints instructions, and keeps what it printed.
    private struct RecordingPrinter {
        private var printer = InstructionPrinter()
        private(set) var texts: [String] = []

        mutating func text(of instruction: Instruction) throws(RenderingError) -> String {
            do {
                let text = try printer.text(of: instruction)
                texts.append(text)
                return text
            } catch {
                throw .instruction(error)
            }
        }
    }

    private func value(
        of stage: Dockerfile.Stage, isOnly: Bool, printer: inout RecordingPrinter
    ) throws(RenderingError) -> TemplateValue {
        var context: [String: TemplateValue] = [
            stage.role.rawValue: .bool(true),
            "named": .bool(!isOnly),
            "from": .text(try printer.text(of: .from(stage.base, name: stage.name))),
        ]
        switch stage.base {
        case .stagePerArchitecture: context["perArchitecture"] = .bool(true)
        case .image(let image) where image.digest == nil && (image.tag ?? "latest") == "latest":
            context["unpinned"] = .object(["rule": .text(image.tag == nil ? "DL3006" : "DL3007")])
        case .image, .stage: break
        }
        if let architecture = stage.architecture { context["architecture"] = .text(architecture) }
        var sections: [String: TemplateValue] = [:]
        for section in stage.sectionsByKind {
            sections[section.kind.rawValue] = try value(of: section, printer: &printer)
        }
        context["sections"] = .object(sections)
        return .object(context)
    }

    private func value(
        of section: Dockerfile.Section, printer: inout RecordingPrinter
    ) throws(RenderingError) -> TemplateValue {
        var lines: [String] = []
        var followsRun = false
        for instruction in section.instructions {
            var isRun = false
            if case .run = instruction { isRun = true }
            if isRun, followsRun { lines.append(try separateLayer()) }
            lines.append(try printer.text(of: instruction))
            followsRun = isRun
        }
        var context: [String: TemplateValue] = ["instructions": .text(lines.joined(separator: "\n"))]
        for (key, text) in section.details { context[key] = .text(DockerfileComment.oneLine(text)) }
        if !section.lintExceptions.isEmpty {
            let upgrades = section.lintExceptions.contains { Self.upgradeRules.contains($0) }
            let pins = section.lintExceptions.contains { !Self.upgradeRules.contains($0) }
            context["lint"] = .object([
                "rules": .text(DockerfileComment.oneLine(section.lintExceptions.joined(separator: ","))),
                "upgrade": .bool(upgrades),
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
}

/// Why a Dockerfile could not be written.
public enum RenderingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A template is missing or broken, or asks for what is not there.
    case template(TemplateError)
    /// A value has no form in a Dockerfile.
    case instruction(PrintingError)
    /// The templates have no place for an instruction; the text is what they make of the others.
    case instructionLeftOut(String, text: String)

    /// One sentence without a full stop; that of a template begins with its place.
    public var description: String {
        switch self {
        case .template(let error): error.description
        case .instruction(let error): error.description
        case .instructionLeftOut(let instruction, _):
            "the templates leave out \(String(instruction.prefix { !$0.isNewline }).quotedExcerpt)"
        }
    }
}

extension Dockerfile.Stage {
    /// The sections, of each kind one: with the instructions of all, at the place of the first.
    fileprivate var sectionsByKind: [Dockerfile.Section] {
        var result: [Dockerfile.Section] = []
        for section in sections {
            guard let index = result.firstIndex(where: { $0.kind == section.kind }) else {
                result.append(section)
                continue
            }
            result[index].instructions += section.instructions
            result[index].details.merge(section.details) { first, _ in first }
            result[index].lintExceptions = (result[index].lintExceptions + section.lintExceptions).uniqued
        }
        return result
    }

    /// The architecture of a stage that exists once for each: `amd64` of `cuda-amd64`.
    var architecture: String? {
        guard let name else { return nil }
        return Platform.allCases.map(\.architecture).first { name.text.hasSuffix("-" + $0) }
    }
}
