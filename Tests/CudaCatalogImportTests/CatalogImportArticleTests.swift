import CudaCatalogImport
import CudaImageKit
import Foundation
import Testing

/// What the library's page shows is code that is compiled.
@Suite struct CatalogImportArticleTests {
    private func shown(_ index: PackageIndex) throws -> Catalog {
        // article
        var facts = CatalogImport(into: .embedded)
        facts.add(index, repository: "ubuntu2404/x86_64", source: "a mirror of our own", date: nil)
        let extended = try Catalog(parsing: facts.text(), fileName: "imported.catalog")
        // end
        return extended
    }

    @Test func codeOfThePageIsCompiled() throws {
        let package = #filePath.components(separatedBy: "/Tests/")[0]
        let page = try String(
            contentsOfFile: "\(package)/Sources/CudaCatalogImport/CudaCatalogImport.docc/CudaCatalogImport.md",
            encoding: .utf8)
        let code = try String(contentsOfFile: #filePath, encoding: .utf8)
        let part = code.components(separatedBy: "// article\n")[1].components(separatedBy: "        // end")[0]
        #expect(page.contains("```swift\n" + part.replacing("        ", with: "") + "```\n"))
    }
}
