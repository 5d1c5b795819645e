/// A judgement about a host; each stands in a file of its own.
protocol HostRule: Sendable {
    static func findings(in context: HostContext) -> [HostFinding]
}

/// What rules look at.
struct HostContext: Sendable {
    let host: HostInspection
    /// The image that is to run; `nil` if the question is about the host alone.
    let image: HostImage?
    let catalog: Catalog

    var distribution: HostDistribution? { host.distribution }

    /// Whether engines and toolkit are in sight: from within a container they are not.
    var seesEngines: Bool { !host.isContainer || !host.engines.isEmpty }

    /// The commands that install the Container Toolkit for an engine.
    ///
    /// - Returns: none where NVIDIA has no packages for the host.
    func setUp(_ engine: HostInspection.Engine.Name?) -> [String] {
        guard distribution?.installer != nil else { return [] }
        let runtime = engine.map { " --runtime \($0.rawValue)" } ?? ""
        return ["cudagen host\(runtime) | sudo sh"]
    }

    /// What to do where ``setUp(_:)`` has no commands.
    var setUpAdvice: String? {
        guard distribution?.installer == nil else { return nil }
        let name = distribution.map { "'\($0.name)'" } ?? "this distribution, which /etc/os-release does not tell"
        return
            "NVIDIA has no packages for \(name): install nvidia-container-toolkit as the distribution offers it, then "
            + "'nvidia-ctk runtime configure'"
    }

    /// The commands that make an engine know NVIDIA's runtime.
    func configure(_ engine: HostInspection.Engine) -> [String] {
        switch engine.name {
        case .docker where engine.isRootless:
            [
                "nvidia-ctk runtime configure --runtime=docker --config=$HOME/.config/docker/daemon.json",
                "systemctl --user restart docker",
            ]
        case .docker, .containerd, .crio:
            ["sudo nvidia-ctk runtime configure --runtime=\(engine.name.rawValue)", restart(engine)]
        case .podman: generateCDI
        }
    }

    func restart(_ engine: HostInspection.Engine) -> String {
        engine.isRootless
            ? "systemctl --user restart \(engine.name.rawValue)" : "sudo systemctl restart \(engine.name.rawValue)"
    }

    var generateCDI: [String] {
        [
            "sudo nvidia-ctk cdi generate --output=\(catalog.containerToolkit?[.cdiSpecification] ?? "/etc/cdi/nvidia.yaml")"
        ]
    }

    func install(_ packages: [String]) -> [String] {
        distribution?.installer.map { [$0.install(packages)] } ?? []
    }

    /// Every rule, in the order in which things have to be mended.
    static let rules: [any HostRule.Type] = [
        SightRule.self, GPURule.self, DriverRule.self, DeviceNodeRule.self, SubsystemRule.self, ToolkitRule.self,
        EngineRule.self, RuntimeRule.self, RootlessRule.self, CDIRule.self, CgroupRule.self, SELinuxRule.self,
        ImageDriverRule.self, ImageGPURule.self,
    ]
}
