/// The instructions that bring Python and its packages: always into an environment of its own, so that the operating
/// system's Python stays as it is (PEP 668), with the environment's `bin` first on the path.
struct PythonSections {
    let plan: ImagePlan
    let python: PythonPlan

    /// The virtual environment of pip and uv.
    static let environment = "/opt/venv"
    private static let condaEnvironment = "/opt/conda"

    /// Values for the section's comment.
    var details: [String: String] {
        let origin =
            switch python.interpreter {
            case .system: "the operating system's own"
            case .base: "the base image's own"
            case .uv: "installed by uv"
            case .conda: "conda's own"
            }
        // Without a version conda's solver, or the environment file, chooses it.
        guard let version = python.version?.value else { return ["origin": origin] }
        return ["version": version.description, "origin": origin]
    }

    /// The interpreter and an empty environment.
    var interpreter: [Instruction] {
        switch python.manager {
        case .conda:
            [.run(.script(micromamba))]
                + environment([("CONDA_PREFIX", Self.condaEnvironment)], path: Self.condaEnvironment)
        case .pip, .uv:
            environment([("VIRTUAL_ENV", Self.environment)] + uvSettings, path: Self.environment)
                + [.run(.script(virtualEnvironment), mounts: plan.application.secrets)]
        }
    }

    /// Requirements, packages, project: one instruction each, so that a change rebuilds as little as it must.
    var packages: [Instruction] {
        switch python.manager {
        case .pip: install(["pip", "install"], cache: "/root/.cache/pip")
        case .uv: project + install(["uv", "pip", "install"], cache: "/root/.cache/uv")
        case .conda: conda
        }
    }

    private var uvSettings: [(String, String)] {
        guard python.uvPython != nil else { return [] }
        var settings = [("UV_LINK_MODE", "copy"), ("UV_PYTHON_INSTALL_DIR", "/opt/python")]
        if python.project != nil { settings.append(("UV_PROJECT_ENVIRONMENT", Self.environment)) }
        return settings
    }

    private var virtualEnvironment: ShellScript {
        let indexes = indexOptions(forTools: true)
        let install: [ShellCommand.Word] = ["install", "--no-cache-dir"] + indexes + trustedHosts(indexes)
        let environmentPython = ShellCommand.Word.value(python.environmentPython)
        let venv = ShellCommand.Word.value(Self.environment)
        var script = ShellScript()
        if let uvPython = python.uvPython {
            // uv keeps to an environment of its own; only its command is on the path.
            script.commands += [
                [.value(uvPython), "-m", "venv", "/opt/uv"],
                ShellCommand(["/opt/uv/bin/pip"] + install + [.value("uv==\(PythonTools.uv)")]),
                ["ln", "-s", "/opt/uv/bin/uv", "/usr/local/bin/uv"],
            ]
            // Its own builds alone, so that the Python is the one that was asked for on every base.
            let builds: [ShellCommand.Word] = python.interpreter == .uv ? ["--managed-python"] : []
            // What it would cache is of no use to the next layer, and would stay in this one.
            let mirror: [ShellCommand.Word] =
                python.interpreter == .uv && plan.mirrors.github != nil
                ? [.value("UV_PYTHON_INSTALL_MIRROR=\(plan.mirrors.address(of: PythonTools.uvPythons))")] : []
            script.commands.append(
                ShellCommand(mirror + ["uv", "venv", "--no-cache"] + builds + ["--python", environmentPython, venv]))
            // Not uv's own way to have pip: that does not read pip's configuration.
            if python.pip != nil { script.commands.append(["python", "-m", "ensurepip", "--default-pip"]) }
        } else {
            script.commands.append([environmentPython, "-m", "venv", venv])
        }
        if let pip = python.pip { script.commands.append(ShellCommand(["pip"] + install + [.value("pip==\(pip)")])) }
        return script
    }

    /// The recipe's package indexes. pip and uv themselves come from them, too, for networks that reach no others; but
    /// PyTorch's index has its wheels alone.
    private func indexOptions(forTools: Bool = false) -> [ShellCommand.Word] {
        let isUsed = { (index: String) in !forTools || !PythonTools.isPyTorchIndex(index) }
        let mirrors = plan.mirrors
        var main = python.index.map { [$0] } ?? []
        main.removeAll { !isUsed($0) }
        if main.isEmpty, let mirror = mirrors.pypi, python.index == nil || forTools { main = [mirror.value.text] }
        return main.map { .value("--index-url=\(mirrors.address(of: $0))") }
            + python.extraIndexes.filter(isUsed).map { .value("--extra-index-url=\(mirrors.address(of: $0))") }
    }

