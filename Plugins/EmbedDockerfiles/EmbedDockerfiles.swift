import Foundation
import PackagePlugin

/// Renders the recipes of a target (`*.cudagen.yaml`) when it is built: `Dockerfiles.runtime` is the text of
/// `runtime.cudagen.yaml`'s Dockerfile. A recipe with a mistake fails the build at the recipe's line.
@main
struct EmbedDockerfiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let files = Self.files(in: target.directoryURL)
        let recipes = files.filter { $0.lastPathComponent.hasSuffix(".cudagen.yaml") }
        guard !recipes.isEmpty else {
            Diagnostics.warning("the target '\(target.name)' has no recipes: files whose names end in .cudagen.yaml")
            return []
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "Dockerfiles.swift")
        return [
            .buildCommand(
                displayName: "Rendering the Dockerfiles of \(target.name)",
                executable: try context.tool(named: "RenderRecipes").url,
                arguments: ([output] + recipes).map { $0.path(percentEncoded: false) },
                // Recipes name other files (requirements, projects), which name more, and locks lie beside them: whatever
                // is no source may be one of them.
                inputFiles: files.filter { $0.pathExtension != "swift" },
                outputFiles: [output]
            )
        ]
    }

    /// The files below a folder, sorted.
    private static func files(in folder: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        let all = (found?.compactMap { $0 as? URL } ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
        }
        return all.sorted { $0.path(percentEncoded: false) < $1.path(percentEncoded: false) }
    }
}
