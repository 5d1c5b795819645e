import Foundation
import Testing

@Suite struct EmitTests {
    private static let formats: [[String]] = [
        ["run"], ["compose"], ["bake"], ["kubernetes"], ["devcontainer"], ["apptainer"], ["ci"],
        ["ci", "--provider", "gitlab"], ["slurm"], ["slurm", "--container-runtime", "apptainer"],
    ]

    private func program() throws -> Program {
        let program = try Program()
        try program.write(TestRecipe.good, to: "app.yaml")
        return program
    }

    @Test(arguments: formats)
    func fileIsWrittenComparedAndProtected(format: [String]) throws {
        let program = try program()
        defer { program.remove() }
        let printed = try program.run(["emit"] + format + ["app.yaml"])
        #expect(printed.status == 0 && printed.errors.isEmpty, "\(printed.errors)")
        #expect(printed.output.contains("cudagen emit \(format.joined(separator: " ")) app.yaml\n"))
        let write = ["emit"] + format + ["-o", "file", "app.yaml"]
        let missing = try program.run(write + ["--check"])
        #expect(missing.status == 1 && missing.output.contains("@@ -0,0 +1,") && program.read("file") == nil)
        #expect(try program.run(write).status == 0)
        #expect(program.read("file") == printed.output)
        let same = try program.run(write + ["--check"])
        #expect(same.status == 0 && same.output.isEmpty)
        try program.write(printed.output.replacingOccurrences(of: "app", with: "other"), to: "file")
        #expect(try program.run(write + ["--check"]).status == 1)
        let refused = try program.run(write)
        #expect(refused.status == 2 && refused.errors.contains("CG0502"))
        #expect(try program.run(write + ["--force"]).status == 0)
        #expect(program.read("file") == printed.output)
    }

    @Test func runLineIsOneLine() throws {
        let program = try program()
        defer { program.remove() }
        let line = try program.run("emit", "run", "--line", "--gpus", "device=0,2", "--shm-size", "2g", "app.yaml")
        #expect(line.output == "docker run --rm --gpus '\"device=0,2\"' --init --shm-size 2g app:latest\n")
        let podman = try program.run("emit", "run", "--line", "--engine", "podman", "--gpus", "1", "app.yaml")
        #expect(
            podman.output
                == "podman run --rm --device nvidia.com/gpu=0 --security-opt=label=disable --init app:latest\n")
    }

    @Test func scriptIsExecutable() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run("emit", "run", "-o", "run.sh", "app.yaml").status == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: "\(program.folder)/run.sh")[.posixPermissions]
        #expect((mode as? Int).map { $0 & 0o100 } == 0o100)
    }

    /// What stands in the project's own files counts as well.
    @Test(arguments: [
        ("requirements.txt", "torch==2.4.0\n"), ("pyproject.toml", "[project]\ndependencies = [\"torch\"]\n"),
    ])
    func frameworksOfTheProjectAreSeen(name: String, text: String) throws {
        let program = try Program()
        defer { program.remove() }
        let key = name == "requirements.txt" ? "requirements: requirements.txt" : "manager: uv, project: ."
        try FileManager.default.createDirectory(
            atPath: "\(program.folder)/sub", withIntermediateDirectories: false)
        try program.write(
            "image: {cuda: 12.6.3, os: ubuntu24.04}\npython: {\(key)}\nentrypoint: [python3]\n", to: "sub/app.yaml")
        #expect(try program.run("emit", "compose", "sub/app.yaml").output.contains("shm_size") == false)
        try program.write(text, to: "sub/\(name)")
        #expect(try program.run("emit", "compose", "sub/app.yaml").output.contains("shm_size: 1g"))
        let own = try program.run("emit", "compose", "--shm-size", "default", "sub/app.yaml")
        #expect(!own.output.contains("shm_size"))
    }

    @Test func matrixBecomesTargets() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(
            "matrix: {cuda: [12.6.3, 12.8.1], os: [ubuntu24.04]}\nname: \"{cuda}\"\n", to: "matrix.yaml")
        let bake = try program.run(
            "emit", "bake", "--matrix", "matrix.yaml", "--folder", "out", "--image", "ghcr.io/a/b")
        #expect(bake.status == 0 && bake.output.contains("dockerfile = \"out/12.8.1/Dockerfile\""), "\(bake.errors)")
        #expect(
            bake.output.contains("\"12-6-3\",\n    \"12-8-1\",") && bake.output.contains("default = \"ghcr.io/a/b\""))
        let ci = try program.run("emit", "ci", "--matrix", "matrix.yaml")
        #expect(ci.status == 0 && ci.output.contains("- entry: 12.6.3\n"))
        try program.write("matrix: {cuda: [12.6.3], os: [ubuntu18.04]}\n", to: "matrix.yaml")
        let impossible = try program.run("emit", "ci", "--matrix", "matrix.yaml")
        #expect(impossible.status == 2 && impossible.output.isEmpty && impossible.errors.contains("error["))
    }

    @Test func impossibleRecipeGivesNothing() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(TestRecipe.impossible, to: "app.yaml")
        let result = try program.run("emit", "compose", "-o", "compose.yaml", "app.yaml")
        #expect(result.status == 2 && result.errors.contains("error[") && program.files == ["app.yaml"])
        try program.write("image: {cuda: 12.6.3}\nvolumes: [\"/a$b\"]\n", to: "app.yaml")
        let volume = try program.run("emit", "devcontainer", "app.yaml")
        #expect(volume.status == 2 && volume.output.isEmpty && volume.errors.contains("error[CG0411]"))
    }

    @Test(
        arguments: [
            ["--check", "compose"], ["compose", "--check"], ["compose", "--gpus", "0"],
            ["compose", "--shm-size", "1x"],
            ["compose", "--env", "A=b"], ["compose", "--image", ""], ["compose", "--image", "Not Valid"],
            ["run", "--line", "-o", "x"],
            ["run", "--engine", "rkt"], ["kubernetes", "--gpu-product", "a b"], ["kubernetes", "--runtime-class", "-"],
            ["kubernetes", "--kind", "pod"], ["ci", "--provider", "jenkins"], ["slurm", "--container-runtime", "x"],
            ["bake", "--matrix", "m.yaml", "app.yaml"], ["bake", "--matrix", "m.yaml", "--cuda", "12.4"], ["unknown"],
        ])
    func wrongUseIsSaid(arguments: [String]) throws {
        let program = try program()
        defer { program.remove() }
        let result = try program.run(["emit"] + arguments)
        #expect(result.status == 64 && !result.errors.isEmpty && program.files == ["app.yaml"], "\(result.output)")
    }

    @Test(arguments: [
        ("emit compose --image ghcr.io/Acme/x:V1 app.yaml", "no capital letters: ghcr.io/acme/x:V1"),
        ("emit run --line --image GHCR.io/a/B app.yaml", "no capital letters: ghcr.io/a/b"),
        ("--base Debian:12 app.yaml", "no capital letters: debian:12"),
        ("smoke --image Acme/x app.yaml", "no capital letters: acme/x"),
        ("emit compose --image a:b:c app.yaml", "expected an image such as debian:12"),
    ])
    func nameOfAnImageIsExplained(line: String, reason: String) throws {
        let program = try program()
        defer { program.remove() }
        let result = try program.run(line.split(separator: " ").map(String.init))
        #expect(result.status == 64 && result.errors.contains(reason) && result.output.isEmpty, "\(result.errors)")
    }
}
