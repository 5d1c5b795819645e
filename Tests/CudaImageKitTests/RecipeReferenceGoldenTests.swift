import Foundation
import Testing

@testable import CudaImageKit

/// What is written about the recipe is made of the descriptions of its keys; `GoldenTests` says how it is written anew.
@Suite struct RecipeReferenceGoldenTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func tablesOfTheReferencePage() throws {
        let page = Self.package.appendingPathComponent("Documentation/recipe.md")
        var text = try String(contentsOf: page, encoding: .utf8)
        for mapping in RecipeReference.mappings {
            let start = try #require(
                text.range(
                    of:
                        "<!-- keys of \(mapping.name): written by CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden -->\n"
                ), "no table of \(mapping.name)")
            let end = try #require(text.range(of: "<!-- end of keys of \(mapping.name) -->"))
            let table = RecipeReference.table(of: mapping)
            let found = String(text[start.upperBound..<end.lowerBound])
            if GoldenFolder.updates {
                text.replaceSubrange(start.upperBound..<end.lowerBound, with: table)
            } else {
                #expect(
                    found == table, "\(mapping.name): CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden writes it anew"
                )
            }
        }
        if GoldenFolder.updates { try text.write(to: page, atomically: true, encoding: .utf8) }
    }

    @Test(arguments: InputSchema.allCases)
    func schemaInTheRepositoryIsCurrent(schema: InputSchema) throws {
        let file = Self.package.appendingPathComponent("Schemas/\(schema.rawValue).v1.json")
        if GoldenFolder.updates { try schema.text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(
            try String(contentsOf: file, encoding: .utf8) == schema.text,
            "CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden writes it anew")
    }
}
