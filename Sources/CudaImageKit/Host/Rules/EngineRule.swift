/// There is an engine, it answers, its configuration is understood, and it is new enough for GPUs.
enum EngineRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, context.seesEngines else { return [] }
        if host.engines.isEmpty {
            return [
                HostFinding(
                    .error, .engineMissing,
                    "no container engine: neither docker, podman, containerd nor CRI-O was found",
                    because: "something has to start containers",
                    advice: "install Docker (docs.docker.com/engine/install) or Podman")
            ]
        }
        return host.engines.flatMap { findings(about: $0, context) }
    }

    private static func findings(about engine: HostInspection.Engine, _ context: HostContext) -> [HostFinding] {
        var findings: [HostFinding] = []
        if let problem = engine.malformed, let path = engine.configuration {
            findings.append(
                HostFinding(
                    .error, .configurationMalformed, "\(path) is not understood: \(problem)",
                    because: "the engine does not start with it, and nvidia-ctk does not change it",
                    run: [context.restart(engine)], advice: "mend the file by hand before that", engine: engine.name))
        }
        if let failure = engine.failure {
            findings.append(
                HostFinding(
                    .warning, .engineSilent, "\(engine.name.rawValue) says: \(failure)",
                    because: "its running configuration could not be looked at, the files alone were",
                    advice: context.catalog.explanations(of: failure).first?.fix))
        }
        if engine.name == .docker, let version = engine.version, isOlder(version, than: [19, 3]) {
            findings.append(
                HostFinding(
                    .error, .engineTooOld, "Docker \(version) has no --gpus, which came with 19.03",
                    because: "GPUs reach its containers by --runtime=nvidia alone", advice: "update Docker",
                    engine: .docker))
        }
        return findings
    }

    static func isOlder(_ version: String, than floor: [Int]) -> Bool {
        let numbers = version.split { !$0.isNumber }.prefix(floor.count).compactMap { Int($0) }
        return numbers.lexicographicallyPrecedes(floor)
    }
}
