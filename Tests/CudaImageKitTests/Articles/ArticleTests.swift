import Foundation
import Testing

@testable import CudaImageKit

/// What the articles show is code that is compiled and run, and what they say of recipes is what the reader's keys say.
@Suite struct ArticleTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

    /// Pages with what is compiled of them.
    private struct Pages {
        var code: String
        var texts: [(name: String, text: String)]
    }

    /// Every page of a catalogue that has Swift code for the tests of this target.
    private static func articles() throws -> Pages {
        let texts = try ["CudaImageKit", "CudaImageKitTesting"].flatMap { module -> [(String, String)] in
            let folder = sources.appendingPathComponent("\(module)/\(module).docc")
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }
                .sorted()
                .map { ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)) }
        }
        return Pages(code: "ArticleCode.swift", texts: texts)
    }

    private static func libraryPage() throws -> Pages {
        let page = sources.deletingLastPathComponent().appendingPathComponent("Documentation/library.md")
        return Pages(
            code: "LibraryPageCode.swift", texts: [("library.md", try String(contentsOf: page, encoding: .utf8))])
    }

    /// The parts of a file of code without their indentation.
    private static func compiledParts(of name: String) throws -> [String] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(name)
        var parts: [String] = []
        var part: [String]?
        var indentation = 0
        for line in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n") {
            switch line.trimmingCharacters(in: .whitespaces) {
            case "// article":
                part = []
                indentation = line.prefix { $0 == " " }.count
            case "// end":
                parts.append((try #require(part)).joined(separator: "\n"))
                part = nil
            default: part?.append(String(line.dropFirst(indentation)))
            }
        }
        #expect(part == nil, "a part without an end")
        return parts
    }

    /// The blocks of code without what they import.
    private static func swiftBlocks(of text: String) -> [String] {
        text.components(separatedBy: "```swift\n").dropFirst().compactMap { rest in
            rest.range(of: "\n```").map { end in
                let lines = rest[..<end.lowerBound].components(separatedBy: "\n")
                return lines.drop { $0.hasPrefix("import ") || $0.isEmpty }.joined(separator: "\n")
            }
        }
    }

    @Test func codeOfArticlesIsCompiled() throws {
        for pages in [try Self.articles(), try Self.libraryPage()] {
            let parts = try Self.compiledParts(of: pages.code)
            var shown: Set<String> = []
            for page in pages.texts {
                for block in Self.swiftBlocks(of: page.text) {
                    // What a manifest says is built by scripts/check-package.
                    if block.hasPrefix("// Package.swift") || block.hasPrefix(".target(") { continue }
                    #expect(
                        parts.contains(block),
                        "\(page.name) shows code that is in no part of \(pages.code):\n\(block)")
                    shown.insert(block)
                }
            }
            for part in parts { #expect(shown.contains(part), "no page shows what \(pages.code) has:\n\(part)") }
            #expect(parts.count >= 7)
        }
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
