/// `requirements.txt`, and those in a folder `requirements`.
struct RequirementsDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        let paths =
            folder.files(in: "").filter { $0.hasPrefix("requirements") && $0.hasSuffix(".txt") }
            + folder.files(in: "requirements").filter { $0.hasSuffix(".txt") }
        let files = paths.compactMap { folder.source($0) }.map { Self.read($0, in: folder) }
        // The one that an image is built from goes first.
        facts.requirements = files.enumerated().sorted { left, right in
            (Self.rank(left.element.path), left.offset) < (Self.rank(right.element.path), right.offset)
        }.map(\.element)
        for file in facts.requirements {
            facts.note(
                file.path,
                (file.packages.count == 1 ? "1 requirement" : "\(file.packages.count) requirements")
                    + Self.list(of: file.pins))
        }
    }

    private static func rank(_ path: String) -> Int {
        let order = [
            "requirements.txt", "requirements/prod.txt", "requirements/production.txt", "requirements/requirements.txt",
            "requirements/runtime.txt", "requirements/main.txt", "requirements/base.txt", "requirements/gpu.txt",
            "requirements/cuda.txt",
        ]
        return order.firstIndex(of: path) ?? order.count
    }

    private static func read(_ source: RecipeSource, in folder: ProjectFolder) -> RequirementsFile {
        let pins = FrameworkPins(reading: source) { (path) throws(DiagnosticError) in
            guard let source = folder.source(path) else {
                throw DiagnosticError(.unreadableFile, "\(path.quotedExcerpt) is not in the folder, or was not read")
            }
            return source
        }
        let lines = [source.text] + pins.includedTexts.values
        let namesIndex = lines.contains { text in
            FrameworkPins.requirementLines(RecipeSource(text: text, fileName: source.fileName)).contains { line in
                FrameworkPins.options(of: line.value).contains { FrameworkPins.indexOptions.contains($0.name) }
            }
        }
        return RequirementsFile(
            source: source, pins: pins,
            packages: Set(pins.requirements.map { PythonRequirement.normalized($0.value.name) }),
            hasUnreadFiles: pins.diagnostics.all.contains { $0.code == .unreadableFile }, namesIndex: namesIndex)
    }

    /// `, torch==2.8.0 among them`
    static func list(of pins: FrameworkPins) -> String {
        pins.pins.isEmpty
            ? "" : ", " + pins.pins.map { "\($0.framework)\($0.specifiers)" }.joined(separator: ", ") + " among them"
    }
}
