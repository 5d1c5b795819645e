// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "cudagen",
    platforms: [.macOS(.v13)],
    products: [
        .library(name: "CudaImageKit", targets: ["CudaImageKit"]),
        .library(name: "CudaCatalogImport", targets: ["CudaCatalogImport"]),
        .library(name: "CudaImageKitTesting", targets: ["CudaImageKitTesting"]),
        .executable(name: "cudagen", targets: ["cudagen"]),
        .plugin(name: "GenerateDockerfiles", targets: ["GenerateDockerfiles"]),
        .plugin(name: "EmbedDockerfiles", targets: ["EmbedDockerfiles"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        // Judges only: nothing that ships depends on it.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
        // Templates/ and the catalogue as constant data: start-up pays nothing for them, and the binary works when it is
        // copied alone to another folder.
        .target(
            name: "CEmbeddedResources",
            cSettings: [
                .headerSearchPath("../../Templates"), .headerSearchPath("../CudaImageKit/Catalog/Data"),
            ]
        ),
        .target(
            name: "CudaImageKit",
            dependencies: ["CEmbeddedResources", "CLibYAML"],
            exclude: ["Catalog/Data"]
        ),
        // The program's arguments in a root without /proc, where the standard library finds none.
        .target(name: "CProcessArguments"),
        // Apart, so that who imports CudaImageKit needs neither zlib nor expat.
        .target(name: "CudaCatalogImport", dependencies: ["CudaImageKit", "CZlib", "CExpat"]),
        // What is asked of registries, and what their answers mean; who sends the requests is the program's matter.
        .target(name: "CudaImageRegistry", dependencies: ["CudaImageKit"]),
        // For the tests of packages that generate Dockerfiles, and for our own.
        .target(name: "CudaImageKitTesting", dependencies: ["CudaImageKit"]),
        .executableTarget(
            name: "cudagen",
            dependencies: [
                "CudaImageKit", "CudaCatalogImport", "CudaImageRegistry", "CProcessArguments",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        // For other packages: `swift package cudagen`, and the Dockerfiles of a target's recipes as Swift constants.
        .plugin(
            name: "GenerateDockerfiles",
            capability: .command(
                intent: .custom(
                    verb: "cudagen", description: "Generate or check the Dockerfiles of a package's recipes."),
                permissions: [
                    .writeToPackageDirectory(reason: "Dockerfiles are written beside the recipes they are made from.")
                ]),
            dependencies: ["cudagen"]
        ),
        .plugin(name: "EmbedDockerfiles", capability: .buildTool(), dependencies: ["RenderRecipes"]),
        .target(name: "SwiftSource"),
        .executableTarget(name: "RenderRecipes", dependencies: ["CudaImageKit", "SwiftSource"]),
        .testTarget(
            name: "CudaImageKitTests",
            dependencies: [
                "CudaImageKit",
                "CudaImageKitTesting",
                "SwiftSource",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            exclude: ["Golden", "Articles/Golden"]
        ),
        .testTarget(name: "CudaCatalogImportTests", dependencies: ["CudaCatalogImport", "CZlib"]),
        .testTarget(name: "CudaImageRegistryTests", dependencies: ["CudaImageRegistry"]),
        // Runs the built program as a user does.
        .testTarget(name: "cudagenTests", dependencies: ["cudagen"], exclude: ["Golden"]),
    ],
    swiftLanguageModes: [.v6]
)
