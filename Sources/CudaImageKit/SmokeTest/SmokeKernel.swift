/// A check of the smoke test's program that runs kernels or copies. A vector addition is always among them.
public enum SmokeKernel: String, Hashable, Sendable, CaseIterable {
    /// A sum over blocks, with shared memory and atomics.
    case reduction
    /// A tiled product of matrices, compared with the host's.
    case matrixProduct = "matrix-product"
    /// Arithmetic in half precision.
    case half
    /// A product of matrices on tensor cores.
    case tensorCores = "tensor-cores"
    /// Copies on streams, between pinned memory and the device.
    case asyncCopies = "async-copies"
    /// A CUDA graph that is launched again.
    case graph
    /// Memory that host and device share.
    case managedMemory = "managed-memory"
    /// Copies between two GPUs.
    case peer

    /// The vector addition, which can be named but not left out.
    static let always = "vector-add"

    /// The member of `kernels` in the templates.
    var key: String {
        switch self {
        case .matrixProduct: "matrixProduct"
        case .tensorCores: "tensorCores"
        case .asyncCopies: "asyncCopies"
        case .managedMemory: "managedMemory"
        case .reduction, .half, .graph, .peer: rawValue
        }
    }

    /// Whether the check is one of those of the template `smoke-transfers`.
    var isTransfer: Bool {
        switch self {
        case .asyncCopies, .graph, .managedMemory, .peer: true
        case .reduction, .matrixProduct, .half, .tensorCores: false
        }
    }

    /// The oldest architecture that can run it: tensor cores came with compute capability 7.0.
    var oldestArchitecture: ComputeCapability? { self == .tensorCores ? ComputeCapability(7, 0) : nil }
}
