extension Resolver {
    /// Looks at operating system packages that bring CUDA or cuDNN beside what the image has.
    ///
    /// With source `wheels` none of NVIDIA's repositories is in the image, so such a package is not found. With the others it
    /// makes a second CUDA, or a cuDNN of another major version.
    mutating func checkSystemCUDA(on ground: ApplicationGround) {
        guard isRead("image", "system") else { return }
        let packages = recipe.systemPackages.map { package in
            (package, name: String(package.value.text.prefix { $0 != "=" && $0 != ":" }))
        }
        if recipe.image.source?.value == .wheels {
            // What a base of the user's own has is not known.
            guard recipe.image.base.map({ BaseImage($0.value).os != nil && $0.value.registry == nil }) ?? true else {
                return
            }
            for (package, name) in packages where Self.isInRepositoryOfNVIDIA(name) {
                diagnostics.error(
                    .noCUDAInWheels,
                    "the package '\(name)' is in NVIDIA's repository, which an image of source 'wheels' does not have",
                    at: package.span,
                    help: "leave it out: the wheels bring CUDA's libraries; or use source 'image' or 'packages'")
            }
        } else if let cuda = ground.cuda {
            checkSecondCUDA(packages, beside: cuda)
            checkSecondCuDNN(packages)
        }
    }

    private mutating func checkSecondCUDA(
        _ packages: [(Located<PackageName>, name: String)], beside cuda: CUDAVersion
    ) {
        for (package, name) in packages {
            if Self.distributionsOwn.contains(name) {
                diagnostics.warning(
                    .cudaTwice,
                    "the package '\(name)' is the distribution's own CUDA, and the image has NVIDIA's \(cuda.majorMinor)",
                    at: package.span, help: "leave it out; nvcc comes with flavor 'devel', and with 'build'")
            } else if let other = Self.release(ofPackage: name), other != CUDAVersionPattern(cuda.majorMinor) {
                diagnostics.warning(
                    .cudaTwice, "the package '\(name)' is of CUDA \(other), and the image has CUDA \(cuda.majorMinor)",
                    at: package.span,
                    help: "leave it out, or set image.cuda to \(other); CUDA's libraries come with image.flavor")
            }
        }
    }

    private mutating func checkSecondCuDNN(_ packages: [(Located<PackageName>, name: String)]) {
        var known: (major: Int, origin: String)?
        if case .major(let major)? = recipe.image.cudnn?.value { known = (major, "image.cudnn is \(major)") }
        for (package, name) in packages {
            guard let major = Self.cuDNN(ofPackage: name) else { continue }
            if let known, known.major != major {
                diagnostics.warning(
                    .cudaTwice, "the package '\(name)' is cuDNN \(major), and \(known.origin)", at: package.span,
                    help: "keep one of them")
            }
            known = known ?? (major, "'\(name)' is cuDNN \(major)")
        }
    }

    // MARK: - Names of packages

    /// Debian's and Ubuntu's own packages of CUDA.
    ///
    /// Source: Debian's package `nvidia-cuda-toolkit` and those of its source package.
    private static let distributionsOwn: Set<String> = ["nvidia-cuda-toolkit", "nvidia-cuda-dev", "nvidia-cudnn"]

    /// The release that a package of NVIDIA's names at its end: `12.4` of `cuda-toolkit-12-4` and `libcublas-12-4`.
    private static func release(ofPackage name: String) -> CUDAVersionPattern? {
        let parts = name.split(separator: "-").map(String.init)
        // cuda-compat is of a newer release on purpose.
        guard parts.count > 2, name.hasPrefix("cuda-") || name.hasPrefix("lib"), !name.hasPrefix("cuda-compat-"),
            let major = RecipeRules.wholeNumber(parts[parts.count - 2]), (8...99).contains(major),
            let minor = RecipeRules.wholeNumber(parts[parts.count - 1]), minor < 10
        else { return nil }
        return CUDAVersionPattern(major, minor)
    }

    /// The major version of `libcudnn8`, `libcudnn8-dev`, `libcudnn9-cuda-12`, `libcudnn9-dev-cuda-12`.
    private static func cuDNN(ofPackage name: String) -> Int? {
        guard name.hasPrefix("libcudnn") else { return nil }
        return Int(name.dropFirst("libcudnn".count).prefix { $0.isASCII && $0.isNumber })
    }

    /// Whether only NVIDIA's repositories have the package.
    ///
    /// Source: the packages of NVIDIA's repositories, which name their release; those of distributions do not.
    static func isInRepositoryOfNVIDIA(_ name: String) -> Bool {
        release(ofPackage: name) != nil || cuDNN(ofPackage: name) != nil || name.hasPrefix("cuda-toolkit")
    }
}
