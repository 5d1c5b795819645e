import Testing

@testable import CudaImageKit

/// Python packages that load what the image has, or lacks.
@Suite struct ImageLibrariesTests {
    private static let base = "image: {cuda: 11.4.3, flavor: base, os: ubuntu20.04}\n"
    private static let runtime = "image: {cuda: 11.4.3, os: ubuntu20.04}\n"

    @Test(arguments: [
        Refusal(
            "\(base)python: {packages: [tensorflow==2.6.0]}",
            "2:21 CG0341 'tensorflow==2.6.0' takes CUDA's libraries from the image, and flavor base has none",
            help: "write image: {flavor: runtime, cudnn: 8}"),
        Refusal(
            "\(runtime)python: {packages: [tensorflow==2.6.0]}",
            "2:21 CG0341 'tensorflow==2.6.0' takes cuDNN from the image, which has none", help: "cudnn: 8}"),
        Refusal(
            "\(runtime)python: {packages: [numpy, tensorflow==2.18.0]}",
            "2:28 CG0341 'tensorflow==2.18.0' takes cuDNN from the image, which has none",
            help: "write image: {cudnn: 9}; or ask for 'tensorflow[and-cuda]==2.18.0'"),
        Refusal(
            "\(base)python: {packages: ['jax[cuda12-local]==0.6.1']}",
            "2:21 CG0341 'jax[cuda12-local]==0.6.1' takes CUDA's libraries from the image, and flavor base has none",
            help: "cudnn: 9"),
        Refusal(
            "\(runtime)python: {packages: [ONNXRuntime_GPU==1.17.*]}",
            "2:21 CG0341 'ONNXRuntime_GPU==1.17.*' takes cuDNN from the image, which has none", help: "cudnn: 8"),
    ])
    func librariesThatTheImageLacksAreSaid(_ refusal: Refusal) throws { try refusal.check(severity: .warning) }

    @Test(arguments: [
        (base, "'tensorflow[and-cuda]==2.18.0'"), (base, "torch"), (base, "jax"), (base, "'jax[cuda12]==0.6.1'"),
        (base, "tensorflow==2.6.0, nvidia-cudnn-cu11"), (base, "'tensorflow==2.6.0; python_version < \"3\"'"),
        (base, "'tensorflow @ https://example.com/tensorflow-2.6.0-cp38-cp38-linux_x86_64.whl'"),
        (base, "'onnxruntime-gpu[cuda,cudnn]==1.22.0'"), (base, "tensorflow==2.99"), (base, "tensorflow-cpu"),
        ("image: {cuda: 11.4.3, os: ubuntu20.04, cudnn: true}\n", "tensorflow==2.6.0"),
        ("image: {cuda: 11.4.3, os: ubuntu20.04}\nsystem: {packages: [libcudnn8]}\n", "tensorflow==2.6.0"),
    ])
    func librariesThatAreThereAreFine(image: String, packages: String) {
        let (_, diagnostics) = resolve("\(image)python: {packages: [\(packages)]}")
        #expect(!diagnostics.all.contains { $0.code == .imageLacksLibraries }, "\(packages)")
    }

    private static let cudnn = "image: {cuda: 11.4.3, os: ubuntu20.04, cudnn: true}\n"

    @Test(arguments: [
        (Diagnostic.Severity.error, "tensorflow-gpu", "write 'tensorflow'"),
        (.error, "tensorflow_gpu>=2", "write 'tensorflow>=2'"),
        (.warning, "tensorflow-gpu==2.6.0", "write 'tensorflow==2.6.0'"),
        (.warning, "tensorflow-gpu==2.6.5", "write 'tensorflow==2.6.5'"),
    ])
    func nameThatEndedIsSaid(severity: Diagnostic.Severity, package: String, help: String) throws {
        let name = package.prefix { !"=>".contains($0) }
        try Refusal(
            "\(Self.cudnn)python: {packages: ['\(package)']}",
            "2:21 CG0423 '\(name)' is TensorFlow's name up to 1.15 alone", help: help
        ).check(severity: severity)
    }

    @Test(arguments: ["tensorflow-gpu==1.15.0", "tensorflow-gpu<2", "tensorflow-gpu==1.15.5", "tensorflow"])
    func nameThatIsRightIsFine(package: String) {
        let (_, diagnostics) = resolve("\(Self.cudnn)python: {packages: ['\(package)']}")
        #expect(!diagnostics.all.contains { $0.code == .formerPackageName }, "\(package)")
    }

    @Test func resolvedRecipeNeverInstallsTheNameThatEnded() {
        let (plan, diagnostics) = resolve("image: {cuda: 11.8.0}\npython: {packages: [tensorflow-gpu]}")
        #expect(plan == nil && diagnostics.all.map(\.code).contains(.formerPackageName))
        let generator = Generator(files: FileReader(["requirements.txt": "tensorflow-gpu\n"]))
        for python in ["packages: [tensorflow-gpu]", "requirements: requirements.txt"] {
            let recipe = RecipeSource(text: "image: {cuda: resolve}\npython: {\(python)}\n", fileName: "app.yaml")
            let output = generator.generate(recipe)
            #expect(output.text == nil && output.diagnostics.all.map(\.code) == [.formerPackageName], "\(python)")
        }
    }

    @Test func starterWritesTheNameThatCounts() throws {
        let project = "[project]\nname = \"a\"\ndependencies = [\"tensorflow-gpu>=2.10,<2.13\", \"numpy\"]\n"
        let folder = ProjectFolder(name: "a", texts: ["pyproject.toml": project])
        let text = try #require(Starter().recipe(for: folder).text)
        #expect(text.contains("\"tensorflow>=2.10,<2.13\"") || text.contains("'tensorflow>=2.10,<2.13'"), "\(text)")
        #expect(!text.contains("tensorflow-gpu"))
        let listed = ProjectFolder(name: "a", texts: ["requirements.txt": "tensorflow-gpu==2.6.0\n"])
        let comment = try #require(Starter().recipe(for: listed).text)
        #expect(comment.contains("write 'tensorflow==2.6.0' for 'tensorflow-gpu==2.6.0'"), "\(comment)")
    }

    @Test func flavorAndCuDNNHaveTheirReasons() throws {
        func reasons(_ recipe: String, _ options: ImageOptions = ImageOptions()) throws -> [String] {
            let plan = try #require(resolve(recipe, options).plan)
            let rows = Explanation(plan, catalog: .embedded).sections[0].rows
            return rows.filter { ["flavor", "cuDNN"].contains($0.name) }.map { "\($0.value) \($0.reason ?? "")" }
        }
        let recipe = "image: {cuda: 12.4.1, os: ubuntu22.04}"
        #expect(try reasons(recipe) == ["runtime default: runtime", "none default: none"])
        #expect(
            try reasons(recipe, ImageOptions(flavor: .devel, cudnn: .any))
                == ["devel option --flavor", "9 option --cudnn"])
        #expect(
            try reasons("image: {cuda: 12.4.1, flavor: base, os: ubuntu22.04}")
                == ["base app.yaml:1", "none default: none"])
        let set = try #require(RecipeOverride("image.flavor=devel"))
        let output = Generator().generate(
            RecipeSource(text: recipe, fileName: "app.yaml"), options: ImageOptions(overrides: [set]))
        #expect(output.plan?.flavorDecision?.because == .option("--set image.flavor"))
    }
}
