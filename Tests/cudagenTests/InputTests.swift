import Foundation
import Testing

/// What may be named as a recipe: nothing hangs, crashes, or reads without end.
@Suite struct InputTests {
    @Test(
        .timeLimit(.minutes(10)),
        arguments: ["none.yaml", "folder", "fifo", "/dev/zero", "/dev/null", "huge", "empty", "binary", ""])
    func whatIsNoRecipeIsRefused(path: String) throws {
        let program = try Program()
        defer { program.remove() }
        try FileManager.default.createDirectory(atPath: "\(program.folder)/folder", withIntermediateDirectories: false)
        mkfifo("\(program.folder)/fifo", 0o600)
        try program.write(String(repeating: "a: b\n", count: 300_000), to: "huge")
        try program.write("", to: "empty")
        try Data([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]).write(to: URL(fileURLWithPath: "\(program.folder)/binary"))
        for command in [[], ["check"], ["explain"]] {
            let result = try program.run(command + ["--cuda", "12.6.3", path])
            #expect(result.status == 2 && result.output.isEmpty, "\(command) \(result)")
            #expect(result.errors.contains("error[CG01"), "\(result.errors)")
        }
    }

    @Test func emptyNameIsCalledEmpty() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("")
        #expect(result.errors.hasPrefix("error[CG0112]: the name of the file is empty\nhelp: name a file"))
    }

    @Test func systemOfAnotherSpellingIsUnderstood() throws {
        let program = try Program()
        defer { program.remove() }
        for command in [[], ["tags"]] {
            let result = try program.run(command + ["--os", "azurelinux3"])
            #expect(result.status == 64 && result.errors.contains("did you mean 'azl3'?"), "\(result.errors)")
        }
    }

    @Test func nothingOfARecipeReachesTheTerminalAsACommand() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("\"a\\e[31m\": 1\nb\u{7f}: 1\n", to: "app.yaml")
        let result = try program.run("--color", "never", "app.yaml")
        #expect(result.status == 2 && !result.errors.contains("\u{1b}"))
    }

    @Test func catalogueOfTheUserIsUsed() throws {
        let program = try Program()
        defer { program.remove() }
        let lines = [
            "cudagen-catalog 1 extends", "as-of 2026-06-01", "[releases]", "77.1.0\tsupported", "[tags]",
            "77.1.0 ubuntu24.04\tsupported\tcurrent\tamd64\tpins\t-\tbase",
        ]
        try program.write(lines.joined(separator: "\n") + "\n", to: "my.catalog")
        let tags = try program.run("tags", "--cuda", "77", "--format", "plain", "--catalog", "my.catalog")
        #expect(tags.status == 0 && tags.output == "77.1.0-base-ubuntu24.04\n")
        try program.write("cudagen-catalog 1\n[tags]\nnonsense\n", to: "my.catalog")
        let broken = try program.run("tags", "--catalog", "my.catalog")
        #expect(broken.status == 2 && broken.errors.contains("my.catalog:3:"), "\(broken.errors)")
        #expect(try program.run("tags", "--catalog", "none").status == 2)
    }
}
