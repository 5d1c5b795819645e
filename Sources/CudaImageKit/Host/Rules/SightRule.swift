/// What the inspection itself could not see.
enum SightRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        var findings: [HostFinding] = []
        if !context.seesEngines {
            findings.append(
                HostFinding(
                    .note, .insideContainer,
                    "this is a container: the host's engine and toolkit can't be seen from here",
                    because:
                        "GPUs that are visible here came through them; what is missing here may be there on the host",
                    advice: "run cudagen doctor on the host for the rest"))
        }
        findings += host.unreadable.map { error in
            HostFinding(
                .warning, .unreadableFile, "\(error.path) can't be read: \(error.reason)",
                because: "what stands there was not taken into account")
        }
        findings += host.silent.map { program in
            let isDriver = program == .nvidiaSMI || program == .nvidiaSMIQuery
            return HostFinding(
                isDriver ? .error : .warning, .programSilent,
                "'\(program.words.joined(separator: " "))' gave no answer in \(program.patience) s",
                because: isDriver
                    ? "a driver that hangs gives containers no working GPU"
                    : "what it would have said was not taken into account",
                advice: isDriver ? "see 'sudo dmesg | grep -i nvrm'; reset the GPU or reboot" : nil)
        }
        return findings
    }
}
