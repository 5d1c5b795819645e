/// The image that compiles the smoke test's program.
public struct SmokeBuilder: Hashable, Sendable {
    /// An official devel image of the release, with its registry, as Podman completes no short names.
    public internal(set) var image: ImageReference
    /// Whether nvcc knows `--threads`.
    public internal(set) var hasThreads: Bool
    /// Whether libstdc++ and libgcc go into the program, so that the image under test needs none.
    public internal(set) var linksStandardLibrary: Bool
}

extension SmokeBuilder {
    init(_ tag: CUDAImageTag) {
        var image = ImageReference(tag)
        // Podman completes no short names.
        image.registry = "docker.io"
        self.init(
            image: image,
            // CUDA 11.2's release notes; before, nvcc refuses the option.
            hasThreads: tag.cuda >= CUDAVersion(11, 2),
            // NVIDIA's rpm images have no libstdc++.a.
            linksStandardLibrary: tag.os.family == .debian)
    }

    /// The official devel image of a release that compiles for an operating system; `nil` if there is none.
    static func choose(
        for cuda: CUDAVersion, on os: OperatingSystem, catalog: Catalog
    ) -> Decision<SmokeBuilder>? {
        catalog.compiler(for: cuda, on: os).map { Decision(SmokeBuilder($0.value), because: $0.because) }
    }
}
