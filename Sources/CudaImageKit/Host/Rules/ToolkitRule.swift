/// The Container Toolkit is there, whole, and no older way is in its place.
enum ToolkitRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        let toolkit = host.toolkit
        guard host.hasGPU, context.seesEngines, let facts = context.catalog.containerToolkit else { return [] }
        var findings: [HostFinding] = []
        // An engine that runs elsewhere has its own toolkit there.
        let engines = host.engines.filter { !$0.isElsewhere }
        let engine = engines.first?.name
        let needsRuntime = engines.contains { $0.name != .podman && !host.isDockers($0) }
        let isNeeded = host.engines.isEmpty || engines.contains { !host.isDockers($0) }
        if isNeeded, !toolkit.isInstalled, host.gpuSpecifications.isEmpty || needsRuntime && !hasEngineWithCDI(host) {
            findings.append(
                HostFinding(
                    .error, .toolkitMissing, "the NVIDIA Container Toolkit is not installed",
                    because: "it gives containers the driver's files and device nodes; without it engines know no GPUs",
                    run: context.setUp(engine), advice: context.setUpAdvice))
        } else if toolkit.isInstalled, needsRuntime, !isComplete(toolkit) {
            let missing = ["nvidia-container-runtime", "nvidia-container-runtime-hook", "nvidia-container-cli"]
                .filter { toolkit.programs[$0] == nil }
            findings.append(
                HostFinding(
                    hasEngineWithCDI(host) ? .warning : .error, .toolkitIncomplete,
                    "a part of the NVIDIA Container Toolkit is missing: \(missing.joined(separator: ", "))",
                    because: "engines start these programs for each container with GPUs",
                    run: context.install([facts.package])))
        }
        if let version = toolkit.version, let library = toolkit.libraryVersion, version != library {
            findings.append(
                HostFinding(
                    .warning, .toolkitVersionsDiffer,
                    "the Container Toolkit is \(version), libnvidia-container \(library)",
                    because: "they are made for each other, and are released together",
                    run: context.install(facts.packages)))
        }
        if !toolkit.deprecatedPackages.isEmpty {
            findings.append(
                HostFinding(
                    .warning, .toolkitDeprecated,
                    "deprecated: the package \(toolkit.deprecatedPackages.joined(separator: ", "))",
                    because: "it gets no updates; \(facts.package) and 'nvidia-ctk runtime configure' took its place",
                    run: context.setUp(engine), advice: context.setUpAdvice))
        }
        if !toolkit.deprecatedLists.isEmpty {
            findings.append(
                HostFinding(
                    .warning, .repositoryDeprecated,
                    "a deprecated repository in \(toolkit.deprecatedLists.joined(separator: ", "))",
                    because: "\(facts[.deprecatedRepository]) is no longer kept; \(facts.repository) took its place",
                    run: context.setUp(engine), advice: context.setUpAdvice))
        }
        return findings
    }

    private static func isComplete(_ toolkit: HostInspection.Toolkit) -> Bool {
        toolkit.programs["nvidia-container-runtime"] != nil && toolkit.hasHook
            && toolkit.programs["nvidia-container-cli"] != nil
    }

    private static func hasEngineWithCDI(_ host: HostInspection) -> Bool {
        host.hasCDIDevices && host.engines.contains(where: \.hasCDI)
    }
}
