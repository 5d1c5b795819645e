/// What an application stands on: operating system and CUDA, wherever that comes from.
struct Foundation {
    /// `nil` if wheels bring CUDA.
    var tag: Decision<CUDAImageTag>?
    /// `nil` if nothing tells which CUDA the wheels bring.
    var release: Decision<CUDAVersion>?
    var os: Decision<OperatingSystem>
    var packageManager: PackageManager
    var cuda: CUDAInstallation
    var contents: [ImageContents]
    /// The stage with the compiler, if something is compiled.
    var toolchain: CUDAInstallation?
    /// A base that is not NVIDIA's: it may bring a Python of its own.
    var base: BaseImage?
    /// The recipe's Python packages, completed where wheels bring CUDA.
    var requirements: WheelRequirements?
}
