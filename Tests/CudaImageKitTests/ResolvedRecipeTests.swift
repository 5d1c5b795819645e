import Testing

@testable import CudaImageKit

/// `image.cuda: resolve`
@Suite struct ResolvedRecipeTests {
    /// Generates with files that need not be on disk; their names are seen from the recipe's folder.
    private func generate(
        _ recipe: String, files: [String: String] = [:], options: ImageOptions = ImageOptions()
    ) throws -> Generator.Output {
        let generator = Generator(files: FileReader(files))
        return generator.generate(RecipeSource(text: recipe, fileName: "app/app.yaml"), options: options)
    }

    @Test func releaseFollowsFromThePackages() throws {
        let output = try generate("image: {cuda: resolve}\npython:\n  packages: [numpy, tensorflow==2.6.0]\n")
        let plan = try #require(output.plan, "\(DiagnosticFormatter().text(output.diagnostics))")
        #expect(plan.tag?.value.description == "11.2.2-cudnn8-runtime-ubuntu20.04")
        #expect(
            plan.tag?.because.description == "app/app.yaml:1: resolve, tensorflow 2.6.0 is built for CUDA 11.2")
        #expect(output.text?.contains("FROM nvidia/cuda:11.2.2-cudnn8-runtime-ubuntu20.04\n") == true)
        #expect(plan.application.python?.version?.value == PythonVersion(3, 8))
    }

    @Test func requirementsAreSeenFromTheRecipe() throws {
        let recipe =
            "image: {cuda: resolve, os: ubuntu22.04}\npython: {requirements: req.txt, index: \"https://download.pytorch.org/whl/cu121\"}\n"
        let output = try generate(recipe, files: ["app/req.txt": "torch==2.3.1\n"])
        #expect(output.plan?.tag?.value.description == "12.1.1-base-ubuntu22.04")
        #expect(output.diagnostics.isEmpty)
        #expect(output.sources == ["app/app.yaml": recipe, "app/req.txt": "torch==2.3.1\n"])
        let project = "image: {cuda: resolve, os: ubuntu22.04}\npython: {project: ., manager: uv}\n"
        let locked = try generate(
            project, files: ["app/./pyproject.toml": "[project]\ndependencies = [\"torch==2.5.1\"]\n"])
        #expect(locked.plan?.tag?.value.cuda == CUDAVersion(12, 4, 1))
    }

    @Test func buildOfAnotherIndexIsSaid() throws {
        let output = try generate("image: {cuda: resolve}\npython: {packages: [\"torch==2.3.1\"]}\n")
        #expect(output.plan != nil)
        #expect(output.diagnostics.all.first { $0.code == .wheelIndex }?.help?.contains("whl/cu121") == true)
    }

    @Test func pythonFollowsFromTheWheels() throws {
        let output = try generate(
            "image: {cuda: resolve, os: ubuntu22.04}\npython: {packages: [tensorflow==2.7.0]}\n")
        #expect(output.plan == nil, "no release of CUDA 11.2 is for Ubuntu 22.04")
        let older = try generate("image: {cuda: resolve, os: ubuntu18.04}\npython: {packages: [tensorflow==2.8.0]}\n")
        #expect(older.plan == nil, "uv does not install on Python 3.6")
        let other = try generate("image: {cuda: resolve, os: ubuntu20.04}\npython: {packages: [tensorflow==2.14.0]}\n")
        #expect(other.plan?.application.python?.version?.value == PythonVersion(3, 11))
        #expect(other.plan?.application.python?.interpreter == .uv)
    }

    @Test func conflictsStandAtTheConstraints() throws {
        let recipe = """
            image:
              cuda: resolve
            gpu: {architectures: ["9.0"]}
            python: {requirements: req.txt}
            """
        let output = try generate(recipe, files: ["app/req.txt": "numpy\ntorch==1.12.1\n"])
        #expect(output.plan == nil && output.text == nil)
        let places = output.diagnostics.all.map {
            "\($0.span?.source ?? ""):\($0.span?.start.line ?? 0) \($0.code.rawValue)"
        }
        #expect(places == ["app/req.txt:2 CG0332", "app/app.yaml:3 CG0332"])
        #expect(output.diagnostics.all[0].message == "torch 1.12.1 and architecture 9.0 contradict each other")
    }

    @Test func aPlanWithoutAnImageIsNotSilentlyAnother() throws {
        let recipe = "image: {cuda: resolve}\npython: {packages: [tensorflow==2.17.0]}\n"
        let output = try generate(recipe)
        #expect(output.diagnostics.all.contains { $0.code == .nearestImage && $0.message.contains("CUDA 12.3") })
        let nearest = try generate(recipe.replacing("resolve", with: "resolve, source: image"))
        #expect(nearest.plan?.tag?.value.description == "12.2.2-cudnn8-runtime-ubuntu22.04")
        #expect(nearest.diagnostics.all.contains { $0.code == .nearestImage && $0.severity == .warning })
    }

    @Test func baseOfOnesOwnHasThePinsOfItsUbuntu() throws {
        let output = try generate(
            "image: {cuda: resolve, base: \"debian:12\"}\npython: {packages: [tensorflow==2.15.0]}\n")
        let plan = try #require(output.plan, "\(DiagnosticFormatter().text(output.diagnostics))")
        #expect(plan.tag?.value.cuda == CUDAVersion(12, 2, 2) && plan.os.value == OperatingSystem(.debian, "12"))
        #expect(plan.source.value == .packages)
    }

    @Test(arguments: [
        ("image: {cuda: resolve}\n", "finds no framework"),
        ("image: {cuda: resolve}\npython: {packages: [numpy]}\n", "finds no framework"),
        ("image: {cuda: resolve}\npython: {packages: [torch==2.3.7]}\n", "torch 2.3.7 is not in the facts"),
        ("image: {cuda: resolve}\npython: {requirements: missing.txt}\n", "there is no file"),
        ("image: {cuda: resolv}\n", "is not a CUDA release"),
    ])
    func whatCannotBeResolvedIsRefused(recipe: String, message: String) throws {
        let output = try generate(recipe)
        #expect(output.text == nil)
        #expect(output.diagnostics.all.contains { $0.severity == .error && $0.message.contains(message) })
    }

    @Test func optionBeatsResolve() throws {
        let options = ImageOptions(cuda: CUDAVersionPattern("12.4.1"), os: OperatingSystem(.ubuntu, "22.04"))
        let output = try generate("image: {cuda: resolve}\n", options: options)
        #expect(output.plan?.tag?.value.description == "12.4.1-runtime-ubuntu22.04")
    }

    @Test func matrixResolvesEachImage() throws {
        let source = RecipeSource(
            text: "recipe: app.yaml\nmatrix: {os: [ubuntu22.04, ubuntu20.04]}\n", fileName: "matrix.yaml")
        let (matrix, findings, _) = Matrix.parse(
            source,
            files: FileReader(["app.yaml": "image: {cuda: resolve}\npython: {packages: [tensorflow==2.15.0]}\n"]))
        #expect(findings.isEmpty)
        let generator = Generator()
        let tags = try #require(matrix).entries.map { generator.generate($0).plan?.tag?.value.description }
        #expect(tags == ["12.2.2-cudnn8-runtime-ubuntu22.04", "12.2.2-cudnn8-runtime-ubuntu20.04"])
    }

    @Test func axisOfAMatrixIsNotResolved() {
        let (file, findings) = MatrixFile.parse(
            RecipeSource(text: "matrix: {cuda: [resolve, 12.4.1]}\n", fileName: "matrix.yaml"))
        #expect(file == nil && findings.all.map(\.message) == ["'resolve' is no value of an axis"])
    }
}
