import Foundation
import Testing

@Suite struct OutputFileTests {
    private func generated() throws -> Program {
        let program = try Program()
        try program.write(TestRecipe.good, to: "app.yaml")
        let result = try program.run("-o", "Dockerfile", "app.yaml")
        #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
        return program
    }

    @Test func fileIsWrittenAndWrittenAgain() throws {
        let program = try generated()
        defer { program.remove() }
        #expect(program.files == ["Dockerfile", "app.yaml"], "no temporary file is left behind")
        let first = program.read("Dockerfile")
        #expect(try program.run("--os", "ubuntu22.04", "-o", "Dockerfile", "app.yaml").status == 0)
        #expect(program.read("Dockerfile") != first)
    }

    @Test func foreignFileIsKeptUnlessForced() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("FROM scratch\n", to: "Dockerfile")
        let refused = try program.run("--cuda", "12.6.3", "-o", "Dockerfile")
        #expect(refused.status == 2 && refused.errors.contains("CG0501") && refused.errors.contains("--force"))
        #expect(program.read("Dockerfile") == "FROM scratch\n")
        #expect(try program.run("--cuda", "12.6.3", "-o", "Dockerfile", "--force").status == 0)
        #expect(program.read("Dockerfile")?.hasPrefix("# Generated") == true)
    }

    @Test func handEditedFileIsKeptUnlessForced() throws {
        let program = try generated()
        defer { program.remove() }
        let edited = try #require(program.read("Dockerfile")).replacingOccurrences(of: "app.py", with: "other.py")
        try program.write(edited, to: "Dockerfile")
        let refused = try program.run("--os", "ubuntu22.04", "-o", "Dockerfile", "app.yaml")
        #expect(refused.status == 2 && refused.errors.contains("CG0502"))
        #expect(program.read("Dockerfile") == edited)
        #expect(try program.run("--os", "ubuntu22.04", "-o", "Dockerfile", "--force", "app.yaml").status == 0)
    }

    @Test func checkPrintsAUnifiedDiffAndExitsWith1() throws {
        let program = try generated()
        defer { program.remove() }
        let same = try program.run("check", "-o", "Dockerfile", "app.yaml")
        #expect(same.status == 0 && same.output.isEmpty)
        let different = try program.run("check", "--os", "ubuntu22.04", "-o", "Dockerfile", "app.yaml")
        #expect(different.status == 1)
        #expect(different.output.hasPrefix("--- Dockerfile\n+++ "))
        #expect(different.output.contains("\n-FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\n"))
        #expect(different.output.contains("\n+FROM nvidia/cuda:12.6.3-runtime-ubuntu22.04\n"))
        let missing = try program.run("check", "-o", "none", "app.yaml")
        #expect(missing.status == 1 && missing.output.contains("@@ -0,0 +1,"))
        #expect(program.files == ["Dockerfile", "app.yaml"], "a check writes nothing")
    }

    @Test func checkSeesEveryByte() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("image: {cuda: 12.6.3}\nenv: {A: \u{e9}}\n", to: "app.yaml")
        #expect(try program.run("-o", "Dockerfile", "app.yaml").status == 0)
        try program.write("image: {cuda: 12.6.3}\nenv: {A: e\u{301}}\n", to: "app.yaml")
        #expect(try program.run("check", "-o", "Dockerfile", "app.yaml").status == 1)
        #expect(try program.run("-o", "Dockerfile", "app.yaml").status == 0)
        #expect(try program.run("check", "-o", "Dockerfile", "app.yaml").status == 0)
    }

    @Test func checkWithoutAFileReportsFindings() throws {
        let program = try generated()
        defer { program.remove() }
        let fine = try program.run("check", "app.yaml")
        #expect(fine.status == 0 && fine.output.isEmpty && fine.errors == "cudagen: no findings\n")
        try program.write(TestRecipe.unknownKey, to: "app.yaml")
        #expect(try program.run("check", "app.yaml").status == 2)
        let json = try program.run("check", "--format", "json", "app.yaml")
        let diagnostics = try #require(try json.json()["diagnostics"] as? [[String: Any]])
        #expect(json.status == 2 && diagnostics.first?["code"] as? String == "CG0102")
        #expect(diagnostics.first?["line"] as? Int == 2)
    }

    @Test(arguments: [("/dev/null", "leave out -o"), ("folder", "name a file in that folder: folder/Dockerfile")])
    func whatIsNoFileIsToldWhatToDo(path: String, help: String) throws {
        let program = try generated()
        defer { program.remove() }
        try FileManager.default.createDirectory(atPath: "\(program.folder)/folder", withIntermediateDirectories: false)
        let result = try program.run("-o", path, "app.yaml")
        #expect(result.status == 2 && result.errors.contains("error[CG0503]") && result.errors.contains(help))
    }

    @Test(arguments: ["missing/Dockerfile", "folder", "/dev/full", "app.yaml/Dockerfile"])
    func placeThatCannotBeWrittenIsSaid(path: String) throws {
        let program = try generated()
        defer { program.remove() }
        try FileManager.default.createDirectory(atPath: "\(program.folder)/folder", withIntermediateDirectories: false)
        let result = try program.run("-o", path, "app.yaml")
        #expect(result.status == 2 && result.errors.contains("error[CG0503]"), "\(result.errors)")
        #expect(program.files == ["Dockerfile", "app.yaml", "folder"])
    }
}
