import Foundation
import Testing

@Suite struct CatalogueCommandTests {
    private let query = ["tags", "--cuda", "12.4", "--flavor", "runtime", "--os", "ubuntu22.04"]

    @Test func tagsComeAsTablePlainAndJSON() throws {
        let program = try Program()
        defer { program.remove() }
        let plain = try program.run(query + ["--format", "plain"])
        let names = plain.output.split(separator: "\n").map(String.init)
        #expect(plain.status == 0 && names.contains("12.4.1-cudnn-runtime-ubuntu22.04"))
        let table = try program.run(query)
        #expect(table.output.split(separator: "\n").count == names.count + 1 && table.output.hasPrefix("TAG "))
        let json = try program.run(query + ["--format", "json"]).json()
        #expect(json["version"] as? Int == 1)
        let tags = try #require(json["tags"] as? [[String: Any]])
        #expect(tags.compactMap { $0["tag"] as? String } == names)
        #expect(tags.first?["platforms"] as? [String] == ["linux/amd64", "linux/arm64"])
    }

    @Test func noMatchingTagIsTheAnswerNo() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("tags", "--cuda", "12.4", "--os", "ubuntu14.04", "--format", "plain")
        #expect(result.status == 1 && result.output.isEmpty && !result.errors.isEmpty)
    }

    @Test(arguments: ["11.4.0-runtime-ubuntu20.04", "nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04", "11.4.0-runtime"])
    func explainKnowsATag(tag: String) throws {
        let program = try Program()
        defer { program.remove() }
        let text = try program.run("explain", tag)
        #expect(text.status == 0 && text.output.contains("Decisions") && text.output.contains("NVIDIA_REQUIRE_CUDA"))
        let json = try program.run("explain", "--format", "json", tag).json()
        #expect(json["version"] as? Int == 1 && json["sections"] is [[String: Any]])
    }

    @Test func explainNeverNamesAnOptionThatNobodyGave() throws {
        let program = try Program()
        defer { program.remove() }
        #expect(try !program.run("explain", "11.4.0-runtime-ubuntu20.04").output.contains("option --"))
        let completed = try program.run("explain", "--cuda", "12.6", "--os", "ubuntu24.04")
        #expect(completed.output.contains("(option --cuda: 12.6, completed"))
    }

    @Test func explainOfATagThatDoesNotExistNamesTheNearest() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("explain", "12.4.9-runtime-ubuntu22.04")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors.contains("12.4.1-runtime-ubuntu22.04"))
    }

    @Test(arguments: [
        ("12.4.1-base", "12.4.1-base-ubuntu22.04"), ("latest", "NVIDIA publishes no tag 'latest'"),
        ("nvidia/cuda:99-base", "'cudagen tags --format plain'"),
    ])
    func explainOfNearlyATagSaysWhatIsWrong(subject: String, text: String) throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("explain", subject)
        #expect(result.status == 2 && result.output.isEmpty && result.errors.contains("error[CG0302]"))
        #expect(result.errors.contains(text), "\(result.errors)")
    }

    @Test func fileIsARecipeWhateverItsName() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(TestRecipe.good, to: "12.4.1-base")
        #expect(try program.run("explain", "12.4.1-base").output.hasPrefix("app: CUDA 12.6.3"))
        try FileManager.default.createDirectory(
            atPath: "\(program.folder)/12.4.1-base-ubi9", withIntermediateDirectories: false)
        #expect(try program.run("explain", "12.4.1-base-ubi9").output.hasPrefix("CUDA 12.4.1 base on ubi9"))
    }

    @Test func explainOfAnotherBaseSaysWhereTheVersionsAreFrom() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("explain", "--cuda", "12.4.1", "--base", "debian:12")
        #expect(
            result.output.contains(
                "12.4.1-runtime-ubuntu22.04  (for debian12 the versions are those of ubuntu22.04; the release: option --cuda)"
            ))
    }

    @Test func explainOfARecipeNamesTheReasons() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(TestRecipe.good, to: "app.yaml")
        let result = try program.run("explain", "--cuda", "12.8.1", "app.yaml")
        #expect(result.status == 0 && result.errors.isEmpty)
        #expect(result.output.contains("(option --cuda)") && result.output.contains("(app.yaml:2)"))
    }

    @Test func findingsAreJSONWhereAProgramReads() throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run("--format", "json", "--cuda", "12.4", "--os", "ubuntu22.04")
        #expect(result.output.hasPrefix("# Generated"))
        #expect(try result.json(\.errors)["version"] as? Int == 1)
    }

    @Test func matrixFileBecomesAFolderForEachImage() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(TestRecipe.good, to: "app.yaml")
        try program.write("recipe: app.yaml\nmatrix: {cuda: [12.6.3, 12.8.1], os: [ubuntu24.04]}\n", to: "matrix.yaml")
        let result = try program.run("matrix", "matrix.yaml", "-o", "dist")
        #expect(result.status == 0 && result.output.isEmpty && result.errors.hasSuffix("2 Dockerfiles in dist\n"))
        #expect(program.read("dist/12.8.1-ubuntu24.04/Dockerfile")?.contains("FROM nvidia/cuda:12.8.1-") == true)
        #expect(try program.run("matrix", "matrix.yaml", "-o", "dist").status == 0, "its own files are replaced")
        try program.write("FROM scratch\n", to: "dist/12.8.1-ubuntu24.04/Dockerfile")
        #expect(try program.run("matrix", "matrix.yaml", "-o", "dist").status == 2)
        #expect(program.read("dist/12.8.1-ubuntu24.04/Dockerfile") == "FROM scratch\n")
    }

    @Test func findingsOfAMatrixsRecipeShowItsLines() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("user: {uid: x}\nsystem: {packages: [cuda]}\n", to: "app.yaml")
        try program.write("recipe: app.yaml\nmatrix: {cuda: [12.6.3, 12.8.1], os: [ubuntu24.04]}\n", to: "matrix.yaml")
        let broken = try program.run("matrix", "matrix.yaml", "-o", "dist")
        #expect(broken.status == 2 && broken.errors.contains("    1 | user: {uid: x}\n      |             ^\n"))
        #expect(broken.errors.components(separatedBy: "brings an NVIDIA driver").count == 2, "said once")
        #expect(program.files == ["app.yaml", "matrix.yaml"])
        try program.write("user: {uid: 1000}\n", to: "app.yaml")
        let taken = try program.run("matrix", "matrix.yaml", "-o", "dist")
        #expect(taken.status == 2 && taken.errors.contains("    1 | user: {uid: 1000}\n"))
    }

    @Test func oneImageIsOneDockerfile() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("matrix: {cuda: [12.6.3]}\nexclude: [{cuda: 11.8.0}]\n", to: "matrix.yaml")
        let result = try program.run("matrix", "matrix.yaml", "-o", "dist")
        #expect(result.status == 0 && result.errors.hasSuffix("cudagen: 1 Dockerfile in dist\n"))
        #expect(result.errors.hasPrefix("matrix.yaml:2:11: warning[CG0206]"))
    }

    @Test func oneImpossibleImageOfAMatrixWritesNothing() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("matrix: {cuda: [12.6.3], os: [ubuntu24.04, ubuntu18.04]}\n", to: "matrix.yaml")
        let result = try program.run("matrix", "matrix.yaml", "-o", "dist")
        #expect(result.status == 2 && program.files == ["matrix.yaml"])
        #expect(result.errors.contains("12.6.3-ubuntu18.04: "))
    }
}
