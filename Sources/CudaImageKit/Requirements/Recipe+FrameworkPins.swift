extension Recipe {
    /// Reads what the recipe's requirements say, from `python.packages`, and from the requirements file or project that it
    /// names, seen from the recipe's own folder: which frameworks it asks for, if they decide something (`cuda: resolve`,
    /// source `wheels`), and in any case which other files the requirements file names, as they have to be copied with it.
    ///
    /// A requirements file that decides nothing need not be there.
    /// - Parameters:
    ///   - isNeeded: whether they decide something, if the recipe does not say so itself.
    ///   - file: opens a file by its path.
    /// - Returns: the texts of what was read, by name, for findings that point into them.
    mutating func readFrameworkPins(
        beside source: RecipeSource?, isNeeded: Bool = false,
        file: @escaping (String) throws(DiagnosticError) -> RecipeSource
    ) -> [String: String] {
        let hashes = readHashes(beside: source, file: file)
        guard let python, python.manager?.value != .conda else { return hashes }
        let isNeeded = isNeeded || image.resolve != nil || image.source?.value == .wheels
        if isNeeded {
            for package in python.packages { frameworkPins.add(package.value, at: package.span) }
        }
        let folder = source?.fileName.lastIndex(of: "/").flatMap { source?.fileName[...$0] } ?? ""
        var sources = hashes
        var named: [(path: String, span: SourceSpan)] = []
        if let requirements = python.requirements { named.append((requirements.value.text, requirements.span)) }
        if isNeeded, let project = python.project {
            let separator = project.value.text.hasSuffix("/") ? "" : "/"
            named.append(("\(project.value.text)\(separator)pyproject.toml", project.span))
        }
        for (path, span) in named {
            do {
                let text = try file(folder + path)
                let pins = FrameworkPins(reading: text, path: path) { (path) throws(DiagnosticError) in
                    guard !path.hasPrefix("/"), !path.hasPrefix("../"), path != ".." else {
                        throw DiagnosticError(
                            .unreadableFile, "\(path.quotedExcerpt) is not in the build context: pip won't find it",
                            help: "put it beside the recipe, and name it by a relative path")
                    }
                    return try file(folder + path)
                }
                sources[text.fileName] = text.text
                sources.merge(pins.includedTexts) { own, _ in own }
                if path == python.requirements?.value.text { self.python?.hasReadRequirements = true }
                if isNeeded {
                    frameworkPins.add(contentsOf: pins)
                } else {
                    frameworkPins.includedFiles = pins.includedFiles
                    frameworkPins.addresses = pins.addresses
                    for finding in pins.diagnostics.all where finding.severity == .error {
                        frameworkPins.diagnostics.add(finding)
                    }
                }
            } catch {
                guard isNeeded else { continue }
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
        let lines = FrameworkPins.requirementLines(text).filter { FrameworkPins.options(of: $0.value).isEmpty }
        guard lines.contains(where: { FrameworkPins.hasHash($0.value) }) else { return [:] }
        python?.hasHashes = true
        python?.unhashed = lines.filter { !FrameworkPins.hasHash($0.value) }
        return [text.fileName: text.text]
    }
}

extension FrameworkPins {
    /// Whether pip checks the file that a line of requirements names: `--hash=sha256:…`.
    fileprivate static func hasHash(_ line: String) -> Bool { line.contains(" --hash=") || line.contains(" --hash ") }
}
