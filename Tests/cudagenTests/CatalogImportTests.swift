import Foundation
import Testing

/// `cudagen catalog import` with repositories of a release that nobody knows.
@Suite(.enabled(if: ThrowAwayKey.isThere, "gpg is not there"))
struct CatalogImportTests {
    private static let apt = "mirror/ubuntu2404/x86_64"
    private static let rpm = "mirror/rhel9/x86_64"

    /// A program's folder with a signed repository and the catalogue `keys.catalog`, which trusts its key.
    private func program(_ folder: String = apt) throws -> (Program, SyntheticRepository) {
        let program = try Program()
        try program.write(try SyntheticRepository.trustingCatalog(), to: "keys.catalog")
        let repository =
            folder == Self.rpm
            ? try SyntheticRepository(rpm: folder, in: program) : try SyntheticRepository(apt: folder, in: program)
        return (program, repository)
    }

    private func importing(
        _ program: Program, _ words: String..., output: String = "new.catalog"
    ) throws -> Program.Result {
        try program.run(["catalog", "import", "--catalog", "keys.catalog", "-o", output] + words)
    }

    @Test(arguments: [(apt, "ubuntu24.04"), (rpm, "rockylinux9")])
    func importedReleaseIsWholeAsGoldenFile(folder: String, os: String) throws {
        let (program, _) = try program(folder)
        defer { program.remove() }
        let result = try importing(program, folder)
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        #expect(result.errors.contains("13.4.1 devel on"), "what is not whole is left out, and said")
        let generated = try program.run(
            "--catalog", "new.catalog", "--source", "packages", "--cuda", "13.4.0", "--flavor", "devel", "--os", os,
            "--cudnn", "true")
        #expect(generated.status == 0 && generated.errors.contains("CG0309"), "\(generated.errors)")
        try compare(generated.output, with: "imported-\(os).Dockerfile")
    }