    /// pip takes nothing from an index without TLS that it is not told to trust; uv does. Who writes `http://` into the
    /// recipe has told so.
    private func trustedHosts(_ options: [ShellCommand.Word]) -> [ShellCommand.Word] {
        var hosts: [String] = []
        for case .value(let option) in options {
            guard let scheme = option.firstRange(of: "http://") else { continue }
            let host = String(MirrorURL.authority(of: String(option[scheme.lowerBound...])))
            if !hosts.contains(host) { hosts.append(host) }
        }
        return hosts.map { .value("--trusted-host=\($0)") }
    }

    private func install(_ command: [String], cache: String) -> [Instruction] {
        let mounts = (ContainerPath(cache).map { [Mount.cache(target: $0)] } ?? []) + plan.application.secrets
        let install: [ShellCommand.Word] = command.map { .value($0) }
        func run(_ words: [ShellCommand.Word]) -> Instruction {
            .run(.script(ShellScript([ShellCommand(install + words)])), mounts: mounts)
        }
        let isPip = command.first == "pip"
        let indexes = indexOptions()
        let options = indexes + (isPip ? trustedHosts(indexes) : [])
        // One index at a time: pip takes the best version of all its indexes, uv all versions of the first that has any.
        var instructions = python.groups.map { group in
            let place =
                group.index.place.map { [ShellCommand.Word.value("\($0.option)=\(plan.mirrors.address(of: $0.url))")] }
                ?? []
            return run(place + (isPip ? trustedHosts(place) : []) + group.packages.map { item($0) })
        }
        if let file = python.requirements {
            let target = requirementsTarget(of: file)
            instructions += copies(of: file, to: target)
            instructions.append(
                run(
                    options + (python.requiresHashes ? ["--require-hashes"] : []) + [.value("--requirement=\(target)")]
                        + python.additions.map { item($0) }))
        }
        if !python.packages.isEmpty { instructions.append(run(options + python.packages.map { item($0) })) }
        return instructions
    }

    /// A requirement, which may name an address that a mirror stands in for.
    private func item(_ requirement: String) -> ShellCommand.Word { .item(plan.mirrors.redirecting(requirement)) }

    /// Where the requirements file is in the image. One that names others lies as it does in the build context, as their
    /// paths are seen from it.
    private func requirementsTarget(of file: ContainerPath) -> String {
        Self.environment
            + (python.includedRequirements.isEmpty
                ? "/requirements.txt"
                : "/requirements/\(FilePath.normalized(file.text) ?? file.text)")
    }

    /// Files of one folder together.
    private func copies(of file: ContainerPath, to target: String) -> [Instruction] {
        guard !python.includedRequirements.isEmpty else {
            return ContainerPath(target).map { [.copy(Copy([file], to: $0))] } ?? []
        }
        func folder(_ file: ContainerPath) -> String {
            FilePath.folder(of: FilePath.normalized(file.text) ?? file.text)
        }
        let files = [file] + python.includedRequirements
        return files.map(folder).uniqued.compactMap { name in
            ContainerPath("\(Self.environment)/requirements/\(name)").map { target in
                .copy(Copy(files.filter { folder($0) == name }, to: target))
            }
        }
    }

    /// The locked dependencies of a project, without the project itself: it changes more often than they do.
    private var project: [Instruction] {
        guard let folder = python.project, let target = plan.application.workingDirectory else { return [] }
        let prefix = folder.text == "." ? "" : folder.text.hasSuffix("/") ? folder.text : folder.text + "/"
        let files = ["pyproject.toml", "uv.lock"].compactMap { ContainerPath(prefix + $0) }
        let folderTarget = target.text.hasSuffix("/") ? target : ContainerPath(target.text + "/") ?? target
        let mounts =
            (ContainerPath("/root/.cache/uv").map { [Mount.cache(target: $0)] } ?? []) + plan.application.secrets
        // The lock names where packages come from, but not what builds those that are built.
        let index: [ShellCommand.Word] =
            plan.mirrors.pypi.map { [.value("--default-index=\($0.value.text)")] } ?? []
        return [
            .workingDirectory(target),
            .copy(Copy(files, to: folderTarget)),
            .run(
                .script(
                    ShellScript([
                        ShellCommand(["uv", "sync", "--frozen", "--no-dev", "--no-install-project"] + index)
                    ])),
                mounts: mounts),
        ]
    }

