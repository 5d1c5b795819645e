import Foundation
import Testing

/// `cudagen verify` with scripts in the engines' place.
@Suite struct VerifyTests {
    private static let image = ["verify", "--image", "nvidia/cuda:12.4.1-base-ubuntu22.04"]

    /// A program's folder with an engine that writes its arguments down; `run` prints and ends as it is told.
    private func program(_ engine: String = "docker") throws -> Program {
        var program = try Program()
        try program.write(TestRecipe.good, to: "app.yaml")
        let script = """
            #!/bin/sh
            printf '%s|' "$@" >>"$LOG"; echo >>"$LOG"
            case $1 in
            build) echo "step"; [ -z "${BUILD_MESSAGE-}" ] || { echo "$BUILD_MESSAGE" >&2; exit 1; } ;;
            run) echo report; echo "${MESSAGE-no message}" >&2; exit "${STATUS-0}" ;;
            esac

            """
        try FileManager.default.createDirectory(atPath: "\(program.folder)/bin", withIntermediateDirectories: false)
        try program.write(script, to: "bin/\(engine)")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: "\(program.folder)/bin/\(engine)")
        program.environment = [
            "PATH": "\(program.folder)/bin:/usr/bin:/bin", "LOG": "\(program.folder)/log", "TMPDIR": program.folder,
        ]
        return program
    }

    private func calls(of program: Program) -> [String] {
        (program.read("log") ?? "").split(separator: "\n").map(String.init)
    }

    @Test func recipeIsBuiltThenTested() throws {
        let program = try program()
        defer { program.remove() }
        let result = try program.run("verify", "app.yaml", "--engine-option", "--network=none", "--timeout", "9")
        #expect(result.status == 0 && result.output == "report\n", "\(result.errors)")
        let calls = calls(of: program)
        #expect(calls.count == 3)
        #expect(calls[0].hasPrefix("build|-t|localhost/app:latest|-f|") && calls[0].hasSuffix("/Dockerfile|.|"))
        #expect(calls[1].hasPrefix("build|-t|localhost/app-smoke:latest|--build-arg|IMAGE=localhost/app:latest|-f|"))
        #expect(calls[2].contains("|--gpus|all|--network=none|localhost/app-smoke:latest|--timeout|9|"))
        #expect(!program.files.contains { $0.hasPrefix("cudagen-verify") }, "the temporary folder is removed")
    }

    @Test func recipesFolderIsTheContext() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run("verify", "\(program.folder)/app.yaml").status == 0)
        #expect(calls(of: program)[0].hasSuffix("/Dockerfile|\(program.folder)|"))
    }

    @Test func imageThatExistsIsNotBuilt() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run(Self.image + ["--gpus", "device=0,1", "--json", "report.json"]).status == 0)
        #expect(program.read("report.json") == "report\n")
        let calls = calls(of: program)
        #expect(calls.count == 2 && calls[1].contains("|--gpus|\"device=0,1\"|"), "\(calls)")
    }

    @Test(arguments: [0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 64, 137] as [Int32])
    func testsExitCodeIsPassedOn(status: Int32) throws {
        var program = try program()
        defer { program.remove() }
        program.environment["STATUS"] = "\(status)"
        let result = try program.run(Self.image)
        #expect(result.status == status && result.output == "report\n")
    }

    @Test(
        arguments: [
            ("could not select device driver \"\" with capabilities: [[gpu]]", 125, 3, "Container Toolkit missing"),
            (
                "Error: setting up CDI devices: unresolvable CDI devices nvidia.com/gpu=all", 126, 3,
                "nvidia-ctk cdi generate"
            ),
            ("nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.4", 125, 11, "newer driver"),
            ("nvidia-container-cli: initialization error: nvml error: driver not loaded", 125, 3, "nvidia-smi"),
            ("something else", 125, 3, "exit code was 125"), ("FATA[0000] something", 1, 3, "exit code was 1"),
        ] as [(String, Int32, Int32, String)])
    func enginesMessagesAreExplained(message: String, status: Int32, expected: Int32, advice: String) throws {
        var program = try program()
        defer { program.remove() }
        program.environment["STATUS"] = "\(status)"
        program.environment["MESSAGE"] = message
        let result = try program.run(Self.image)
        #expect(result.status == expected && result.errors.contains(advice), "\(result.errors)")
        #expect(result.errors.contains(message))
    }

    @Test func failedBuildPrintsItsLog() throws {
        var program = try program()
        defer { program.remove() }
        program.environment["BUILD_MESSAGE"] = "no such package"
        let recipe = try program.run("verify", "app.yaml")
        #expect(recipe.status == 1 && recipe.errors.contains("step\nno such package\n"), "\(recipe.errors)")
        #expect(try program.run(Self.image).status == 3)
        program.environment["BUILD_MESSAGE"] = "Cannot connect to the Docker daemon at unix:///x"
        let stopped = try program.run("verify", "app.yaml")
        #expect(stopped.status == 3 && stopped.errors.contains("service does not run"))
    }

    @Test func logsAreKept() throws {
        let program = try program()
        defer { program.remove() }
        let result = try program.run(Self.image + ["--keep"])
        let folder = try #require(program.files.first { $0.hasPrefix("cudagen-verify") })
        #expect(result.errors.contains(folder))
        #expect(program.read("\(folder)/run.log")?.contains("report\n") == true)
        #expect(program.read("\(folder)/build-smoke.log") == "step\n")
        #expect(program.files.contains("\(folder)/smoke/smoke.cu"))
    }

    @Test func podmanGetsCDINames() throws {
        let program = try program("podman")
        defer { program.remove() }
        #expect(try program.run(Self.image + ["--engine", "podman", "--gpus", "2"]).status == 0)
        #expect(calls(of: program)[1].contains("|--device|nvidia.com/gpu=0|--device|nvidia.com/gpu=1|"))
    }

    @Test func devicesGivenByHandReplaceTheGPUs() throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run(Self.image + ["--gpus", "none", "--engine-option=--device=/dev/nvidia0"]).status == 0)
        let call = calls(of: program)[1]
        #expect(!call.contains("--gpus") && call.contains("|--device=/dev/nvidia0|"), "\(call)")
    }

    @Test func missingEngineIsSaid() throws {
        var program = try program()
        defer { program.remove() }
        program.environment["PATH"] = "\(program.folder)/bin"
        let podman = try program.run(Self.image + ["--engine", "podman"])
        #expect(podman.status == 3 && podman.errors.contains("podman is not on PATH"))
        program.environment["PATH"] = "/nonexistent"
        let none = try program.run(Self.image)
        #expect(none.status == 3 && none.errors.contains("docker, podman or nerdctl"))
    }

    @Test(arguments: [["--gpus", "0"], ["--gpus", "device="], ["--json", "a", "--tap", "b"], ["--engine", "lxc"]])
    func wrongUsageIsRefused(arguments: [String]) throws {
        let program = try program()
        defer { program.remove() }
        #expect(try program.run(Self.image + arguments).status == 64)
    }
}
