/// The library variant in an image tag: `cudnn8` (up to CUDA 12.3), `cudnn` (later), or `tensorrt`.
public enum CuDNNVariant: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// `cudnn`: the tag does not say which major version it is; the catalogue does.
    case unversioned
    /// `cudnn8`.
    case major(Int)
    /// `tensorrt`: TensorRT on top of cuDNN (one release has it).
    case tensorRT

    /// Parses the tag's spelling: `cudnn`, `cudnn8` or `tensorrt`.
    public init?(_ description: String) {
        switch description {
        case "cudnn": self = .unversioned
        case "tensorrt": self = .tensorRT
        default:
            let prefix = "cudnn".utf8
            guard description.utf8.starts(with: prefix),
                let numbers = VersionNumbers.parse(Substring(description.utf8.dropFirst(prefix.count))),
                numbers.count == 1
            else { return nil }
            self = .major(numbers[0])
        }
    }

    /// The tag's spelling: `cudnn`, `cudnn8` or `tensorrt`.
    public var description: String {
        switch self {
        case .unversioned: "cudnn"
        case .major(let major): "cudnn\(major)"
        case .tensorRT: "tensorrt"
        }
    }

    /// Major versions ascending, then ``unversioned``, then ``tensorRT``.
    public static func < (left: CuDNNVariant, right: CuDNNVariant) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .major(let major): major
        case .unversioned: .max - 1
        case .tensorRT: .max
        }
    }
}
