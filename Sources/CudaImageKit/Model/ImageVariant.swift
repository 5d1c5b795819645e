/// Flavor and library variant together: what distinguishes the images of one release and operating system.
public struct ImageVariant: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// How much of CUDA.
    public var flavor: Flavor
    /// Which cuDNN; `nil` for none.
    public var cudnn: CuDNNVariant?

    /// A variant by its parts.
    public init(_ flavor: Flavor, cudnn: CuDNNVariant? = nil) {
        self.flavor = flavor
        self.cudnn = cudnn
    }

    /// Parses `runtime`, `cudnn8-devel`, `cudnn-runtime`, `tensorrt-devel`.
    public init?(_ description: String) {
        guard let (library, name) = description.splitOnce(at: "-") else {
            guard let flavor = Flavor(rawValue: description) else { return nil }
            self.init(flavor)
            return
        }
        guard let flavor = Flavor(rawValue: name), let cudnn = CuDNNVariant(library) else { return nil }
        self.init(flavor, cudnn: cudnn)
    }

    /// The tag's spelling: `runtime`, `cudnn8-devel`.
    public var description: String { cudnn.map { "\($0)-\(flavor)" } ?? flavor.rawValue }

    /// By flavor; of one flavor the variant without cuDNN comes first.
    public static func < (left: ImageVariant, right: ImageVariant) -> Bool {
        if left.flavor != right.flavor { return left.flavor < right.flavor }
        switch (left.cudnn, right.cudnn) {
        case (nil, nil), (_?, nil): return false
        case (nil, _?): return true
        case (let l?, let r?): return l < r
        }
    }
}
