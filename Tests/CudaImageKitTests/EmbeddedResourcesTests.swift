import Foundation
import Testing

@testable import CudaImageKit

/// The catalogue and the templates in the program are those of the repository.
@Suite struct EmbeddedResourcesTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func everyTemplateIsEmbedded() throws {
        let folder = Self.package.appendingPathComponent("Templates")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".mustache") }.sorted()
        let list = "name new files in Sources/CEmbeddedResources/embedded_resources.c"
        #expect(EmbeddedResources.templates.map { $0.name + ".mustache" }.sorted() == files, "\(list)")
        for template in EmbeddedResources.templates {
            let text = try String(
                contentsOf: folder.appendingPathComponent(template.name + ".mustache"), encoding: .utf8)
            #expect(template.text.description == text, "\(template.name)")
        }
    }

    @Test func catalogueIsEmbedded() throws {
        let file = Self.package.appendingPathComponent("Sources/CudaImageKit/Catalog/Data/cuda.catalog")
        #expect(EmbeddedResources.cudaCatalog.description == (try String(contentsOf: file, encoding: .utf8)))
    }

    /// A file that is embedded without this is not embedded anew when it is edited.
    @Test func everyFileIsADependency() throws {
        let file = Self.package.appendingPathComponent("Sources/CEmbeddedResources/embedded_resources.c")
        let source = try String(contentsOf: file, encoding: .utf8)
        for name in EmbeddedResources.templates.map({ $0.name + ".mustache" }) + ["cuda.catalog"] {
            #expect(source.contains("__has_include(\"\(name)\")"), "\(name)")
        }
    }
}
