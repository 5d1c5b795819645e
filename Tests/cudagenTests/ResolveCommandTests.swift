import Foundation
import Testing

@Suite struct ResolveCommandTests {
    private let request = [
        "resolve", "--torch", "2.4", "--driver", "535.104.05", "--gpu", "A100", "--os", "ubuntu22.04",
    ]

    @Test func planComesAsTextPlainAndJSON() throws {
        let program = try Program()
        defer { program.remove() }
        let text = try program.run(request)
        #expect(text.status == 0 && text.errors.isEmpty)
        #expect(text.output.hasPrefix("nvidia/cuda:12.4.1-base-ubuntu22.04\n"))
        #expect(text.output.contains("--index-url https://download.pytorch.org/whl/cu124 torch==2.4.1+cu124"))
        let plain = try program.run(request + ["--format", "plain"])
        #expect(plain.status == 0 && plain.output == "12.4.1-base-ubuntu22.04\n")
        let json = try program.run(request + ["--format", "json"]).json()
        #expect(json["version"] as? Int == 1 && json["tag"] as? String == "12.4.1-base-ubuntu22.04")
        #expect((json["driver"] as? [String: Any])?["starts"] as? String == "yes")
        let frameworks = try #require(json["frameworks"] as? [[String: Any]])
        #expect(frameworks.first?["requirement"] as? String == "torch==2.4.1+cu124")
    }

    @Test func contradictionIsAnImpossibleRequest() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("# models\ntorch==1.12.1\n", to: "requirements.txt")
        let result = try program.run("resolve", "requirements.txt", "--gpu", "H100")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors.hasPrefix("requirements.txt:2:1: error[CG0332]: torch 1.12.1 and the H100 contradict"))
        #expect(result.errors.contains("    2 | torch==1.12.1\n"))
        let json = try program.run("resolve", "requirements.txt", "--gpu", "H100", "--format", "json")
        #expect(try json.status == 2 && json.json(\.errors)["version"] as? Int == 1)
    }

    @Test func withoutATagPlainHasNoAnswer() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("resolve", "--tensorflow", "2.17", "--format", "plain")
        #expect(result.status == 1 && result.output.isEmpty && result.errors.contains("source 'wheels'"))
        let nearest = try program.run("resolve", "--tensorflow", "2.17", "--source", "image", "--format", "plain")
        #expect(nearest.status == 0 && nearest.output == "12.2.2-cudnn8-runtime-ubuntu22.04\n")
        #expect(nearest.errors.contains("warning[CG0335]"))
    }

    @Test(arguments: [
        (["--gpu", "RTX 4091"], "RTX 4090"), (["--gpu", "Quux"], "--compute-capability"),
        (["--driver", "new"], "driver's version"),
        (["--onnxruntime-gpu", "1.18"], "1.17 and 1.19"),
    ])
    func unknownNamesAreFindings(arguments: [String], part: String) throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run(["resolve"] + arguments)
        #expect(result.status == 2 && result.output.isEmpty && result.errors.contains(part), "\(result.errors)")
    }

    @Test(arguments: [
        ["--torch", "two"], ["--torch", ""], ["--framework", "numpy"], ["--compute-capability", "x"],
        ["--torch", "2.4", "--source", "packages"],
    ])
    func wrongUsageIsSaid(arguments: [String]) throws {
        let program = try Program()
        defer { program.remove() }
        #expect(try program.run(["resolve"] + arguments).status == 64)
    }

    @Test func versionsOfOneFrameworkHaveToHoldTogether() throws {
        let program = try Program()
        defer { program.remove() }
        let both = try program.run("resolve", "--torch", ">=2.4", "--torch", "<2.5", "--format", "plain")
        #expect(both.status == 0 && both.output.hasPrefix("12.4.1-"))
        let neither = try program.run("resolve", "--torch", "2.4.1", "--torch", "2.5")
        #expect(neither.status == 2 && neither.errors.contains("torch 2.4.1 and torch 2.5 contradict each other"))
    }

    @Test func filesThatAreNoRequirementsAreRefused() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("schema: 1\n", to: "app.yaml")
        let recipe = try program.run("resolve", "app.yaml")
        #expect(recipe.status == 2 && recipe.errors.contains("image.cuda: resolve") && recipe.output.isEmpty)
        let folder = try program.run("resolve", ".")
        #expect(folder.status == 2 && folder.errors.contains("cudagen init") && !folder.errors.contains("recipe"))
    }

    @Test func filesThatAFileNamesAreRead() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("-r more.txt\n", to: "requirements.txt")
        try program.write("torch==1.12.1\n", to: "more.txt")
        let result = try program.run("resolve", "requirements.txt", "--gpu", "H100")
        #expect(result.status == 2 && result.errors.hasPrefix("more.txt:1:1: error[CG0332]"))
        #expect(result.errors.contains("    1 | torch==1.12.1\n"))
    }

    @Test func driverOfAMachineWithoutOneIsMissingFromTheEnvironment() throws {
        guard !FileManager.default.fileExists(atPath: "/proc/driver/nvidia/version") else { return }
        let program = try Program()
        defer { program.remove() }
        #expect(try program.run("resolve", "--driver", "host").status == 3)
    }

    @Test func recipeThatResolvesNamesTheReason() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("image: {cuda: resolve}\npython: {requirements: r.txt}\n", to: "app.yaml")
        try program.write("torch==2.5.1\n", to: "r.txt")
        let result = try program.run("explain", "app.yaml")
        #expect(
            result.status == 0 && result.output.contains("(app.yaml:1: resolve, torch 2.5.1 is built for CUDA 12.4)"))
    }
}
