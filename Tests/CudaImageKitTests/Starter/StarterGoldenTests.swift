import CudaImageKitTesting
import Foundation
import Testing

@testable import CudaImageKit

/// Whole starter recipes, as somebody read them.
@Suite struct StarterGoldenTests {
    @Test(arguments: StarterCase.all)
    func recipeIsAsItWasRead(_ starter: StarterCase) throws {
        let output = starter.output()
        let text = try #require(output.text, "\(DiagnosticFormatter().text(output.diagnostics))")
        expectGolden(text, "\(starter.name).yaml", in: "../Golden/starter")
        expectGolden(output.report(written: "app.yaml"), "\(starter.name).report", in: "../Golden/starter")
    }

    @Test(arguments: StarterCase.all)
    func recipeMakesADockerfile(_ starter: StarterCase) throws {
        let text = try #require(starter.output().text)
        let generated = Generator().generate(RecipeSource(text: text, fileName: "app.yaml"))
        #expect(generated.text != nil && !generated.diagnostics.hasErrors)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 || $0.contains("\"") }, "lines are too long")
    }

    @Test func everyFileBelongsToACase() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../Golden/starter")
        let files = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        #expect(files == Set(StarterCase.all.flatMap { ["\($0.name).yaml", "\($0.name).report"] }))
    }
}

/// The folders of `Examples/` without their recipes: what is found comes near what a person wrote.
@Suite struct StarterExampleTests {
    private static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../Examples").standardized.path

    /// What differs is what no file of the folder says.
    enum Difference { case cuda, os, base, name, copies, python, command }

    static let cases: [(String, Set<Difference>)] = [
        ("tensorflow", [.cuda, .os, .name]), ("pytorch-service", [.name, .command]), ("conda", []),
        ("cuda-cmake", [.cuda, .command]), ("uv-project", [.os, .python]),
        ("manual-debian", [.cuda, .os, .base, .name]),
        ("jax-python-slim", [.cuda, .os, .base, .name]), ("rocky", [.cuda, .os, .name]),
    ]

    @Test(arguments: cases)
    func recipeIsNearTheOneThatAPersonWrote(_ name: String, _ differences: Set<Difference>) throws {
        let folder = try ProjectFolder.read(path: "\(Self.examples)/\(name)")
        let text = try #require(Starter().recipe(for: folder).text)
        let found = try #require(Recipe.parse(RecipeSource(text: text, fileName: "app.yaml")).recipe)
        let source = try RecipeSource.read(path: "\(Self.examples)/\(name)/app.yaml")
        let written = try #require(Recipe.parse(source).recipe)

        func compare<Value: Equatable>(_ difference: Difference, _ value: (Recipe) -> Value) {
            #expect((value(found) == value(written)) != differences.contains(difference), "\(difference)")
        }
        compare(.name) { $0.name?.value }
        compare(.cuda) { $0.image.cuda?.value }
        #expect(found.image.flavor?.value == written.image.flavor?.value || name == "jax-python-slim")
        #expect((found.image.cudnn == nil) == (written.image.cudnn == nil))
        compare(.base) { $0.image.base?.value }
        #expect(found.python?.requirements?.value == written.python?.requirements?.value)
        #expect(found.python?.environmentFile?.value == written.python?.environmentFile?.value)
        #expect(found.python?.extraIndexes.map(\.value) == written.python?.extraIndexes.map(\.value))
        #expect(found.copies.map { $0.from.map(\.value) } == written.copies.map { $0.from.map(\.value) })
        #expect(found.build?.commands.map(\.value) == written.build?.commands.map(\.value))
        #expect(found.build?.packages.map(\.value) == written.build?.packages.map(\.value))
        #expect(
            found.build?.artifacts.map { $0.from.map(\.value) } == written.build?.artifacts.map { $0.from.map(\.value) }
        )
        #expect(found.entrypoint?.value == written.entrypoint?.value)
        compare(.command) { $0.command?.value }
        // The lock is not committed; with one the project is installed by uv.
        compare(.python) { $0.python?.manager?.value == .uv && $0.python?.project != nil }
        compare(.os) { $0.image.os?.value }
    }
}
