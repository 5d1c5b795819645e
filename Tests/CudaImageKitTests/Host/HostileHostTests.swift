import Foundation
import Testing

@testable import CudaImageKit

/// Whatever stands in a host's files: an answer within seconds, and never a crash.
@Suite struct HostileHostTests {
    private func report(_ host: RecordedHost, change: (String) throws -> Void = { _ in }) throws -> HostReport {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try host.write(to: folder.path)
        try change(folder.path)
        return RecordedHost.report(of: folder.path)
    }

    @Test func hugeConfigurationIsSaid() throws {
        let report = try report(
            .healthy.with { $0.files["/etc/docker/daemon.json"] = String(repeating: " ", count: 3 << 20) + "{}" })
        #expect(report.findings.map(\.code) == [.unreadableFile] && report.verdict == .ready)
        #expect(report.findings[0].message.contains("Larger than"))
    }

    @Test(arguments: [
        "/etc/docker/daemon.json", "/etc/os-release", "/proc/driver/nvidia/version", "/etc/cdi/nvidia.yaml",
    ])
    func pipeInPlaceOfAFileDoesNotHang(path: String) throws {
        let report = try report(.healthy.with { $0.addCDI() }) { folder in
            try FileManager.default.removeItem(atPath: folder + path)
            #expect(mkfifo(folder + path, 0o600) == 0)
        }
        let said = report.findings.filter { $0.code == .unreadableFile }
        #expect(!report.findings.contains { $0.code == .configurationMalformed })
        #expect(said.contains { $0.message.contains(path) && $0.message.contains("Not a regular file") })
    }

    @Test func folderInPlaceOfAFileIsSaid() throws {
        let report = try report(.healthy) { folder in
            try FileManager.default.removeItem(atPath: folder + "/etc/docker/daemon.json")
            try FileManager.default.createDirectory(
                atPath: folder + "/etc/docker/daemon.json", withIntermediateDirectories: false)
        }
        #expect(report.findings.map(\.code) == [.unreadableFile])
    }

    /// What was not read is not known, whatever would follow from its absence.
    @Test(arguments: [
        "/etc/containerd/config.toml", "/etc/containerd/conf.d", "/etc/crio/crio.conf", "/etc/cdi",
        "/etc/cdi/nvidia.yaml",
    ])
    func unreadableConfigurationProvesNothing(path: String) throws {
        var host = RecordedHost.gpu()
        host.addToolkit()
        if path.contains("cdi") {
            host.addPodman()
            host.addCDI()
        } else {
            let name = path.contains("crio") ? "crio" : "containerd"
            host.files["/usr/bin/\(name)"] = ""
            host.outputs[.containerd] = "containerd x v2.1.4 75cb\n"
            host.files["/etc/\(name)/conf.d/a.toml"] = "version = 3\n"
        }
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try host.write(to: folder.path)
        // Root reads whatever its permissions are, so the inspection is told.
        let inspector = HostInspector(tree: HostTree(folder: folder.path), catalog: .embedded) { _ in nil }
        var inspection = inspector.inspect()
        inspection.unread.insert(path)
        if path.contains("cdi") { inspection.cdi = [] }
        let report = HostReport(inspection, catalog: .embedded)
        #expect(report.findings.isEmpty, "\(report.text)")
    }

    @Test func linksStayInTheTree() throws {
        let report = try report(.healthy) { folder in
            try FileManager.default.removeItem(atPath: folder + "/etc/os-release")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/etc/os-release", withDestinationPath: "../../../../../usr/lib/os-release")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/usr/lib/os-release", withDestinationPath: "/opt/release")
            try FileManager.default.createDirectory(atPath: folder + "/opt", withIntermediateDirectories: true)
            try Data("ID=ubuntu\nPRETTY_NAME=Inside".utf8).write(to: URL(fileURLWithPath: folder + "/opt/release"))
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/etc/nv_tegra_release", withDestinationPath: "nv_tegra_release")
        }
        #expect(report.host.distribution?.name == "Inside" && report.host.jetsonRelease == nil)
    }

    @Test func terminalSequencesAreShownAsText() throws {
        let report = try report(
            .healthy.with {
                $0.files["/etc/os-release"] = "ID=ubuntu\nPRETTY_NAME=\"Evil \u{1b}[2J\u{202e}\"\n"
                $0.outputs[.nvidiaSMI] = "\u{1b}]0;title\u{7}broken\n"
            })
        #expect(!report.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202e })
    }

    @Test func deepJSONIsRefused() throws {
        let deep = String(repeating: "[", count: 100_000)
        let report = try report(.healthy.with { $0.files["/etc/docker/daemon.json"] = deep })
        #expect(report.findings.contains { $0.code == .configurationMalformed && $0.message.contains("levels deep") })
    }

    /// Each file of a healthy host in turn holds noise, or is cut.
    @Test func noiseNeverCrashes() throws {
        let healthy = RecordedHost.healthy.with {
            $0.addCDI()
            $0.addPodman()
            $0.files["/etc/containerd/config.toml"] = "version = 2\n"
            $0.files["/usr/bin/containerd"] = ""
            $0.files["/etc/nv_tegra_release"] = "# R36 (release), REVISION: 4.3\n"
        }
        var generator = SeededGenerator(seed: 20_261_124)
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try healthy.write(to: folder.path)
        let paths = (FileManager.default.subpaths(atPath: folder.path) ?? []).map { "\(folder.path)/\($0)" }.sorted()
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
                let original = FileManager.default.contents(atPath: path)
            else { continue }
            let noise = Data((0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) })
            for data in [noise, original.prefix(original.count / 2), original + noise, Data(original.reversed())] {
                try data.write(to: URL(fileURLWithPath: path))
                let report = RecordedHost.report(of: folder.path)
                #expect(!report.text.isEmpty && !report.json.pretty.isEmpty, "\(path)")
            }
            try original.write(to: URL(fileURLWithPath: path))
        }
    }
}
