import Foundation
import Testing

@Suite struct DoctorTests {
    /// A host with a GPU on the bus and little else.
    private func makeHost(_ program: Program, _ files: [String: String] = [:]) throws {
        let all = [
            "etc/os-release": "ID=rocky\nVERSION_ID=9.5\nPRETTY_NAME=\"Rocky Linux 9.5\"\nID_LIKE=\"rhel fedora\"\n",
            "sys/bus/pci/devices/0000:01:00.0/vendor": "0x10de", "sys/bus/pci/devices/0000:01:00.0/class": "0x030200",
        ].merging(files) { _, own in own }
        for (path, text) in all {
            let folder = URL(fileURLWithPath: "\(program.folder)/host/\(path)").deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try program.write(text, to: "host/\(path)")
        }
    }

    private static let working = [
        "proc/driver/nvidia/version": "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.65.06  Sun Jul 27 2025\n",
        "usr/lib64/libcuda.so.580.65.06": "", "dev/nvidia0": "", "dev/nvidiactl": "", "dev/nvidia-uvm": "",
        "proc/driver/nvidia/gpus/0000:01:00.0/information": "Model: \t NVIDIA H100 80GB HBM3\n",
        "usr/bin/podman": "", "usr/bin/nvidia-ctk": "", "usr/bin/nvidia-container-runtime": "",
        "etc/cdi/nvidia.yaml": "cdiVersion: 0.6.0\nkind: nvidia.com/gpu\ndevices: [{name: all}]\n",
    ]

    private func open(_ program: Program) throws {
        for node in ["nvidia0", "nvidiactl", "nvidia-uvm"] {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o666], ofItemAtPath: "\(program.folder)/host/dev/\(node)")
        }
    }

    @Test func exitCodeIsTheAnswer() throws {
        let program = try Program()
        defer { program.remove() }
        try makeHost(program)
        let broken = try program.run("doctor", "--root", "host")
        #expect(broken.status == 1 && broken.output.contains("error[driver-missing]") && broken.errors.isEmpty)
        try makeHost(program, Self.working)
        try open(program)
        let ready = try program.run("doctor", "--root", "host")
        #expect(ready.status == 0, "\(ready.output)")
        try makeHost(program, ["sys/bus/pci/devices/0000:01:00.0/vendor": "0x8086"])
        try FileManager.default.removeItem(atPath: "\(program.folder)/host/proc")
        try FileManager.default.removeItem(atPath: "\(program.folder)/host/dev")
        #expect(try program.run("doctor", "--root", "host").status == 3)
        #expect(try program.run("doctor", "--root", "nowhere").status == 3)
    }

    @Test func imageIsJudgedOnTheHost() throws {
        let program = try Program()
        defer { program.remove() }
        try makeHost(program, Self.working)
        try open(program)
        try program.write(TestRecipe.good, to: "app.yaml")
        #expect(try program.run("doctor", "--root", "host", "app.yaml").status == 0)
        #expect(try program.run("doctor", "--root", "host", "nvidia/cuda:13.0.2-base-ubuntu24.04").status == 0)
        let old = try program.run("doctor", "--root", "host", "11.4.3-base-ubuntu20.04")
        #expect(old.status == 1 && old.output.contains("error[image-gpu]"))
        #expect(try program.run("doctor", "--root", "host", "11.4.9-base-ubuntu20.04").status == 2)
        try program.write(TestRecipe.impossible, to: "app.yaml")
        #expect(try program.run("doctor", "--root", "host", "app.yaml").status == 2)
    }

    @Test func reportIsForProgramsToo() throws {
        let program = try Program()
        defer { program.remove() }
        try makeHost(program)
        let report = try program.run("doctor", "--root", "host", "--format", "json").json()
        #expect(report["version"] as? Int == 1 && report["verdict"] as? String == "not-ready")
        let findings = try #require(report["findings"] as? [[String: Any]])
        #expect(findings.first?["code"] as? String == "driver-missing")
        let schemaFile = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Schemas/doctor-report.v1.json")
        let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: schemaFile)) as? [String: Any]
        let required = try #require(schema?["required"] as? [String])
        #expect(Set(report.keys) == Set(required))
        let definitions = try #require(schema?["$defs"] as? [String: [String: Any]])
        let host = try #require(report["host"] as? [String: Any])
        #expect(Set(host.keys) == Set(definitions["host"]?["required"] as? [String] ?? []))
    }

    @Test func messageIsExplained() throws {
        let program = try Program()
        defer { program.remove() }
        let message = "Failed to initialize NVML: Unknown Error"
        let result = try program.run("doctor", "--explain", message)
        #expect(result.status == 0 && result.output.hasPrefix("devices-lost: '\(message)'\n  at:"))
        let piped = try program.run("doctor", "--explain", "-", "--format", "json", input: "log\n\(message)\n")
        let explanations = try #require(piped.json()["explanations"] as? [[String: Any]])
        #expect(explanations.map { $0["name"] as? String } == ["devices-lost"])
        let unknown = try program.run("doctor", "--explain", "fine")
        #expect(unknown.status == 1 && unknown.output.isEmpty && !unknown.errors.isEmpty)
        #expect(try program.run("doctor", "--explain", message, "app.yaml").status == 64)
    }

    @Test func thisMachineIsInspected() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("doctor")
        #expect([0, 1, 3].contains(result.status))
        #expect(program.files.isEmpty)
    }

    /// A program that hangs, and one that floods.
    @Test func programThatHangsIsNotWaitedFor() throws {
        var program = try Program()
        defer { program.remove() }
        for (name, text) in [
            ("docker", "#!/bin/sh\nexec sleep 3600\n"), ("nvidia-smi", "#!/bin/sh\nyes | head -c 5000000\n"),
        ] {
            try program.write(text, to: name)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: "\(program.folder)/\(name)")
        }
        program.environment["PATH"] = "\(program.folder):/usr/bin:/bin"
        let start = ContinuousClock.now
        let result = try program.run("doctor")
        #expect([1, 3].contains(result.status) && ContinuousClock.now - start < .seconds(600))
    }

    @Test func hostScriptIsPrinted() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("host", "--distribution", "rockylinux9", "--runtime", "podman")
        #expect(result.status == 0 && result.output.hasPrefix("#!/bin/sh\n") && result.output.contains("dnf install"))
        let mirror = try program.run("host", "--distribution", "ubuntu22.04", "--mirror", "https://m.example/$(id)")
        #expect(mirror.status == 64 && mirror.output.isEmpty)
        #expect(mirror.errors.contains("without a user name or password"), "\(mirror.errors)")
        #expect(try program.run("host", "--distribution", "arch1").status == 64)
    }
}
