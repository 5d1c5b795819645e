// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "image-tool",
    platforms: [.macOS(.v13)],
    dependencies: [
        // Elsewhere: .package(url: "https://…/cudagen", from: "0.1.0")
        .package(name: "cudagen", path: "../..")
    ],
    targets: [
        // Recipes in Swift, and recipes in files that are rendered when the target is built.
        .target(
            name: "Images",
            dependencies: [.product(name: "CudaImageKit", package: "cudagen")],
            plugins: [.plugin(name: "EmbedDockerfiles", package: "cudagen")]
        ),
        .executableTarget(name: "image-tool", dependencies: ["Images"]),
        .testTarget(
            name: "ImagesTests",
            dependencies: ["Images", .product(name: "CudaImageKitTesting", package: "cudagen")],
            exclude: ["Golden"]
        ),
    ],
    swiftLanguageModes: [.v6]
)
