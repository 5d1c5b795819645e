import Foundation
import Testing

/// Package repositories of a release that no catalogue knows, in the form of NVIDIA's, signed with a throw-away key.
///
/// The numbers are made up. 13.4.0 is whole; of 13.4.1 only the libraries are there, as in the hours of a release.
struct SyntheticRepository {
    struct Package {
        var name: String
        var version: String
        /// Names with the least versions.
        var dependencies: [(name: String, bound: String)] = []
    }

    static let suffix = "-13-4"

    /// - Parameter isApt: cuDNN and the development packages are called differently in `.rpm` repositories.
    static func packages(isApt: Bool) -> [Package] {
        let components = [
            ("cuda-cudart", "13.4.20"), ("libnpp", "13.2.0.7"), ("cuda-nvtx", "13.4.21"), ("libcusparse", "12.8.1.5"),
            ("libcublas", "13.5.0.2"), ("cuda-nvml-dev", "13.4.22"), ("cuda-cudart-dev", "13.4.20"),
            ("libnpp-dev", "13.2.0.7"), ("libcusparse-dev", "12.8.1.5"), ("libcublas-dev", "13.5.0.2"),
            ("cuda-cudart-devel", "13.4.20"), ("cuda-nvml-devel", "13.4.22"), ("libnpp-devel", "13.2.0.7"),
            ("libcublas-devel", "13.5.0.2"), ("libcusparse-devel", "12.8.1.5"), ("cuda-profiler-api", "13.4.23"),
        ]
        let versions = Dictionary(uniqueKeysWithValues: components)
        var packages = components.map { Package(name: $0.0 + suffix, version: $0.1 + "-1") }
        func whole(_ name: String, _ needs: String...) {
            packages.append(
                Package(
                    name: name + suffix, version: "13.4.0-1",
                    dependencies: needs.map { ($0 + suffix, versions[$0] ?? "0") }))
        }
        whole("cuda-libraries", "cuda-cudart", "libcublas", "libnpp", "libcusparse")
        for dev in ["dev", "devel"] {
            whole("cuda-libraries-\(dev)", "cuda-cudart-\(dev)", "libcublas-\(dev)", "libnpp-\(dev)")
        }
        whole("cuda-command-line-tools", "cuda-nvtx")
        whole("cuda-minimal-build")
        whole("cuda-nsight-compute")
        whole("cuda-toolkit", "cuda-nvml-dev", "cuda-nvml-devel", "cuda-profiler-api")
        // The next point release is on its way.
        packages += [
            Package(
                name: "cuda-libraries" + suffix, version: "13.4.1-1",
                dependencies: [("libcublas" + suffix, "13.5.9.9")]),
            Package(name: "libcublas" + suffix, version: "13.5.9.9-1"),
            Package(name: "cuda-cudart" + suffix, version: "13.4.99-1"),
        ]
        for name in ["13-4-", "13-", ""].map({ "cuda-toolkit-\($0)config-common" }) {
            packages += ["13.4.20-1", "13.4.99-1"].map { Package(name: name, version: $0) }
        }
        let libraries =
            isApt
            ? ["libcudnn9-cuda-13", "libcudnn9-dev-cuda-13", "libcudnn9-headers-cuda-13"]
            : ["libcudnn9-cuda-13", "libcudnn9-devel-cuda-13", "libcudnn9-headers-cuda-13"]
        packages += libraries.flatMap { name in
            ["9.30.0.1-1", "9.31.1.2-1"].map { Package(name: name, version: $0) }
        }
        packages += [
            Package(name: "cuda-compat" + suffix, version: "610.10-1"),
            Package(name: "cuda-libraries-13-2", version: "13.2.1-1"),
        ]
        return packages
    }

    let program: Program
    /// Relative to the program's folder, named as NVIDIA's: `mirror/ubuntu2404/x86_64`.
    let folder: String

    /// Makes and signs a repository.
    init(apt folder: String, in program: Program) throws {
        self.program = program
        self.folder = folder
        let text = Self.packages(isApt: true).map { package in
            let needs = package.dependencies.map { "\($0.name) (>= \($0.bound))" }.joined(separator: ", ")
            return "Package: \(package.name)\nVersion: \(package.version)\nArchitecture: amd64\n"
                + (needs.isEmpty ? "" : "Depends: \(needs)\n")
                + "Filename: ./\(package.name)_\(package.version)_amd64.deb\nDescription: synthetic\n of a test\n"
        }.joined(separator: "\n")
        try write(text, to: "Packages")
        try run("/bin/sh", "-c", "gzip -nk Packages")
        try run(
            "/bin/sh", "-c",
            """
            { printf 'Origin: NVIDIA\\nLabel: NVIDIA CUDA\\nDate: Tue, 24 Nov 2026 21:00:00 UTC\\nSHA256:\\n'
            for file in Packages Packages.gz; do
            printf ' %s %s %s\\n' "$(sha256sum "$file" | cut -c1-64)" "$(wc -c < "$file")" "$file"
            done; } > Release
            """)
        try sign("Release", detached: "Release.gpg", clear: "InRelease", key: "3bf863cc.pub")
    }

