import Testing

@testable import CudaImageKit

@Suite struct DiagnosticFormatterTests {
    private func report(_ text: String, color: Bool = false) -> String {
        let source = RecipeSource(text: text, fileName: "app.yaml")
        return DiagnosticFormatter(source, color: color).text(Recipe.parse(source).diagnostics)
    }

    @Test func findingShowsPlaceLineAndHelp() {
        #expect(
            report("schema: 1\nentrypont: [python3]\n") == """
                app.yaml:2:1: error[CG0102]: unknown key 'entrypont'
                    2 | entrypont: [python3]
                      | ^~~~~~~~~
                help: did you mean 'entrypoint'?

                """)
    }

    @Test func underlineStandsBelowWideCharactersAndTabs() {
        #expect(
            report("env: {日本: 1,\t1X: a}") == """
                app.yaml:1:7: error[CG0201]: '日本' is not an environment variable's name: \(EnvironmentName.rule)
                    1 | env: {日本: 1,  1X: a}
                      |       ^~~~
                app.yaml:1:14: error[CG0201]: '1X' is not an environment variable's name: \(EnvironmentName.rule)
                    1 | env: {日本: 1,  1X: a}
                      |                 ^~

                """)
    }

    @Test func longLineIsCutAroundThePart() {
        let text = report("env: {A: \"\(String(repeating: "x", count: 300))\", 1B: y}")
        #expect(text.contains("| …xxx"))
        #expect(text.contains(" 1B: y}\n"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 200 })
    }

    @Test func nothingReachesTheTerminalAsACommand() {
        let text = report("\"a\u{202e}\\e[31m\": 1\nb\u{7f}: 1\n")
        #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeOnTerminal })
        let message = Diagnostic(.error, .invalidValue, "\u{1b}[2J", at: .option("--set \u{7}"), help: "\u{9b}")
        #expect(
            DiagnosticFormatter().text(message)
                == "--set \\u{7}: error[CG0201]: \\u{1b}[2J\nhelp: \\u{9b}\n")
    }

    @Test func optionIsNamedInsteadOfALine() {
        let finding = Diagnostic(.warning, .endOfLife, "old", at: .option("--cuda"), notes: ["since 2024"])
        #expect(DiagnosticFormatter().text(finding) == "--cuda: warning[CG0304]: old\nnote: since 2024\n")
        #expect(DiagnosticFormatter().text(Diagnostic(.note, .noSuchTag, "x")) == "note[CG0302]: x\n")
    }

    @Test func colourIsOptional() {
        #expect(report("a: 1", color: true).contains("\u{1b}[1;31merror[CG0102]\u{1b}[0m"))
    }

    @Test func jsonHasPlacesAndFixes() {
        let diagnostics = Recipe.parse(RecipeSource(text: "cmd: [a]", fileName: "a")).diagnostics
        #expect(
            diagnostics.json.compact == #"""
                {"version":1,"diagnostics":[{"severity":"error","code":"CG0102","message":"unknown key 'cmd'","file":"a",\#
                "line":1,"column":1,"endLine":1,"endColumn":4,"notes":[],"help":"did you mean 'command'?",\#
                "fix":{"file":"a","line":1,"column":1,"endLine":1,"endColumn":4,"replacement":"command"}}]}
                """#)
    }

    @Test func jsonEscapesAndIndents() {
        let value = JSONValue.object([
            ("a\"", .string("\\\n\u{1b}é\u{2028}")), ("b", .array([.null, .bool(true)])), ("c", .array([])),
        ])
        #expect(value.compact == #"{"a\"":"\\\n\u001bé\u2028","b":[null,true],"c":[]}"#)
        #expect(JSONValue.object([("b", .array([.integer(1)]))]).pretty == "{\n  \"b\": [\n    1\n  ]\n}")
    }
}
