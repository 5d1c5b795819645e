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
        /// The folder.
        public internal(set) var name: String
        /// What the image sets on top of the recipe.
        public internal(set) var options: ImageOptions
    }

    /// The recipe's path as written, or `nil` for bare CUDA images.
    public internal(set) var recipe: Located<String>?
    /// The images in the order of the file.
    public internal(set) var images: [Image]

    /// More images than this are a mistake.
    public static let maximumCount = 10_000

    /// Reads a matrix file; every mistake is reported in one run.
    public static func parse(_ source: RecipeSource) -> (file: MatrixFile?, diagnostics: Diagnostics) {
        let findings = FindingList()
        let file = Recipe.tree(of: source, findings: findings)
            .flatMap { MappingReader<Key>($0, path: "", findings: findings) }
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
    /// The keys of the file.
    enum Key: String, RecipeKey {
        case recipe, name, matrix, exclude, include

        static let aliases = ["axes": "matrix", "file": "recipe"]
    }

    /// The keys of an entry of `include`: the axes, and the folder's name.
    enum IncludeKey: String, RecipeKey {
        case cuda, flavor, os, cudnn, source, platforms, name

        static let aliases = MatrixAxis.aliases
    }

    private init(reading keys: MappingReader<Key>) {
        recipe = keys.line(.recipe)
        let pattern = keys.line(.name)
        var combinations = keys.mapping(.matrix).map(Self.combinations) ?? []
        Self.exclude(from: &combinations, keys)
        combinations += keys.items(.include, of: "mappings").compactMap { item in
            MappingReader<IncludeKey>(item.node, path: item.path, findings: keys.findings).map { entry in
                var combination = Self.combination(entry)
                combination.name = entry.line(.name)
                return combination
            }
        }
        if keys.entry(.include) == nil { keys.require(.matrix) }
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
    private static func combinations(_ keys: MappingReader<MatrixAxis>) -> [MatrixCombination] {
        var result = [MatrixCombination(span: keys.span)]
        let axes = keys.entries.compactMap { MatrixAxis(rawValue: $0.key) }
        for axis in axes {
            let values = keys.items(axis).compactMap { axis.read($0.node, path: $0.path, keys.findings) }
            guard result.count * values.count <= maximumCount else {
                keys.findings.error(.tooLarge, "the matrix has more than \(maximumCount) images", at: keys.span)
                return []
            }
            result = result.flatMap { left in values.map { left.merging($0) } }
        }
        return axes.isEmpty ? [] : result
    }

    /// Drops the images that have all values of an entry of `exclude`; an entry that drops none is a mistake.
    private static func exclude(from combinations: inout [MatrixCombination], _ keys: MappingReader<Key>) {
        let all = combinations
        for item in keys.items(.exclude, of: "mappings") {
            guard let entry = MappingReader<MatrixAxis>(item.node, path: item.path, findings: keys.findings) else {
                continue
            }
            let excluded = combination(entry)
            guard !excluded.values.isEmpty, all.contains(where: excluded.isPart) else {
                // What could not be read, here or in the axes, might match.
                if !keys.findings.hasErrors { reportUseless(excluded, among: all, keys) }
                continue
            }
            combinations.removeAll(where: excluded.isPart)
        }
    }

    private static func reportUseless(
        _ excluded: MatrixCombination, among all: [MatrixCombination], _ keys: MappingReader<Key>
    ) {
        var help = "name at least one axis: " + MatrixAxis.allCases.map(\.rawValue).joined(separator: ", ")
        if !excluded.values.isEmpty {
            help = "remove it; each value has to be there for itself, and all of them in one image"
        }
        for axis in MatrixAxis.allCases {
            guard let value = axis.said(in: excluded.options) else { continue }
            var known: [String] = []
            for other in all.compactMap({ axis.said(in: $0.options) }) where !known.contains(other) {
                known.append(other)
            }
            guard !known.contains(value) else { continue }
            help =
                known.isEmpty
                ? "the matrix has no axis '\(axis.rawValue)'"
                : "the matrix has \(axis.rawValue) \(known.joined(separator: ", "))"
            break
        }
        keys.findings.add(
            Diagnostic(
                .warning, .uselessExclusion, "this entry of 'exclude' matches no image of the matrix",
                at: excluded.span, help: help))
    }

    /// An entry of `include` or `exclude`.
    private static func combination<Entry: RecipeKey>(_ entry: MappingReader<Entry>) -> MatrixCombination {
        var result = MatrixCombination(span: entry.span)
        for axis in MatrixAxis.allCases {
            guard let key = Entry(rawValue: axis.rawValue), let node = entry.node(key),
                let value = axis.read(node, path: entry.name(key), entry.findings)
            else { continue }
            result = result.merging(value)
        }
        return result
    }
}
