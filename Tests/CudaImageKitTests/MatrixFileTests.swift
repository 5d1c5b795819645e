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

    @Test(arguments: [
        ("[{cuda: 12.8}]", "4:11 CG0206", "the matrix has cuda 11.8.0, 12.4"),
        ("[{cuda: 12.4, flavor: base}]", "4:11 CG0206", "the matrix has no axis 'flavor'"),
        ("[{}]", "4:11 CG0206", "name at least one axis: cuda, flavor, os, cudnn, source, platforms"),
        ("[{os: ubi9}, {os: ubi9, cuda: 12.4}]", nil, nil),
        ("[{os: ubi9, cudnn: false}]", "4:11 CG0206", "no axis 'cudnn'"),
    ])
    func exclusionOfNothingIsSaid(exclude: String, place: String?, help: String?) throws {
        let (file, diagnostics) = parse(
            "matrix:\n  cuda: [11.8.0, 12.4]\n  os: [ubuntu22.04, ubi9]\nexclude: \(exclude)")
        #expect(file != nil && diagnostics.all.count == (place == nil ? 0 : 1))
        guard let place, let help else { return }
        let finding = try #require(diagnostics.all.first)
        #expect(finding.severity == .warning)
        #expect(summary(finding) == "\(place) this entry of 'exclude' matches no image of the matrix")
        #expect(finding.help?.contains(help) == true)
    }

    /// A value that could not be read might be the one that is excluded.
    @Test func exclusionIsNotBlamedForWhatCannotBeRead() {
        let found = parse("matrix: {cuda: [12.x]}\nexclude: [{cuda: 12.8}]").diagnostics.all.map(\.code)
        #expect(found == [.invalidValue])
    }

    @Test func whatIsSaidOfAllImagesIsSaidOnce() {
        let span = SourceSpan(
            source: "a", start: SourcePosition(line: 1, column: 1), end: SourcePosition(line: 1, column: 2))
        let common = Diagnostic(.error, .driverPackage, "common", at: span)
        let option = Diagnostic(.error, .noSuchTag, "option", at: .option("--os"))
        let own = Diagnostic(.error, .identityTaken, "own", at: span)
        let all = Diagnostics(ofImages: [("x", Diagnostics([common, option])), ("y", Diagnostics([own, common]))]).all
        #expect(all.map(\.message) == ["common", "x: option", "y: own"])
        #expect(all.map(\.span) == [span, nil, span])
    }

    @Test func recipeIsReadAndItsMistakesAreReported() throws {
        let source = RecipeSource(text: "recipe: app.yaml\nmatrix: {cuda: [12.4]}", fileName: "matrix.yaml")
        let good = Matrix.parse(source, files: FileReader(["app.yaml": "name: app"]))
        #expect(good.matrix?.entries.map { $0.recipe.name?.value } == ["app"])
        #expect(good.matrix?.entries.map { $0.recipe.fileName } == ["app.yaml"])
        let bad = Matrix.parse(source, files: FileReader(["app.yaml": "nam: app"]))
        #expect(bad.diagnostics.all.map(\.span?.source) == ["app.yaml"])
        let entry = try #require(bad.matrix?.entries.first, "its images are checked, too")
        #expect(Generator().generate(entry).text == nil)
        let missing = Matrix.parse(source, files: FileReader([:]))
        #expect(missing.diagnostics.all.map(summary) == ["1:9 CG0112 there is no file 'app.yaml'"])
    }

    @Test func officialTagsThatAreLeftOutAreCounted() {
        let image = Matrix.all(of: .embedded, source: .image)
        #expect(image.entries.count == 2161 && image.omissions == ["10 release candidates"])
        let packages = Matrix.all(of: .embedded, source: .packages)
        #expect(packages.entries.count == 1971)
        #expect(
            packages.omissions
                == ["10 release candidates", "190 tags of which the catalogue knows the names alone"])
    }

    /// Recipe and requirements come from where the caller says, and are seen from the matrix file's folder.
    @Test func filesAreReadInOneWay() throws {
        let source = RecipeSource(text: "recipe: app.yaml\nmatrix: {os: [ubuntu22.04]}", fileName: "images/matrix.yaml")
        let files = [
            "images/app.yaml": "image: {cuda: resolve}\npython: {requirements: r.txt}\n",
            "images/r.txt": "torch==2.4.1\n",
        ]
        let read = Matrix.parse(source, files: FileReader(files))
        let entry = try #require(read.matrix?.entries.first)
        #expect(Generator().generate(entry).plan?.release?.value == CUDAVersion(12, 4, 1))
        #expect(read.sources.merging(files) { own, _ in own }.count == 3)
        let text = Matrix.parse(source)
        #expect(text.matrix == nil, "a text that is at hand has no files")
        #expect(text.diagnostics.all.map(\.code) == [.unreadableFile])
    }
}
