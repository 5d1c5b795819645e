import CudaImageKit
import Testing

/// What calls of a recipe in Swift mean, beside the words of a recipe's file.
@Suite struct RecipeBuilderCallsTests {
    /// Both recipes in one line: their places are the same.
    @Test func listsAreTakenAsArrays() {
        let words = ["a", "b"]
        let pairs = [(key: "B", value: "2"), (key: "A", value: "1")]
        let recipe = RecipeBuilder()
        #expect(recipe.entrypoint(words) == recipe.entrypoint("a", "b"))
        #expect(recipe.command(words) == recipe.command("a", "b"))
        #expect(recipe.run(words) == recipe.run("a", "b"))
        #expect(recipe.volumes(["/a", "/b"]) == recipe.volumes("/a", "/b"))
        #expect(recipe.expose([8080, "53/udp"]) == recipe.expose(8080, "53/udp"))
        #expect(recipe.healthcheck(words, retries: 2) == recipe.healthcheck("a", "b", retries: 2))
        #expect(recipe.environment(pairs) == recipe.environment(["B": "2", "A": "1"]))
        #expect(recipe.labels(pairs) == recipe.labels(["B": "2", "A": "1"]))
        let dictionary = ["A": "1", "B": "2"]
        #expect(
            recipe.environment(dictionary.sorted { $0.key < $1.key }) == recipe.environment(["A": "1", "B": "2"]))
    }

    @Test func healthcheckIsSwitchedOffByItsOwnName() throws {
        let recipe = RecipeBuilder().image(cuda: "12.4.1")
        #expect(try Generator().generate(recipe.withoutHealthcheck()).get().contains("\nHEALTHCHECK NONE\n"))
        let forgotten = Generator().generate(recipe.healthcheck(interval: "30s", retries: 3))
        #expect(forgotten.text == nil)
        #expect(forgotten.diagnostics.all.map(\.message) == ["'healthcheck.command' names no program"])
    }

    /// As of a recipe in a file.
    @Test func allMistakesAreFoundInOneRun() {
        let recipe = RecipeBuilder()
            .image(cuda: "77")
            .expose(0)
        let built = Generator().generate(recipe)
        let read = Generator().generate(
            RecipeSource(text: "image: {cuda: \"77\"}\nexpose: [0]\n", fileName: "app.yaml"))
        #expect(Set(built.diagnostics.all.map(\.code)) == [.noSuchRelease, .invalidValue])
        #expect(built.diagnostics.all.map(\.code) == read.diagnostics.all.map(\.code))
    }

    @Test func smokeTestIsSaidInTypes() throws {
        let recipe = RecipeBuilder().image(cuda: "12.4.1", os: "ubuntu22.04")
        let some = recipe.smoke(kernels: [.half]).smoke(kernels: [.graph], libraries: [.cublas])
        let plan = try #require(Generator().generate(some).plan)
        let test = try SmokeTestPlan(plan, catalog: .embedded)
        #expect(test.kernels.value == [.half, .graph] && test.libraries.value == [.cublas])
        let nothing = try #require(Generator().generate(some.smoke(kernels: [], libraries: [])).plan)
        let empty = try SmokeTestPlan(nothing, catalog: .embedded)
        #expect(empty.kernels.value.isEmpty && empty.libraries.value.isEmpty)
        let files = try SmokeTest.files(test)
        #expect(
            files.allSatisfy {
                $0.text.contains("the program of CudaImageKitTests/RecipeBuilderCallsTests.swift")
            })
    }

    /// Whatever tag is named: this one, or a finding.
    @Test func tagIsTheTagOrAFinding() {
        let tags = Catalog.embedded.tags
        // Every seventh, and all that are special: a resolution takes a while in debug builds.
        let some = tags.enumerated().filter { $0.offset.isMultiple(of: 7) || $0.element.tag.isReleaseCandidate }
        // Of older releases the catalogue knows tags by name alone.
        let releases = Set(Catalog.embedded.releases.map(\.cuda))
        var others: [CUDAImageTag] = []
        for facts in some.map(\.element) {
            let platforms = facts.platforms.isEmpty || facts.platforms.contains(.linuxAMD64) ? [] : facts.platforms
            guard let recipe = RecipeBuilder().image(facts.tag).image(platforms: platforms).read().recipe else {
                Issue.record("\(facts.tag)")
                continue
            }
            let (plan, findings) = Catalog.embedded.plan(recipe)
            if let tag = plan?.tag?.value {
                #expect(tag == facts.tag)
            } else {
                others.append(facts.tag)
                #expect(findings.hasErrors, "\(facts.tag)")
            }
        }
        let explained = others.filter { $0.isReleaseCandidate || !releases.contains($0.cuda) }
        #expect(!others.isEmpty && others == explained)
    }

    @Test func laterCallsAndOptionsBeatTheTag() throws {
        let tag = try #require(CUDAImageTag("11.0-base-ubuntu18.04-rc"))
        let recipe = RecipeBuilder().image(tag)
        let refused = Generator().generate(recipe)
        #expect(refused.diagnostics.all.map(\.code) == [.noSuchTag])
        #expect(refused.diagnostics.all.first?.message.contains("is a release candidate") == true)
        #expect(Generator().generate(recipe.image(cuda: "11.0.3")).plan != nil)
        #expect(Generator().generate(recipe, options: ImageOptions(cuda: CUDAVersionPattern(11, 0, 3))).plan != nil)
        // Of packages the tag is the pins' origin.
        let debian = CUDAImageTag(cuda: CUDAVersion(12, 4, 1), flavor: .base, os: OperatingSystem(.debian, "12"))
        #expect(Generator().generate(RecipeBuilder().image(debian).image(source: .packages)).plan != nil)
    }
}
