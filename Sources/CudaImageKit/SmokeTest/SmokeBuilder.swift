/// The image that compiles the smoke test's program.
public struct SmokeBuilder: Hashable, Sendable {
    public var image: ImageReference
    /// Whether nvcc knows `--threads`.
    public var hasThreads: Bool
    /// Whether libstdc++ and libgcc go into the program, so that the image under test needs none.
    public var linksStandardLibrary: Bool
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

    /// The official devel image of a release that compiles for an operating system: its C library must not be newer.
    ///
    /// - Returns: `nil` if the release has no such image.
    static func choose(
        for cuda: CUDAVersion, on os: OperatingSystem, catalog: Catalog
    ) -> Decision<SmokeBuilder>? {
        let existing = catalog.operatingSystems(for: cuda).filter { candidate in
            catalog.tag(CUDAImageTag(cuda: cuda, flavor: .devel, os: candidate)) != nil
        }
        if existing.contains(os) {
            return builder(cuda, os, because: "the devel image of the same release and operating system")
        }
        if let sister = PinOrigin(for: os)?.candidates.first(where: existing.contains) {
            return builder(cuda, sister, because: reason(for: sister, on: os))
        }
        guard let limit = os.cLibrary else { return nil }
        // Of the newest C library that is not newer, the same family first, and apt's before rpm's.
        let rank = { (candidate: OperatingSystem) in
            (candidate.family == os.family ? 2 : 0) + (candidate.family == .debian ? 1 : 0)
        }
        let older = existing.compactMap { candidate in
            candidate.cLibrary.flatMap { $0 <= limit ? (os: candidate, library: $0) : nil }
        }
        let best = older.max { ($0.library, rank($0.os), $1.os) < ($1.library, rank($1.os), $0.os) }
        return best.flatMap { builder(cuda, $0.os, because: reason(for: $0.os, on: os)) }
    }

    private static func builder(
        _ cuda: CUDAVersion, _ os: OperatingSystem, because: String
    ) -> Decision<SmokeBuilder> {
        Decision(
            SmokeBuilder(CUDAImageTag(cuda: cuda, flavor: .devel, os: os)), because: .derived(because))
    }

    private static func reason(for builder: OperatingSystem, on os: OperatingSystem) -> String {
        let version = { (system: OperatingSystem) in system.cLibrary.map { " (\($0))" } ?? "" }
        return "no devel image for \(os)\(version(os)); the C library of \(builder)\(version(builder)) is not newer"
    }
}
