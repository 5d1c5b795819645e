/// CDI specifications are there for the engines that need them, and name the driver that is loaded.
enum CDIRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, context.seesEngines else { return [] }
        var findings: [HostFinding] = []
        if host.gpuSpecifications.isEmpty, host.toolkit.isInstalled { findings += missing(context) }
        findings += conflicts(context)
        // A Jetson's or Windows' driver has no version in its files' names.
        guard let driver = host.driver.version, !host.isWSL, host.jetsonRelease == nil else { return findings }
        for specification in host.gpuSpecifications {
            guard let named = specification.driver, named != driver else { continue }
            let isShadowed = host.isShadowed(specification)
            let isOnlyWay = host.engines.allSatisfy { needsCDI($0) || host.isDockers($0) }
            findings.append(
                HostFinding(
                    isShadowed ? .note : isOnlyWay ? .error : .warning, .cdiStale,
                    "\(specification.path) names the files of driver \(named), loaded is \(driver)",
                    because: isShadowed
                        ? "its devices come from a folder of higher priority; the file only confuses"
                        : "CDI devices mount files that an update has removed or replaced",
                    run: isShadowed
                        ? ["sudo rm \(ShellQuoting.quote(specification.path))"]
                        : ["sudo nvidia-ctk cdi generate --output=\(ShellQuoting.quote(specification.path))"],
                    advice: !isShadowed && isRefreshed(specification, context)
                        ? "the service nvidia-cdi-refresh should have done this: see 'systemctl status nvidia-cdi-refresh'"
                        : nil))
        }
        return findings
    }

    private static func needsCDI(_ engine: HostInspection.Engine) -> Bool {
        engine.name == .podman ? !engine.runtimes.contains("nvidia") : engine.hasCDI && !engine.knowsNVIDIA
    }

    private static func missing(_ context: HostContext) -> [HostFinding] {
        let host = context.host
        let run = context.generateCDI + ["nvidia-ctk cdi list"]
        var findings: [HostFinding] = []
        let unread = ["/etc/cdi", context.catalog.containerToolkit?[.cdiRefreshed] ?? "/var/run/cdi"]
            .first(where: host.isUnread)
        let isUnread = unread != nil
        if let podman = host.engine(.podman), podman.hasCDI, needsCDI(podman), !isUnread || podman.isRootless {
            findings.append(
                HostFinding(
                    .error, .cdiMissing,
                    isUnread
                        ? "podman: this user can read no CDI specification of nvidia.com/gpu"
                        : "podman: no CDI specification names nvidia.com/gpu",
                    because: "podman run --device nvidia.com/gpu=all answers 'unresolvable CDI devices'",
                    run: unread.map { ["sudo chmod -R a+rX \($0)"] } ?? run, engine: .podman))
        }
        // In this mode the runtime itself takes the devices from specifications.
        if host.toolkit.mode == "cdi", !isUnread {
            findings += host.engines.filter { $0.name != .podman && $0.knowsNVIDIA && !$0.isElsewhere }.map { engine in
                HostFinding(
                    .error, .cdiMissing,
                    "\(engine.name.rawValue): the toolkit's mode is cdi, and no CDI specification names nvidia.com/gpu",
                    because: "the runtime 'nvidia' then finds no devices", run: run,
                    advice: "or the mode \"auto\" in the toolkit's configuration", engine: engine.name)
            }
        }
        return findings
    }

    private static func conflicts(_ context: HostContext) -> [HostFinding] {
        let host = context.host
        let conflicts = host.conflictingDevices
        guard let (_, paths) = conflicts.min(by: { $0.key < $1.key }) else { return [] }
        let devices = conflicts.keys.sorted().map { "nvidia.com/gpu=\($0)" }.joined(separator: ", ")
        let engine = host.engines.first(where: needsCDI)
        return [
            HostFinding(
                engine == nil ? .warning : .error, .cdiConflict,
                "\(paths.sorted().joined(separator: " and ")) both name \(devices)",
                because:
                    "of two specifications in one folder neither counts: engines answer 'unresolvable CDI devices'",
                advice: "remove all but one of them; nvidia-ctk cdi list shows what is left", engine: engine?.name)
        ]
    }

    private static func isRefreshed(_ specification: HostInspection.CDISpecification, _ context: HostContext) -> Bool {
        guard let folder = context.catalog.containerToolkit?[.cdiRefreshed] else { return false }
        return specification.path.hasPrefix(folder + "/")
    }
}
