/// Rootless Docker may not touch control groups.
enum RootlessRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, host.toolkit.isInstalled, let docker = host.engine(.docker), docker.isRootless,
            !host.toolkit.leavesCgroups, !(docker.hasCDI && !host.gpuSpecifications.isEmpty)
        else { return [] }
        let file = context.catalog.containerToolkit?[.configuration] ?? "the toolkit's configuration"
        return [
            HostFinding(
                .error, .rootlessCgroups, "Docker runs rootless, and \(file) does not say no-cgroups = true",
                because:
                    "without root nvidia-container-cli can't allow the devices in the container's control group, and "
                    + "fails with a 'permission denied' of bpf or cgroups",
                run: [
                    "sudo nvidia-ctk config --set nvidia-container-cli.no-cgroups --in-place", context.restart(docker),
                ],
                engine: .docker)
        ]
    }
}
