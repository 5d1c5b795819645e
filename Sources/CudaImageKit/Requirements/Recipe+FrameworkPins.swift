extension Recipe {
    /// Reads which frameworks the recipe asks for, if they decide something (`cuda: resolve`, source `wheels`): from
    /// `python.packages`, and from the requirements file or project that it names, seen from the recipe's own folder.
    ///
    /// - Parameters:
    ///   - isNeeded: whether they decide something, if the recipe does not say so itself.
    ///   - file: opens a file by its path.
    /// - Returns: the texts of what was read, by name, for findings that point into them.
    mutating func readFrameworkPins(
        beside source: RecipeSource?, isNeeded: Bool = false, file: (String) throws(DiagnosticError) -> RecipeSource
    ) -> [String: String] {
        let hashes = readHashes(beside: source, file: file)
        guard isNeeded || image.resolve != nil || image.source?.value == .wheels, let python,
            python.manager?.value != .conda
        else { return hashes }
        for package in python.packages { frameworkPins.add(package.value, at: package.span) }
        let folder = source?.fileName.lastIndex(of: "/").flatMap { source?.fileName[...$0] } ?? ""
        var sources = hashes
        var named: [(path: String, span: SourceSpan)] = []
        if let requirements = python.requirements { named.append((requirements.value.text, requirements.span)) }
        if let project = python.project {
            let separator = project.value.text.hasSuffix("/") ? "" : "/"
            named.append(("\(project.value.text)\(separator)pyproject.toml", project.span))
        }
        for (path, span) in named {
            do {
                let text = try file(folder + path)
                sources[text.fileName] = text.text
                frameworkPins.add(contentsOf: FrameworkPins(reading: text))
            } catch {
                for var finding in error.diagnostics.all {
                    finding.span = finding.span ?? span
                    frameworkPins.diagnostics.add(finding)
                }
            }
        }
        return sources
    }
}

extension Recipe {
    /// Reads whether the requirements file has hashes, if there is such a file beside the recipe.
    ///
    /// - Returns: the file's text by its name, if it has any.
    private mutating func readHashes(
        beside source: RecipeSource?, file: (String) throws(DiagnosticError) -> RecipeSource
    ) -> [String: String] {
        guard let requirements = python?.requirements, python?.manager?.value != .conda else { return [:] }
        let folder = source?.fileName.lastIndex(of: "/").flatMap { source?.fileName[...$0] } ?? ""
        guard let text = try? file(folder + requirements.value.text) else { return [:] }
        let lines = FrameworkPins.requirementLines(text).filter { FrameworkPins.option(of: $0.value) == nil }
        guard lines.contains(where: { FrameworkPins.hasHash($0.value) }) else { return [:] }
        python?.hasHashes = true
        python?.unhashed = lines.filter { !FrameworkPins.hasHash($0.value) }
        return [text.fileName: text.text]
    }
}

extension FrameworkPins {
    /// Whether pip checks the file that a line of requirements names: `--hash=sha256:…`.
    fileprivate static func hasHash(_ line: String) -> Bool { line.contains(" --hash=") || line.contains(" --hash ") }

    fileprivate mutating func add(contentsOf other: FrameworkPins) {
        for pin in other.pins { add(pin.framework, pin.specifiers, at: pin.span) }
        requirements += other.requirements
        hasHashes = hasHashes || other.hasHashes
        diagnostics.add(contentsOf: other.diagnostics)
    }
}
