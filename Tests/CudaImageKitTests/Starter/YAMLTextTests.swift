import Foundation
import Testing

@testable import CudaImageKit

/// Scalars come back as they were, from our reader and from one that guesses types.
@Suite struct YAMLTextTests {
    static let special = [
        "", "a", "a b", " a", "a ", "~", "null", "yes", "No", "on", "y", "true", "1", "1.10", "0x1F", "0o7", "1e3",
        "1_000",
        "12:30:45", "2024-01-02", ".inf", ".nan", "-", "- a", "--host", "? a", "a: b", "a:b", "a #b", "#a", "[a]",
        "{a}",
        "a,b", "a, b", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a", "'", "\"", "\\", "a\\n", "...", "---", "... a",
        "=",
        "<<", ".", "..", "./", "12.4.1", "0.0.0.0", "9.0+PTX", "a\nb", "a\tb", "\u{7}", "\u{85}", "\u{2028}",
        "\u{202e}",
        "\u{feff}", "\u{fffe}", "\u{1f600}", "\u{e9}", "e\u{301}", "\u{10ffff}", "\r\n", "\u{a0}", "1.", ".5", "+1",
        "1e", "e",
    ]

    private func document(_ texts: [String]) -> String {
        let scalars = texts.map(YAMLText.scalar)
        return "flow: [" + scalars.joined(separator: ", ") + "]\nblock:\n"
            + zip(scalars, texts).map { "  - \($0)  # \(YAMLText.comment($1))\n" }.joined()
    }

    private func texts(_ node: YAMLNode?) -> [String]? {
        guard case .sequence(let items)? = node?.content else { return nil }
        return items.map { if case .scalar(let scalar) = $0.content, !$0.isNull { scalar.text } else { "not a text" } }
    }

    private func read(_ text: String) -> [[String]] {
        let findings = FindingList()
        let root = YAMLComposer.compose(text, fileName: "t.yaml", findings: findings)
        #expect(!findings.hasErrors, "\(findings.sorted.all.map(\.message))")
        guard case .mapping(let entries)? = root?.content else { return [] }
        return entries.compactMap { texts($0.value) }
    }

    private func random(_ count: Int) -> [String] {
        var generator = SeededGenerator(seed: SeededGenerator.seed)
        return (0..<count).map { _ in NastyText.text(using: &generator) }
    }

    @Test func readerTakesEveryScalarForTheSameText() {
        let wanted = Self.special + random(2_000)
        let read = read(document(wanted))
        #expect(read.count == 2)
        for found in read { #expect(found.map { Array($0.unicodeScalars) } == wanted.map { Array($0.unicodeScalars) }) }
    }

    @Test func readerThatGuessesTypesTakesThemForTexts() throws {
        let python = "import sys, yaml, json; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding='utf-8'))))"
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"),
            try run("/usr/bin/python3", ["-c", "import yaml"]).status == 0
        else { return }
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let wanted = Self.special + random(1_000)
        let path = try folder.write(document(wanted), to: "t.yaml")
        let (status, output) = try run("/usr/bin/python3", ["-c", python, path])
        #expect(status == 0)
        let found = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: [Any]])
        for key in ["flow", "block"] {
            let texts = try #require(found[key])
            #expect(texts.count == wanted.count)
            for (text, wanted) in zip(texts, wanted) {
                #expect(
                    (text as? String)?.unicodeScalars.elementsEqual(wanted.unicodeScalars) == true,
                    "\(wanted.debugDescription)")
            }
        }
    }

    @Test(arguments: [
        "requirements.txt", "12.4.1", "numpy==2.1.3", "src/", "cmake -B out", ".", "nvcc -O3 -o out/a a.cu",
    ])
    func ordinaryTextsNeedNoQuotes(_ text: String) {
        // `.` alone is no number, but nearly.
        #expect(YAMLText.scalar(text) == text)
    }

    @Test func commentsEndWithTheirLine() {
        let text = "a # b\nc: d\u{2028}e\u{85}f\r\u{feff}\u{0}\u{202e}"
        #expect(YAMLText.comment(text) == "a # b\u{FFFD}c: d\u{FFFD}e\u{FFFD}f\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")
    }
}
