import Foundation
import PackagePlugin

/// Embeds `Templates/` and `Sources/CudaImageKit/Catalog/Data/` into the library as Swift string literals.
@main
struct EmbedResources: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let package = context.package.directoryURL
        let folders = [
            package.appending(path: "Templates"),
            package.appending(path: "Sources/CudaImageKit/Catalog/Data"),
        ]
        let inputs = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { ["mustache", "catalog"].contains($0.pathExtension) }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedResources.swift")
        return [
            .buildCommand(
                displayName: "Embedding templates and catalogue",
                executable: try context.tool(named: "EmbedTool").url,
                // The tool lists the folders itself: SwiftPM does not ask this plugin again when a file is added.
                arguments: [output.path()] + folders.map { $0.path() },
                inputFiles: folders + inputs,
                outputFiles: [output]
            )
        ]
    }
}
