/// Engines that get GPUs through NVIDIA's runtime know it.
enum RuntimeRule: HostRule {
    private static let nvidia = "nvidia"

    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, host.toolkit.isInstalled else { return [] }
        return host.engines.filter { $0.name != .podman && $0.malformed == nil }.flatMap { engine in
            // Docker's own containerd needs no runtime of its own.
            if engine.name == .containerd, host.engine(.docker) != nil { return [HostFinding]() }
            return registered(engine, context) + path(engine, host) + restarted(engine, context)
        }
    }

    private static func registered(_ engine: HostInspection.Engine, _ context: HostContext) -> [HostFinding] {
        guard !engine.runtimes.contains(nvidia) else { return [] }
        let hasCDI = engine.hasCDI && !context.host.gpuSpecifications.isEmpty
        // Docker finds the hook by itself when it starts; the others need the runtime, or CDI.
        let works = hasCDI || engine.name == .docker && context.host.toolkit.hasHook
        let configuration = engine.configuration ?? "its configuration"
        return [
            HostFinding(
                works ? (hasCDI ? .note : .warning) : .error, .runtimeNotRegistered,
                "\(engine.name.rawValue) knows no runtime 'nvidia': \(configuration) has none",
                because: works
                    ? (hasCDI
                        ? "GPUs reach containers as CDI devices alone (--device nvidia.com/gpu=all)"
                        : "--gpus works if Docker was started after the toolkit was installed; --runtime=nvidia and "
                            + "Compose files that name it do not")
                    : "without it \(engine.name.rawValue) gives containers no GPU",
                run: context.configure(engine), engine: engine.name)
        ]
    }

    private static func path(_ engine: HostInspection.Engine, _ host: HostInspection) -> [HostFinding] {
        guard let path = engine.runtimePath, engine.runtimes.contains(nvidia) else { return [] }
        // A name alone is looked for on the engine's own PATH.
        let program = path.split(separator: "/").last.map(String.init) ?? path
        let isThere =
            path.hasPrefix("/") ? host.toolkit.programs.values.contains(path) : host.toolkit.programs[program] != nil
        guard !isThere, let known = host.toolkit.programs["nvidia-container-runtime"] else { return [] }
        return [
            HostFinding(
                .warning, .runtimePathMissing, "\(engine.configuration ?? "") names \(path), the program is \(known)",
                because: "the engine can't start the runtime if nothing is at that path",
                advice: "correct the path, or configure it anew with nvidia-ctk runtime configure", engine: engine.name)
        ]
    }

    private static func restarted(_ engine: HostInspection.Engine, _ context: HostContext) -> [HostFinding] {
        guard engine.runtimes.contains(nvidia), let running = engine.runningRuntimes, engine.failure == nil,
            !running.contains(nvidia)
        else { return [] }
        return [
            HostFinding(
                .error, .engineNotRestarted,
                "\(engine.configuration ?? "") names the runtime 'nvidia', but the running \(engine.name.rawValue) does not know it",
                because: "engines read their configuration when they start", run: [context.restart(engine)],
                engine: engine.name)
        ]
    }
}
