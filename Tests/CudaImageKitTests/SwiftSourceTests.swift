import SwiftSource
import Testing

/// Names and literals of generated Swift.
@Suite struct SwiftSourceTests {
    @Test(arguments: [
        ("runtime", "runtime"), ("cuda-12.runtime", "cuda12Runtime"), ("12", "_12"), ("default", "`default`"),
        ("Trainer", "trainer"), ("a_b c", "aBC"),
    ])
    func namesAreConstants(text: String, name: String) {
        #expect(SwiftSource.identifier(text) == name)
    }

    @Test func nothingHasNoName() {
        #expect(SwiftSource.identifier("") == nil)
        #expect(SwiftSource.identifier("--é") == nil)
    }

    @Test(arguments: [
        ("a\\n", "#\"\"\"\na\\n\n\"\"\"#"), ("a \"\"\"# b", "##\"\"\"\na \"\"\"# b\n\"\"\"##"),
        ("\\#(x)", "##\"\"\"\n\\#(x)\n\"\"\"##"),
    ])
    func literalsAreRaw(text: String, literal: String) {
        #expect(SwiftSource.literal(text) == literal)
    }
}
