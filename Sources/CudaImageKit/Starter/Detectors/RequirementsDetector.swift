/// `requirements.txt`, and those in a folder `requirements`.
struct RequirementsDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        let paths =
            folder.files(in: "").filter { $0.hasPrefix("requirements") && $0.hasSuffix(".txt") }
            + folder.files(in: "requirements").filter { $0.hasSuffix(".txt") }
        let files = paths.compactMap { folder.source($0) }.map(Self.read)
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

    private static func read(_ source: RecipeSource) -> RequirementsFile {
        var packages: Set<String> = []
        var includes = false
        var namesIndex = false
        for line in FrameworkPins.requirementLines(source) {
            if let option = FrameworkPins.option(of: line.value) {
                includes = includes || FrameworkPins.includingOptions.contains(option)
                namesIndex = namesIndex || indexOptions.contains(option)
            } else if let requirement = FrameworkPins.requirement(of: line.value).flatMap({ PythonRequirement($0) }) {
                packages.insert(PythonRequirement.normalized(requirement.name))
            }
        }
        return RequirementsFile(
            source: source, pins: FrameworkPins(reading: source), packages: packages, includes: includes,
            namesIndex: namesIndex)
    }

    private static let indexOptions: Set<String> = [
        "-i", "--index-url", "--extra-index-url", "-f", "--find-links",
    ]

    /// `, torch==2.8.0 among them`
    static func list(of pins: FrameworkPins) -> String {
        pins.pins.isEmpty
            ? "" : ", " + pins.pins.map { "\($0.framework)\($0.specifiers)" }.joined(separator: ", ") + " among them"
    }
}
