/// The driver's device nodes are there and open to those who need them.
enum DeviceNodeRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.driver.kernel != nil, !host.isWSL, host.jetsonRelease == nil else { return [] }
        let nodes = host.deviceNodes.filter { isUsed($0.key) }
        let gpuNodes = nodes.keys.filter { $0.dropFirst("/dev/nvidia".count).allSatisfy(\.isNumber) }
        var missing = ["/dev/nvidiactl", "/dev/nvidia-uvm"].filter { nodes[$0] == nil }
        // A container has the nodes of the GPUs that it was given.
        let expected = host.isContainer ? 1 : max((host.pciGPUs ?? 0) - host.passedThroughGPUs, host.gpus.count, 1)
        if gpuNodes.count < expected {
            let numbers = (0..<expected).map { "/dev/nvidia\($0)" }.filter { nodes[$0] == nil }
            missing += numbers.prefix(expected - gpuNodes.count)
        }
        var findings: [HostFinding] = []
        if !missing.isEmpty {
            findings.append(
                HostFinding(
                    .error, .deviceNodesMissing, "missing: \(missing.sorted().joined(separator: ", "))",
                    because: "the driver is reached through these nodes, and containers get them from the host",
                    run: ["sudo nvidia-modprobe -c=0 -u", "nvidia-smi"],
                    advice: "the nvidia-persistenced service keeps them there from the start of the system on"))
        }
        let closed = nodes.filter { $0.value & 0o006 != 0o006 }.keys.sorted()
        if !closed.isEmpty {
            let isRootless = host.engines.contains(where: \.isRootless)
            findings.append(
                HostFinding(
                    isRootless ? .error : .warning, .deviceNodesClosed,
                    "not open to everybody: \(closed.joined(separator: ", "))",
                    because: "programs that are not root, in containers too, get 'permission denied' or see no GPU",
                    advice: "set NVreg_DeviceFileMode=0666 for the nvidia module in /etc/modprobe.d, and reboot"))
        }
        return findings
    }

    /// The nodes that CUDA programs open.
    private static func isUsed(_ node: String) -> Bool {
        let rest = node.dropFirst("/dev/nvidia".count)
        return node.hasPrefix("/dev/nvidia") && (rest == "ctl" || rest == "-uvm" || rest.allSatisfy(\.isNumber))
    }
}
