import Foundation
import Testing

@testable import CudaImageKit

/// Folders that were made to trip it: every recipe that is written is accepted and makes a Dockerfile of its own lines alone.
@Suite struct HostileFolderTests {
    private func expectSound(_ output: Starter.Output, _ comment: Comment) {
        guard let text = output.text else {
            #expect(output.diagnostics.hasErrors, "neither recipe nor error: \(comment)")
            return
        }
        let (recipe, diagnostics) = Recipe.parse(RecipeSource(text: text, fileName: "app.yaml"))
        #expect(recipe != nil && !diagnostics.hasErrors, "\(comment)\n\(text)")
        let generated = Generator().generate(RecipeSource(text: text, fileName: "app.yaml"))
        #expect(generated.text != nil, "\(comment)\n\(DiagnosticFormatter().text(generated.diagnostics))\n\(text)")
        if let plan = generated.plan, let dockerfile = generated.text {
            #expect(
                DockerfileShape.keywords(of: dockerfile) == DockerfileShape.keywords(of: Dockerfile(plan)), comment)
        }
        #expect(!text.unicodeScalars.contains { $0.isUnsafeOnTerminal && $0 != "\n" }, comment)
        #expect(
            !output.report(written: "app.yaml").unicodeScalars.contains { $0.isUnsafeOnTerminal && $0 != "\n" }, comment
        )
    }

    /// Files with nasty pieces in every place that a detector looks at.
    private func folder(using generator: inout SeededGenerator) -> [String: String] {
        let nasty = (0..<24).map { _ in NastyText.text(using: &generator, atMost: 4) }
        let paths = (0..<3).map { _ in
            NastyText.line(using: &generator, atMost: 3).replacingOccurrences(of: "/", with: "") + "x"
        }
        let candidates = [
            ("requirements.txt", "torch==2.4.0\n\(nasty[0])\n-r \(nasty[1])\n"),
            ("pyproject.toml", "[project]\nname = '\(nasty[2])'\ndependencies = [\"\"\"\(nasty[3])\"\"\", 'numpy']\n"),
            (
                "pyproject.toml",
                "[project]\nrequires-python = '>=3.9\(nasty[4])'\nscripts = {a = \"\"\"\(nasty[5])\"\"\"}\n"
            ),
            ("environment.yml", "name: \(nasty[6])\ndependencies: [python=3.\(nasty[7]), cuda-version=12.4]\n"),
            (
                "CMakeLists.txt",
                "project(\(nasty[8]) CUDA)\nadd_executable(\(nasty[9]) a.cu)\nadd_executable(app b.cu)"
            ),
            (
                "CMakeLists.txt",
                "project(a CUDA)\nset(CMAKE_CUDA_ARCHITECTURES \(nasty[10]) 80)\nfind_package(\(nasty[11]))"
            ),
            ("Makefile", "NVCC=nvcc\nT=\(nasty[12])\nall: $(T) \(nasty[13])\n"),
            ("setup.py", "CUDAExtension \(nasty[14])"),
            (".python-version", "3.\(nasty[15])"),
            (
                "Dockerfile",
                "FROM ubuntu:22.04\nRUN apt-get install -y \(nasty[16]) curl\nWORKDIR /\(nasty[17])\n"
                    + "USER \(nasty[18])\nEXPOSE \(nasty[19]) 80\nENTRYPOINT [\"\(nasty[20])\"]\n\(nasty[21])\n"
            ),
            ("\(paths[0]).cu", "int main() { \(nasty[22]) }"),
            ("\(paths[1]).py", "import torch\n\(nasty[23])\nif __name__ == '__main__': pass\n"),
            ("\(paths[2])/__main__.py", "from jax import \(nasty[22])\n"),
            ("service.py", "\(nasty[23])\napp = FastAPI()\n"),
        ]
        var files: [String: String] = [:]
        for _ in 0..<generator.number(1...4) {
            let (path, text) = generator.oneOf(candidates)
            files[path] = text
        }
        return files
    }

    @Test func everyRecipeIsAccepted() {
        var generator = SeededGenerator(seed: SeededGenerator.seed)
        for round in 0..<40 {
            let files = folder(using: &generator)
            let name = NastyText.text(using: &generator, atMost: 3)
            let output = Starter().recipe(
                for: ProjectFolder(name: name, texts: files),
                fileName: generator.chance(20) ? NastyText.line(using: &generator, atMost: 3) + ".yaml" : "app.yaml")
            expectSound(output, "seed \(SeededGenerator.seed), round \(round): \(files)")
        }
    }

    @Test func recipeDependsOnTheFolderAlone() {
        for starter in StarterCase.all { #expect(starter.output().text == starter.output().text) }
    }

    // MARK: - On disk

    private func withFolder(_ body: (String) throws -> Void) throws {
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        try body(scratch.path)
    }

    private func omissions(_ folder: ProjectFolder) -> [String: String] {
        Dictionary(folder.omissions.map { ($0.path, $0.reason) }) { first, _ in first }
    }

    @Test(.timeLimit(.minutes(5))) func pipesAndLinksAreNotFollowed() throws {
        try withFolder { path in
            mkfifo("\(path)/requirements.txt", 0o600)
            symlink("/etc/passwd", "\(path)/main.py")
            symlink(".", "\(path)/loop")
            symlink("/dev/zero", "\(path)/CMakeLists.txt")
            let folder = try ProjectFolder.read(path: path)
            let omissions = omissions(folder)
            #expect(folder.files.isEmpty)
            #expect(omissions["requirements.txt"] == "not a regular file")
            #expect(
                omissions["loop"] == "a link: not followed" && omissions["CMakeLists.txt"] == "a link: not followed")
            expectSound(Starter().recipe(for: folder), "links")
        }
    }

    @Test func boundsHold() throws {
        try withFolder { path in
            let deep = path + String(repeating: "/d", count: 40)
            try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: "\(deep)/a.cu"))
            try Data(repeating: 0x61, count: 2 << 20).write(to: URL(fileURLWithPath: "\(path)/requirements.txt"))
            try Data([0xff, 0xfe, 0x00]).write(to: URL(fileURLWithPath: "\(path)/pyproject.toml"))
            for index in 0..<60 { try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/f\(index).txt")) }
            let whole = try ProjectFolder.read(path: path)
            let omissions = omissions(whole)
            #expect(omissions["requirements.txt"]?.hasPrefix("not read: Larger") == true)
            #expect(omissions["pyproject.toml"] == "not read: it is not UTF-8")
            #expect(omissions["d/d/d/d/d/d/"] == "not entered, nor others this deep")
            #expect(!whole.files.contains { $0.hasSuffix(".cu") })
            expectSound(Starter().recipe(for: whole), "bounds")

            var bounds = ProjectFolder.Bounds()
            bounds.entries = 10
            let few = try ProjectFolder.read(path: path, bounds: bounds)
            #expect(few.files.count <= 10 && few.omissions.contains { $0.reason.hasPrefix("more than 10 names") })
        }
    }

    @Test func namesThatNoRecipeHoldsAreLeftOut() throws {
        try withFolder { path in
            for name in ["a\nb.py", "c\u{1b}[31m.cu", "\u{202e}d.py", "e\u{85}.txt"] {
                try Data().write(to: URL(fileURLWithPath: "\(path)/\(name)"))
            }
            try Data("import torch\n".utf8).write(to: URL(fileURLWithPath: "\(path)/good.py"))
            let folder = try ProjectFolder.read(path: path)
            #expect(folder.files == ["good.py"])
            #expect(
                Set(folder.omissions.map(\.path)) == ["a\\nb.py", "c\\u{1b}[31m.cu", "\\u{202e}d.py", "e\\u{85}.txt"])
            expectSound(Starter().recipe(for: folder), "names")
        }
    }

    @Test func buildsAndInstalledPackagesAreNotEntered() throws {
        try withFolder { path in
            for file in [
                "env/pyvenv.cfg", "env/lib/a.cu", "out/CMakeCache.txt", "out/b.cu", "node_modules/c.cu", ".git/d.cu",
            ] {
                let url = URL(fileURLWithPath: "\(path)/\(file)")
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data().write(to: url)
            }
            let folder = try ProjectFolder.read(path: path)
            #expect(folder.files.isEmpty)
        }
    }

    @Test(arguments: ["/nowhere/at/all", "/etc/passwd", ""])
    func whatIsNoFolderIsAnError(_ path: String) {
        let folder = try? ProjectFolder.read(path: path)
        #expect(folder == nil)
    }
}
