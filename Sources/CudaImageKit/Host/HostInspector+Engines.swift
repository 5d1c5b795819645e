extension HostInspector {
    private static let nvidia = "nvidia"

    mutating func inspectDocker() {
        guard tree.program("docker") != nil || tree.program("dockerd") != nil else { return }
        var engine = HostInspection.Engine(name: .docker)
        let info = dockerInformation(&engine)
        // podman-docker puts Podman in Docker's place.
        if tree.program("dockerd") == nil, info.map(Self.isPodman) ?? emulatesDocker() { return }
        engine.isElsewhere =
            tree.program("dockerd") == nil
            || Self.word(info?["OperatingSystem"])?.startsWithBytes(of: "Docker Desktop") ?? false
        let options = info?["SecurityOptions"]?.elements.compactMap(\.text) ?? []
        let rootlessHome = homes.first { tree.exists("\($0)/.config/systemd/user/docker.service") }
        engine.isRootless = options.contains { $0.hasPrefix("name=rootless") } || info == nil && rootlessHome != nil
        let home = rootlessHome ?? homes.first ?? ""
        let path = engine.isRootless ? "\(home)/.config/docker/daemon.json" : "/etc/docker/daemon.json"
        engine.configuration = path
        if !engine.isElsewhere || tree.exists(path) { readDaemonConfiguration(path, into: &engine) }
        engine.isRuntimeThere = engine.runtimePath.map(isThere)
        if let info {
            engine.version = Self.word(info["ServerVersion"]) ?? Self.word(info["ClientInfo"]?["Version"])
            let runtimes = info["Runtimes"]?.members.map(\.0).sorted() ?? []
            engine.runningRuntimes = runtimes.isEmpty ? nil : runtimes
            engine.cgroupDriver = Self.word(info["CgroupDriver"]) ?? engine.cgroupDriver
            engine.defaultRuntime = Self.word(info["DefaultRuntime"]) ?? engine.defaultRuntime
            if !(info["CDISpecDirs"]?.elements.isEmpty ?? true) { engine.hasCDI = true }
        }
        // Without a setting Docker takes systemd's where the host has the second version of control groups.
        engine.cgroupDriver = engine.cgroupDriver ?? (host.hasUnifiedCgroups ? "systemd" : "cgroupfs")
        host.engines.append(engine)
    }

    /// Without a daemon the client's answer has empty texts.
    private static func word(_ value: JSONValue?) -> String? { value?.text.flatMap { $0.isEmpty ? nil : $0 } }

    private mutating func dockerInformation(_ engine: inout HostInspection.Engine) -> JSONValue? {
        guard let output = answer(of: .docker), output.status != nil else { return nil }
        // The client may print warnings around the answer.
        let line = output.text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("{") }
        guard let line, let info = try? JSONValue(parsing: String(line)) else {
            engine.failure = output.text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(200)) }
            return nil
        }
        // Without a daemon the client answers for itself.
        let errors = info["ServerErrors"]?.elements.compactMap(\.text) ?? []
        engine.failure = errors.first.map { String($0.prefix(200)) }
        return info
    }

    /// Podman's answer has other members.
    private static func isPodman(_ info: JSONValue) -> Bool {
        info["ServerVersion"] == nil && info["host"] != nil && info["version"] != nil
    }

    /// Whether `docker` is the script that starts Podman.
    private func emulatesDocker() -> Bool {
        guard let path = tree.program("docker"), let text = (try? tree.text(of: path, limit: 1 << 14)) ?? nil else {
            return false
        }
        return text.startsWithBytes(of: "#!") && text.containsBytes(of: "podman")
    }

    /// Whether a program is there: at a path, or of a name that the engine looks for on its own PATH.
    private func isThere(_ program: String) -> Bool {
        program.contains("/") ? tree.kind(of: program) == .file : tree.program(program) != nil
    }

    private mutating func readDaemonConfiguration(_ path: String, into engine: inout HostInspection.Engine) {
        let text = text(of: path)
        guard let text, !text.utf8.allSatisfy({ $0 <= 0x20 }) else { return }
        do {
            let settings = try JSONValue(parsing: text)
            guard case .object = settings else {
                engine.malformed = "expected an object"
                return
            }
            engine.runtimes = settings["runtimes"]?.members.map(\.0).sorted() ?? []
            engine.runtimePath = settings["runtimes"]?[Self.nvidia]?["path"]?.text
            engine.defaultRuntime = settings["default-runtime"]?.text
            engine.hasCDI = settings["features"]?["cdi"]?.isTrue ?? false
            let options = settings["exec-opts"]?.elements.compactMap(\.text) ?? []
            engine.cgroupDriver =
                options.compactMap { $0.splitOnce(at: "=") }.first { $0.0 == "native.cgroupdriver" }?.1
        } catch {
            engine.malformed = error.description
        }
    }

    mutating func inspectPodman() {
        guard tree.program("podman") != nil else { return }
        var engine = HostInspection.Engine(name: .podman)
        // Source: Podman's release notes, 4.1.0.
        engine.hasCDI = true
        if let output = answer(of: .podman), output.status != nil {
            let words = output.text.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.count == 2, VersionNumbers.parse(words[0].prefix { $0 != "-" }) != nil {
                engine.version = words[0]
                engine.hasCDI = !VersionNumbers.isOlder(words[0], than: [4, 1])
                engine.isRootless = words[1] == "true"
            } else {
                engine.failure = output.text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(200)) }
            }
        }
        if tree.exists("/usr/share/containers/oci/hooks.d/oci-nvidia-hook.json") { engine.runtimes = [Self.nvidia] }
        host.engines.append(engine)
    }

    mutating func inspectContainerd() {
        guard tree.program("containerd") != nil else { return }
        var engine = HostInspection.Engine(name: .containerd)
        engine.version = answer(of: .containerd).flatMap { Self.containerdVersion(in: $0.text) }
        engine.configuration = "/etc/containerd/config.toml"
        // The second major version has CDI switched on.
        engine.hasCDI = engine.version.map { !$0.hasPrefix("1.") && !$0.hasPrefix("0.") } ?? false
        readContainerd(&engine)
        engine.isRuntimeThere = engine.runtimePath.map(isThere)
        host.engines.append(engine)
    }

    mutating func inspectCRIO() {
        guard tree.program("crio") != nil else { return }
        var engine = HostInspection.Engine(name: .crio)
        engine.version = answer(of: .crio).flatMap { Self.version(after: "version", in: $0.text.lowercased()) }
        engine.configuration = "/etc/crio/crio.conf"
        engine.hasCDI = true
        for path in ["/etc/crio/crio.conf"] + dropIns("/etc/crio/conf.d") + dropIns("/etc/crio/crio.conf.d") {
            guard let settings = settings(of: path, for: &engine) else { continue }
            let runtime = ["crio", "runtime"]
            if settings.hasTable(runtime + ["runtimes", Self.nvidia]) { register(path, in: &engine) }
            engine.runtimePath =
                settings.values[runtime + ["runtimes", Self.nvidia, "runtime_path"]] ?? engine.runtimePath
            engine.defaultRuntime = settings.values[runtime + ["default_runtime"]] ?? engine.defaultRuntime
        }
        engine.isRuntimeThere = engine.runtimePath.map(isThere)
        host.engines.append(engine)
    }

    private mutating func dropIns(_ folder: String) -> [String] {
        names(in: folder).filter { $0.hasSuffix(".toml") || $0.hasSuffix(".conf") }.map { "\(folder)/\($0)" }
    }

    private func register(_ path: String, in engine: inout HostInspection.Engine) {
        engine.runtimes = [Self.nvidia]
        engine.configuration = path
    }

    /// A configuration's settings; what is wrong with it is noted.
    private mutating func settings(of path: String, for engine: inout HostInspection.Engine) -> TOMLSettings? {
        guard let text = text(of: path) else { return nil }
        let settings = TOMLSettings(text)
        if let problem = settings.problem, engine.malformed == nil {
            engine.malformed = problem
            engine.configuration = path
        }
        return settings.problem == nil ? settings : nil
    }

    /// containerd reads one file and those that its `imports` name.
    private mutating func readContainerd(_ engine: inout HostInspection.Engine) {
        let path = "/etc/containerd/config.toml"
        let isSecond = engine.version.map { !VersionNumbers.isOlder($0, than: [2]) } ?? false
        let main = settings(of: path, for: &engine)
        let version = main?.values[["version"]]
        if let main { readContainerd(main, path, version, isSecond, &engine) }
        var imports = main?.lists[["imports"]] ?? []
        if isSecond, imports.isEmpty { imports = ["/etc/containerd/conf.d/*.toml"] }
        var done: Set<String> = [path]
        for entry in first(100, of: imports, at: path) {
            for file in files(of: entry) where done.insert(file).inserted {
                guard let settings = settings(of: file, for: &engine) else { continue }
                readContainerd(settings, file, settings.values[["version"]] ?? version, isSecond, &engine)
            }
        }
    }

    /// The files that an entry of `imports` names: a path, or one with `*` in its last part.
    private mutating func files(of entry: String) -> [String] {
        guard entry.hasPrefix("/"), entry.contains("*") else { return entry.hasPrefix("/") ? [entry] : [] }
        let parts = entry.split(separator: "/").map(String.init)
        let folder = "/" + parts.dropLast().joined(separator: "/")
        let around = (parts.last ?? "").split(separator: "*", omittingEmptySubsequences: false)
        guard around.count == 2, !folder.contains("*") else { return [] }
        return names(in: folder).filter { $0.hasPrefix(around[0]) && $0.hasSuffix(around[1]) }.map { "\(folder)/\($0)" }
    }

    /// The name of the plugin depends on the version of the configuration: a table of another name has no effect.
    ///
    /// Source: containerd's `docs/cri/config.md`; the second major version moves the names of older configurations.
    private func readContainerd(
        _ settings: TOMLSettings, _ path: String, _ version: String?, _ isSecond: Bool,
        _ engine: inout HostInspection.Engine
    ) {
        let names: [String]
        switch version {
        case nil, "1": names = ["cri"]
        case "2": names = ["io.containerd.grpc.v1.cri"] + (isSecond ? ["io.containerd.cri.v1.runtime"] : [])
        default: names = ["io.containerd.cri.v1.runtime"]
        }
        let disabled = settings.lists[["disabled_plugins"]] ?? []
        let plugins = ["cri", "io.containerd.grpc.v1.cri", "io.containerd.cri.v1.runtime"]
        if disabled.contains(where: plugins.contains) { engine.isCRIDisabled = true }
        for name in names {
            let plugin = ["plugins", name]
            let runtime = plugin + ["containerd", "runtimes", Self.nvidia]
            if settings.hasTable(runtime) { register(path, in: &engine) }
            engine.runtimePath = settings.values[runtime + ["options", "BinaryName"]] ?? engine.runtimePath
            engine.defaultRuntime =
                settings.values[plugin + ["containerd", "default_runtime_name"]] ?? engine.defaultRuntime
            if let isOn = settings.values[plugin + ["enable_cdi"]] { engine.hasCDI = isOn == "true" }
            if settings.value(below: plugin, endingIn: ["options", "SystemdCgroup"]) == "true" {
                engine.cgroupDriver = "systemd"
            }
        }
    }

    /// `1.7.12` of `containerd github.com/containerd/containerd v1.7.12 71909c…`
    private static func containerdVersion(in text: String) -> String? {
        text.split(whereSeparator: \.isWhitespace).map { $0.first == "v" ? $0.dropFirst() : $0 }
            .first { $0.first?.isNumber == true && $0.contains(".") }.map {
                String($0.prefix { $0.isNumber || $0 == "." })
            }
    }
}
