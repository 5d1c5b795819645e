extension Resolver {
    /// The application part, with everything that can be wrong with it.
    ///
    /// - Parameter ground: what is decided of the image; after a mistake, findings are all that is wanted.
    mutating func resolveApplication(on ground: ApplicationGround, platforms: [Platform]) -> ApplicationPlan {
        checkPackages()
        checkSystemCUDA(on: ground)
        checkPythonKeys()
        checkRequirements()
        checkCredentials()
        checkSecrets()
        checkEnvironment()
        checkProxies()
        checkGPU()
        if let smoke = recipe.smoke { diagnostics.add(contentsOf: smoke.unknownNames) }
        if isRead("image.flavor"), let flavor = ground.flavor { checkCUDATwice(in: flavor) }
        checkImageLibraries(on: ground)
        checkFormerNames()
        guard let os = ground.os else { return ApplicationPlan() }
        let plan = application(on: ground, os: os, platforms: platforms)
        if let manager = ground.managerOfCUDA { checkUpgrades(with: manager) }
        checkOwners(user: plan.user)
        checkPrograms(of: plan, on: os, base: ground.base)
        checkRepositories(of: plan, on: os, base: ground.base)
        return plan
    }

    /// What the recipe says, with defaults filled in.
    private mutating func application(
        on ground: ApplicationGround, os: OperatingSystem, platforms: [Platform]
    ) -> ApplicationPlan {
        var plan = ApplicationPlan()
        plan.workingDirectory = workingDirectory()
        plan.python = resolvePython(on: ground, os: os, platforms: platforms)
        plan.user = resolveUser(os: os)
        plan.systemPackages = systemPackages(os: os, plan: plan)
        plan.arguments = recipe.arguments.map {
            ApplicationPlan.BuildArgument(name: $0.name.value, value: $0.value?.value)
        }
        plan.environment = variables(recipe.environment)
        plan.files = recipe.copies.map { copy($0, from: .context) }
        plan.commands = recipe.commands.map(\.value)
        plan.secrets = recipe.secrets.compactMap { secret in
            secret.path.map { .secret(id: secret.id.value, target: $0) }
        }
        plan.build = resolveBuild()
        plan.ports = recipe.ports.map(\.value)
        plan.volumes = recipe.volumes.map(\.value)
        plan.healthcheck = recipe.healthcheck?.value
        plan.stopSignal = recipe.stopSignal?.value
        plan.labels = recipe.labels.map { Label($0.name.value, $0.value.value) }
        if let name = recipe.name, !plan.labels.contains(where: { $0.name == "org.opencontainers.image.title" }) {
            plan.labels.insert(Label("org.opencontainers.image.title", name.value), at: 0)
        }
        plan.entrypoint = recipe.entrypoint?.value
        plan.command = recipe.command?.value
        plan.smoke = recipe.smoke
        return plan
    }

    /// Whether the recipe has an application, rather than a base image for others.
    var hasApplication: Bool {
        recipe.entrypoint != nil || recipe.command != nil || recipe.build != nil || !recipe.copies.isEmpty
            || recipe.python != nil || !recipe.commands.isEmpty
    }

    private func workingDirectory() -> ContainerPath? {
        if let said = recipe.workingDirectory { return said.value }
        let artifacts = recipe.build?.artifacts ?? []
        let needsOne =
            !recipe.copies.isEmpty || artifacts.contains { $0.to?.value.isAbsolute != true }
            || recipe.python?.project != nil
        return needsOne ? ContainerPath("/app") : nil
    }

    private mutating func resolveUser(os: OperatingSystem) -> ApplicationPlan.UserPlan? {
        guard let user = recipe.user else {
            return hasApplication ? .account(name: "app", uid: 10001, gid: 10001) : nil
        }
        if user.name?.value == "root" || user.uid?.value == 0 {
            guard isRead("user") else { return .root }
            diagnostics.note(
                .runsAsRoot, "the application runs as root", at: user.span,
                help: "leave 'user' out to run as an account of its own (app, 10001)")
            return .root
        }
        let uid = user.uid?.value ?? 10001
        let gid = user.gid?.value ?? uid
        checkIdentity(of: user, uid: uid, on: os)
        return .account(name: user.name?.value ?? "app", uid: uid, gid: gid)
    }

    /// The recipe's packages, and those that Python and the account need.
    private func systemPackages(os: OperatingSystem, plan: ApplicationPlan) -> [PackageName] {
        var needed = plan.python?.systemPackages ?? []
        if case .account = plan.user, recipe.image.os != nil || plan.user != nil {
            // Small images of these families come without useradd.
            if os.family == .redHat || os.family == .azureLinux { needed.append("shadow-utils") }
            if os.family == .suse { needed.append("shadow") }
        }
        var packages = recipe.systemPackages.map(\.value)
        for name in needed {
            if let package = PackageName(name), !packages.contains(package) { packages.append(package) }
        }
        return packages.sorted { $0.text < $1.text }
    }

    private func resolveBuild() -> ApplicationPlan.BuildPlan? {
        guard let build = recipe.build, let source = build.workingDirectory?.value ?? ContainerPath("/src") else {
            return nil
        }
        return ApplicationPlan.BuildPlan(
            packages: build.packages.map(\.value).sorted { $0.text < $1.text }, workingDirectory: source,
            files: build.copies.map { copy($0, from: .context) }, environment: variables(build.environment),
            commands: build.commands.map(\.value),
            artifacts: build.artifacts.map { artifact($0, in: source) })
    }

    private func copy(_ step: Recipe.CopyStep, from source: Copy.Source) -> Copy {
        let sources = step.from.map(\.value)
        let fallback = ContainerPath("./").map { Located($0, at: step.span) }
        let destination = step.to ?? fallback
        return Copy(
            sources, to: destination?.value ?? sources[0], from: source, owner: step.owner?.value)
    }

    /// Artifacts are named from the build's working directory.
    private func artifact(_ step: Recipe.CopyStep, in folder: ContainerPath) -> Copy {
        var copy = copy(step, from: StageName("build").map { .stage($0) } ?? .context)
        copy.sources = copy.sources.map { path in
            path.isAbsolute ? path : ContainerPath(folder.text + "/" + path.text) ?? path
        }
        return copy
    }

    private func variables(_ variables: [Recipe.Variable]) -> [EnvironmentVariable] {
        variables.compactMap { variable in
            EnvironmentName(variable.name.value).map { EnvironmentVariable($0, extending: variable.value.value) }
        }
    }
}

extension Recipe.Secret {
    /// Where the secret is mounted.
    var path: ContainerPath? { target?.value ?? ContainerPath("/run/secrets/\(id.value)") }
}
