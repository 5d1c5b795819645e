import ArgumentParser
import CudaImageKit

/// The options shared by everything that renders an image.
struct ImageArguments: ParsableArguments {
    @Option(help: ArgumentHelp("CUDA release; 12.4 becomes the newest 12.4.x that has the rest.", valueName: "version"))
    var cuda: CUDAVersionPattern?

    @Option(help: ArgumentHelp("How much of CUDA: base, runtime or devel (default: runtime).", valueName: "flavor"))
    var flavor: Flavor?

    @Option(
        help: ArgumentHelp("Operating system as in tags, such as ubuntu20.04, ubi9 or debian12.", valueName: "os"),
        transform: OperatingSystem.init(argument:))
    var os: OperatingSystem?

    @Option(
        help: ArgumentHelp("With cuDNN: true, false, a major version such as 8, or tensorrt.", valueName: "version"))
    var cudnn: CuDNNRequest?

    @Option(
        help: """
            Where CUDA comes from: image (FROM nvidia/cuda), packages (NVIDIA's repository on any base) or wheels (Python \
            packages).
            """)
    var source: ImageSource?

    @Option(
        help: ArgumentHelp(
            "Base image for packages and wheels, such as debian:12 or python:3.12-slim-bookworm.", valueName: "image"),
        transform: ImageReference.init(argument:))
    var base: ImageReference?

    @Option(
        help: ArgumentHelp("Platforms, separated by commas: linux/amd64,linux/arm64.", valueName: "platforms"),
        transform: Platform.list)
    var platform: [Platform] = []

    @Option(
        help: ArgumentHelp(
            "A copy of NVIDIA's repositories, in place of developer.download.nvidia.com (mirrors.nvidia).",
            valueName: "url"))
    var repositoryMirror: String?

    @Flag(help: "Refuse what would come from a host that nobody named (mirrors.only).")
    var airGap = false

    @Option(
        help: ArgumentHelp("Sets a key of the recipe, such as env.LEVEL=2. May be repeated.", valueName: "path=value"))
    var set: [RecipeOverride] = []

    @Option(help: CatalogChoice.help, completion: .file())
    var catalog: String?

    var options: ImageOptions { options(LockUse()) }

    /// The options with the lock that pins the images.
    func options(_ lock: LockArguments) -> ImageOptions { options(lock.use) }

    private func options(_ lock: LockUse) -> ImageOptions {
        ImageOptions(
            cuda: cuda, flavor: flavor, os: os, cudnn: cudnn, source: source, base: base, platforms: platform,
            repositoryMirror: repositoryMirror, isAirGapped: airGap, overrides: set, lock: lock)
    }
}

/// Templates of the user's own, for commands whose files are laid out by templates.
struct TemplateArguments: ParsableArguments {
    @Option(help: TemplatesCommand.optionHelp, completion: .directory)
    var templates: String?

    /// `--templates` as arguments, for headers that show how a file is made again.
    var arguments: [String] { templates.map { ["--templates", $0] } ?? [] }
}

extension Platform {
    /// `linux/amd64,linux/arm64`, each once.
    static func list(_ text: String) throws -> [Platform] {
        let platforms = try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let platform = Platform(String(part)) else {
                throw ValidationError(
                    "'\(part)' is not a platform; known: "
                        + Platform.allCases.map(\.description).joined(separator: ", "))
            }
            return platform
        }
        for (index, platform) in platforms.enumerated() where platforms[..<index].contains(platform) {
            throw ValidationError("the platform '\(platform)' is there twice")
        }
        return platforms
    }
}

extension CUDAVersionPattern: ExpressibleByArgument {}
extension Flavor: ExpressibleByArgument {}
extension CuDNNRequest: ExpressibleByArgument {}
extension ImageSource: ExpressibleByArgument {}
extension RecipeOverride: ExpressibleByArgument {}

extension ImageReference {
    /// An option's value; a name that breaks the grammar is told how.
    init(argument: String) throws {
        do {
            try self.init(validating: argument)
        } catch {
            throw ValidationError("expected \(error.rule)")
        }
    }
}

extension OperatingSystem {
    /// An option's value; a name that others use for it is told what it is here.
    init(argument: String) throws {
        guard let os = OperatingSystem(argument) else {
            let hint = OperatingSystem.meant(by: argument).map { "; did you mean '\($0)'?" } ?? ""
            throw ValidationError("expected an operating system \(OperatingSystem.rule)\(hint)")
        }
        self = os
    }
}
