import Foundation
import PackagePlugin

/// `swift package cudagen`: generates or checks the Dockerfiles of a package's recipes.
///
/// Recipes are files whose names end in `.cudagen.yaml`; `runtime.cudagen.yaml` becomes `runtime.Dockerfile` beside it.
/// Those in a target's folder are left to the plugin `EmbedDockerfiles`, which builds them into the target.
/// Other subcommands than `generate` (the default) and `check` are handed on to cudagen as they are.
@main
struct GenerateDockerfiles: CommandPlugin {
    private static let suffix = ".cudagen.yaml"

    func performCommand(context: PluginContext, arguments: [String]) throws {
        let tool = try context.tool(named: "cudagen").url
        let folder = context.package.directoryURL
        var options = arguments
        var subcommand = "generate"
        if let first = options.first, !first.hasPrefix("-") { subcommand = options.removeFirst() }
        guard ["generate", "check"].contains(subcommand) else {
            try run(tool, [subcommand] + options, in: folder)
            return
        }
        if options.contains(where: { ["-h", "--help"].contains($0) }) {
            print(Self.help)
            return
        }
        let targets = Set(
            context.package.targets.map { $0.directoryURL.standardizedFileURL.path(percentEncoded: false) })
        let recipes = try Self.recipes(in: folder, except: targets)
        if recipes.isEmpty {
            throw PluginError(
                "the package has no recipes outside its targets: files whose names end in \(Self.suffix)")
        }
        var failed: [String] = []
        for recipe in recipes {
            let output = recipe.dropLast(Self.suffix.count) + ".Dockerfile"
            do {
                try run(tool, [subcommand] + options + ["-o", String(output), recipe], in: folder)
            } catch is PluginError {
                failed.append(recipe)
            }
        }
        if !failed.isEmpty { throw PluginError("\(subcommand) failed for \(failed.joined(separator: ", "))") }
        let count = recipes.count == 1 ? "1 Dockerfile" : "\(recipes.count) Dockerfiles"
        print("\(count) \(subcommand == "check" ? "up to date" : "generated")")
    }

    private static let help = """
        usage: swift package --allow-writing-to-package-directory cudagen [generate] [<options>]
               swift package --allow-writing-to-package-directory cudagen check [<options>]
               swift package --allow-writing-to-package-directory cudagen <subcommand> …

        Generates NAME.Dockerfile beside each NAME\(suffix) of the package, or checks that it is up to date.
        Recipes in a target's folder are left out: the plugin EmbedDockerfiles builds them into the target.
        Options such as --cuda 12.4 are cudagen's own and go for every recipe. Other subcommands are handed on:
        cudagen tags --cuda 12.4.
        """

    /// The package's recipes, sorted, as seen from its folder. Packages in it are left out, and some folders.
    private static func recipes(in folder: URL, except excluded: Set<String>) throws -> [String] {
        let manager = FileManager.default
        var found: [String] = []
        var folders = [""]
        while let path = folders.popLast() {
            let url = folder.appending(path: path, directoryHint: .isDirectory).standardizedFileURL
            let place = url.path(percentEncoded: false)
            if excluded.contains(place) || excluded.contains(String(place.dropLast())) { continue }
            let names = try manager.contentsOfDirectory(atPath: place)
            if !path.isEmpty, names.contains("Package.swift") { continue }
            for name in names where !name.hasPrefix(".") {
                let file = path + name
                var isFolder: ObjCBool = false
                let path = folder.appending(path: file).path(percentEncoded: false)
                guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
                if isFolder.boolValue {
                    folders.append(file + "/")
                } else if name.hasSuffix(suffix) {
                    found.append(file)
                }
            }
        }
        return found.sorted()
    }

    /// Runs cudagen; its output is the plugin's.
    private func run(_ tool: URL, _ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = tool
        process.arguments = arguments
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PluginError("cudagen ended with exit code \(process.terminationStatus)")
        }
    }
}

/// Why the command failed, in one sentence.
struct PluginError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
