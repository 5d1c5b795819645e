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
        guard isNeeded || image.resolve != nil || image.source?.value == .wheels, let python,
            python.manager?.value != .conda
        else { return [:] }
        for package in python.packages { frameworkPins.add(package.value, at: package.span) }
        let folder = source?.fileName.lastIndex(of: "/").flatMap { source?.fileName[...$0] } ?? ""
        var sources: [String: String] = [:]
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

extension FrameworkPins {
    fileprivate mutating func add(contentsOf other: FrameworkPins) {
        for pin in other.pins { add(pin.framework, pin.specifiers, at: pin.span) }
        requirements += other.requirements
        hasHashes = hasHashes || other.hasHashes
        diagnostics.add(contentsOf: other.diagnostics)
    }
}
