extension HostInspector {
    /// Where the driver's libraries are; containers get them from there.
    private static let libraryFolders = [
        "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/nvidia/lib64",
        "/usr/lib/x86_64-linux-gnu/nvidia/current", "/usr/lib/aarch64-linux-gnu/nvidia", "/run/opengl-driver/lib",
        "/run/nvidia/driver/usr/lib/x86_64-linux-gnu",
    ]

    mutating func inspectDriver() {
        host.driver.kernel = text(of: "/proc/driver/nvidia/version").flatMap { DriverVersion(kernelModule: $0) }
        var libraries: Set<DriverVersion> = []
        for folder in Self.libraryFolders + loaderFolders() {
            for name in names(in: folder) where name.hasPrefix("libcuda.so.") {
                guard let version = DriverVersion(String(name.dropFirst("libcuda.so.".count))), version.isOfLibrary
                else { continue }
                libraries.insert(version)
            }
        }
        host.driver.libraries = libraries.sorted()
        let modules = text(of: "/proc/modules") ?? ""
        host.driver.isNouveauLoaded = modules.split(separator: "\n").contains { $0.hasPrefix("nouveau ") }
        guard let output = answer(of: .nvidiaSMI) else { return }
        host.driver.reported = Self.value(after: "Driver Version:", in: output.text).flatMap { DriverVersion($0) }
        host.driver.cuda = Self.value(after: "CUDA Version:", in: output.text).flatMap { CUDAVersion($0) }
        if host.driver.reported == nil, output.status != nil {
            let line = output.text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
            host.driver.failure = line.map { String($0.prefix(200)) } ?? "it printed nothing"
        }
    }

    /// Further folders that the loader's configuration names.
    private mutating func loaderFolders() -> [String] {
        var folders: [String] = []
        let place = "/etc/ld.so.conf.d"
        for name in first(100, of: names(in: place).filter { $0.hasSuffix(".conf") }, at: place) {
            let lines = text(of: "\(place)/\(name)", limit: 1 << 16)?.split(whereSeparator: \.isNewline) ?? []
            folders += lines.filter { $0.hasPrefix("/") }.map { String($0.prefix { !$0.isWhitespace }) }
        }
        // Toolkits and WSL2 put libraries of other drivers there.
        let others = folders.uniqued.filter {
            !Self.libraryFolders.contains($0) && !$0.containsBytes(of: "/compat") && !$0.containsBytes(of: "/wsl/")
                && !$0.containsBytes(of: "/i386-linux-gnu")
        }
        return Array(first(200, of: others, at: place))
    }

    mutating func inspectGPUs() {
        if let vendors = pciVendors() { host.pciGPUs = vendors }
        for name in tree.names(in: "/dev") where name.hasPrefix("nvidia") || name == "dxg" || name == "nvgpu" {
            if name == "nvidia-caps" { continue }
            host.deviceNodes["/dev/\(name)"] = tree.permissions(of: "/dev/\(name)")
        }
        host.hasDeviceLinks = tree.names(in: "/dev/char").contains { $0.hasPrefix("195:") }
        host.gpus = reportedGPUs() ?? modelsOfKernel()
        if host.gpus.isEmpty, host.jetsonRelease != nil { host.gpus = jetson() }
    }

    /// What `nvidia-smi` lists; drivers before 510 or so know no compute capability.
    private mutating func reportedGPUs() -> [HostInspection.Graphics]? {
        guard host.driver.reported != nil, let output = answer(of: .nvidiaSMIQuery) else { return nil }
        var gpus: [HostInspection.Graphics] = []
        for line in output.text.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init)
            guard fields.count == 3, fields[1].hasPrefix("GPU-") else { continue }
            gpus.append(
                HostInspection.Graphics(
                    name: fields[0], uuid: fields[1],
                    capability: ComputeCapability(fields[2]) ?? catalog.gpu(named: fields[0])?.capability))
        }
        return gpus.isEmpty ? nil : gpus
    }

    /// What the kernel module lists: `Model: 		 NVIDIA A100-SXM4-80GB`.
    private mutating func modelsOfKernel() -> [HostInspection.Graphics] {
        var gpus: [HostInspection.Graphics] = []
        let folder = "/proc/driver/nvidia/gpus"
        for bus in first(64, of: names(in: folder), at: folder) {
            guard let text = text(of: "\(folder)/\(bus)/information") else { continue }
            var values: [String: String] = [:]
            for line in text.split(whereSeparator: \.isNewline) {
                guard let (name, value) = String(line).splitOnce(at: ":") else { continue }
                values[name] = String(value.drop(while: \.isWhitespace))
            }
            guard let name = values["Model"] else { continue }
            gpus.append(
                HostInspection.Graphics(
                    name: name, uuid: values["GPU UUID"], capability: catalog.gpu(named: name)?.capability))
        }
        return gpus
    }

    /// `NVIDIA Jetson AGX Orin Developer Kit`
    private mutating func jetson() -> [HostInspection.Graphics] {
        guard let model = text(of: "/proc/device-tree/model")?.prefix(while: { $0 != "\0" }) else { return [] }
        let generation = catalog.gpuGenerations.first {
            $0.names.contains { $0.hasPrefix("Jetson") && model.contains($0) }
        }
        return [HostInspection.Graphics(name: String(model), uuid: nil, capability: generation?.capability)]
    }

    /// The number of NVIDIA's display controllers on the PCI bus.
    private mutating func pciVendors() -> Int? {
        let folder = "/sys/bus/pci/devices"
        guard tree.kind(of: folder) == .folder else { return nil }
        var count = 0
        for device in tree.names(in: folder) {
            guard text(of: "\(folder)/\(device)/vendor")?.hasPrefix("0x10de") == true else { continue }
            guard text(of: "\(folder)/\(device)/class")?.hasPrefix("0x03") == true else { continue }
            count += 1
            if tree.linkName(of: "\(folder)/\(device)/driver") == "vfio-pci" { host.passedThroughGPUs += 1 }
        }
        return count
    }

    /// The word behind a label: `12.2` behind `CUDA Version:`.
    private static func value(after label: String, in text: String) -> String? {
        guard let range = text.firstRange(of: label) else { return nil }
        let word = text[range.upperBound...].drop { $0 == " " }.prefix { !$0.isWhitespace && $0 != "|" }
        return word.isEmpty ? nil : String(word)
    }
}
