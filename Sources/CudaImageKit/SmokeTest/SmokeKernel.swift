/// A check of the smoke test's program that runs kernels or copies. A vector addition is always among them.
public enum SmokeKernel: String, Hashable, Sendable, CaseIterable {
    case reduction
    case matrixProduct = "matrix-product"
    case half
    case tensorCores = "tensor-cores"
    case asyncCopies = "async-copies"
    case graph
    case managedMemory = "managed-memory"
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
