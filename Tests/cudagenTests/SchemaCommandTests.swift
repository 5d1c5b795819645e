import Foundation
import Testing

@Suite struct SchemaCommandTests {
    @Test(arguments: [([], "image"), (["recipe"], "image"), (["matrix"], "exclude")])
    func schemaIsPrinted(arguments: [String], key: String) throws {
        let program = try Program()
        defer { program.remove() }
        let result = try program.run(["schema"] + arguments)
        #expect(result.status == 0 && result.errors.isEmpty)
        let schema = try result.json()
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["additionalProperties"] as? Bool == false)
        #expect((schema["properties"] as? [String: Any])?[key] != nil)
    }

    @Test func fileIsWrittenAgainButNotOverAnEdit() throws {
        let program = try Program()
        defer { program.remove() }
        #expect(try program.run("schema", "-o", "a.json").status == 0)
        let text = try #require(program.read("a.json"))
        #expect(try program.run("schema", "--check", "-o", "a.json").status == 0)
        #expect(try program.run("schema", "matrix", "-o", "a.json").status == 0, "it is cudagen's own")
        let different = try program.run("schema", "--check", "-o", "a.json")
        #expect(different.status == 1 && different.output.hasPrefix("--- a.json\n+++ "))
        let edited = text.replacingOccurrences(
            of: "\"type\": \"object\"", with: "\"type\": \"array\"")
        try program.write(edited, to: "a.json")
        let refused = try program.run("schema", "-o", "a.json")
        #expect(refused.status == 2 && refused.errors.contains("CG0502"))
        #expect(program.read("a.json") == edited)
        try program.write("{}\n", to: "a.json")
        let foreign = try program.run("schema", "-o", "a.json")
        #expect(foreign.status == 2 && foreign.errors.contains("CG0501"))
        #expect(try program.run("schema", "-o", "a.json", "--force").status == 0)
        #expect(program.read("a.json") == text)
    }

    @Test func unknownFileIsWrongUsage() throws {
        let program = try Program()
        defer { program.remove() }
        #expect(try program.run("schema", "dockerfile").status == 64)
    }
}
