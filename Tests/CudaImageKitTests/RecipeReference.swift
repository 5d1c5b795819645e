@testable import CudaImageKit

/// The tables of the reference, from the descriptions that the reader's keys have.
enum RecipeReference {
    /// Every mapping of a recipe and of a matrix file, in the order of the page.
    static var mappings: [MappingShape] {
        [
            .recipe, .image, .gpu, .system, .python, .build, .copy, .secret, .user, .healthcheck, .smoke, .matrixFile,
            .axes, .inclusion,
        ]
    }

    static func table(of mapping: MappingShape) -> String {
        let rows = mapping.keys.map { key in
            let description = key.description
            let cells = [
                "`\(key.name)`", description.value.words, absence(of: key.name, in: mapping), description.meaning,
                description.examples.map(code).joined(separator: "<br>"),
            ]
            return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
        }
        return "| key | value | default | meaning | example |\n|---|---|---|---|---|\n" + rows.joined()
    }

    /// What holds without the key.
    private static func absence(of key: String, in mapping: MappingShape) -> String {
        if mapping.required.contains(key) { return "required" }
        if mapping.requiredAlternatives.contains(key) { return "one of the two is required" }
        guard let description = mapping.keys.first(where: { $0.name == key })?.description else { return "" }
        switch description.byDefault {
        case .nothing: return "none"
        case .value(let value): return code(value)
        case .words(let words): return words
        }
    }

    private static func code(_ text: String) -> String { "`\(text)`" }
}
