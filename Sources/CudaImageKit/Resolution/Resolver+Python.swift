extension Resolver {
    mutating func resolvePython(
        on ground: ApplicationGround, os: OperatingSystem, platforms: [Platform]
    ) -> PythonPlan? {
        let base = ground.base
        guard let python = recipe.python, let manager = pythonManager, isRead("python.version") else { return nil }
        guard
            let choice = manager == .conda
                ? condaInterpreter(python, os: os, platforms: platforms)
                : interpreter(python, manager: manager, os: os, base: base, platforms: platforms)
        else { return nil }
        return PythonPlan(
            version: choice.version, interpreter: choice.interpreter, manager: manager,
            environmentPython: choice.environmentPython, uvPython: choice.uvPython,
            pip: manager == .pip ? choice.version.map { PythonTools.pip(for: $0.value) } : nil,
            systemPackages: choice.systemPackages, requirements: python.requirements?.value,
            includedRequirements: recipe.frameworkPins.includedFiles.compactMap { ContainerPath($0) },
            requiresHashes: python.requirements != nil && recipe.frameworkPins.hasHashes,
            packages: ground.requirements?.packages ?? python.packages.map(\.value),
            groups: ground.requirements?.groups ?? [], additions: ground.requirements?.additions ?? [],
            requirementAddresses: recipe.frameworkPins.addresses.map(\.value),
            index: python.index?.value, extraIndexes: python.extraIndexes.map(\.value),
            project: python.project?.value, environmentFile: python.environmentFile?.value,
            channels: channels(of: manager),
            condaCUDA: manager == .conda ? ground.cuda?.majorMinor.description : nil)
    }

    /// conda's channels: where nothing else says, everybody's.
    private func channels(of manager: PythonManager) -> [String] {
        guard let python = recipe.python, manager == .conda, python.channels.isEmpty else {
            return recipe.python?.channels.map(\.value) ?? []
        }
        return python.environmentFile == nil || !python.packages.isEmpty ? ["conda-forge"] : []
    }

    /// The package manager, or `nil` if it can't be told.
    private var pythonManager: PythonManager? {
        guard let python = recipe.python, isRead("python.manager", "python.project") else { return nil }
        return python.manager?.value ?? (python.project != nil ? .uv : .pip)
    }

    /// Refuses keys that another manager's reader would leave unread.
    mutating func checkPythonKeys() {
        guard let python = recipe.python, let manager = pythonManager else { return }
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
            manager == .conda, python.version == nil, isRead("python")
        {
            diagnostics.error(
                .missingKey, "the conda environment has no packages", at: python.span,
                help: "add python.packages, python.environment-file or python.version")
        }
    }
}

extension Recipe.Python {
    /// The manager that the recipe names or implies.
    var decidedManager: PythonManager { manager?.value ?? (project != nil ? .uv : .pip) }
}
