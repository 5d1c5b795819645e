import Testing

@testable import CudaImageKit

@Suite struct RecipeFuzzTests {
    /// Reading and deciding end, errors have places, and what is printed is safe, whatever the bytes are.
    @Test(arguments: 0..<400)
    func mutatedRecipeNeverCrashes(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var bytes = Array(RecipeParsingTests.full.utf8)
        let special = Array("\0\t\n\r:-[]{}*&!|>'\"%@`#, \u{85}é".utf8) + [0xff, 0xc3]
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let byte = special.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[index] = byte
            case 1: bytes.insert(byte, at: index)
            case 2: bytes.remove(at: index)
            default: bytes.removeSubrange(index..<min(index + 40, bytes.count))
            }
        }
        let source: RecipeSource
        do { source = try RecipeSource(bytes: bytes, fileName: "a") } catch {
            #expect(error.diagnostics.all.first?.code == .notUTF8, "seed \(seed)")
            return
        }
        let (recipe, diagnostics) = Recipe.parse(source)
        #expect((recipe == nil) == diagnostics.hasErrors, "seed \(seed)")
        let decided = Generator().generate(source)
        #expect(decided.diagnostics.hasErrors == (decided.text == nil), "seed \(seed)")
        #expect(Set(diagnostics.all).isSubset(of: decided.diagnostics.all), "seed \(seed)")
        let printed = DiagnosticFormatter(source).text(decided.diagnostics)
        #expect(!printed.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeOnTerminal }, "seed \(seed)")
    }

    /// Large texts made of one piece that cost a careless reader much time or memory.
    @Test(
        arguments: [
            "[", "{", "- ", "? ", "a: ", "&a ", "*a ", "!a ", "'", "\"", "\\", "#", "%TAG !a! b\n", "---\n",
            "a: [b, c]\n",
            "- |\n x\n", "[a, ", "é", "x", "x ", "x\n", "\r", "\t", "{}\n", "- b: c\n", "\u{2028}", "a1:\n ", "[]: ",
            "x,",
        ])
    func hostileTextIsReadQuickly(piece: String) {
        for opening in ["", "env: ", "run: [", "labels: {", "copy:\n", "\""] {
            let text = opening + String(repeating: piece, count: 200_000 / piece.utf8.count)
            let source = RecipeSource(text: text, fileName: "a")
            let (seconds, diagnostics) = processorTime { Recipe.parse(source).diagnostics }
            #expect(seconds < 5, "\(opening)\(piece)")
            #expect(DiagnosticFormatter(source).text(diagnostics).utf8.count < 400_000)
        }
    }
}
