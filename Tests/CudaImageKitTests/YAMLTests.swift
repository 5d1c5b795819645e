import Testing

@testable import CudaImageKit

@Suite struct YAMLTests {
    private func findings(_ text: String) -> [String] {
        let findings = FindingList()
        _ = YAMLComposer.compose(text, fileName: "a.yaml", findings: findings)
        return findings.sorted.all.map(summary)
    }

    @Test func columnsCountUnicodeScalars() throws {
        let root = try #require(YAMLComposer.compose("é𝄞ü: [日本, x]\r\nb: c", fileName: "a", findings: FindingList()))
        guard case .mapping(let entries) = root.content, case .sequence(let items) = entries[0].value.content else {
            Issue.record("expected a mapping with a list")
            return
        }
        #expect(items[1].span.start == SourcePosition(line: 1, column: 11))
        #expect(entries[1].keySpan.start == SourcePosition(line: 2, column: 1))
        #expect(root.span.end == SourcePosition(line: 2, column: 5))
    }

    @Test(arguments: [
        ("a:\n\tb: 1", ["2:1 CG0110 a tab indents this line; YAML allows blanks only"]),
        ("a: 1\n---\nb: 2", ["2:1 CG0111 a second YAML document starts here"]),
        ("a: *x", ["1:4 CG0101 there is no anchor '&x' before this alias"]),
        ("a: &x [*x]", ["1:8 CG0101 there is no anchor '&x' before this alias"]),
        ("<<: {a: 1}", ["1:1 CG0411 merge keys ('<<') are not supported"]),
        ("? [a]\n: b", ["1:3 CG0104 expected a text as key, found a list"]),
        ("é: \u{1}", ["1:4 CG0101 not YAML: control characters are not allowed"]),
        ("a: [b", ["1:6 CG0101 not YAML: did not find expected ',' or ']'"]),
        ("a: b: c", ["1:5 CG0101 not YAML: mapping values are not allowed in this context"]),
    ])
    func mistakeIsReportedAtItsPlace(text: String, expected: [String]) {
        #expect(findings(text) == expected)
    }

    @Test func scalarsAreTheTextAsWritten() {
        let texts = ["12.10", "0x1F", "yes", "1_000", "1e3", "0o7", "2001-01-01"]
        let root = YAMLComposer.compose("[\(texts.joined(separator: ", "))]", fileName: "a", findings: FindingList())
        guard case .sequence(let items)? = root?.content else {
            Issue.record("expected a list")
            return
        }
        #expect(items.map(\.content) == texts.map { .scalar(YAMLScalar(text: $0, isPlain: true)) })
    }

    @Test func aliasesAreBounded() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(findings(text).last?.contains("CG0108") == true)
    }

    @Test(arguments: ["[", "{a: ", "- "])
    func depthIsBounded(opening: String) {
        #expect(findings(String(repeating: opening, count: 100_000)).first?.contains("CG0105") == true)
    }

    @Test func aliasReadsAsItsValueAtItsOwnPlace() throws {
        let text = "build: {env: &e {A: 1}}\nenv: *e"
        let recipe = try #require(Recipe.parse(RecipeSource(text: text, fileName: "a")).recipe)
        #expect(recipe.environment.first?.value.value == "1")
        #expect(recipe.environment.first?.value.span.start == SourcePosition(line: 2, column: 6))
    }
}
