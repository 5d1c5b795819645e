/// The sections of the application's stages: what changes rarely comes first, so that builds are cached well.
struct ApplicationSections {
    let plan: ImagePlan

    private var application: ApplicationPlan { plan.application }
    private var packages: PackageCommands { PackageCommands(manager: plan.packageManager) }

    /// The stage that compiles.
    var build: [Dockerfile.Section] {
        guard let build = application.build else { return [] }
        var sections: [Dockerfile.Section] = []
        sections += section(.system, install(build.packages), lint: packages.pinningRule)
        sections += section(.architectures, architectures)
        sections += section(.arguments, arguments)
        sections += section(.environment, environment(build.environment))
        var steps: [Instruction] = [.workingDirectory(build.workingDirectory)]
        steps += build.files.map { .copy($0) }
        steps += build.commands.map { .run(.shell($0), mounts: application.secrets) }
        sections += section(.build, steps)
        return sections
    }

    /// What becomes the image.
    var final: [Dockerfile.Section] {
        var sections: [Dockerfile.Section] = []
        sections += section(.system, install(application.systemPackages), lint: packages.pinningRule)
        if plan.tag.value.flavor == .devel { sections += section(.architectures, architectures) }
        sections += section(.user, account)
        if let python = application.python {
            let commands = PythonSections(plan: plan, python: python)
            sections += section(.python, commands.interpreter, details: commands.details)
            sections += section(.pythonPackages, commands.packages)
        }
        sections += section(.arguments, arguments)
        sections += section(.environment, gpuOverrides + environment(application.environment))
        sections += section(.files, files)
        sections += section(
            .artifacts, (application.build?.artifacts ?? []).map { .copy($0) })
        sections += section(.hold, holds)
        sections += section(.commands, application.commands.map { .run(.shell($0), mounts: application.secrets) })
        sections += section(.metadata, application.labels.isEmpty ? [] : [.label(application.labels)])
        sections += section(.runtime, runtime)
        return sections
    }

    private func section(
        _ kind: Dockerfile.Section.Kind, _ instructions: [Instruction], details: [String: String] = [:],
        lint: String? = nil
    ) -> [Dockerfile.Section] {
        guard !instructions.isEmpty else { return [] }
        return [Dockerfile.Section(kind, instructions, details: details, lintExceptions: lint.map { [$0] } ?? [])]
    }

    private func install(_ names: [PackageName]) -> [Instruction] {
        let names = names.compactMap { packages.applicationPackage($0.text) }
        guard !names.isEmpty else { return [] }
        return [.run(.script(ShellScript(packages.refresh + packages.install(names) + packages.clean)))]
    }

    private func environment(_ variables: [EnvironmentVariable]) -> [Instruction] {
        variables.isEmpty ? [] : [.environment(variables)]
    }

    private var arguments: [Instruction] { application.arguments.map { .argument($0.name, default: $0.value) } }

    private var gpuOverrides: [Instruction] {
        if case .packages = plan.cuda { return [] }
        return environment(plan.gpu.overrides)
    }

    /// One place for what CUDA code is compiled for: CMake, PyTorch's extensions, and those that ask for a GPU.
    private var architectures: [Instruction] {
        let targets = plan.gpu.architectures.value
        guard !targets.isEmpty else { return [] }
        let cmake = targets.map { $0.includesPTX ? $0.target : "\($0.target)-real" }.joined(separator: ";")
        let torch = targets.map { $0.number + ($0.includesPTX ? "+PTX" : "") }.joined(separator: ";")
        return environment(
            [("CUDAARCHS", cmake), ("TORCH_CUDA_ARCH_LIST", torch), ("FORCE_CUDA", "1")].compactMap { name, value in
                EnvironmentName(name).map { EnvironmentVariable($0, text: value) }
            })
    }

    /// The account the application runs as. `--no-log-init` keeps useradd from writing a sparse file as large as the UID.
    private var account: [Instruction] {
        guard case .account(let name, let uid, let gid) = application.user else { return [] }
        var script = ShellScript()
        // Root's group is there already.
        if gid != 0 { script.commands.append(["groupadd", "--gid", .value("\(gid)"), .value(name)]) }
        script.commands.append([
            "useradd", "--no-log-init", "--create-home", "--uid", .value("\(uid)"), "--gid", .value("\(gid)"),
            .value(name),
        ])
        return [.run(.script(script))]
    }

    private var files: [Instruction] {
        var instructions: [Instruction] = []
        // A uv project has set it already.
        if application.python?.project == nil, let path = application.workingDirectory {
            instructions.append(.workingDirectory(path))
        }
        instructions += application.files.map { .copy($0) }
        return instructions
    }

    /// Recipes that upgrade packages would move CUDA: NVIDIA's images hold only some of its packages.
    private var holds: [Instruction] {
        guard plan.packageManager == .apt, application.commands.contains(where: plan.packageManager.upgradesAll) else {
            return []
        }
        let (common, some) = plan.packagesOfCUDA
        // A release's packages end in its number. The pattern also holds what the pinned ones brought along, such as
        // NVRTC and cuFFT; apt takes it for the installed ones, since there are no package lists in an image.
        let release = plan.tag.value.cuda
        let suffix = "-\(release.major)-\(release.minor)"
        let pattern = common.contains { $0.hasSuffix(suffix) } ? ["*" + suffix] : []
        let isNamed = { (name: String) in pattern.isEmpty || !name.hasSuffix(suffix) }
        let script = ShellScript(
            packages.hold(pattern + common.filter(isNamed)) + some.filter(isNamed).flatMap(packages.holdIfInstalled))
        return script.isEmpty ? [] : [.run(.script(script))]
    }

    private var runtime: [Instruction] {
        var instructions: [Instruction] = []
        if !application.volumes.isEmpty {
            // A volume takes its owner from the folder in the image.
            if case .account(_, let uid, let gid) = application.user {
                let paths: [ShellCommand.Word] = application.volumes.map { .value($0.text) }
                instructions.append(
                    .run(
                        .script(
                            ShellScript([
                                ShellCommand(
                                    ["install", "-d", "-o", .value("\(uid)"), "-g", .value("\(gid)")] + paths)
                            ]))))
            }
            instructions.append(.volume(application.volumes))
        }
        if !application.ports.isEmpty { instructions.append(.expose(application.ports)) }
        if case .account(_, let uid, let gid) = application.user, let user = UserIdentity("\(uid):\(gid)") {
            instructions.append(.user(user))
        } else if application.user == .root, let user = UserIdentity("root") {
            instructions.append(.user(user))
        }
        if let healthcheck = application.healthcheck { instructions.append(.healthcheck(healthcheck)) }
        if let signal = application.stopSignal { instructions.append(.stopSignal(signal)) }
        if let entrypoint = application.entrypoint { instructions.append(.entrypoint(entrypoint)) }
        if let command = application.command { instructions.append(.command(command)) }
        return instructions
    }
}
