// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "cudagen",
    platforms: [.macOS(.v13)],
    products: [
        .library(name: "CudaImageKit", targets: ["CudaImageKit"]),
        .library(name: "CudaImageKitTesting", targets: ["CudaImageKitTesting"]),
        .executable(name: "cudagen", targets: ["cudagen"]),
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
        // Turns Templates/ and the catalogue into Swift string literals: start-up pays nothing for them,
        // and the binary works when it is copied alone to another folder.
        .executableTarget(name: "EmbedTool"),
        .plugin(name: "EmbedResources", capability: .buildTool(), dependencies: ["EmbedTool"]),
        .target(
            name: "CudaImageKit",
            dependencies: ["CLibYAML"],
            exclude: ["Catalog/Data"],
            plugins: ["EmbedResources"]
        ),
        // For the tests of packages that generate Dockerfiles, and for our own.
        .target(name: "CudaImageKitTesting", dependencies: ["CudaImageKit"]),
        .executableTarget(
            name: "cudagen",
            dependencies: [
                "CudaImageKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "CudaImageKitTests",
            dependencies: [
                "CudaImageKit",
                "CudaImageKitTesting",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            exclude: ["Golden"]
        ),
        // Runs the built program as a user does.
        .testTarget(name: "cudagenTests", dependencies: ["cudagen"]),
    ],
    swiftLanguageModes: [.v6]
)
