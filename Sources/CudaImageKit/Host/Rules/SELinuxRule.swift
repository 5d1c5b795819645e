/// SELinux keeps containers from device nodes.
enum SELinuxRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, host.selinuxIsEnforcing == true, !host.engines.isEmpty else { return [] }
        return [
            HostFinding(
                .warning, .selinuxEnforcing, "SELinux is enforcing",
                because:
                    "confined containers may not open NVIDIA's device nodes: 'Insufficient Permissions', or no GPU",
                run: ["sudo setsebool -P container_use_devices on"],
                advice: "or start containers with --security-opt label=disable")
        ]
    }
}
