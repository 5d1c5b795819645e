import Testing

@testable import CudaImageKit

@Suite struct MatrixFileTests {
    private func parse(_ text: String) -> (file: MatrixFile?, diagnostics: Diagnostics) {
        MatrixFile.parse(RecipeSource(text: text, fileName: "matrix.yaml"))
    }

    @Test func axesAreMultipliedWithoutTheExcludedAndWithTheIncluded() throws {
        let file = try #require(
            parse(
                """
                recipe: app.yaml
                matrix:
                  cuda: [11.8.0, 12.4]
                  os: [ubuntu22.04, ubi9]
                  cudnn: [false, true]
                exclude: [{cuda: 12.4, os: ubi9}]
                include: [{cuda: 12.6, flavor: base, platforms: [arm64], name: slim}]
                """
            ).file)
        #expect(file.recipe?.value == "app.yaml")
        #expect(
            file.images.map(\.name) == [
                "11.8.0-ubuntu22.04", "11.8.0-cudnn-ubuntu22.04", "11.8.0-ubi9", "11.8.0-cudnn-ubi9",
                "12.4-ubuntu22.04", "12.4-cudnn-ubuntu22.04", "slim",
            ])
        #expect(file.images.last?.options.platforms == [.linuxARM64])
        #expect(file.matrix(of: Recipe()).entries.first?.recipe.image.cuda?.value.description == "11.8.0")
    }

    @Test(arguments: [
        (
            "matrix: {cuda: [x], flavour: [a]}",
            [
                "1:17 CG0201 'x' is not a CUDA release: 12, 12.4 or 12.4.1, or resolve",
                "1:21 CG0102 unknown key 'flavour' in 'matrix'",
            ]
        ),
        ("recipe: a", ["1:1 CG0109 the recipe needs the key 'matrix'"]),
        ("name: x\nmatrix: {cuda: [11.8, 12.4]}", ["1:7 CG0201 two images are called 'x'"]),
        ("include: [{cuda: 12.4, name: ../x}]", ["1:30 CG0201 '../x' is not a folder's name: \(RecipeRules.nameRule)"]),
        ("matrix: {cuda: 12.4}", ["1:16 CG0104 'matrix.cuda': expected a list of strings, found a text"]),
    ])
    func mistakeIsReportedAtItsPlace(text: String, expected: [String]) {
        #expect(parse(text).diagnostics.all.map(summary) == expected)
    }

    @Test func recipeIsReadAndItsMistakesAreReported() throws {
        let source = RecipeSource(text: "recipe: app.yaml\nmatrix: {cuda: [12.4]}", fileName: "matrix.yaml")
        let good = Matrix.parse(source) { (path) throws(DiagnosticError) in
            RecipeSource(text: "name: app", fileName: path)
        }
        #expect(good.matrix?.entries.map { $0.recipe.name?.value } == ["app"])
        #expect(good.matrix?.entries.map { $0.recipe.fileName } == ["app.yaml"])
        let bad = Matrix.parse(source) { (path) throws(DiagnosticError) in
            RecipeSource(text: "nam: app", fileName: path)
        }
        #expect(bad.diagnostics.all.map(\.span?.source) == ["app.yaml"])
        let entry = try #require(bad.matrix?.entries.first, "its images are checked, too")
        #expect(Generator().generate(entry).text == nil)
        let missing = Matrix.parse(source) { (path) throws(DiagnosticError) in
            throw DiagnosticError(.unreadableFile, "there is no file '\(path)'")
        }
        #expect(missing.diagnostics.all.map(summary) == ["1:9 CG0112 there is no file 'app.yaml'"])
    }
}
