/// `pyproject.toml` (PEP 621, and Poetry's table by name), and `uv.lock` beside it.
struct PyprojectDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        guard let source = folder.source("pyproject.toml") else { return }
        var reader = TOMLReader(source)
        guard let entries = reader.entries() else {
            facts.note(source.fileName, "not read: not TOML that can be read here")
            return
        }
        var project = PythonProject(path: source.fileName, pins: FrameworkPins(reading: source))
        var isProject = false
        for entry in entries {
            switch entry.path.first {
            case "project"?:
                isProject = true
                Self.read(entry, into: &project)
            case "tool"? where entry.path.count > 1 && entry.path[1] == "poetry":
                isProject = true
                project.usesPoetry = true
                if entry.path == ["tool", "poetry", "name"], case .string(let name) = entry.value.content {
                    project.name = project.name ?? name
                }
            case "dependency-groups"?: isProject = true
            default: break
            }
        }
        project.hasLock = folder.has("uv.lock")
        // Many have a pyproject.toml for their linter's settings alone.
        guard isProject || project.hasLock else { return }
        facts.names += project.name.map { [$0] } ?? []
        let count = project.dependencies.count
        facts.note(
            source.fileName,
            (project.usesPoetry && count == 0
                ? "a project of Poetry" : count == 1 ? "1 dependency" : "\(count) dependencies")
                + RequirementsDetector.list(of: project.pins)
                + (project.requiresPython.map { ", Python \($0.value)" } ?? ""))
        if project.hasLock { readLock(folder, into: &project, facts: &facts) }
        facts.project = project
    }

    private static func read(_ entry: TOMLReader.Entry, into project: inout PythonProject) {
        switch (Array(entry.path.dropFirst()), entry.value.content) {
        case (["name"], .string(let name)): project.name = name
        case (["requires-python"], .string(let text)):
            project.requiresPython = VersionSpecifiers(text).map { Located($0, at: entry.value.span) }
        case (["dependencies"], .array(let items)):
            for item in items { if case .string(let text) = item.content { project.dependencies.append(text) } }
        case (["dynamic"], .array(let items)):
            project.isDynamic = items.contains { $0.content == .string("dependencies") }
        case (let path, .string(let target)) where path.count == 2 && path[0] == "scripts":
            project.scripts.append(PythonProject.Script(name: path[1], target: target))
        default: break
        }
    }

    /// The locked versions of the frameworks are the ones that the image will have.
    private func readLock(_ folder: ProjectFolder, into project: inout PythonProject, facts: inout ProjectFacts) {
        guard let source = folder.source("uv.lock") else { return facts.note("uv.lock", "not read; uv installs it") }
        var reader = TOMLReader(source)
        var pins = FrameworkPins()
        var framework: Framework?
        for entry in reader.entries() ?? [] {
            guard case .string(let text) = entry.value.content else { continue }
            if entry.path == ["package", "name"] {
                framework = Framework(package: text)
            } else if entry.path == ["package", "version"], let found = framework,
                let version = PythonPackageVersion(text)
            {
                pins.add(found, VersionSpecifiers([VersionSpecifier(.equal, version)]), at: entry.value.span)
                framework = nil
            }
        }
        facts.note("uv.lock", "a lock of uv" + RequirementsDetector.list(of: pins))
        if !pins.pins.isEmpty { project.pins = pins }
    }
}
