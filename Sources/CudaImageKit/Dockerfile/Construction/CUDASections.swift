/// The sections of a stage that installs CUDA from packages for one platform.
struct CUDASections {
    let installation: PackageInstallation
    let platform: PlatformInstallation
    let gpu: ImagePlan.GPUPlan

    private var packages: PackageCommands { PackageCommands(manager: installation.packageManager) }

    private var repository: RepositoryCommands {
        RepositoryCommands(repository: platform.repository, packages: packages, os: installation.os)
    }

    /// The stage that fetches the repository's key.
    static func keyStage(of installation: PackageInstallation) -> Dockerfile.Stage? {
        guard let platform = installation.platforms.first else { return nil }
        let packages = PackageCommands(manager: installation.packageManager)
        let commands = RepositoryCommands(
            repository: platform.repository, packages: packages, os: installation.os)
        return commands.keyStage(on: installation.base.value)
    }

    /// Repository, environment and the first `count` layers; or, from a layer on, the rest.
    func sections(layers range: Range<Int>) -> [Dockerfile.Section] {
        var sections: [Dockerfile.Section] = []
        if range.lowerBound == 0 { sections += [repositorySection, environmentSection] }
        for layer in platform.layers[range] where !layer.set.isEmpty { sections.append(section(of: layer)) }
        return sections
    }

    private var repositorySection: Dockerfile.Section {
        var instructions: [Instruction] = []
        let needed = neededPackages
        var script = ShellScript()
        if !needed.isEmpty { script.commands += packages.refresh + packages.install(needed) + packages.clean }
        script.commands += repository.addRepository.filter { !isKeyImport($0) }
        instructions.append(.run(.script(script)))
        if let path = ContainerPath(repository.keyPath), let stage = StageName("nvidia-key") {
            instructions.append(.copy(Copy([path], to: path, from: .stage(stage))))
        }
        let imports = repository.addRepository.filter(isKeyImport)
        if !imports.isEmpty { instructions.append(.run(.script(ShellScript(imports)))) }
        return Dockerfile.Section(
            .cudaRepository, instructions, details: ["url": platform.repository.url],
            lintExceptions: needed.isEmpty ? [] : packages.pinningRule.map { [$0] } ?? [])
    }

    /// `rpm --import` needs the key, which comes after the repository.
    private func isKeyImport(_ command: ShellCommand) -> Bool { command.words.first == "rpm" }

    /// What the repository needs of the operating system, and what NVIDIA's base layer has of it.
    private var neededPackages: [String] {
        guard let first = platform.layers.first else { return [] }
        let own = LayerCommands(layer: first, installation: installation, platform: platform).systemPackages
        if installation.isOfficialBase { return own.sorted() }
        guard installation.os.family == .debian else { return ["ca-certificates"] }
        return (["ca-certificates"] + own.filter { $0 == "apt-transport-https" }).sorted()
    }

    private var environmentSection: Dockerfile.Section {
        let facts = platform.facts
        var variables = [PackageSet.Variable(name: "CUDA_VERSION", value: facts.cudaVersionVariable)]
        if let requirement = facts.requireCUDA {
            variables.append(PackageSet.Variable(name: "NVIDIA_REQUIRE_CUDA", value: requirement))
        }
        variables += facts.environment
        return Dockerfile.Section(
            .cudaEnvironment, [.environment(gpu.applied(to: variables).compactMap(EnvironmentVariable.init(fact:)))])
    }

    private func section(of layer: CatalogLayer) -> Dockerfile.Section {
        let commands = LayerCommands(layer: layer, installation: installation, platform: platform)
        var instructions: [Instruction] = [.run(.script(commands.script))]
        let variables = layer.set.environment.compactMap(EnvironmentVariable.init(fact:))
        if !variables.isEmpty { instructions.append(.environment(variables)) }
        var details = ["cuda": platform.facts.cuda.description]
        details["version"] = layer.set.cudnnVersion ?? layer.set.tensorRTVersion
        var exceptions: [String] = []
        if commands.hasUnpinned, let rule = packages.pinningRule { exceptions.append(rule) }
        if layer.set.upgradesSystem, installation.isOfficialBase {
            exceptions += ["DL3005", "DL3031", "DL3035", "DL3039"]
        }
        return Dockerfile.Section(
            kind(of: layer.variant), instructions, details: details, lintExceptions: exceptions)
    }

    private func kind(of variant: ImageVariant) -> Dockerfile.Section.Kind {
        switch (variant.cudnn, variant.flavor) {
        case (.tensorRT, _): .tensorRT
        case (.some, _): .cudnn
        case (nil, .base): .cudaBase
        case (nil, .runtime): .cudaRuntime
        case (nil, .devel): .cudaDevel
        }
    }
}

extension ImagePlan.GPUPlan {
    /// The recipe's choice of devices and capabilities instead of NVIDIA's defaults.
    func applied(to variables: [PackageSet.Variable]) -> [PackageSet.Variable] {
        variables.map { variable in
            switch variable.name {
            case "NVIDIA_VISIBLE_DEVICES": .init(name: variable.name, value: devices ?? variable.value)
            case "NVIDIA_DRIVER_CAPABILITIES": .init(name: variable.name, value: capabilityList ?? variable.value)
            default: variable
            }
        }
    }

    /// What the NVIDIA Container Toolkit reads, for images that have nothing of NVIDIA's.
    ///
    /// Source: the values of NVIDIA's own images. `NVIDIA_REQUIRE_CUDA` is left out on purpose: its `cuda>=12.4` asks what the
    /// driver was made for, and would refuse drivers that run the wheels by minor-version compatibility.
    var variables: [EnvironmentVariable] {
        applied(to: [
            PackageSet.Variable(name: "NVIDIA_VISIBLE_DEVICES", value: "all"),
            PackageSet.Variable(name: "NVIDIA_DRIVER_CAPABILITIES", value: "compute,utility"),
        ]).compactMap(EnvironmentVariable.init(fact:))
    }

    /// The variables that the recipe sets itself, for images that have NVIDIA's defaults already.
    var overrides: [EnvironmentVariable] {
        var variables: [PackageSet.Variable] = []
        if let devices, devices != "all" { variables.append(.init(name: "NVIDIA_VISIBLE_DEVICES", value: devices)) }
        if Set(capabilities) != [.compute, .utility], let list = capabilityList {
            variables.append(.init(name: "NVIDIA_DRIVER_CAPABILITIES", value: list))
        }
        return variables.compactMap(EnvironmentVariable.init(fact:))
    }

    private var capabilityList: String? {
        capabilities.isEmpty ? nil : capabilities.map(\.rawValue).joined(separator: ",")
    }
}

extension EnvironmentVariable {
    /// A variable of the catalogue, in whose value `$PATH` stands for the value so far.
    init?(fact: PackageSet.Variable) {
        guard let name = EnvironmentName(fact.name) else { return nil }
        guard let path = EnvironmentName("PATH"), fact.value.hasSuffix(":$PATH") else {
            self.init(name, text: fact.value)
            return
        }
        self.init(name, [.text(String(fact.value.dropLast("$PATH".count))), .variable(path)])
    }
}
