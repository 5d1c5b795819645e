extension HostReport {
    /// For people: what is there, what is wrong, and what to do.
    public var text: String {
        let sections = [facts] + findings.map(Self.text)
        return sections.joined(separator: "\n") + "\n" + summary + "\n"
    }

    private var facts: String {
        var rows: [(String, String)] = [("host", system), ("driver", driver)]
        for (index, gpu) in host.gpus.enumerated() {
            rows.append(("GPU \(index)", gpu.name + (gpu.capability.map { ", compute capability \($0.number)" } ?? "")))
        }
        if host.gpus.isEmpty { rows.append(("GPUs", host.pciGPUs.map { "\($0) on the PCI bus" } ?? "none seen")) }
        rows.append(("toolkit", toolkit))
        for engine in host.engines { rows.append((engine.name.rawValue, Self.describe(engine))) }
        for specification in host.cdi {
            let devices = specification.devices.count
            rows.append(
                (
                    "CDI",
                    "\(specification.path): \(specification.kind), \(devices) device\(devices == 1 ? "" : "s")"
                        + (specification.driver.map { ", driver \($0)" } ?? "")
                ))
        }
        if let image { rows.append(("image", "\(image.name), CUDA \(image.cuda)")) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value.printable + "\n"
        }.joined()
    }

    private var system: String {
        var parts = [host.distribution?.name ?? "unknown distribution"]
        if let platform = host.platform { parts.append(platform.description) }
        if host.isWSL { parts.append("WSL2") }
        if host.isWSL1 { parts.append("WSL1") }
        if let release = host.jetsonRelease { parts.append("Jetson Linux \(release)") }
        if host.isContainer { parts.append("inside a container") }
        return parts.joined(separator: ", ")
    }

    private var driver: String {
        guard let version = host.driver.version else { return "none" }
        var parts = ["\(version)"]
        if let cuda = host.driver.cuda { parts.append("up to CUDA \(cuda)") }
        if host.driver.kernel == nil, host.driver.reported == nil { parts.append("libraries alone") }
        return parts.joined(separator: ", ")
    }

    private var toolkit: String {
        guard host.toolkit.isInstalled || host.toolkit.version != nil else { return "none" }
        return host.toolkit.version ?? "unknown version"
    }

    private static func describe(_ engine: HostInspection.Engine) -> String {
        var parts = [engine.version ?? "unknown version"]
        if engine.isRootless { parts.append("rootless") }
        if engine.isElsewhere { parts.append("runs elsewhere") }
        let runtimes = engine.runtimes + (engine.knowsNVIDIA && !engine.runtimes.contains("nvidia") ? ["nvidia"] : [])
        if !runtimes.isEmpty { parts.append("runtimes \(runtimes.joined(separator: " "))") }
        if let runtime = engine.defaultRuntime { parts.append("default runtime \(runtime)") }
        if let driver = engine.cgroupDriver { parts.append("cgroup driver \(driver)") }
        if engine.hasCDI { parts.append("CDI") }
        return parts.joined(separator: ", ")
    }

    private static func text(of finding: HostFinding) -> String {
        var lines = [
            "\(finding.severity.rawValue)[\(finding.code.rawValue)]: \(finding.message)", "  why: \(finding.reason)",
        ]
        for (index, command) in finding.commands.enumerated() {
            lines.append((index == 0 ? "  run: " : "       ") + command)
        }
        if let advice = finding.advice { lines.append((finding.commands.isEmpty ? "  fix: " : "  also: ") + advice) }
        return lines.map { $0.printable + "\n" }.joined()
    }

    private var summary: String {
        let counts = [(count(.error), "error"), (count(.warning), "warning"), (count(.note), "note")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
        let answer =
            switch verdict {
            case .ready:
                image.map { image in
                    findings.contains { $0.code == .imageGone }
                        ? "ready for \(image.name), if it can be had" : "ready: nothing stops \(image.name) here"
                } ?? "ready: containers get their GPUs"
            case .notReady: "not ready"
            case .noGPU: "no GPU to be seen"
            }
        return answer + (counts.isEmpty ? "" : " (\(counts))")
    }
}
