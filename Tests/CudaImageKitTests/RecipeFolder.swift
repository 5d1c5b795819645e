import Foundation

/// The folder of valid recipes that `scripts/check-schema` reads: `<name>.yaml`.
///
/// `CUDAGEN_RECIPES_OUT` names it, as `scripts/test` does; without it nothing is written.
enum RecipeFolder {
    private static let path = ProcessInfo.processInfo.environment["CUDAGEN_RECIPES_OUT"]

    static func write(_ text: String, name: String) throws {
        guard let path else { return }
        let folder = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).yaml"))
    }
}
