/// A library of CUDA's that the smoke test opens and calls.
public enum SmokeLibrary: String, Hashable, Sendable, CaseIterable {
    /// By the name that the recipe uses.
    case cublas, cufft, curand, cusparse, cusolver, npp, nccl, cudnn

    /// Those that NVIDIA's runtime images have; NCCL and cuDNN have packages of their own.
    static let ofRuntime: [SmokeLibrary] = [.cublas, .cufft, .curand, .cusparse, .cusolver, .npp]

    /// What dlopen is asked for, in order.
    ///
    /// - Note: Source: names of the shared libraries in NVIDIA's packages of each release, which do not follow the release's
    ///   own number: CUDA 11 has `libcufft.so.10`, CUDA 12 `libcufft.so.11`.
    /// - Parameter cudnn: the major version of cuDNN in the image.
    func sonames(for cuda: CUDAVersion, cudnn: Int?) -> [String] {
        let version: Int
        switch self {
        case .nccl: return ["libnccl.so.2"]
        case .cudnn: return cudnn.map { ["libcudnn.so.\($0)"] } ?? []
        case .npp: return ["libnpps.so." + Self.suffix(cuda, cuda.major)]
        case .cublas: version = cuda.major
        case .cusparse: version = min(cuda.major, 12)
        case .curand: version = 10
        case .cufft: version = cuda.major < 12 ? 10 : cuda.major - 1
        case .cusolver: version = cuda < CUDAVersion(11, 1) ? 10 : cuda.major < 13 ? 11 : cuda.major - 1
        }
        return ["lib\(rawValue).so." + Self.suffix(cuda, version)]
    }

    /// NPP's core library, which its others need.
    static func nppCore(for cuda: CUDAVersion) -> String { "libnppc.so." + suffix(cuda, cuda.major) }

    /// CUDA 10.0 is the last release whose libraries have two numbers.
    private static func suffix(_ cuda: CUDAVersion, _ version: Int) -> String {
        cuda.majorMinor == CUDAVersion(10, 0) ? "10.0" : "\(version)"
    }
}
