/// A library of CUDA's that the smoke test opens and calls, by the name that `smoke.libraries` of the recipe uses.
public enum SmokeLibrary: String, Hashable, Sendable, CaseIterable {
    /// cuBLAS, dense linear algebra.
    case cublas
    /// cuFFT, Fourier transforms.
    case cufft
    /// cuRAND, random numbers.
    case curand
    /// cuSPARSE, linear algebra of sparse matrices.
    case cusparse
    /// cuSOLVER, factorisations and solvers.
    case cusolver
    /// NPP, image and signal processing.
    case npp
    /// NCCL, which exchanges data between GPUs; it has a package of its own.
    case nccl
    /// cuDNN, operations of neural networks, of the major versions 7 to 9.
    case cudnn

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
