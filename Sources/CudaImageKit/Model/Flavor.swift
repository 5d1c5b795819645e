/// How much of the CUDA toolkit an image holds.
///
/// Source: description of the `nvidia/cuda` repository.
public enum Flavor: String, Hashable, Sendable, CaseIterable, Comparable, CustomStringConvertible {
    /// The CUDA runtime (`libcudart`) alone.
    case base
    /// `base` with the CUDA math libraries and NCCL.
    case runtime
    /// `runtime` with headers, static libraries and the compiler.
    case devel

    /// As tags spell it: `base`, `runtime` or `devel`.
    public var description: String { rawValue }

    /// By how much is in the image: `base`, `runtime`, `devel`.
    public static func < (left: Flavor, right: Flavor) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .base: 0
        case .runtime: 1
        case .devel: 2
        }
    }
}
