import Foundation
import Testing

@testable import CudaImageKit

/// What the articles show is code that is compiled and run, and what they say of recipes is what the reader's keys say.
@Suite struct ArticleTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

    /// Every page of a catalogue, by its name.
    private static func articles() throws -> [(name: String, text: String)] {
        try ["CudaImageKit", "CudaImageKitTesting"].flatMap { module -> [(String, String)] in
            let folder = sources.appendingPathComponent("\(module)/\(module).docc")
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }
                .sorted()
                .map { ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)) }
        }
    }

    /// The parts of `ArticleCode.swift` without their indentation.
    private static func compiledParts() throws -> [String] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "ArticleCode.swift")
        var parts: [String] = []
        var part: [String]?
        for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
            switch line.trimmingCharacters(in: .whitespaces) {
            case "// article": part = []
            case "// end":
                parts.append((try #require(part)).joined(separator: "\n"))
                part = nil
            default: part?.append(line.hasPrefix("        ") ? String(line.dropFirst(8)) : line)
            }
        }
        #expect(part == nil, "a part without an end")
        return parts
    }

    private static func swiftBlocks(of text: String) -> [String] {
        text.components(separatedBy: "```swift\n").dropFirst().compactMap { rest in
            rest.range(of: "\n```").map { String(rest[..<$0.lowerBound]) }
        }
    }

    @Test func codeOfArticlesIsCompiled() throws {
        let parts = try Self.compiledParts()
        var shown: Set<String> = []
        for article in try Self.articles() {
            for block in Self.swiftBlocks(of: article.text) {
                // What a manifest says is built by scripts/check-package.
                if block.hasPrefix("// Package.swift") { continue }
                #expect(
                    parts.contains(block),
                    "\(article.name) shows code that is in no part of ArticleCode.swift:\n\(block)")
                shown.insert(block)
            }
        }
        for part in parts { #expect(shown.contains(part), "no article shows:\n\(part)") }
        #expect(parts.count >= 15)
    }

    /// The reference of the recipe is written anew as `GoldenTests` says.
    @Test func recipeReferenceIsGolden() throws {
        let file = Self.sources.appendingPathComponent("CudaImageKit/CudaImageKit.docc/RecipeReference.md")
        let text = RecipeReference.article
        if GoldenFolder.updates { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(
            try String(contentsOf: file, encoding: .utf8) == text,
            "CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden writes it anew")
    }
}
