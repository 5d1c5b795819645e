extension Recipe {
    /// Reads what the recipe's requirements say, from `python.packages`, and from the requirements file or project that it
    /// names, seen from the recipe's own folder: which frameworks it asks for, if they decide something (`cuda: resolve`,
    /// source `wheels`), and in any case which other files the requirements file names, as they have to be copied with it,
    /// and whether it has hashes.
    ///
    /// A requirements file or project that decides nothing need not be there; of a requirements file that can't be read it is
    /// said that nobody looked. In any case the frameworks that they name are noted: they decide how the image is deployed.
    ///
    /// - Parameters:
    ///   - isNeeded: whether they decide something, if the recipe does not say so itself.
    ///   - files: what opens them.
    /// - Returns: the texts of what was read, by name, for findings that point into them.
    mutating func readFrameworkPins(
        beside source: RecipeSource?, isNeeded: Bool = false, files: FileReader
    ) -> [String: String] {
        guard let python, python.manager?.value != .conda else { return [:] }
        let isNeeded = isNeeded || image.resolve != nil || image.source?.value == .wheels
        if isNeeded {
            for package in python.packages { frameworkPins.add(package.value, at: package.span) }
        }
        let folder = FilePath.folder(of: source?.fileName ?? "")
        var sources: [String: String] = [:]
        var named: [(path: String, span: SourceSpan)] = []
        if let requirements = python.requirements { named.append((requirements.value.text, requirements.span)) }
        if let project = python.project {
            let separator = project.value.text.hasSuffix("/") ? "" : "/"
            named.append(("\(project.value.text)\(separator)pyproject.toml", project.span))
        }
        for (path, span) in named {
            do {
                let text = try files.requiredFile(at: folder + path, as: .requirements)
                let pins = FrameworkPins(reading: text, path: path) { (path) throws(DiagnosticError) in
                    guard !path.hasPrefix("/"), !path.hasPrefix("../"), path != ".." else {
                        throw DiagnosticError(
                            .unreadableFile, "\(path.quotedExcerpt) is not in the build context: pip won't find it",
                            help: "put it beside the recipe, and name it by a relative path")
                    }
                    return try files.requiredFile(at: folder + path, as: .requirements)
                }
                projectFrameworks.formUnion(pins.pins.map(\.framework))
                sources[text.fileName] = text.text
                sources.merge(pins.includedTexts) { own, _ in own }
                if path == python.requirements?.value.text { self.python?.hasReadRequirements = true }
                if isNeeded {
                    frameworkPins.add(contentsOf: pins)
                } else if path == python.requirements?.value.text {
                    frameworkPins.add(contentsOf: pins.whatCountsForEveryImage)
                }
            } catch {
                guard isNeeded || path == python.requirements?.value.text else { continue }
                frameworkPins.add(error, ofFileAt: span, isNeeded: isNeeded)
            }
        }
        return sources
    }
}

extension FrameworkPins {
    /// What is said of a requirements file that decides nothing: what else is to be copied, and what pip will refuse.
    fileprivate var whatCountsForEveryImage: FrameworkPins {
        var pins = FrameworkPins()
        pins.includedFiles = includedFiles
        pins.addresses = addresses
        pins.hasHashes = hasHashes
        pins.unhashed = hasHashes ? unhashed : []
        pins.diagnostics = Diagnostics(diagnostics.all.filter { $0.severity == .error })
        return pins
    }

    fileprivate mutating func add(_ error: DiagnosticError, ofFileAt span: SourceSpan, isNeeded: Bool) {
        if !isNeeded, error.isOfMissingFile || error.isOfEmptyFile { return }
        for var finding in error.diagnostics.all {
            finding.span = finding.span ?? span
            if !isNeeded {
                finding.severity = .warning
                finding.notes.append("so it is not known whether it has hashes, and which other files it names")
            }
            diagnostics.add(finding)
        }
    }
}
