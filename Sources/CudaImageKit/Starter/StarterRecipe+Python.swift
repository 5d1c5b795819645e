extension StarterRecipe {
    /// `python:`
    var python: Entry? {
        guard plan.usesPython else { return nil }
        var entries: [Entry] = []
        if let version = plan.python, plan.request.has(.python) || version != PythonTools.systemVersion(of: plan.os) {
            entries.append(
                Entry(
                    "version", .text(version.description),
                    remark: plan.reasonOfPython ?? "the newest that the wheels are for; uv brings it"))
        }
        switch plan.dependencies {
        case .lock:
            entries.append(Entry("manager", .text("uv")))
            entries.append(Entry("project", .text("."), remark: "installs exactly what uv.lock says"))
        case .requirements(let file):
            entries.append(Entry("manager", .text("pip")))
            var comments = plan.renamed.map { "Check: \($0)." } + unpinned(file.pins) + wheels
            if file.hasUnreadFiles {
                comments.append(
                    "Check: it names files with -r or -c that were not found or read here: pip has to find them.")
            }
            entries.append(
                Entry(
                    "requirements", .text(file.path), remark: otherSources(than: [file.path] + file.pins.includedFiles),
                    comments: comments))
            if plan.pytorchOfBase { entries += packagesOfBase }
            if !file.namesIndex || plan.pytorchOfBase { entries += indexes() }
        case .environment(let environment):
            entries.append(Entry("manager", .text("conda")))
            entries.append(
                Entry("environment-file", .text(environment.path), remark: otherSources(than: [environment.path])))
        case .listed(let list):
            let fine = list.filter {
                PythonRequirement($0) != nil && !$0.unicodeScalars.contains(where: ByteClass.isControl)
            }
            entries.append(Entry("manager", .text("pip")))
            var comments = ["The dependencies of \(facts.project?.path ?? ""); with a uv.lock they would be exact."]
            if fine.count < list.count { comments.append("Check: \(list.count - fine.count) of them can't be read.") }
            if plan.pytorchOfBase { comments.append(originOfPyTorch + ".") }
            entries.append(
                Entry(
                    "packages", .texts(fine + (plan.pytorchOfBase ? torch : [])),
                    comments: comments + unpinned(facts.project?.pins ?? FrameworkPins()) + wheels))
            entries += indexes(of: facts.project)
        case .frameworks, .none:
            entries.append(Entry("manager", .text("pip")))
            if plan.resolved.builds.isEmpty {
                entries.append(Entry("packages", .texts(["NAME==VERSION"]), comments: missing, isOff: true))
            } else {
                let packages = plan.resolved.builds.map(plan.resolved.requirement)
                entries.append(Entry("packages", .texts(packages), comments: missing))
                entries += indexes()
            }
        }
        return Entry("python", section: entries)
    }

    /// Whether a recipe may hold an index: one with a user's name or a variable is no text for everybody.
    private static func isWritten(_ url: String) -> Bool {
        RecipeRules.isIndex(url) && !url.unicodeScalars.contains(where: ByteClass.isControl)
            && !url.utf8.contains(UInt8(ascii: "@")) && !url.utf8.contains(UInt8(ascii: "$"))
    }

    private var torch: [String] {
        plan.resolved.builds.filter { $0.framework == .torch }.map(plan.resolved.requirement)
    }

    private var originOfPyTorch: String {
        let base = facts.dockerfile?.base?.value.description ?? ""
        return "\(base), which \(facts.dockerfile?.path ?? "") starts from, has torch"
    }

    /// What PyTorch's own image has, and this one gets from wheels.
    private var packagesOfBase: [Entry] {
        [
            Entry(
                "packages", .texts(torch),
                comments: ["\(originOfPyTorch). Check: add what else of that image is used."])
        ]
    }

    private var missing: [String] {
        var comments: [String] = []
        if plan.pytorchOfBase {
            comments.append(originOfPyTorch + ".")
        }
        if let setup = facts.setup, facts.project?.usesPoetry != true {
            comments.append("Check: of \(setup.path) only frameworks are read.")
        }
        if facts.project?.usesPoetry == true {
            comments.append(
                "Check: of Poetry's dependencies only frameworks are read: 'poetry export -o requirements.txt', and name that file here."
            )
        } else if facts.project?.isDynamic == true {
            comments.append(
                "The dependencies of \(facts.project?.path ?? "") are found out by its build tool: list them here.")
        }
        let imports = facts.code.frameworks.filter { found in
            plan.resolved.builds.contains { $0.framework == found.framework }
                && facts.project?.pins.pins.contains { $0.framework == found.framework } != true
                && facts.setup?.pins.pins.contains { $0.framework == found.framework } != true
                && !(found.framework == .torch && plan.pytorchOfBase)
        }
        if !imports.isEmpty {
            let list = imports.map { "\($0.path) imports \($0.framework)" }.joined(separator: ", ")
            comments.append("Check: \(list), and nothing says which version; this is the newest that fits.")
        }
        return comments + ["Other packages that the code imports are not looked for: list them here with versions."]
    }

    /// Without CUDA in the image, requirements have to ask for the wheels that bring it.
    private var wheels: [String] {
        guard plan.resolved.tag == nil else { return [] }
        return plan.resolved.builds.compactMap(\.wheelsRequirement).map {
            "Check: ask for \($0), which brings CUDA along."
        }
    }

    /// What the image was chosen for, where pip may take something else.
    private func unpinned(_ pins: FrameworkPins) -> [String] {
        plan.resolved.builds.compactMap { build in
            let own = pins.pins.filter { $0.framework == build.framework }
            let isPinned = own.contains {
                $0.specifiers.clauses.contains { [.equal, .identical].contains($0.operator) && !$0.isPrefix }
            }
            return own.isEmpty || isPinned
                ? nil
                : "Check: no exact version of \(build.framework) is asked for; the image was chosen for \(build.requirement)."
        }
    }

    /// Other files that say what to install.
    private func otherSources(than paths: [String]) -> String? {
        let others =
            (facts.requirements.map(\.path) + [facts.environment?.path].compactMap { $0 }
            + (facts.project.map { $0.dependencies.isEmpty ? [] : [$0.path] } ?? [])).filter { !paths.contains($0) }
        return others.isEmpty ? nil : "not used: " + others.joined(separator: ", ")
    }

    /// Indexes that have the chosen builds, and those of a project whose packages the recipe lists.
    private func indexes(of project: PythonProject? = nil) -> [Entry] {
        var urls: [String] = []
        var links: [String] = []
        for build in plan.resolved.builds {
            switch build.index {
            case .url(let url): urls.append(url)
            case .links(let url): links.append(url)
            case .default, .unknown: break
            }
        }
        var entries: [Entry] = []
        var comments: [String] = []
        var ofBuilds: [String] = []
        // Of PyTorch's, those of the chosen builds count.
        let main = project?.pins.mainIndex.flatMap { PythonTools.isPyTorchIndex($0) ? nil : $0 }
        let others = (project?.pins.furtherIndexes ?? []).filter {
            !PythonTools.isPyTorchIndex($0) && !FrameworkPins.isOfPip($0) && $0 != main
        }
        let fine = others.filter(Self.isWritten)
        if let project, main != nil || !others.isEmpty {
            comments.append("Indexes of \(project.path); pip looks for every package in all of them.")
            let left = (others + [main].compactMap { $0 }).count { !Self.isWritten($0) }
            if left > 0 {
                comments.append(
                    "Check: \(left) of its indexes can't be written here: a login belongs into a secret (pip.conf).")
            }
        }
        if !urls.isEmpty {
            let names = plan.resolved.builds.map { "\($0.framework) \($0.version)" }.joined(separator: ", ")
            ofBuilds = [
                main == nil && others.isEmpty
                    ? "Has \(names) for this CUDA; the others come from pip's own."
                    : "The first has \(names) for this CUDA."
            ]
        }
        if let main, Self.isWritten(main) {
            entries.append(Entry("index", .text(main), comments: comments))
            comments = []
        }
        if !urls.isEmpty || !fine.isEmpty {
            entries.append(Entry("extra-indexes", .texts(Array((urls + fine).uniqued)), comments: comments + ofBuilds))
        } else if !comments.isEmpty {
            entries.append(Entry("extra-indexes", .texts(["https://…"]), comments: comments, isOff: true))
        }
        if !links.isEmpty {
            entries.append(
                Entry(
                    "requirements", .text("requirements.txt"),
                    comments: links.uniqued.map {
                        "Check: write '--find-links \($0)' into a requirements file, which has these builds."
                    },
                    isOff: true))
        }
        return entries
    }
}
