/// Windows' subsystem and Jetsons have drivers of their own.
enum SubsystemRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        var findings: [HostFinding] = []
        if host.isWSL { findings += subsystem(host) }
        if let release = host.jetsonRelease {
            findings.append(
                HostFinding(
                    context.image == nil ? .note : .warning, .jetson,
                    "a Jetson: its driver belongs to Jetson Linux \(release)",
                    because:
                        "driver versions of desktops and servers, and what images ask of them, say nothing about it",
                    advice:
                        "take images made for this release of Jetson Linux; the Container Toolkit's csv mode mounts "
                        + "its driver"))
        }
        return findings
    }

    private static func subsystem(_ host: HostInspection) -> [HostFinding] {
        var findings: [HostFinding] = []
        if host.deviceNodes["/dev/dxg"] == nil || host.driver.version == nil {
            let what = host.deviceNodes["/dev/dxg"] == nil ? "/dev/dxg is missing" : "no driver answers"
            findings.append(
                HostFinding(
                    .error, .wslDriver, "WSL2 without its GPU: \(what)",
                    because: "Windows' driver comes to WSL2 through /dev/dxg and /usr/lib/wsl/lib",
                    advice: "install NVIDIA's driver in Windows, then 'wsl --update' and 'wsl --shutdown' there"))
        }
        if !host.driver.libraries.isEmpty {
            findings.append(
                HostFinding(
                    .warning, .wslDriver, "a Linux driver (\(host.driver.libraries[0])) is installed in WSL2",
                    because: "it hides Windows' driver in /usr/lib/wsl/lib",
                    advice: "remove the nvidia-driver and libnvidia-compute packages"))
        }
        return findings
    }
}
