import CudaImageKit
import CudaImageKitTesting
import Foundation
import Testing

/// Whole files, compared byte by byte: `Golden/` and the examples.
///
/// After a deliberate change of the output, this writes all of them anew; read the difference before you commit it:
///
///     CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden
@Suite struct GoldenTests {
    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let golden = tests.appendingPathComponent("Golden")
    private static let examples = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Examples")

    /// Folders of `Examples/` with a recipe of their own; `matrix` is only read together with its matrix file.
    static let exampleNames: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: examples.path)) ?? []
        return names.filter { name in
            let folder = examples.appendingPathComponent(name)
            return FileManager.default.fileExists(atPath: folder.appendingPathComponent("app.yaml").path)
                && !FileManager.default.fileExists(atPath: folder.appendingPathComponent("matrix.yaml").path)
        }.sorted()
    }()

    @Test(arguments: GoldenCase.all)
    func fileIsAsItWasRead(_ golden: GoldenCase) {
        expectGolden(
            Generator().generate(golden.source, options: golden.options), "\(golden.name).Dockerfile")
    }

    @Test(arguments: exampleNames)
    func exampleIsUpToDate(_ name: String) throws {
        let folder = Self.examples.appendingPathComponent(name)
        let recipe = try String(contentsOf: folder.appendingPathComponent("app.yaml"), encoding: .utf8)
        let output = Generator().generate(RecipeSource(text: recipe, fileName: "app.yaml"))
        expectGolden(output, "Dockerfile", in: folder.path)
    }

    @Test func examplesAreThere() { #expect(Self.exampleNames.count >= 8) }

    @Test func everyGoldenFileBelongsToACase() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.golden.path).filter { !$0.hasPrefix(".") }
        let names =
            GoldenCase.all.map { "\($0.name).Dockerfile" } + SmokeGoldenTests.cases.map { "smoke-\($0.name)" }
            + DeploymentGoldenTests.folders + ["doctor", "host-setup", "starter"]
        #expect(Set(files).subtracting(names).isEmpty, "files without a case")
        #expect(Set(names).count == names.count, "two cases have one name")
    }

    /// Every `FROM` is in the catalogue, is the base that NVIDIA's own image starts from, or was named by the user.
    @Test(arguments: GoldenCase.all)
    func everyBaseExists(_ golden: GoldenCase) throws {
        let plan = try #require(Generator().generate(golden.source, options: golden.options).plan)
        for stage in Dockerfile(plan).stages {
            guard case .image(let reference) = stage.base else { continue }
            // A mirror has what is upstream.
            let image = try #require(plan.baseImages.first { plan.mirrored($0) == reference }, "\(reference)")
            if image.repository == "nvidia/cuda" {
                let tag = try #require(image.tag.flatMap { CUDAImageTag($0) })
                #expect(Catalog.embedded.tag(tag) != nil, "\(image)")
            } else {
                var bases = plan.contents.map(\.facts.baseImage)
                if let base = golden.options.base { bases.append(base.description) }
                if plan.tag == nil, let python = plan.application.python?.version?.value {
                    // Docker's image of that Python, or the image of that very operating system.
                    let os = plan.os.value
                    bases += ["python:\(python)-slim-bookworm", "\(os.distribution.rawValue):\(os.version)"]
                }
                #expect(bases.contains(image.description), "\(image)")
            }
        }
    }
}
