/// Rootless Docker may not touch control groups.
enum RootlessRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, host.toolkit.isInstalled, let docker = host.engine(.docker), docker.isRootless,
            !host.toolkit.leavesCgroups, !docker.isElsewhere, !(docker.hasCDI && host.hasCDIDevices)
        else { return [] }
        let file = context.catalog.containerToolkit?[.configuration] ?? "the toolkit's configuration"
        if host.isUnread(file) { return [] }
        return [
            HostFinding(
                .error, .rootlessCgroups, "Docker runs rootless, and \(file) does not say no-cgroups = true",
                because:
                    "without root nvidia-container-cli can't allow the devices in the container's control group, and "
                    + "fails with a 'permission denied' of bpf or cgroups",
                run: [
                    "sudo nvidia-ctk config --set nvidia-container-cli.no-cgroups --in-place", context.restart(docker),
                ],
                advice:
                    "this holds for every engine of this host: containers of root's Docker then lose their GPUs; where both "
                    + "run, use CDI devices instead (--device nvidia.com/gpu=all), which need no such setting",
                engine: .docker)
        ]
    }
}
