extension Dockerfile.Stage {
    /// A stage of one's own: instructions in order.
    ///
    ///     Dockerfile.Stage(from: .image(try ImageReference(validating: "debian:12")), [
    ///         .environment([EnvironmentVariable(try EnvironmentName(validating: "LEVEL"), text: "2")]),
    ///         .entrypoint(["/bin/sleep", "60"]),
    ///     ])
    ///
    /// - Parameters:
    ///   - base: what the stage starts from.
    ///   - name: how other stages call it; `nil` if none does.
    ///   - role: what the stage is for, which its comment says; the last stage of a file becomes the image.
    ///   - instructions: what the stage does, in order.
    public init(
        from base: StageBase, as name: StageName? = nil, role: Role = .final, _ instructions: [Instruction]
    ) {
        self.init(role: role, base: base, name: name, sections: [Dockerfile.Section(.commands, instructions)])
    }
}

extension Dockerfile {
    /// The instructions alone, as text: no header, no comments. ``Generator`` writes those.
    ///
    /// - Throws: ``PrintingError`` for a value that Dockerfile syntax has no way to carry.
    public func text() throws(PrintingError) -> String {
        var printer = InstructionPrinter()
        var paragraphs: [String] = []
        for argument in arguments { paragraphs.append(try printer.text(of: argument) + "\n") }
        for stage in stages {
            var text = try printer.text(of: .from(stage.base, name: stage.name)) + "\n"
            for instruction in stage.sections.flatMap(\.instructions) {
                text += try printer.text(of: instruction) + "\n"
            }
            paragraphs.append(text)
        }
        return paragraphs.joined(separator: "\n")
    }
}
