import Foundation
import PackagePlugin

/// Renders the recipes of a target (`*.cudagen.yaml`) when it is built: `Dockerfiles.runtime` is the text of
/// `runtime.cudagen.yaml`'s Dockerfile. A recipe with a mistake fails the build at the recipe's line.
@main
struct EmbedDockerfiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let recipes = try FileManager.default.subpathsOfDirectory(atPath: target.directoryURL.path())
            .filter { $0.hasSuffix(".cudagen.yaml") }.sorted()
            .map { target.directoryURL.appending(path: $0) }
        guard !recipes.isEmpty else {
            Diagnostics.warning("the target '\(target.name)' has no recipes: files whose names end in .cudagen.yaml")
            return []
        }
        // A lock beside a recipe pins its images.
        let locks = Set(recipes.map { $0.deletingLastPathComponent().appending(path: "cudagen.lock") })
            .filter { FileManager.default.fileExists(atPath: $0.path()) }
        let output = context.pluginWorkDirectoryURL.appending(path: "Dockerfiles.swift")
        return [
            .buildCommand(
                displayName: "Rendering the Dockerfiles of \(target.name)",
                executable: try context.tool(named: "RenderRecipes").url,
                arguments: [output.path()] + recipes.map { $0.path() },
                inputFiles: recipes + locks,
                outputFiles: [output]
            )
        ]
    }
}
