@testable import CudaImageKit

/// The tables of the reference, from the descriptions that the reader's keys have.
enum RecipeReference {
    /// Every mapping of a recipe and of a matrix file, in the order of the page.
    static var mappings: [MappingShape] {
        [
            .recipe, .image, .gpu, .system, .python, .build, .copy, .secret, .user, .healthcheck, .smoke, .mirrors,
            .mirrorKey,
            .archives, .reproducible, .matrixFile,
            .axes, .inclusion,
        ]
    }

    static func table(of mapping: MappingShape) -> String {
        let rows = mapping.keys.map { key in
            let description = key.description
            let cells = [
                "`\(key.name)`", description.value.words, absence(of: key.name, in: mapping), description.meaning,
                description.examples.map(code).joined(separator: ", "),
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

extension RecipeReference {
    /// The article of the library's documentation: every key, and where the library has it.
    static var article: String {
        let sections = mappings.map { mapping in
            let title = titles[mapping.name] ?? mapping.name
            return "## \(title)\n\n" + table(of: mapping)
        }
        return """
            # The keys of a recipe

            What may stand in a recipe and in a matrix file.

            ## Overview

            A ``RecipeBuilder`` has a method for each key and takes the same texts. A file is read with
            ``Recipe/parse(_:overrides:)`` or by ``Generator``; ``InputSchema`` is its JSON Schema. A key that is not here is an error with
            a suggestion. How keys work together is told in `Documentation/recipe.md` of the repository.

            This page is made of the descriptions that the reader's own keys have.


            """ + sections.joined(separator: "\n")
    }

    private static let titles = [
        "recipe": "Top level", "copy": "Items of copy", "secret": "Items of secrets",
        "nvidia-key": "mirrors.nvidia-key",
        "archives": "mirrors.ubuntu and mirrors.debian", "matrix-file": "Matrix files",
        "matrix": "The axes of a matrix, and entries of exclude", "include": "Entries of include",
    ]
}
