import Foundation
import Testing

@Suite struct InitTests {
    private func withProject(_ files: [String: String], _ body: (Program) throws -> Void) throws {
        let program = try Program()
        defer { program.remove() }
        for (path, text) in files { try program.write(text, to: path) }
        try body(program)
    }

    private static let service = ["requirements.txt": "torch==2.4.0\n", "main.py": "import torch\n"]

    @Test func recipeIsWrittenAndAccepted() throws {
        try withProject(Self.service) { (program) throws in
            let result = try program.run("init")
            #expect(result.status == 0 && result.output.isEmpty)
            #expect(result.errors.contains("found    requirements.txt  1 requirement, torch==2.4.0 among them\n"))
            #expect(result.errors.contains("chosen   nvidia/cuda:") && result.errors.contains("wrote    app.yaml\n"))
            #expect(result.errors.contains("  !requirements.txt\n"))
            #expect(program.files == ["app.yaml", "main.py", "requirements.txt"])
            let check = try program.run("check", "app.yaml")
            #expect(check.status == 0 && check.errors == "cudagen: no findings\n")
            #expect(try program.run("-o", "Dockerfile", "app.yaml").status == 0)
        }
    }

    @Test(arguments: ["app.yaml", "other.yaml", "empty.yaml"])
    func whatIsThereStaysWithoutForce(_ name: String) throws {
        let before = name == "empty.yaml" ? "" : "mine\n"
        try withProject(Self.service.merging([name: before]) { _, own in own }) { (program) throws in
            let refused = try program.run("init", "-o", name)
            #expect(refused.status == 2 && refused.errors.contains("CG0501") && program.read(name) == before)
            let forced = try program.run("init", "-o", name, "--force")
            #expect(forced.status == 0)
            #expect(program.read(name)?.contains("schema: 1") == true)
        }
    }

    @Test func linkToNothingIsNotWrittenThrough() throws {
        try withProject(Self.service) { (program) throws in
            symlink("elsewhere.yaml", "\(program.folder)/app.yaml")
            #expect(try program.run("init").status == 2)
            #expect(program.read("elsewhere.yaml") == nil)
        }
    }

    @Test func standardOutputGetsTheRecipeAlone() throws {
        try withProject(Self.service) { (program) throws in
            let result = try program.run("init", "-o", "-")
            #expect(result.status == 0 && result.output.hasPrefix("# Written by 'cudagen init'"))
            #expect(program.read("app.yaml") == nil)
            #expect(try program.run("check", "-", input: result.output).status == 0)
        }
    }

    @Test func jsonHoldsWhatWasFound() throws {
        try withProject(Self.service) { (program) throws in
            let json = try program.run("init", "--format", "json", "-o", "-").json()
            #expect(json["version"] as? Int == 1 && (json["recipe"] as? String)?.contains("schema: 1") == true)
            let found = try #require(json["found"] as? [[String: String]])
            #expect(found.first == ["path": "requirements.txt", "what": "1 requirement, torch==2.4.0 among them"])
            #expect((json["dockerignore"] as? [String])?.first == "*")
            #expect(program.read("app.yaml") == nil)
        }
    }

    @Test func optionsDecide() throws {
        try withProject(Self.service) { (program) throws in
            let result = try program.run(
                "init", "--driver", "470.57.02", "--gpu", "A100", "--os", "ubuntu20.04", "--cuda", "11.8", "-o", "-")
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("cuda: 11.8.0  # option --cuda"))
            #expect(result.output.contains("os: ubuntu20.04  # option --os"))
            let packages = try program.run("init", "--source", "packages", "-o", "-")
            #expect(packages.output.contains("source: packages"))
        }
    }

    @Test(arguments: [
        (["--gpu", "H100"], ["requirements.txt": "torch==1.12.1\n"], "CG0332"), (["--gpu", "Voodoo"], [:], "CG0333"),
        (["nowhere"], [:], "CG0112"), (["--driver", "new"], [:], "CG0201"),
    ])
    func impossibleRequestsAreErrors(_ arguments: [String], _ files: [String: String], _ code: String) throws {
        try withProject(files) { (program) throws in
            let result = try program.run(["init"] + arguments)
            #expect(result.status == 2 && result.errors.contains(code), "\(result.errors)")
            #expect(program.read("app.yaml") == nil)
        }
    }

    @Test func recipeOfAnotherFolderIsWrittenThere() throws {
        try withProject([:]) { (program) throws in
            try FileManager.default.createDirectory(
                atPath: "\(program.folder)/project", withIntermediateDirectories: true)
            try program.write("int main() {}\n", to: "project/a.cu")
            #expect(try program.run("init", "project/").status == 0)
            #expect(program.read("project/app.yaml")?.contains("name: project\n") == true)
        }
    }
}
