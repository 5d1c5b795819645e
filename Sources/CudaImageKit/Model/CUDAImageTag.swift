/// A tag of the `nvidia/cuda` repository, such as `11.4.0-cudnn8-runtime-ubuntu20.04`.
///
/// Up to CUDA 12.3 the cuDNN variant names its major version (`cudnn8`), later it does not (`cudnn`).
public struct CUDAImageTag: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// The release.
    public var cuda: CUDAVersion
    /// What of CUDA and cuDNN is in the image.
    public var variant: ImageVariant
    /// The operating system.
    public var os: OperatingSystem
    /// A few tags of 2020 end in `-rc`.
    public var isReleaseCandidate: Bool

    /// How much of CUDA is in the image.
    public var flavor: Flavor { variant.flavor }
    /// Which cuDNN is in the image; `nil` for none.
    public var cudnn: CuDNNVariant? { variant.cudnn }

    /// A tag by its parts; whether it exists, the catalogue says.
    public init(
        cuda: CUDAVersion, flavor: Flavor, os: OperatingSystem, cudnn: CuDNNVariant? = nil,
        isReleaseCandidate: Bool = false
    ) {
        self.cuda = cuda
        self.variant = ImageVariant(flavor, cudnn: cudnn)
        self.os = os
        self.isReleaseCandidate = isReleaseCandidate
    }

    /// Parses `CUDA[-CUDNN]-FLAVOR-OS[-rc]`; the parts must stand in this order.
    public init?(_ description: String) {
        var parts = description.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let isReleaseCandidate = parts.last == "rc"
        if isReleaseCandidate { parts.removeLast() }
        guard (3...4).contains(parts.count),
            let cuda = CUDAVersion(parts[0]),
            let variant = ImageVariant(parts[1..<(parts.count - 1)].joined(separator: "-")),
            let os = OperatingSystem(parts[parts.count - 1]), os.description == parts[parts.count - 1]
        else { return nil }
        self.init(
            cuda: cuda, flavor: variant.flavor, os: os, cudnn: variant.cudnn, isReleaseCandidate: isReleaseCandidate)
    }

    /// The tag as registries have it: `11.4.0-cudnn8-runtime-ubuntu20.04`; ``init(_:)`` reads it back.
    public var description: String { "\(cuda)-\(variant)-\(os)" + (isReleaseCandidate ? "-rc" : "") }

    /// By release, then operating system, then variant; a release candidate comes before what it became.
    public static func < (left: CUDAImageTag, right: CUDAImageTag) -> Bool {
        if left.cuda != right.cuda { return left.cuda < right.cuda }
        if left.os != right.os { return left.os < right.os }
        if left.variant != right.variant { return left.variant < right.variant }
        return left.isReleaseCandidate && !right.isReleaseCandidate
    }
}
