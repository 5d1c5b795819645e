extension BaseImage {
    /// Why CUDA can't be installed on the image, whatever operating system the recipe claims; `nil` if nothing is known
    /// against it.
    ///
    /// NVIDIA's libraries are built for glibc, and its packages come as .deb and .rpm only. Wheels need no packages of
    /// NVIDIA's, but Python comes from the image's package manager.
    ///
    /// - Note: Source: NVIDIA's CUDA installation guide for Linux, supported distributions; the images' own descriptions.
    func obstacle(to source: ImageSource) -> String? {
        if let tag = reference.tag, tag.split(separator: "-").contains(where: { $0.hasPrefix("alpine") }) {
            return Self.musl
        }
        let repository = reference.repository
        if reference.registry == "gcr.io", repository.hasPrefix("distroless/") {
            return "a distroless image has no shell and no package manager"
        }
        if reference.registry == "cgr.dev" || reference.name == "wolfi-base" {
            return source == .wheels
                ? Self.otherManager : "Wolfi has packages of its own (apk), and NVIDIA publishes none for it"
        }
        if reference.registry == "mcr.microsoft.com", repository.hasPrefix("windows") {
            return "a Windows image can't hold CUDA for Linux"
        }
        guard let system = Self.withoutPackages[reference.name] else { return Self.obstacles[reference.name] }
        return source == .wheels ? Self.otherManager : "NVIDIA publishes no packages for \(system)"
    }

    private static let otherManager = "cudagen does not know its package manager"

    private static let musl = "Alpine's C library is musl, and NVIDIA's libraries need glibc"

    /// By the last part of the image's name.
    private static let obstacles = [
        "alpine": musl,
        "scratch": "'scratch' is empty: there is no C library and no package manager",
        "busybox": "it has no package manager",
    ]

    /// Systems that NVIDIA publishes no packages for, by the last part of the image's name.
    private static let withoutPackages = [
        "archlinux": "Arch Linux", "nix": "Nix", "tumbleweed": "openSUSE Tumbleweed", "photon": "Photon OS",
        "clearlinux": "Clear Linux", "stage3": "Gentoo",
    ]

    /// Whether the image is one of NVIDIA's CUDA images, in its own registry or a copy of it.
    var isOfficialCUDA: Bool { "/\(reference.repository)".hasSuffix("/nvidia/cuda") }
}
