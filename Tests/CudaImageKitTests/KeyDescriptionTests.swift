import Testing

@testable import CudaImageKit

/// What is said of a key is true: its examples and its default are read, and its words are there.
@Suite struct KeyDescriptionTests {
    /// A key where it stands in a file.
    struct Place: CustomTestStringConvertible {
        /// The keys from the top: `copy[].from`.
        var name: String
        var description: KeyDescription
        /// The text of a file with a value of the key, and what else has to be there.
        var file: @Sendable (String) -> String

        var testDescription: String { name }
    }

    /// Every key of a mapping, and of the mappings below it.
    private static func places(
        of mapping: MappingShape, below path: String = "", file: @escaping @Sendable (String) -> String
    ) -> [Place] {
        mapping.keys.flatMap { key in
            let name = path.isEmpty ? key.name : "\(path).\(key.name)"
            let others = mapping.keys.filter { mapping.required.contains($0.name) && $0.name != key.name }
                .map { "\($0.name): \($0.description.examples[0])" }
            let place = Place(name: name, description: key.description) { value in
                file("{" + (["\(key.name): \(value)"] + others).joined(separator: ", ") + "}")
            }
            return [place] + inner(of: key.description.value, below: name, file: place.file)
        }
    }

    private static func inner(
        of value: ValueShape, below path: String, file: @escaping @Sendable (String) -> String
    ) -> [Place] {
        switch value {
        case .mapping(let mapping): places(of: mapping, below: path, file: file)
        case .list(let item, _): inner(of: item, below: path + "[]") { file("[\($0)]") }
        case .either(let values): values.flatMap { inner(of: $0, below: path, file: file) }
        case .text, .words, .table: []
        }
    }

    private static func errors(of file: String) -> [String] {
        let source = RecipeSource(text: file, fileName: "app.yaml")
        return Recipe.parse(source).diagnostics.all.map(summary)
    }

    private static func matrixErrors(of file: String) -> [String] {
        // An entry alone, which drops nothing, is only warned of.
        let findings = MatrixFile.parse(RecipeSource(text: file, fileName: "matrix.yaml")).diagnostics.all
        return findings.filter { $0.severity == .error }.map(summary)
    }

    @Test func recipeHasEveryKeyOnce() {
        let names = Self.places(of: .recipe) { $0 }.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count > 65, "\(names)")
        for name in ["image.cuda", "copy[].from", "build.artifacts[].owner", "healthcheck.start-period"] {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test func examplesAreRead() {
        for place in Self.places(of: .recipe, file: { $0 }) {
            #expect(!place.description.examples.isEmpty, "\(place.name)")
            for example in place.description.examples {
                let file = place.file(example)
                #expect(Self.errors(of: file) == [], "\(file)")
            }
        }
    }

    @Test func examplesOfMatrixFilesAreRead() {
        for place in Self.places(of: .matrixFile, file: { $0 }) {
            for example in place.description.examples {
                var file = place.file(example)
                if !file.contains("matrix:"), !file.contains("include:") {
                    file = "{matrix: {cuda: [12.4.1]}, " + file.dropFirst()
                }
                #expect(Self.matrixErrors(of: file) == [], "\(file)")
            }
        }
    }

    @Test func defaultsAreRead() {
        for place in Self.places(of: .recipe, file: { $0 }) {
            guard case .value(let value) = place.description.byDefault else { continue }
            #expect(Self.errors(of: place.file(value)) == [], "\(place.name)")
        }
    }

    @Test func meaningsAreSentences() {
        for place in Self.places(of: .recipe, file: { $0 }) + Self.places(of: .matrixFile, file: { $0 }) {
            let meaning = place.description.meaning
            #expect(meaning.hasSuffix(".") && meaning.first?.isUppercase == true, "\(place.name)")
            #expect(meaning.count { $0 == "`" } % 2 == 0, "\(place.name)")
            #expect(!meaning.contains("\n") && meaning.count < 240, "\(place.name)")
        }
    }

    /// The recipes of other tests, for `scripts/check-schema`: the schema has to accept them, too.
    @Test func recipesForTheJudgeAreRead() throws {
        var recipes = GoldenCase.all.compactMap { golden in golden.recipe.map { (golden.name, $0) } }
        recipes.append(("full", RecipeParsingTests.full))
        for seed in 1...50 {
            var generator = SeededGenerator(seed: UInt64(seed))
            recipes.append(("random-\(seed)", RandomRecipe(using: &generator).text))
        }
        for (name, text) in recipes {
            #expect(Self.errors(of: text) == [], "\(name)")
            try RecipeFolder.write(text, name: name)
        }
    }

    /// The schema's own patterns, judged by the reader: `scripts/check-schema` judges the whole schema.
    @Test(arguments: [
        (TextShape.port, ["1", "65535", "53/udp", "9/sctp"], ["0", "65536", "080", "80/http", "80/", "99999"]),
        (
            TextShape.imageReference,
            ["debian:12", "localhost/a", "registry.example.com:5000/a/b__c:T_1", "a@sha256:" + hex, "a-b--c.d"],
            ["Debian", "a___b", "a..b", "a:", "a:.b", "Foo/bar", "a@sha256:0", "a/", "/a"]
        ),
        (
            TextShape.contextFile, ["a", ".", "./a", "a/", "..a", ".a/b", "a//b"],
            ["", "/a", "..", "a/..", "a b", "../a"]
        ),
        (TextShape.contextPath, ["a b", "é/ü", "...", "a/.b"], ["..", "a/../b", "/", "a\nb"]),
    ])
    func patternMatchesWhatIsMeant(shape: TextShape, right: [String], wrong: [String]) throws {
        let pattern = try Regex(try #require(shape.pattern))
        for text in right { #expect(text.wholeMatch(of: pattern) != nil, "\(text)") }
        for text in wrong { #expect(text.wholeMatch(of: pattern) == nil, "\(text)") }
    }

    private static let hex = String(repeating: "0", count: 64)
}
