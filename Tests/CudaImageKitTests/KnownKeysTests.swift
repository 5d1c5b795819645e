import Foundation
import Testing

@testable import CudaImageKit

/// Every mapping has one description of its keys: messages, reading and documentation follow it.
@Suite struct KnownKeysTests {
    private static func names<Key: RecipeKey>(_: Key.Type) -> [String] { Key.allCases.map(\.rawValue) }

    /// A recipe or matrix file with a key that is like none, and the keys that the help must list.
    static let places: [(String, [String])] = [
        ("qqqqqqqq: 1", names(Recipe.Key.self)), ("image: {qqqqqqqq: 1}", names(Recipe.Image.Key.self)),
        ("gpu: {qqqqqqqq: 1}", names(Recipe.GPU.Key.self)), ("system: {qqqqqqqq: 1}", names(Recipe.SystemKey.self)),
        ("python: {qqqqqqqq: 1}", names(Recipe.Python.Key.self)),
        ("build: {qqqqqqqq: 1}", names(Recipe.Build.Key.self)),
        ("copy: [{from: a, qqqqqqqq: 1}]", names(Recipe.CopyStep.Key.self)),
        ("secrets: [{id: a, qqqqqqqq: 1}]", names(Recipe.Secret.Key.self)),
        ("user: {qqqqqqqq: 1}", names(Recipe.User.Key.self)),
        ("healthcheck: {command: [a], qqqqqqqq: 1}", names(Recipe.HealthcheckStep.Key.self)),
        ("smoke: {qqqqqqqq: 1}", names(Recipe.Smoke.Key.self)),
        ("mirrors: {qqqqqqqq: 1}", names(Recipe.Mirrors.Key.self)),
        ("mirrors: {ubuntu: {qqqqqqqq: 1}}", names(Recipe.ArchiveMirror.Key.self)),
        ("reproducible: {qqqqqqqq: 1}", names(Recipe.Reproducible.Key.self)),
    ]

    @Test(arguments: places)
    func helpListsEveryKeyOnce(text: String, keys: [String]) {
        let findings = Recipe.parse(RecipeSource(text: text, fileName: "a")).diagnostics.all
        #expect(findings.map(\.help) == ["known here: " + keys.joined(separator: ", ")])
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: [
        ("qqqqqqqq: 1\nmatrix: {}", "recipe, name, matrix, exclude, include"),
        ("matrix: {qqqqqqqq: [1]}", "cuda, flavor, os, cudnn, source, platforms"),
        ("matrix: {cuda: [12.4]}\nexclude: [{qqqqqqqq: 1}]", "cuda, flavor, os, cudnn, source, platforms"),
        ("include: [{qqqqqqqq: 1}]", "cuda, flavor, os, cudnn, source, platforms, name"),
    ])
    func helpListsEveryKeyOfAMatrixOnce(text: String, keys: String) {
        let findings = MatrixFile.parse(RecipeSource(text: text, fileName: "a")).diagnostics.all
        #expect(findings.first { $0.code == .unknownKey }?.help == "known here: " + keys)
    }

    @Test func aliasesNameKeysThatExist() {
        func check<Key: RecipeKey>(_: Key.Type) {
            for (alias, key) in Key.aliases {
                #expect(key.contains(".") || Key(rawValue: key) != nil, "\(alias)")
                #expect(Key(rawValue: alias) == nil && alias == alias.lowercased(), "\(alias)")
            }
        }
        check(Recipe.Key.self)
        check(Recipe.SystemKey.self)
        check(Recipe.Image.Key.self)
        check(Recipe.GPU.Key.self)
        check(Recipe.Python.Key.self)
        check(Recipe.Build.Key.self)
        check(Recipe.CopyStep.Key.self)
        check(Recipe.Secret.Key.self)
        check(Recipe.User.Key.self)
        check(Recipe.HealthcheckStep.Key.self)
        check(Recipe.Smoke.Key.self)
        check(Recipe.Mirrors.Key.self)
        check(Recipe.MirrorKey.Key.self)
        check(Recipe.ArchiveMirror.Key.self)
        check(Recipe.Reproducible.Key.self)
        check(MatrixAxis.self)
    }

    private static func document(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("Documentation/\(name)"), encoding: .utf8)
    }

    @Test func everyKeyIsDocumented() throws {
        let text = try Self.document("recipe.md")
        for key in Set(Self.places.flatMap(\.1)) { #expect(text.contains("`\(key)`"), "\(key)") }
    }

    @Test func everyCodeIsDocumentedOnce() throws {
        let headings = try Self.document("diagnostics.md").split(separator: "\n").filter { $0.hasPrefix("### ") }
        #expect(headings == DiagnosticCode.allCases.map { "### \($0.rawValue)" }.sorted().map { Substring($0) })
    }
}
