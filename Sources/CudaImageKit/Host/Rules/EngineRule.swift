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
                    run: validation(of: path, engine).map { ["\($0) && \(context.restart(engine))"] } ?? [],
                    advice: "first mend the file by hand; a running engine goes on with what it read when it started",
                    engine: engine.name))
        }
        if let failure = engine.failure { findings.append(silent(engine, failure, context)) }
        // Source: Docker Engine's release notes, 19.03.
        if engine.name == .docker, let version = engine.version, VersionNumbers.isOlder(version, than: [19, 3]) {
            findings.append(
                HostFinding(
                    .error, .engineTooOld, "Docker \(version) has no --gpus, which came with 19.03",
                    because: "GPUs reach its containers by --runtime=nvidia alone", advice: "update Docker",
                    engine: .docker))
        }
        if engine.name == .podman, !engine.hasCDI, !engine.runtimes.contains("nvidia"), let version = engine.version {
            findings.append(
                HostFinding(
                    .error, .engineTooOld, "Podman \(version) has no CDI devices, which came with 4.1",
                    because: "podman run --device nvidia.com/gpu=all is not understood", advice: "update Podman",
                    engine: .podman))
        }
        return findings
    }

    /// A command that says whether a configuration is whole.
    private static func validation(of path: String, _ engine: HostInspection.Engine) -> String? {
        let file = ShellQuoting.quote(path)
        switch engine.name {
        // Source: Docker Engine's release notes, 23.0.
        case .docker where engine.version.map { VersionNumbers.isOlder($0, than: [23]) } ?? false:
            return "python3 -m json.tool \(file)"
        case .docker: return (engine.isRootless ? "" : "sudo ") + "dockerd --validate --config-file=\(file)"
        case .containerd: return "containerd config dump > /dev/null"
        case .crio, .podman: return nil
        }
    }

    /// The engine does not run, or this user may not ask it.
    private static func silent(
        _ engine: HostInspection.Engine, _ failure: String, _ context: HostContext
    ) -> HostFinding {
        let said = failure.lowercased()
        guard engine.name == .docker, said.containsBytes(of: "daemon"), said.containsBytes(of: "running"),
            !said.containsBytes(of: "permission denied")
        else {
            let isDenied = engine.name == .docker && said.containsBytes(of: "permission denied")
            return HostFinding(
                .warning, .engineSilent, "\(engine.name.rawValue) says: \(failure)",
                because: "its running configuration could not be looked at, the files alone were",
                advice: isDenied
                    ? "run cudagen doctor as root, or join the group docker (sudo usermod -aG docker \"$USER\", log in anew)"
                    : context.catalog.explanations(of: failure).first?.fix)
        }
        return HostFinding(
            .error, .engineSilent, "docker says: \(failure)",
            because: "nothing starts containers while Docker does not run",
            run: engine.isElsewhere
                ? [] : [engine.isRootless ? "systemctl --user start docker" : "sudo systemctl start docker"],
            advice: engine.isElsewhere
                ? "start Docker Desktop, or see which engine 'docker context ls' names"
                : "'docker context ls' shows which engine the client asks", engine: .docker)
    }
}
