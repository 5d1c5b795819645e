import Foundation
import Testing

@testable import CudaImageKit

@Suite struct UnifiedDiffTests {
    private func diff(_ old: String, _ new: String) -> String { UnifiedDiff.between(("old", old), ("new", new)) }

    @Test func sameTextHasNoDifference() { #expect(diff("a\nb\n", "a\nb\n").isEmpty) }

    @Test func changedLineStandsInItsContext() {
        #expect(
            diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n") == """
                --- old
                +++ new
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +X
                 6
                 7
                 8

                """)
    }

    @Test func emptyTextIsTheLineBeforeTheFirst() {
        #expect(diff("", "a\n") == "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n")
        #expect(diff("a\n", "") == "--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n")
    }

    @Test func missingLineBreakAtTheEndIsADifference() {
        #expect(diff("a\n", "a") == "--- old\n+++ new\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n")
    }

    @Test func linesEndAtTheLineFeedWhateverStandsBeforeIt() {
        #expect(diff("a\r\nb\r\n", "a\r\nc\r\n") == "--- old\n+++ new\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n")
        #expect(diff("a\r\n", "a\n") == "--- old\n+++ new\n@@ -1 +1 @@\n-a\r\n+a\n")
    }

    @Test func charactersThatLookTheSameDiffer() {
        #expect(diff("\u{e9}\n", "e\u{301}\n") == "--- old\n+++ new\n@@ -1 +1 @@\n-\u{e9}\n+e\u{301}\n")
    }

    /// `patch` makes the new text of the old one: what a unified diff is for.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/patch")), arguments: 0..<40)
    func patchMakesTheNewTextOfTheOld(number: Int) throws {
        var generator = SeededGenerator(seed: SeededGenerator.seed &+ UInt64(number))
        let old = Self.text(using: &generator)
        let new = Self.edited(old, using: &generator)
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let file = try folder.write(old, to: "text")
        let patch = try folder.write(diff(old, new), to: "patch")
        guard old != new else { return }
        let result = try run("/usr/bin/patch", ["--silent", file, patch])
        #expect(result.status == 0, "\(result.output)\(diff(old, new))")
        // `patch` removes a file that becomes empty.
        let patched = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        #expect(patched == new, "\(diff(old, new))")
    }

    /// The same hunks as `diff -u`, where there is one shortest way: lines that all differ from each other.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/diff")), arguments: 0..<40)
    func hunksAreThoseOfDiff(number: Int) throws {
        var generator = SeededGenerator(seed: SeededGenerator.seed &+ UInt64(number))
        var lines = (0..<generator.number(0...60)).map { "line \($0)" }
        let old = lines.map { $0 + "\n" }.joined()
        for edit in 0..<generator.number(1...6) {
            let index = generator.number(0...lines.count)
            if index < lines.count, generator.chance(40) {
                lines.remove(at: index)
            } else {
                lines.insert("new \(edit)", at: index)
            }
        }
        let new = lines.map { $0 + "\n" }.joined()
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let result = try run(
            "/usr/bin/diff",
            ["-u", "--label", "old", "--label", "new", folder.write(old, to: "old"), folder.write(new, to: "new")])
        #expect(diff(old, new) == result.output)
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        let lines = (0..<generator.number(0...30)).map { _ in generator.oneOf(["a", "b", "c", "", "é", "# x", " y"]) }
        return lines.joined(separator: "\n") + (generator.chance(70) ? "\n" : "")
    }

    private static func edited(_ text: String, using generator: inout SeededGenerator) -> String {
        var lines = text.components(separatedBy: "\n")
        for _ in 0..<generator.number(0...5) {
            let index = generator.number(0...(lines.count - 1))
            switch generator.number(0...2) {
            case 0: lines[index] = generator.oneOf(["a", "new", ""])
            case 1: lines.insert("inserted", at: index)
            default: if lines.count > 1 { lines.remove(at: index) }
            }
        }
        return lines.joined(separator: "\n")
    }
}
