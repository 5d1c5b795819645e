import Foundation

@testable import CudaImageKit

/// A host's files, built in code: a healthy one to start from, and what is to be broken.
struct RecordedHost {
    /// Contents by path.
    var files: [String: String] = [:]
    var links: [String: String] = [:]
    /// Permissions of paths that are not open to everybody.
    var permissions: [String: Int] = [:]
    /// Outputs of programs.
    var outputs: [HostProgram: String] = [:]

    /// Writes the tree.
    func write(to folder: String) throws {
        for (path, text) in files { try put(Data(text.utf8), at: folder + path) }
        for (program, text) in outputs {
            try put(Data(text.utf8), at: "\(folder)\(HostTree.outputs)/\(program.rawValue).txt")
        }
        for (path, target) in links {
            try makeFolder(of: folder + path)
            try FileManager.default.createSymbolicLink(atPath: folder + path, withDestinationPath: target)
        }
        for path in files.keys where path.hasPrefix("/dev/") {
            let mode = permissions[path] ?? 0o666
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder + path)
        }
    }

    private func put(_ data: Data, at path: String) throws {
        try makeFolder(of: path)
        try data.write(to: URL(fileURLWithPath: path))
    }

    private func makeFolder(of path: String) throws {
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    }

    /// Everything that was found, and the judgement.
    func report(image: HostImage? = nil) throws -> HostReport {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try write(to: folder.path)
        return Self.report(of: folder.path, image: image)
    }

    static func report(of folder: String, image: HostImage? = nil) -> HostReport {
        let inspector = HostInspector(tree: HostTree(folder: folder), catalog: .embedded) { _ in nil }
        return HostReport(inspector.inspect(), image: image, catalog: .embedded)
    }

    func with(_ change: (inout RecordedHost) -> Void) -> RecordedHost {
        var host = self
        change(&host)
        return host
    }

    mutating func remove(_ prefixes: String...) {
        for path in files.keys where prefixes.contains(where: path.hasPrefix) { files[path] = nil }
        for path in links.keys where prefixes.contains(where: path.hasPrefix) { links[path] = nil }
    }
}

extension RecordedHost {
    /// Ubuntu without NVIDIA's anything.
    static var bare: RecordedHost {
        RecordedHost(files: [
            "/etc/os-release": "ID=ubuntu\nVERSION_ID=\"22.04\"\nPRETTY_NAME=\"Ubuntu 22.04.5 LTS\"\nID_LIKE=debian\n",
            "/lib64/ld-linux-x86-64.so.2": "", "/proc/version": "Linux version 5.15.0-127-generic\n",
            "/proc/modules": "ext4 1 0 - Live 0x0\n", "/proc/1/cgroup": "0::/init.scope\n",
            "/sys/fs/cgroup/cgroup.controllers": "cpu memory\n", "/dev/null": "",
            "/sys/bus/pci/devices/0000:00:02.0/vendor": "0x8086\n",
            "/sys/bus/pci/devices/0000:00:02.0/class": "0x030000\n",
            "/var/lib/dpkg/status": "Package: bash\nStatus: install ok installed\nVersion: 5.1-6\n\n",
        ])
    }

