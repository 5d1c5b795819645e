/// CudaImageKit: a typed model of CUDA images, and of the Dockerfiles that build them.
public enum CudaImageKit {
    /// The version of the library and the CLI, as in the header of generated files.
    public static let version = "0.1.0"
}
