/// A GPU architecture to compile for: `8.0`, `9.0a`, `9.0+PTX`.
public struct ComputeCapability: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// `9` of `9.0`.
    public var major: Int
    /// `0` of `9.0`.
    public var minor: Int
    /// `a` (architecture-specific) or `f` (family-specific) targets are not portable.
    public var suffix: Character?
    /// Whether PTX is kept as well, so that later GPUs can compile the code when they load it.
    public var includesPTX: Bool

    /// A capability by its numbers.
    public init(_ major: Int, _ minor: Int, suffix: Character? = nil, includesPTX: Bool = false) {
        self.major = major
        self.minor = minor
        self.suffix = suffix
        self.includesPTX = includesPTX
    }

    /// Parses `MAJOR.MINOR`, an optional `a` or `f`, and an optional `+PTX`.
    public init?(_ description: String) {
        var text = Substring(description)
        let includesPTX = text.hasSuffix("+PTX")
        if includesPTX { text = text.dropLast(4) }
        var suffix: Character?
        if let last = text.last, last == "a" || last == "f" {
            suffix = last
            text = text.dropLast()
        }
        guard let numbers = VersionNumbers.parse(text), numbers.count == 2, numbers[1] < 10 else { return nil }
        self.init(numbers[0], numbers[1], suffix: suffix, includesPTX: includesPTX)
    }

    /// `9.0`, `9.0a` or `9.0+PTX`; ``init(_:)`` reads it back.
    public var description: String { number + (includesPTX ? "+PTX" : "") }

    /// `9.0`, as PyTorch's `TORCH_CUDA_ARCH_LIST` spells it.
    public var number: String { "\(major).\(minor)" + (suffix.map(String.init) ?? "") }

    /// `90`, as nvcc's `sm_90` and CMake's `CUDA_ARCHITECTURES` spell it.
    public var target: String { "\(major)\(minor)" + (suffix.map(String.init) ?? "") }

    /// By number, then by suffix, none first; with PTX behind the same without.
    public static func < (left: ComputeCapability, right: ComputeCapability) -> Bool { left.order < right.order }

    private var order: (Int, Int, String, Int) {
        (major, minor, suffix.map(String.init) ?? "", includesPTX ? 1 : 0)
    }
}
