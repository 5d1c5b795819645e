import Testing

@testable import CudaImageKit

@Suite struct RecipeOverrideTests {
    private func parse(_ text: String, _ options: String...) -> (recipe: Recipe?, diagnostics: Diagnostics) {
        Recipe.parse(RecipeSource(text: text, fileName: "a"), overrides: options.compactMap { RecipeOverride($0) })
    }

    @Test func overrideSetsReplacesAndAppends() throws {
        let (parsed, diagnostics) = parse(
            "env: {LEVEL: 1}\ncopy: [{from: a, to: /a}]", "env.LEVEL=2", "copy.0.to=/x", "copy.1=b",
            "labels.org.opencontainers.image.source=https://x/?a=b", "entrypoint=[python3, app.py]", "env.E=",
            "image.cuda=12.10", "system.packages.0=curl")
        #expect(diagnostics.all.isEmpty)
        let recipe = try #require(parsed)
        #expect(recipe.environment.map(\.value.value) == ["2", ""])
        #expect(recipe.environment.first?.value.span == .option("--set env.LEVEL"))
        #expect(recipe.copies.map { $0.to?.value.text } == ["/x", nil])
        #expect(recipe.labels.map(\.value.value) == ["https://x/?a=b"])
        #expect(recipe.entrypoint?.value == ["python3", "app.py"])
        #expect(recipe.image.cuda?.value.description == "12.10")
        #expect(recipe.systemPackages.map(\.value.text) == ["curl"])
    }

    @Test(arguments: [
        ("image.flavr=x", "--set image.flavr CG0102 unknown key 'flavr' in 'image'"),
        ("name.x=1", "--set name.x CG0205 'app' is a text and has no key 'x'"),
        ("copy.7=b", "--set copy.7 CG0205 '7' is not an index of this list; expected 0 to 1"),
        ("run=[a", "--set run CG0101 '[a': not YAML: did not find expected ',' or ']'"),
        ("image.flavor=big", "--set image.flavor CG0201 'big' is not a flavor: expected base, runtime, devel"),
    ])
    func mistakeIsReportedAtTheOption(option: String, expected: String) {
        let (recipe, diagnostics) = parse("name: app\ncopy: [a]", option)
        #expect(recipe == nil)
        #expect(diagnostics.all.map(summary) == [expected])
    }

    @Test(arguments: ["env.A=1", "a.\"b.c\"=d", "x=", "labels.a.b=c=d"])
    func overridePrintsAsItWasRead(text: String) { #expect(RecipeOverride(text)?.description == text) }

    @Test(arguments: ["", "a", "=x", "a.=x", ".a=x", "a..b=x"])
    func overrideNeedsPathAndValue(text: String) { #expect(RecipeOverride(text) == nil) }
}