    /// With GPUs on the bus, and a driver that works.
    static func gpu(
        _ name: String = "NVIDIA A100-SXM4-80GB", driver: String = "550.54.14", cuda: String = "12.4",
        capability: String = "8.0", count: Int = 1
    ) -> RecordedHost {
        bare.with { host in
            host.files["/proc/driver/nvidia/version"] =
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  \(driver)  Thu Feb 22 01:44:30 UTC 2024\n"
            host.files["/usr/lib/x86_64-linux-gnu/libcuda.so.\(driver)"] = ""
            host.links["/usr/lib/x86_64-linux-gnu/libcuda.so.1"] = "libcuda.so.\(driver)"
            host.files["/dev/nvidiactl"] = ""
            host.files["/dev/nvidia-uvm"] = ""
            host.files["/dev/nvidia-uvm-tools"] = ""
            host.links["/dev/char/195:255"] = "../nvidiactl"
            for number in 0..<count {
                host.files["/sys/bus/pci/devices/0000:0\(number + 7):00.0/vendor"] = "0x10de\n"
                host.files["/sys/bus/pci/devices/0000:0\(number + 7):00.0/class"] = "0x030200\n"
                host.files["/proc/driver/nvidia/gpus/0000:0\(number + 7):00.0/information"] =
                    "Model: \t\t \(name)\nIRQ:   \t\t 42\nGPU UUID: \t GPU-0000000\(number)-aaaa-bbbb-cccc-dddddddddddd\n"
                host.files["/dev/nvidia\(number)"] = ""
            }
            host.outputs[.nvidiaSMI] = """
                Thu Feb 22 10:00:00 2024
                +-----------------------------------------------------------------------------------------+
                | NVIDIA-SMI \(driver)              Driver Version: \(driver)      CUDA Version: \(cuda)     |
                |-----------------------------------------+------------------------+----------------------+

                """
            host.outputs[.nvidiaSMIQuery] = (0..<count).map {
                "\(name), GPU-0000000\($0)-aaaa-bbbb-cccc-dddddddddddd, \(capability)\n"
            }.joined()
        }
    }

    /// With the Container Toolkit.
    mutating func addToolkit(_ version: String = "1.20.0") {
        for name in ["nvidia-ctk", "nvidia-container-runtime", "nvidia-container-runtime-hook", "nvidia-container-cli"]
        {
            files["/usr/bin/\(name)"] = ""
        }
        files["/etc/nvidia-container-runtime/config.toml"] = """
            #accept-nvidia-visible-devices-as-volume-mounts = false
            [nvidia-container-cli]
            environment = []
            load-kmods = true
            #no-cgroups = true
            [nvidia-container-runtime]
            mode = "auto"
            """
        outputs[.nvidiaCTK] = "NVIDIA Container Toolkit CLI version \(version)\ncommit: 0123456789abcdef\n"
        outputs[.containerCLI] = "cli-version: \(version)\nlib-version: \(version)\nbuild date: 2026-08-01\n"
    }

    /// With Docker that knows NVIDIA's runtime.
    mutating func addDocker(
        _ version: String = "28.3.2", configuration: String? = nil,
        runtimes: String = #"{"nvidia":{"path":"x"},"runc":{}}"#,
        rootless: Bool = false, cgroup: String = "systemd"
    ) {
        files["/usr/bin/docker"] = ""
        files["/usr/bin/dockerd"] = ""
        files["/etc/docker/daemon.json"] =
            configuration ?? #"{"runtimes": {"nvidia": {"args": [], "path": "nvidia-container-runtime"}}}"#
        outputs[.docker] =
            #"{"ServerVersion":"\#(version)","Runtimes":\#(runtimes),"DefaultRuntime":"runc","CgroupDriver":"\#(cgroup)","#
            + #""SecurityOptions":["name=seccomp,profile=builtin"\#(rootless ? #","name=rootless""# : "")]}"# + "\n"
    }

    mutating func addPodman(rootless: Bool = false) {
        files["/usr/bin/podman"] = ""
        outputs[.podman] = "5.4.2 \(rootless)\n"
    }

    mutating func addCDI(driver: String = "550.54.14", path: String = "/etc/cdi/nvidia.yaml") {
        files[path] = """
            cdiVersion: 0.5.0
            kind: nvidia.com/gpu
            devices:
                - name: "0"
                  containerEdits:
                    deviceNodes:
                        - path: /dev/nvidia0
                - name: all
                  containerEdits:
                    deviceNodes:
                        - path: /dev/nvidia0
            containerEdits:
                mounts:
                    - hostPath: /usr/lib/x86_64-linux-gnu/libcuda.so.\(driver)
                      containerPath: /usr/lib/x86_64-linux-gnu/libcuda.so.\(driver)

            """
    }

    static var healthy: RecordedHost {
        gpu().with {
            $0.addToolkit()
            $0.addDocker()
        }
    }
}
