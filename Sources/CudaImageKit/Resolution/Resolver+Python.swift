extension Resolver {
    mutating func resolvePython(on foundation: Foundation, platforms: [Platform]) -> PythonPlan? {
        guard let python = recipe.python else { return nil }
        let os = foundation.os.value
        let base = foundation.base
        let manager = python.manager?.value ?? (python.project != nil ? .uv : .pip)
        checkKeys(of: python, manager: manager)
        let system = base?.python ?? PythonTools.systemVersion(of: os)
        var interpreter: PythonPlan.Interpreter = base?.python == nil ? .system : .base
        let version: Decision<PythonVersion>
        if let asked = python.version {
            version = Decision(asked.value, because: Reason(asked.span))
            if asked.value != system { interpreter = .uv }
        } else if let system {
            let owner = base?.python == nil ? "\(os)" : "the base image"
            version = Decision(system, because: .default("the Python of \(owner)"))
        } else {
            diagnostics.error(
                .pythonVersion, "the Python version of \(os) is not known", at: python.span,
                help: "name one: python.version: \"3.12\" (it is installed by uv)")
            return nil
        }
        var bootstrap = "python3"
        if manager == .conda {
            interpreter = .conda
            for platform in platforms where PythonTools.micromambaBinaries[platform] == nil {
                diagnostics.error(
                    .notSupported, "there is no micromamba for \(platform)", at: python.manager?.span ?? python.span)
            }
        } else if interpreter == .uv || manager == .uv {
            guard let found = PythonTools.uvInterpreter(on: os, system: system) else {
                let reason = system.map { "\(os) has Python \($0)" } ?? "its Python is not known"
                diagnostics.error(
                    .pythonVersion,
                    "Python \(version.value) on \(os) has to come from uv, which installs on Python "
                        + "\(PythonTools.oldestForUV) or newer; \(reason)",
                    at: python.version?.span ?? python.manager?.span ?? python.span,
                    help: "use a newer operating system, or the Python that \(os) has")
                return nil
            }
            bootstrap = found
        }
        return PythonPlan(
            version: version, interpreter: interpreter, manager: manager, bootstrapInterpreter: bootstrap,
            requirements: python.requirements?.value,
            packages: foundation.requirements?.packages ?? python.packages.map(\.value),
            groups: foundation.requirements?.groups ?? [], additions: foundation.requirements?.additions ?? [],
            index: python.index?.value, extraIndexes: python.extraIndexes.map(\.value),
            project: python.project?.value, environmentFile: python.environmentFile?.value,
            channels: python.channels.map(\.value), condaCUDA: manager == .conda ? foundation.release?.value.majorMinor.description : nil
        )
    }

    private mutating func checkKeys(of python: Recipe.Python, manager: PythonManager) {
        if let project = python.project, manager != .uv {
            diagnostics.error(
                .conflictingKeys, "python.project is installed by uv, but the manager is \(manager.rawValue)",
                at: project.span, help: "set python.manager to uv")
        }
        if manager != .conda {
            if let file = python.environmentFile {
                diagnostics.error(
                    .conflictingKeys, "python.environment-file belongs to the manager conda", at: file.span,
                    help: "set python.manager to conda")
            }
            if let channel = python.channels.first {
                diagnostics.error(
                    .conflictingKeys, "python.channels belong to the manager conda", at: channel.span,
                    help: "set python.manager to conda")
            }
        } else if let file = python.requirements {
            diagnostics.error(
                .conflictingKeys, "conda does not read requirements files", at: file.span,
                help: "use python.environment-file, which may have a pip section, or the manager pip")
        } else if let said = python.version?.span ?? (python.packages.isEmpty ? python.channels.first?.span : nil),
            python.environmentFile != nil
        {
            diagnostics.error(
                .conflictingKeys, "the environment file names Python and the channels itself", at: said,
                help: "leave this out, or list python.packages instead of the file")
        } else if let index = python.index ?? python.extraIndexes.first {
            diagnostics.error(
                .conflictingKeys, "conda has channels, not package indexes", at: index.span,
                help: "use python.channels")
        }
        if python.requirements == nil, python.packages.isEmpty, python.project == nil, python.environmentFile == nil,
            manager == .conda, python.version == nil
        {
            diagnostics.error(
                .missingKey, "the conda environment has no packages", at: python.span,
                help: "add python.packages, python.environment-file or python.version")
        }
    }
}
