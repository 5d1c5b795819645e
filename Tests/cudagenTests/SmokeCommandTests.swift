import Foundation
import Testing

@Suite struct SmokeCommandTests {
    private static let files = ["smoke", "smoke/Dockerfile", "smoke/README.md", "smoke/run.sh", "smoke/smoke.cu"]

    @Test func folderIsWritten() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(TestRecipe.good, to: "app.yaml")
        let result = try program.run("smoke", "app.yaml", "-o", "smoke")
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        #expect(program.files == ["app.yaml"] + Self.files)
        let mode = try FileManager.default.attributesOfItem(atPath: "\(program.folder)/smoke/run.sh")[.posixPermissions]
        #expect((mode as? Int).map { $0 & 0o100 } == 0o100)
        let more = try program.run("smoke", "app.yaml", "-o", "smoke", "--kubernetes", "--compose", "--timeout", "77")
        #expect(more.status == 0 && program.read("smoke/job.yaml")?.contains("\"77\"") == true)
        #expect(program.read("smoke/compose.yaml") != nil)
    }

    @Test func editedFileIsKeptWithAllOthers() throws {
        let program = try Program()
        defer { program.remove() }
        let image = ["smoke", "--image", "nvidia/cuda:12.4.1-base-ubuntu22.04", "-o", "smoke"]
        #expect(try program.run(image).status == 0)
        let script = try #require(program.read("smoke/run.sh"))
        try program.write(script + "# mine\n", to: "smoke/run.sh")
        let refused = try program.run(image + ["--timeout", "9"])
        #expect(refused.status == 2 && refused.errors.contains("CG0502"))
        #expect(program.read("smoke/smoke.cu")?.contains("kTimeoutSeconds = 120;") == true)
        #expect(try program.run(image + ["--timeout", "9", "--force"]).status == 0)
        #expect(program.read("smoke/smoke.cu")?.contains("kTimeoutSeconds = 9;") == true)
    }

    @Test(
        arguments: [
            (["--image", "x/y", "-o", "smoke"], 2), (["--image", "x/y", "--cuda", "12.4", "-o", "smoke"], 2),
            (["--image", "debian:12", "--cuda", "12.4", "--base", "debian:12", "-o", "smoke"], 64),
            (["--image", "Not Valid", "-o", "smoke"], 64), (["--timeout", "0", "-o", "smoke"], 64), ([], 64),
        ] as [([String], Int32)])
    func wrongUseIsSaid(arguments: [String], status: Int32) throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run(["smoke"] + arguments)
        #expect(result.status == status && !result.errors.isEmpty && program.files.isEmpty)
    }
}
