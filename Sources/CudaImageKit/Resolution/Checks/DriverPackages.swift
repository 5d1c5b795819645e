extension Resolver {
    /// Refuses packages that bring a driver into the image, where the host's must be mounted.
    ///
    /// Source: package metadata of NVIDIA's CUDA repositories (`cuda` and `cuda-X-Y` depend on the driver,
    /// `cuda-toolkit-X-Y` does not).
    mutating func checkPackages() {
        for package in recipe.systemPackages + (recipe.build?.packages ?? []) {
            let name = String(package.value.text.prefix { $0 != "=" && $0 != ":" })
            guard Self.bringsDriver(name) else { continue }
            diagnostics.error(
                .driverPackage, "the package '\(name)' brings an NVIDIA driver into the image", at: package.span,
                notes: ["the NVIDIA Container Toolkit mounts the host's driver; a second one fails with 'file exists'"],
                help: "leave it out; CUDA itself comes from image.flavor")
        }
    }

    private static func bringsDriver(_ name: String) -> Bool {
        let prefixes = [
            "cuda-drivers", "nvidia-driver", "nvidia-open", "nvidia-kernel", "nvidia-utils", "nvidia-headless",
            "nvidia-dkms",
            "nvidia-compute-utils", "nvidia-settings", "xserver-xorg-video-nvidia", "libnvidia-compute", "libnvidia-gl",
            "libnvidia-decode", "libnvidia-encode", "libnvidia-fbc", "libnvidia-extra", "libnvidia-cfg", "libnvidia-ml",
            "libcuda1", "kmod-nvidia",
        ]
        if name == "cuda" || prefixes.contains(where: name.hasPrefix) { return true }
        for prefix in ["cuda-runtime-", "cuda-demo-suite-", "cuda-"] where name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            return !rest.isEmpty && rest.allSatisfy { $0.isNumber || $0 == "-" }
        }
        return false
    }
}
