/// With systemd's control groups, running containers lose their GPUs when systemd reloads its units.
enum CgroupRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, !host.isWSL, host.jetsonRelease == nil, host.toolkit.isInstalled,
            host.toolkit.mode != "cdi", !host.hasDeviceLinks, let docker = host.engine(.docker),
            docker.cgroupDriver == "systemd", !docker.isRootless,
            docker.malformed == nil
        else { return [] }
        let isOld = host.toolkit.version.map { EngineRule.isOlder($0, than: [1, 12]) } ?? false
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
