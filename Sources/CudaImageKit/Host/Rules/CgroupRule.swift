/// With systemd's control groups, running containers lose their GPUs when systemd reloads its units.
enum CgroupRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] { left(context) + lost(context) }

    /// A setting for rootless engines takes the devices from all others.
    private static func left(_ context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, host.toolkit.isInstalled, host.toolkit.leavesCgroups,
            !["cdi", "jit-cdi"].contains(host.toolkit.mode)
        else { return [] }
        let engines = host.engines.filter {
            $0.name != .podman && !$0.isRootless && !$0.isElsewhere && !host.isDockers($0)
        }
        let file = context.catalog.containerToolkit?[.configuration] ?? "the toolkit's configuration"
        return engines.map { engine in
            let isOnlyWay = engine.name == .docker && !(engine.hasCDI && host.hasCDIDevices)
            return HostFinding(
                isOnlyWay ? .error : .warning, .noCgroups,
                "\(file) says no-cgroups = true, and \(engine.name.rawValue) runs as root",
                because:
                    "nvidia-container-cli then does not allow the devices in the container's control group: programs "
                    + "answer 'Failed to initialize NVML: Unknown Error'",
                run: ["sudo nvidia-ctk config --set nvidia-container-cli.no-cgroups=false --in-place"],
                advice: "rootless engines of this host, which need that setting, can use CDI devices instead",
                engine: engine.name)
        }
    }

    private static func lost(_ context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.driver.version != nil, !host.isWSL, host.jetsonRelease == nil, host.toolkit.isInstalled,
            host.toolkit.mode != "cdi", !host.hasDeviceLinks, let docker = host.engine(.docker),
            docker.cgroupDriver == "systemd", !docker.isRootless,
            docker.malformed == nil, !docker.isElsewhere
        else { return [] }
        let isOld = host.toolkit.version.map { VersionNumbers.isOlder($0, than: [1, 12]) } ?? false
        return [
            HostFinding(
                .warning, .devicesLostAtReload,
                "Docker uses systemd's control groups, and /dev/char has no links to NVIDIA's nodes",
                because:
                    "after 'systemctl daemon-reload' a running container answers 'Failed to initialize NVML: Unknown "
                    + "Error'",
                run: isOld
                    ? context.setUp(.docker)
                    : ["sudo nvidia-ctk system create-dev-char-symlinks --create-all"],
                advice: isOld
                    ? "first a newer Container Toolkit (1.12 or later), then nvidia-ctk system create-dev-char-symlinks"
                    : "again at each start of the system; or use CDI devices (--device nvidia.com/gpu=all), or "
                        + "native.cgroupdriver=cgroupfs in daemon.json")
        ]
    }
}