    private var micromamba: ShellScript {
        let releases = plan.mirrors.address(of: "\(PythonTools.micromambaReleases)/\(PythonTools.micromamba)")
        let binary = ShellCommand.Word.value("/usr/local/bin/micromamba")
        let platforms = plan.platforms.value.compactMap { platform in
            PythonTools.micromambaBinaries[platform].map { (platform, $0.name, $0.sha256) }
        }
        let sumFile = "/tmp/micromamba.sha256"
        var script = ShellScript()
        if platforms.count == 1, let (_, name, sum) = platforms.first {
            script.commands = [["curl", "-fsSL", "-o", binary, .value("\(releases)/\(name)")]]
            script.commands += ShellCommand.checkSHA256(sum, of: "/usr/local/bin/micromamba", sumFile: sumFile)
        } else {
            // The kernel tells the architecture, so that no builder feature is needed.
            var clauses: [ShellCommand.Word] = []
            for (platform, name, sum) in platforms {
                clauses.append(
                    .clause(
                        platform == .linuxAMD64 ? "x86_64" : "aarch64",
                        [.value("binary=\(name)"), .value("sum=\(sum)")]))
            }
            clauses.append(.clause("*", [.syntax("echo \"no micromamba for $(uname -m)\" >&2; exit 1")]))
            script.commands = [
                [.value("releases=\(releases)")],
                ShellCommand([.syntax("case \"$(uname -m)\" in")] + clauses + [.end("esac")]),
                ["curl", "-fsSL", "-o", binary, .syntax("\"$releases/$binary\"")],
                [.syntax("echo \"$sum  /usr/local/bin/micromamba\" >"), .value(sumFile)],
                ["sha256sum", "-c", .value(sumFile)],
            ]
        }
        script.commands.append(["rm", .value(sumFile)])
        script.commands.append(["chmod", "0755", binary])
        return script
    }

    private var conda: [Instruction] {
        let mounts =
            (ContainerPath("/root/micromamba/pkgs").map { [Mount.cache(target: $0)] } ?? []) + plan.application.secrets
        // Without a GPU the solver would choose packages for the CPU; the variable says what the image will see.
        let command: [ShellCommand.Word] =
            [
                "env", "MAMBA_ROOT_PREFIX=/root/micromamba", .value("CONDA_OVERRIDE_CUDA=\(python.condaCUDA ?? "")"),
                "micromamba",
            ]
        let prefix: [ShellCommand.Word] = ["--yes", .value("--prefix=\(Self.condaEnvironment)")]
        let channels = python.channels.map { ShellCommand.Word.value("--channel=\(address(ofChannel: $0))") }
        var instructions: [Instruction] = []
        var create: [ShellCommand.Word] = command + ["create"] + prefix
        if let file = python.environmentFile, let target = ContainerPath("/opt/environment.yml") {
            instructions.append(.copy(Copy([file], to: target)))
            create.append(.value("--file=\(target)"))
        } else {
            create += channels + [.item(python.environmentPython)]
            create += python.packages.map { item($0) }
        }
        instructions.append(.run(.script(ShellScript([ShellCommand(create)])), mounts: mounts))
        if python.environmentFile != nil, !python.packages.isEmpty {
            instructions.append(
                .run(
                    .script(
                        ShellScript([
                            ShellCommand(command + ["install"] + prefix + channels + python.packages.map { item($0) })
                        ])), mounts: mounts))
        }
        return instructions
    }

    /// A channel's name stands for an address, which a mirror has a place for.
    private func address(ofChannel channel: String) -> String {
        if channel.contains("://") { return plan.mirrors.address(of: channel) }
        return plan.mirrors.conda.map { "\($0.value.text)/\(channel)" } ?? channel
    }

    private func environment(_ variables: [(String, String)], path: String) -> [Instruction] {
        var result = variables.compactMap { name, value in
            EnvironmentName(name).map { EnvironmentVariable($0, text: value) }
        }
        if let name = EnvironmentName("PATH") {
            result.append(EnvironmentVariable(name, [.text("\(path)/bin:"), .variable(name)]))
        }
        return [.environment(result)]
    }
}