    init(rpm folder: String, in program: Program) throws {
        self.program = program
        self.folder = folder
        let entries = Self.packages(isApt: false).map { package in
            let parts = package.version.split(separator: "-")
            let needs = package.dependencies.map {
                "<rpm:entry name=\"\($0.name)\" flags=\"GE\" epoch=\"0\" ver=\"\($0.bound)\"/>"
            }.joined()
            return """
                <package type="rpm"><name>\(package.name)</name><arch>x86_64</arch>
                <version epoch="0" ver="\(parts[0])" rel="\(parts[1])"/><summary>of a test &amp; synthetic</summary>
                <format><rpm:requires>\(needs)</rpm:requires></format></package>

                """
        }
        try write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="\(entries.count)">
            \(entries.joined())</metadata>

            """, to: "repodata/primary.xml")
        try run("/bin/sh", "-c", "gzip -nk repodata/primary.xml")
        try run(
            "/bin/sh", "-c",
            """
            sum=$(sha256sum repodata/primary.xml.gz | cut -c1-64)
            mv repodata/primary.xml.gz "repodata/$sum-primary.xml.gz"
            printf '%s' '<?xml version="1.0"?><repomd xmlns="http://linux.duke.edu/metadata/repo">' \
                '<revision>1795554000</revision><data type="primary"><checksum type="sha256">' "$sum" '</checksum>' \
                '<location href="repodata/' "$sum" '-primary.xml.gz"/><size>' \
                "$(wc -c < "repodata/$sum-primary.xml.gz")" '</size></data></repomd>' > repodata/repomd.xml
            """)
        try sign("repodata/repomd.xml", detached: "repodata/repomd.xml.asc", clear: nil, key: "D42D0685.pub")
    }

    /// A catalogue that takes the throw-away key for NVIDIA's.
    static func trustingCatalog() throws -> String {
        let fingerprint = try #require(ThrowAwayKey.fingerprint)
        return "cudagen-catalog 1 extends\n[keys]\n"
            + ["3bf863cc", "D42D0685", "CDF6BA43"].map { "\($0)\tfile=\($0).pub\tfingerprint=\(fingerprint)\n" }
            .joined()
    }

    func write(_ text: String, to name: String) throws {
        let path = "\(program.folder)/\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(program.folder)/\(folder)/\(name)")
    }

    private func sign(_ name: String, detached: String, clear: String?, key: String) throws {
        guard ThrowAwayKey.fingerprint != nil else { return }
        let gpg = ["/usr/bin/env", "gpg", "--homedir", ThrowAwayKey.home, "--batch", "--quiet", "--yes"]
        try run(gpg + ["--armor", "--export", "--output", key])
        try run(gpg + ["--armor", "--detach-sign", "--output", detached, name])
        if let clear { try run(gpg + ["--clearsign", "--output", clear, name]) }
    }

    private func run(_ words: String...) throws { try run(words) }

    private func run(_ words: [String]) throws {
        let status = try Self.run(words, in: "\(program.folder)/\(folder)")
        try #require(status == 0, "\(words)")
    }

    static func run(_ words: [String], in folder: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// A key made for one run of the tests.
enum ThrowAwayKey {
    /// Short: the agent's socket is in it.
    static let home = "/tmp/cudagen-gpg-\(ProcessInfo.processInfo.processIdentifier)"

    /// 40 lower-case digits; `nil` where gpg is missing.
    static let fingerprint: String? = {
        // gpg's agent ends by itself when its folder is gone.
        atexit { try? FileManager.default.removeItem(atPath: ThrowAwayKey.home) }
        try? FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let script = """
            gpg --homedir . --batch --quiet --passphrase '' --quick-gen-key 'test <test@invalid>' ed25519 sign 0 &&
            gpg --homedir . --batch --list-keys --with-colons | sed -n 's/^fpr:*\\([0-9A-F]*\\):.*/\\1/p' > fingerprint
            """
        guard (try? SyntheticRepository.run(["/bin/sh", "-c", script], in: home)) == 0,
            let text = try? String(contentsOfFile: "\(home)/fingerprint", encoding: .utf8)
        else { return nil }
        let digits = text.prefix(40).lowercased()
        return digits.count == 40 ? digits : nil
    }()

    static let isThere = fingerprint != nil
}
