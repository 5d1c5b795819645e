extension HostInspector {
    mutating func inspectCDI() {
        let folders = ["/etc/cdi", catalog.containerToolkit?[.cdiRefreshed] ?? "/var/run/cdi"]
        for (priority, folder) in folders.enumerated() {
            let files = names(in: folder).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }
            for name in first(100, of: files, at: folder) {
                let path = "\(folder)/\(name)"
                guard let text = text(of: path, limit: 8 << 20) else { continue }
                guard var specification = Self.specification(text, path: path) else {
                    note(FileError(path: path, reason: "Not a CDI specification"))
                    continue
                }
                specification.priority = priority
                if specification.kind.hasPrefix("nvidia.com/") { host.cdi.append(specification) }
            }
        }
    }

    /// JSON is YAML, too.
    private static func specification(_ text: String, path: String) -> HostInspection.CDISpecification? {
        let findings = FindingList()
        guard let root = YAMLComposer.compose(text, fileName: path, findings: findings), !findings.hasErrors,
            case .mapping(let entries) = root.content, let kind = entries.first(where: { $0.key == "kind" })?.value.text
        else { return nil }
        var devices: [String] = []
        if case .sequence(let items)? = entries.first(where: { $0.key == "devices" })?.value.content {
            for case .mapping(let device) in items.map(\.content) {
                if let name = device.first(where: { $0.key == "name" })?.value.text { devices.append(name) }
            }
        }
        return HostInspection.CDISpecification(path: path, kind: kind, devices: devices, driver: driver(in: text))
    }

    /// The version in the name of the driver's library: `…/libcuda.so.550.54.14`.
    private static func driver(in text: String) -> DriverVersion? {
        for bytes in text.utf8.split(separator: 0x0a) {
            let line = String(decoding: bytes.prefix(4096), as: UTF8.self)
            guard line.containsBytes(of: ".so."),
                let match = line.firstMatch(of: #/lib(?:cuda|nvidia-ml)\.so\.([0-9]+(?:\.[0-9]+)+)/#)
            else { continue }
            // On WSL2 the library has no driver's version: libcuda.so.1.1
            if let version = DriverVersion(String(match.1)), version.isOfLibrary { return version }
        }
        return nil
    }
}

extension DriverVersion {
    /// Whether a library's file name can have this version: `1` and `1.1` are the interface's.
    ///
    /// A bound between the two: interfaces count from 1, and every driver that the catalogue names is of a branch above 100.
    var isOfLibrary: Bool { components.count > 1 && branch >= 100 }
}

extension YAMLNode {
    fileprivate var text: String? {
        if case .scalar(let scalar) = content { scalar.text } else { nil }
    }
}