    private func compare(_ text: String, with name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
        if ProcessInfo.processInfo.environment["CUDAGEN_UPDATE_GOLDEN"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test func partialReleaseIsCompletedToAWholeOne() throws {
        let (program, _) = try program()
        defer { program.remove() }
        #expect(try importing(program, Self.apt).status == 0)
        let query = ["--catalog", "new.catalog", "--os", "ubuntu24.04", "--source", "packages", "--cuda", "13.4"]
        #expect(try program.run(query + ["--flavor", "base"]).output.contains("CUDA_VERSION=\"13.4.1\""))
        #expect(try program.run(query + ["--flavor", "devel"]).output.contains("CUDA_VERSION=\"13.4.0\""))
    }

    @Test func officialImageOfAnImportedReleaseIsWarnedOf() throws {
        let (program, _) = try program()
        defer { program.remove() }
        #expect(try importing(program, Self.apt).status == 0)
        let query = ["--catalog", "new.catalog", "--os", "ubuntu24.04", "--flavor", "base", "--cuda"]
        let named = try program.run(query + ["13.4.0"])
        #expect(named.status == 0 && named.errors.contains("CG0320"))
        let completed = try program.run(query + ["13"])
        #expect(completed.output.contains("FROM nvidia/cuda:13.2.1-base"), "a listed tag is better than a guessed one")
        let explained = try program.run("explain", "--catalog", "new.catalog", "13.4.0-base-ubuntu24.04")
        #expect(explained.output.contains("new.catalog") && explained.output.contains("derived"))
    }

    @Test func userCatalogueIsUsedUnlessTheBuiltInOneIsAskedFor() throws {
        var (program, _) = try program()
        defer { program.remove() }
        program.environment = ["CUDAGEN_CATALOG": "", "XDG_DATA_HOME": "\(program.folder)/data"]
        let result = try program.run("catalog", "import", "--catalog", "keys.catalog", Self.apt)
        #expect(result.status == 0 && program.read("data/cudagen/cuda.catalog") != nil, "\(result.errors)")
        let tags = ["tags", "--cuda", "13.4", "--format", "plain"]
        #expect(try program.run(tags).output.contains("13.4.0-base-ubuntu24.04"))
        #expect(try program.run(tags + ["--catalog", "built-in"]).status == 1)
        program.environment["CUDAGEN_CATALOG"] = "built-in"
        #expect(try program.run(tags).status == 1)
        program.environment["CUDAGEN_CATALOG"] = ""
        #expect(try program.run("catalog", "diff").status == 1)
        #expect(try program.run("catalog", "import", "--catalog", "keys.catalog", Self.apt).status == 0, "again")
        try program.write("cudagen-catalog 1\n[nonsense]\n", to: "data/cudagen/cuda.catalog")
        #expect(try program.run(tags).status == 2, "a broken catalogue is not passed over")
        let refused = try program.run("catalog", "import", "--catalog", "keys.catalog", Self.apt)
        #expect(refused.status == 2 && refused.errors.contains("CG0501"), "a file of somebody's own is kept")
    }

    @Test func severalSourcesBecomeOneCatalogue() throws {
        let (program, _) = try program()
        defer { program.remove() }
        _ = try SyntheticRepository(rpm: Self.rpm, in: program)
        _ = try SyntheticRepository(apt: "mirror/ubuntu2404/sbsa", in: program)
        let result = try importing(program, Self.apt, Self.rpm, "mirror/ubuntu2404/sbsa")
        #expect(result.status == 0, "\(result.errors)")
        let tags = try program.run("tags", "--catalog", "new.catalog", "--cuda", "13.4.0", "--flavor", "base")
        #expect(tags.output.contains("amd64,arm64") && tags.output.contains("13.4.0-base-ubi9"))
        let both = try program.run(
            "--catalog", "new.catalog", "--source", "packages", "--cuda", "13.4.0", "--os", "ubuntu24.04",
            "--platform", "linux/amd64,linux/arm64")
        #expect(both.status == 0 && both.output.contains("ubuntu2404/sbsa"))
    }

    @Test(arguments: [apt, rpm])
    func changedFilesAreNoticed(folder: String) throws {
        let (program, repository) = try program(folder)
        defer { program.remove() }
        let signed = folder == Self.apt ? "Release" : "repodata/repomd.xml"
        let original = try #require(program.read("\(folder)/\(signed)"))
        try repository.write(original + "\n", to: signed)
        let changed = try importing(program, folder)
        #expect(changed.status == 2 && changed.errors.contains("CG0604"), "\(changed.errors)")
        try repository.write(original, to: signed)
        let index =
            folder == Self.apt
            ? "Packages.gz"
            : try #require(
                program.files.first { $0.hasSuffix("-primary.xml.gz") }?.split(separator: "/")
                    .suffix(2).joined(separator: "/"))
        try repository.write("x", to: index)
        let other = try importing(program, folder)
        #expect(other.status == 2 && other.errors.contains("CG0604"), "\(other.errors)")
        #expect(program.read("new.catalog") == nil)
    }

    @Test func anotherKeyIsNotNVIDIAs() throws {
        let (program, _) = try program()
        defer { program.remove() }
        let result = try program.run("catalog", "import", Self.apt, "-o", "new.catalog")
        #expect(result.status == 2 && result.errors.contains("not one of NVIDIA's"), "\(result.errors)")
        #expect(result.errors.contains("eb693b3035cd5710e231e123a4b469963bf863cc"))
    }

    @Test func inlineSignatureServes() throws {
        let (program, repository) = try program()
        defer { program.remove() }
        try repository.remove("Release")
        #expect(try importing(program, Self.apt).status == 0)
        let inline = try #require(program.read("\(Self.apt)/InRelease"))
        // Only what is signed counts: text before it is nobody's.
        try repository.write("SHA256:\n \(String(repeating: "0", count: 64)) 1 Packages.gz\n" + inline, to: "InRelease")
        #expect(try importing(program, Self.apt, "--force").status == 0)
        try repository.write(inline.replacing("Origin: NVIDIA", with: "Origin: nobody"), to: "InRelease")
        #expect(try importing(program, Self.apt, "--force").status == 2)
    }

    @Test func missingSignatureHasToBeWanted() throws {
        let (program, repository) = try program()
        defer { program.remove() }
        try repository.remove("Release.gpg")
        try repository.remove("InRelease")
        let refused = try importing(program, Self.apt)
        #expect(refused.status == 2 && refused.errors.contains("--unverified"), "\(refused.errors)")
        let wanted = try importing(program, Self.apt, "--unverified")
        #expect(wanted.status == 0 && wanted.errors.contains("CG0603"))
        #expect(program.read("new.catalog")?.contains("x86_64, not verified\n") == true)
    }

    @Test func oneFileIsTakenWithANote() throws {
        let (program, repository) = try program()
        defer { program.remove() }
        for name in ["Release", "Release.gpg", "InRelease"] { try repository.remove(name) }
        let result = try importing(program, "\(Self.apt)/Packages.gz")
        #expect(result.status == 0 && result.errors.contains("note[CG0603]"), "\(result.errors)")
    }

    @Test func missingToolsAreTheEnvironments() throws {
        var (program, _) = try program()
        defer { program.remove() }
        program.environment["PATH"] = "/nonexistent"
        let gpgv = try importing(program, Self.apt)
        #expect(gpgv.status == 3 && gpgv.errors.contains("gpgv is not on PATH") && gpgv.errors.contains("--unverified"))
        let curl = try importing(program, "https://invalid.example/ubuntu2404/x86_64")
        #expect(curl.status == 3 && curl.errors.contains("curl is not on PATH"))
    }

    @Test func addressesAreFetchedWithCurl() throws {
        var (program, _) = try program()
        defer { program.remove() }
        let script = """
            #!/bin/sh
            printf '%s|' "$@" >> "$LOG"; echo >> "$LOG"
            while [ $# -gt 0 ]; do case $1 in --output) out=$2 ;; --url) url=$2 ;; esac; shift; done
            file=$ROOT/${url#https://example.com/}
            [ -f "$file" ] || { echo "curl: (22) The requested URL returned error: ${CODE-404}" >&2; exit 22; }
            cp "$file" "$out"

            """
        try FileManager.default.createDirectory(atPath: "\(program.folder)/bin", withIntermediateDirectories: false)
        try program.write(script, to: "bin/curl")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(program.folder)/bin/curl")
        program.environment = [
            "PATH": "\(program.folder)/bin:/usr/bin:/bin", "LOG": "\(program.folder)/log",
            "ROOT": "\(program.folder)/mirror",
        ]
        let result = try importing(program, "https://example.com/ubuntu2404/x86_64/")
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            program.read("new.catalog")?.contains("imported-from https://example.com/ubuntu2404/x86_64, signed with")
                == true)
        let log = try #require(program.read("log"))
        #expect(log.contains("--proto|=https|--proto-redir|=https|") && log.contains("--max-filesize|"))
        try FileManager.default.removeItem(atPath: "\(program.folder)/mirror/ubuntu2404/x86_64/Packages.gz")
        #expect(try importing(program, "https://example.com/ubuntu2404/x86_64").status == 2)
        program.environment["CODE"] = "503"
        let broken = try importing(program, "https://example.com/ubuntu2404/x86_64")
        #expect(broken.status == 3 && broken.errors.contains("error: 503"), "\(broken.errors)")
    }

