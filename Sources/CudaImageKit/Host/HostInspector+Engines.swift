extension HostInspector {
    private static let nvidia = "nvidia"

    mutating func inspectDocker() {
        guard tree.program("docker") != nil || tree.program("dockerd") != nil else { return }
        var engine = HostInspection.Engine(name: .docker)
        let info = dockerInformation(&engine)
        let options = info?["SecurityOptions"]?.elements.compactMap(\.text) ?? []
        let rootlessHome = homes.first { tree.exists("\($0)/.config/systemd/user/docker.service") }
        engine.isRootless = options.contains { $0.hasPrefix("name=rootless") } || info == nil && rootlessHome != nil
        let home = rootlessHome ?? homes.first ?? ""
        let path = engine.isRootless ? "\(home)/.config/docker/daemon.json" : "/etc/docker/daemon.json"
        engine.configuration = path
        readDaemonConfiguration(path, into: &engine)
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

    private mutating func readDaemonConfiguration(_ path: String, into engine: inout HostInspection.Engine) {
        let text: String?
        do {
            text = try tree.text(of: path)
        } catch {
            engine.malformed = error.reason
            return
        }
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
        engine.hasCDI = true
        if let output = answer(of: .podman), output.status != nil {
            let words = output.text.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.count == 2, DriverVersion(words[0].split(separator: "-").first.map(String.init) ?? "") != nil {
                engine.version = words[0]
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
        readSettings(
            ["/etc/containerd/config.toml"] + dropIns("/etc/containerd/conf.d"), into: &engine,
            runtimes: ["containerd", "runtimes", Self.nvidia], defaultRuntime: ["containerd", "default_runtime_name"])
        host.engines.append(engine)
    }

    mutating func inspectCRIO() {
        guard tree.program("crio") != nil else { return }
        var engine = HostInspection.Engine(name: .crio)
        engine.version = answer(of: .crio).flatMap { Self.version(after: "version", in: $0.text.lowercased()) }
        engine.configuration = "/etc/crio/crio.conf"
        engine.hasCDI = true
        readSettings(
            ["/etc/crio/crio.conf"] + dropIns("/etc/crio/conf.d") + dropIns("/etc/crio/crio.conf.d"), into: &engine,
            runtimes: ["crio", "runtime", "runtimes", Self.nvidia],
            defaultRuntime: ["crio", "runtime", "default_runtime"])
        host.engines.append(engine)
    }

    private func dropIns(_ folder: String) -> [String] {
        tree.names(in: folder).filter { $0.hasSuffix(".toml") || $0.hasSuffix(".conf") }.map { "\(folder)/\($0)" }
    }

    private mutating func readSettings(
        _ paths: [String], into engine: inout HostInspection.Engine, runtimes: [String], defaultRuntime: [String]
    ) {
        for path in paths {
            guard let text = text(of: path) else { continue }
            let settings = TOMLSettings(text)
            if settings.hasTable(endingIn: runtimes) {
                engine.runtimes = [Self.nvidia]
                engine.configuration = path
            }
            engine.runtimePath =
                settings.values(endingIn: runtimes + ["options", "BinaryName"]).first
                ?? settings.values(endingIn: runtimes + ["runtime_path"]).first ?? engine.runtimePath
            engine.defaultRuntime = settings.values(endingIn: defaultRuntime).first ?? engine.defaultRuntime
            if let isOn = settings.values(endingIn: ["enable_cdi"]).first { engine.hasCDI = isOn == "true" }
            if settings.values(endingIn: ["options", "SystemdCgroup"]).contains("true") {
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
