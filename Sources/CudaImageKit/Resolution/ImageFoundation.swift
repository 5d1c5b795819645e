/// What an application stands on: operating system and CUDA, wherever that comes from.
struct ImageFoundation {
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

/// What an application is looked at with. After a mistake it may be little.
struct ApplicationGround {
    var os: OperatingSystem?
    /// A base that is not NVIDIA's.
    var base: BaseImage?
    var cuda: CUDAVersion?
    /// Which of NVIDIA's packages are in the image; `nil` if wheels bring CUDA.
    var flavor: Flavor?
    private var packageManager: PackageManager?
    var requirements: WheelRequirements?

    init(os: OperatingSystem?, base: BaseImage?, flavor: Flavor?) {
        self.os = os
        self.base = base
        self.flavor = flavor
    }

    init(_ foundation: ImageFoundation) {
        self.init(os: foundation.os.value, base: foundation.base, flavor: foundation.tag?.value.flavor)
        cuda = foundation.release?.value
        packageManager = foundation.packageManager
        requirements = foundation.requirements
    }

    /// The package manager that has CUDA's packages; `nil` if none has or it can't be told.
    var managerOfCUDA: PackageManager? {
        guard flavor != nil, let os else { return nil }
        return packageManager ?? base?.packageManager(on: os)
    }
}
