/// A matrix file: the images that one recipe is generated for.
///
///     recipe: app.yaml                # optional; relative to this file
///     name: "{cuda}-{flavor}-{os}"    # optional; each image's folder
///     matrix:
///       cuda: ["11.8.0", 12.4]
///       flavor: [runtime, devel]
///       os: [ubuntu22.04, ubi9]
///     exclude: [{cuda: 12.4, os: ubi9}]
///     include: [{cuda: 12.6, flavor: base, os: ubuntu24.04, name: slim}]
///
/// The axes are `cuda`, `flavor`, `os`, `cudnn`, `source` and `platforms`. Images come in the order of the file, the
/// last axis fastest; `exclude` drops those that have all values of one of its entries.
public struct MatrixFile: Hashable, Sendable {
    /// One image: its folder's name, and what it sets on top of the recipe.
    public struct Image: Hashable, Sendable {
        public var name: String
        public var options: ImageOptions
    }

    /// The recipe's path as written, or `nil` for bare CUDA images.
    public var recipe: Located<String>?
    public var images: [Image]

    /// More images than this are a mistake.
    public static let maximumCount = 10_000

    /// Reads a matrix file; every mistake is reported in one run.
    public static func parse(_ source: RecipeSource) -> (file: MatrixFile?, diagnostics: Diagnostics) {
        let findings = FindingList()
        let file = Recipe.tree(of: source, findings: findings)
            .flatMap { MappingReader($0, path: "", findings: findings) }
            .map { MatrixFile(reading: $0) }
        return (findings.hasErrors ? nil : file, findings.sorted)
    }

    /// The images of the recipe, for generation.
    public func matrix(of recipe: Recipe) -> Matrix {
        Matrix(
            entries: images.map { image in
                Matrix.Entry(
                    name: image.name, recipe: recipe.applying(image.options), tag: nil,
                    arguments: image.options.arguments)
            })
    }
}

extension MatrixFile {
    private init(reading keys: MappingReader) {
        recipe = keys.line("recipe")
        let pattern = keys.line("name")
        var combinations = keys.mapping("matrix").map(Self.combinations) ?? []
        let excluded = Self.combinations(keys, "exclude", isNamed: false)
        combinations.removeAll { combination in
            excluded.contains { !$0.values.isEmpty && $0.values.allSatisfy { combination.values[$0.key] == $0.value } }
        }
        combinations += Self.combinations(keys, "include", isNamed: true)
        if !keys.entries.contains(where: { ["matrix", "include"].contains($0.key) }) { keys.require("matrix") }
        keys.finish(aliases: ["axes": "matrix", "file": "recipe"])
        images = []
        var places: Set<String> = []
        for combination in combinations {
            let name = combination.name?.value ?? combination.name(pattern: pattern?.value)
            let span = combination.name?.span ?? pattern?.span ?? combination.span
            guard
                keys.findings.check(
                    Located(name, at: span), "a folder's name", rule: RecipeRules.nameRule, where: RecipeRules.isName)
            else { continue }
            if !places.insert(name).inserted {
                keys.findings.error(
                    .invalidValue, "two images are called \(name.quotedExcerpt)", at: span,
                    help: pattern == nil ? nil : "name every axis in the pattern: {cuda}-{flavor}-{os}")
            }
            images.append(Image(name: name, options: combination.options))
        }
    }

    /// The product of all axes.
    private static func combinations(_ keys: MappingReader) -> [MatrixCombination] {
        var result = [MatrixCombination(span: keys.span)]
        var axes: [(axis: MatrixAxis, values: [MatrixCombination])] = []
        for axis in MatrixAxis.allCases where keys.entries.contains(where: { $0.key == axis.rawValue }) {
            axes.append(
                (axis, keys.items(axis.rawValue).compactMap { axis.read($0.node, path: $0.path, keys.findings) }))
        }
        keys.finish(aliases: ["platform": "platforms", "flavors": "flavor", "version": "cuda", "versions": "cuda"])
        let order = keys.entries.map(\.key)
        axes.sort { order.firstIndex(of: $0.axis.rawValue) ?? 0 < order.firstIndex(of: $1.axis.rawValue) ?? 0 }
        for (_, values) in axes {
            guard result.count * values.count <= maximumCount else {
                keys.findings.error(.tooLarge, "the matrix has more than \(maximumCount) images", at: keys.span)
                return []
            }
            result = result.flatMap { left in values.map { left.merging($0) } }
        }
        return axes.isEmpty ? [] : result
    }

    /// The entries of `include` or `exclude`.
    private static func combinations(_ keys: MappingReader, _ key: String, isNamed: Bool) -> [MatrixCombination] {
        keys.items(key, of: "mappings").compactMap { item in
            guard let entry = MappingReader(item.node, path: item.path, findings: keys.findings) else { return nil }
            var result = MatrixCombination(span: entry.span)
            for axis in MatrixAxis.allCases {
                guard let node = entry.node(axis.rawValue),
                    let value = axis.read(node, path: entry.name(axis.rawValue), keys.findings)
                else { continue }
                result = result.merging(value)
            }
            if isNamed { result.name = entry.line("name") }
            entry.finish(aliases: ["platform": "platforms"])
            return result
        }
    }
}
