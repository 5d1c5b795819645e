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

    private static let extension_ = """
        cudagen-catalog 1 extends
        [releases]
        12.9.2\tsupported
        12.9.1\tunsupported
        [tags]
        12.9.2 ubuntu24.04\tsupported\t-\tamd64\tnames\t-\tbase

        """

    @Test func listNamesReleasesAndTheirCatalogue() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(Self.extension_, to: "more.catalog")
        let options = ["catalog", "list", "--cuda", "12.9", "--catalog", "more.catalog"]
        let lines = try program.run(options).output.split(separator: "\n")
        #expect(lines.count == 4 && lines[0].hasPrefix("RELEASE "))
        #expect(lines[1].hasSuffix("built-in") && lines[3].hasPrefix("12.9.2") && lines[3].hasSuffix("more.catalog"))
        let json = try program.run(options + ["--format", "json"]).json()
        let releases = try #require(json["releases"] as? [[String: Any]])
        #expect(
            json["version"] as? Int == 1 && releases.map { $0["cuda"] as? String } == ["12.9.0", "12.9.1", "12.9.2"])
        #expect(
            (json["catalogues"] as? [[String: Any]])?.map { $0["name"] as? String } == ["more.catalog", "built-in"])
        #expect(try program.run("catalog", "list", "--cuda", "7").status == 1)
    }

    @Test func showKnowsReleasesAndTags() throws {
        let program = try Program()
        defer { program.remove() }
        let release = try program.run("catalog", "show", "12.4.1")
        #expect(release.status == 0 && release.output.contains("ubuntu22.04") && release.output.contains("525.60.13"))
        let tag = try program.run("catalog", "show", "12.4.1-runtime-ubuntu22.04", "--format", "json").json()
        #expect(tag["version"] as? Int == 1 && tag["title"] as? String == "nvidia/cuda:12.4.1-runtime-ubuntu22.04")
        for unknown in ["12.4.9", "12.4.9-base-ubuntu22.04", "nothing"] {
            let result = try program.run("catalog", "show", unknown)
            #expect(result.status == 2 && result.output.isEmpty && !result.errors.isEmpty)
        }
    }

    @Test func diffComparesByMeaning() throws {
        let program = try Program()
        defer { program.remove() }
        #expect(try program.run("catalog", "diff").output.isEmpty)
        #expect(try program.run("catalog", "diff").status == 0)
        try program.write(Self.extension_, to: "more.catalog")
        let result = try program.run("catalog", "diff", "more.catalog")
        #expect(result.status == 1)
        #expect(
            result.output
                == "~ release 12.9.1\n    status supported -> unsupported\n+ release 12.9.2\n+ tag 12.9.2-base-ubuntu24.04\n"
        )
        let back = try program.run("catalog", "diff", "more.catalog", "built-in", "--format", "json")
        let changes = try #require(try back.json()["changes"] as? [[String: Any]])
        #expect(changes.map { $0["kind"] as? String } == ["changed", "removed", "removed"])
        #expect(try program.run("catalog", "diff", "missing.catalog").status == 2)
        #expect(try program.run("catalog", "diff", "a", "b", "c").status == 64)
    }

    @Test func changedPinsAreNamed() throws {
        let program = try Program()
        defer { program.remove() }
        func catalog(_ version: String, _ hold: String) -> String {
            """
            cudagen-catalog 1
            [releases]
            12.9.1\tsupported
            [tags]
            12.9.1 ubuntu24.04\tsupported\t-\tamd64\tpins\t-\tbase
            [images]
            12.9.1 ubuntu24.04 amd64\tbase=ubuntu:24.04\tmanager=apt\tstatus=supported\tenvironment=7\tsets=base:3
            [environments]
            7\tenv=A=b
            [sets]
            3\tpackages=cuda-cudart-12-9=\(version)\thold=\(hold)

            """
        }
        try program.write(catalog("1-1", "a"), to: "a")
        try program.write(catalog("2-1", "a").replacing("\n7\t", with: "\n0\t").replacing("=7", with: "=0"), to: "b")
        try program.write(catalog("1-1", "b"), to: "c")
        let pins = try program.run("catalog", "diff", "a", "b").output
        #expect(pins == "~ image 12.9.1 ubuntu24.04 amd64\n    base cuda-cudart-12-9 1-1 -> 2-1\n")
        #expect(
            try program.run("catalog", "diff", "a", "c").output.hasSuffix("    base: what is held, removed or set\n"))
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
