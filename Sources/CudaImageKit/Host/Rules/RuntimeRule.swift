/// Engines that get GPUs through NVIDIA's runtime know it.
enum RuntimeRule: HostRule {
    private static let nvidia = "nvidia"

    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard host.hasGPU, host.toolkit.isInstalled || host.engines.contains(where: \.isElsewhere) else { return [] }
        return host.engines.filter {
            $0.name != .podman && $0.malformed == nil && (host.toolkit.isInstalled || $0.isElsewhere)
        }.flatMap { engine in
            // Docker's own containerd needs no runtime of its own.
            if host.isDockers(engine) { return [HostFinding]() }
            return registered(engine, context) + path(engine, context) + restarted(engine, context)
        }
    }

    private static func registered(_ engine: HostInspection.Engine, _ context: HostContext) -> [HostFinding] {
        if engine.isCRIDisabled { return [disabled(engine, context)] }
        // `restarted` says what is wrong if its files name the runtime.
        guard !engine.knowsNVIDIA, !engine.runtimes.contains(nvidia) else { return [] }
        // What could not be read is not known, unless the running engine said it.
        if engine.runningRuntimes == nil, let path = engine.configuration, isUnread(path, context.host) { return [] }
        let hasCDI = engine.hasCDI && context.host.hasCDIDevices
        // Docker finds the hook by itself when it starts; the others need the runtime, or CDI.
        let works = hasCDI || engine.name == .docker && context.host.hookWorks && !engine.isElsewhere
        let configuration = engine.configuration ?? "its configuration"
        let refuses = engine.name == .docker && context.host.toolkit.hasHook && !context.host.hookWorks
        return [
            HostFinding(
                works ? (hasCDI ? .note : .warning) : .error, .runtimeNotRegistered,
                engine.isElsewhere
                    ? "the \(engine.name.rawValue) that answers knows no runtime 'nvidia'"
                    : "\(engine.name.rawValue) knows no runtime 'nvidia': \(configuration) has none",
                because: works
                    ? (hasCDI
                        ? "GPUs reach containers as CDI devices alone (--device nvidia.com/gpu=all)"
                        : "--gpus works if Docker was started after the toolkit was installed; --runtime=nvidia and "
                            + "Compose files that name it do not")
                    : refuses
                        ? "in this mode of the toolkit (\(mode(context.host))) --gpus is refused: 'invoking the NVIDIA "
                            + "Container Runtime Hook directly … is not supported'"
                        : "without it \(engine.name.rawValue) gives containers no GPU",
                run: engine.isElsewhere ? [] : context.configure(engine),
                advice: engine.isElsewhere ? "set it up where that engine runs" : nil, engine: engine.name)
        ]
    }

    private static func mode(_ host: HostInspection) -> String {
        host.toolkit.mode.map { $0 == "auto" ? "csv, on a Jetson" : $0 } ?? "csv, on a Jetson"
    }

    /// The file, or a folder of drop-ins beside it.
    private static func isUnread(_ path: String, _ host: HostInspection) -> Bool {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return host.isUnread(path) || host.isUnread("/" + folder)
    }

    private static func disabled(_ engine: HostInspection.Engine, _ context: HostContext) -> HostFinding {
        HostFinding(
            .error, .runtimeNotRegistered,
            "\(engine.name.rawValue) has its plugin for Kubernetes (cri) switched off: disabled_plugins in "
                + "\(engine.configuration ?? "its configuration")",
            because: "the runtime 'nvidia' is a setting of that plugin",
            run: [],
            advice: "take cri out of disabled_plugins, then: \(context.configure(engine).joined(separator: "; "))",
            engine: engine.name)
    }

    private static func path(_ engine: HostInspection.Engine, _ context: HostContext) -> [HostFinding] {
        let host = context.host
        guard let path = engine.runtimePath, engine.runtimes.contains(nvidia), engine.isRuntimeThere == false,
            !engine.isElsewhere
        else { return [] }
        let hook = engine.name == .docker && host.hookWorks && engine.defaultRuntime != nvidia
        let hasCDI = engine.hasCDI && host.hasCDIDevices && engine.defaultRuntime != nvidia
        let known = host.toolkit.programs["nvidia-container-runtime"].map { ", the program is \($0)" } ?? ""
        return [
            HostFinding(
                hook || hasCDI ? .warning : .error, .runtimePathMissing,
                "\(engine.configuration ?? "the configuration") names \(path), where no program is\(known)",
                because: engine.defaultRuntime == nvidia
                    ? "it is the default runtime: no container starts at all"
                    : "the engine can't start the runtime 'nvidia'",
                run: context.configure(engine), engine: engine.name)
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
