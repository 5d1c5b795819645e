/// The recipe's Python packages, completed to the builds that bring CUDA.
struct WheelRequirements {
    /// `python.packages`, with what each one lacked.
    var packages: [String]
    /// Builds that pip's own index does not have.
    var groups: [PythonPlan.PackageGroup] = []
    /// What the requirements file leaves open.
    var additions: [String] = []
}

extension Resolver {
    /// Names every framework's build: pip's own index may have another one, and some bring CUDA with an extra only.
    ///
    /// A project's lock file has decided already; there only what can't be right is reported.
    mutating func complete(
        with builds: [FrameworkRelease], in installation: inout WheelInstallation
    ) -> WheelRequirements {
        var result = WheelRequirements(packages: [])
        var completed: [Located<String>] = []
        guard let python = recipe.python else { return result }
        for package in python.packages {
            guard let requirement = PythonRequirement(package.value), counts(requirement, at: package.span) else {
                completed.append(package)
                continue
            }
            let (text, isFramework) = complete(requirement, at: package, with: builds, in: &installation, &result)
            if isFramework || !result.groups.contains(where: { $0.packages.contains(text) }) {
                completed.append(Located(text, at: package.span))
            }
        }
        for requirement in requirements(of: .file) {
            let text = Located(requirement.value.text, at: requirement.span)
            let (needed, isFramework) = complete(
                requirement.value, at: text, with: builds, in: &installation, &result)
            guard isFramework else { continue }
            if needed != text.value || !result.groups.isEmpty { result.additions.append(needed) }
        }
        checkProject(builds)
        checkHashes(result.additions)
        // What is in a group already is named again only beside others, so that they can't replace it.
        let grouped = result.groups.flatMap(\.packages)
        let isAllGrouped = completed.allSatisfy { grouped.contains($0.value) }
        result.packages = isAllGrouped ? [] : completed.map(\.value)
        return result
    }

    /// A requirement of the build that was chosen for it, and whether it is a framework's.
    private mutating func complete(
        _ requirement: PythonRequirement, at asked: Located<String>, with builds: [FrameworkRelease],
        in installation: inout WheelInstallation, _ result: inout WheelRequirements
    ) -> (String, isFramework: Bool) {
        let name = PythonRequirement.normalized(requirement.name)
        guard requirement.url == nil else { return (asked.value, false) }
        if let framework = Framework(package: requirement.name),
            let build = builds.first(where: { $0.framework == framework })
        {
            let needed = build.wheelsRequirement ?? build.requirement
            let text = requirement.completed(with: needed)
            let because = Reason(asked.span)
            installation.builds.append(
                WheelBuild(
                    release: build,
                    requirement: Decision(
                        text,
                        because: text == asked.value
                            ? because : .derived("\(because): '\(asked.value)', completed to what brings CUDA"))))
            if text != asked.value { reportCompletion(of: asked, to: text, build) }
            group(text, of: build, in: &result)
            return (text, true)
        }
        // What belongs to a framework comes from the same place, in the release that belongs to it.
        for build in builds where needsGroup(build) {
            for companion in build.companions {
                guard let known = PythonRequirement(companion), PythonRequirement.normalized(known.name) == name else {
                    continue
                }
                let text = requirement.specifiers.clauses.isEmpty ? requirement.completed(with: companion) : asked.value
                group(text, of: build, in: &result)
                return (text, false)
            }
        }
        return (asked.value, false)
    }

    /// Whether the build has an index of its own that the recipe does not name. A main index of the recipe's own is taken
    /// to have everything: the network may reach no other.
    private func needsGroup(_ build: FrameworkRelease) -> Bool {
        guard let place = build.index.place, recipe.python?.index == nil else { return false }
        return !recipe.packageIndexes.contains { $0.value == place.url || $0.value == place.url + "/" }
    }

    private func group(_ text: String, of build: FrameworkRelease, in result: inout WheelRequirements) {
        guard needsGroup(build) else { return }
        if let index = result.groups.firstIndex(where: { $0.index == build.index }) {
            if !result.groups[index].packages.contains(text) { result.groups[index].packages.append(text) }
        } else {
            result.groups.append(PythonPlan.PackageGroup(index: build.index, packages: [text]))
        }
    }

    private mutating func reportCompletion(of asked: Located<String>, to text: String, _ build: FrameworkRelease) {
        let place = needsGroup(build) ? build.index.place.map { " from \($0.url)" } ?? "" : ""
        diagnostics.note(
            .requirementCompleted, "\(asked.value.quotedExcerpt) is completed to '\(text)'\(place)", at: asked.span,
            notes: ["\(build.framework) \(build.version) brings CUDA \(build.cuda?.description ?? "")"],
            help: "write '\(text)' to keep it")
    }

    /// Whether the requirement was taken into account: its marker is met.
    private func counts(_ requirement: PythonRequirement, at span: SourceSpan) -> Bool {
        recipe.frameworkPins.requirements.contains(Located(requirement, at: span))
    }

    /// Where a requirement stands.
    enum RequirementPlace { case packages, file, project }

    /// The requirements that were read at a place.
    func requirements(of place: RequirementPlace) -> [Located<PythonRequirement>] {
        let packages = Set((recipe.python?.packages ?? []).map(\.span))
        return recipe.frameworkPins.requirements.filter { requirement in
            let isProject = requirement.span.source.hasSuffix("pyproject.toml")
            switch place {
            case .packages: return packages.contains(requirement.span)
            case .project: return isProject && !packages.contains(requirement.span)
            case .file: return !isProject && !packages.contains(requirement.span)
            }
        }
    }
}

extension PythonRequirement {
    /// The requirement with the extras and the release of another one; a release that says as much already is kept.
    func completed(with needed: String) -> String {
        guard let needed = PythonRequirement(needed) else { return text }
        let local = needed.specifiers.clauses.lazy.compactMap(\.version.local).first
        let isExact = specifiers.clauses.contains { clause in
            [.equal, .identical].contains(clause.operator) && !clause.isPrefix
                && (local == nil || clause.version.local == local)
        }
        var result = self
        if PythonRequirement.normalized(name) != PythonRequirement.normalized(needed.name) { result.name = needed.name }
        let known = extras.map(PythonRequirement.normalized)
        result.extras += needed.extras.filter { !known.contains(PythonRequirement.normalized($0)) }
        if !isExact { result.specifiers = needed.specifiers }
        return result == self ? text : result.text
    }

    /// The requirement as pip reads it.
    var text: String {
        name + (extras.isEmpty ? "" : "[\(extras.joined(separator: ","))]") + (url.map { " @ \($0)" } ?? "")
            + specifiers.description + (marker.map { "; \($0)" } ?? "")
    }
}
