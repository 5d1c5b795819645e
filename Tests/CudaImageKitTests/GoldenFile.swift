import CudaImageKit
import Foundation
import Testing

/// Comparing a generated file with the one that was read and committed.
enum GoldenFile {
    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let folder = tests.appendingPathComponent("Golden")
    static let examples = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Examples")
    private static let updates = ProcessInfo.processInfo.environment["CUDAGEN_UPDATE_GOLDEN"] == "1"

    /// Records the difference as an issue, or writes the file anew if the environment says so.
    static func compare(_ text: String, with file: URL) throws {
        if updates {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        guard Array(expected.utf8) != Array(text.utf8) else { return }
        let diff = UnifiedDiff.between((file.lastPathComponent, expected), ("generated", text))
        Issue.record("\(diff)CUDAGEN_UPDATE_GOLDEN=1 swift test --filter Golden writes it anew")
    }
}