    @Test func passwordsAreNotWrittenDown() throws {
        var (program, _) = try program()
        defer { program.remove() }
        program.environment["PATH"] = "/nonexistent"
        let result = try importing(program, "https://user:secret@example.com/ubuntu2404/x86_64")
        #expect(result.status == 3 && !result.errors.contains("secret"), "\(result.errors)")
    }

    @Test(arguments: [
        "ftp://example.com/ubuntu2404/x86_64", "https://example.com/ubuntu2404/x86_64?token=1",
        "missing/ubuntu2404/x86_64",
        "https://example.com/a b/ubuntu2404/x86_64", "mirror", "missing/rhel9/x86_64", "file:///etc/ubuntu2404/x86_64",
        "https://example.com/../ubuntu2404/x86_64",
    ])
    func whatIsNoRepositoryIsRefused(source: String) throws {
        let (program, _) = try program()
        defer { program.remove() }
        let result = try importing(program, source)
        #expect(result.status == 2 && result.errors.contains("CG0601"), "\(result.errors)")
        #expect(program.read("new.catalog") == nil)
    }

    @Test func checkoutOfTheImageSourcesIsASource() throws {
        let program = try Program()
        defer { program.remove() }
        try FileManager.default.createDirectory(
            atPath: "\(program.folder)/cuda/manifests", withIntermediateDirectories: true)
        try program.write(
            """
            cuda_v13.4.0:
              ubuntu24.04:
                base_image: ubuntu:24.04
                x86_64: {components: {cudart: {version: 13.4.20-1}}, requires: ''}

            """, to: "cuda/manifests/cuda.yaml")
        for source in ["cuda", "cuda/manifests/cuda.yaml"] {
            let result = try program.run("catalog", "import", source, "-o", "new.catalog", "--force")
            #expect(result.status == 0 && result.errors.contains("note[CG0603]"), "\(result.errors)")
            let tags = try program.run("tags", "--catalog", "new.catalog", "--cuda", "13.4.0", "--flavor", "base")
            #expect(tags.output.contains("supported"), "NVIDIA's own sources say that it is one of its images")
        }
    }

    @Test func nothingNewIsTheAnswerNo() throws {
        let (program, repository) = try program()
        defer { program.remove() }
        for name in ["Release", "Release.gpg", "InRelease"] { try repository.remove(name) }
        try repository.write("Package: cuda-libraries-13-2\nVersion: 13.2.1-1\n", to: "Packages")
        let result = try importing(program, "\(Self.apt)/Packages")
        #expect(result.status == 1 && result.errors.contains("CG0608") && program.read("new.catalog") == nil)
    }

    @Test(arguments: [["catalog", "import"], ["catalog", "import", "--repository", "a/b", "x", "y"]])
    func wrongUsageIsRefused(arguments: [String]) throws {
        let program = try Program()
        defer { program.remove() }
        #expect(try program.run(arguments).status == 64)
    }
}
