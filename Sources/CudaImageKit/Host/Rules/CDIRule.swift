/// CDI specifications are there for the engines that need them, and name the driver that is loaded.
enum CDIRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        // A Jetson's or Windows' driver has no version in its files' names.
        guard host.hasGPU, context.seesEngines else { return [] }
        var findings: [HostFinding] = []
        if let podman = host.engine(.podman), host.gpuSpecifications.isEmpty, !podman.runtimes.contains("nvidia"),
            host.toolkit.isInstalled
        {
            findings.append(
                HostFinding(
                    .error, .cdiMissing, "podman: no CDI specification names nvidia.com/gpu",
                    because: "podman run --device nvidia.com/gpu=all answers 'unresolvable CDI devices'",
                    run: context.generateCDI + ["nvidia-ctk cdi list"], engine: .podman))
        }
        guard let driver = host.driver.version else { return findings }
        for specification in host.gpuSpecifications {
            guard let named = specification.driver, named != driver else { continue }
            let isOnlyWay = host.engines.allSatisfy { $0.name == .podman || $0.hasCDI && $0.runtimes.isEmpty }
            findings.append(
                HostFinding(
                    isOnlyWay ? .error : .warning, .cdiStale,
                    "\(specification.path) names the files of driver \(named), loaded is \(driver)",
                    because: "CDI devices mount files that an update has removed or replaced",
                    run: ["sudo nvidia-ctk cdi generate --output=\(ShellQuoting.quote(specification.path))"],
                    advice: isRefreshed(specification, context)
                        ? "the service nvidia-cdi-refresh should have done this: see 'systemctl status nvidia-cdi-refresh'"
                        : nil))
        }
        return findings
    }

    private static func isRefreshed(_ specification: HostInspection.CDISpecification, _ context: HostContext) -> Bool {
        guard let folder = context.catalog.containerToolkit?[.cdiRefreshed] else { return false }
        return specification.path.hasPrefix(folder + "/")
    }
}
