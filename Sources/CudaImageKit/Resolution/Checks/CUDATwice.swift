extension Resolver {
    /// Warns of wheels that bring CUDA libraries into an image that has them already: gigabytes twice, and two versions
    /// of cuDNN in one process.
    ///
    /// Only what the recipe lists is looked at; a requirements file is not read.
    mutating func checkCUDATwice(in tag: CUDAImageTag) {
        guard tag.flavor != .base, let python = recipe.python, python.manager?.value != .conda else { return }
        for package in python.packages where Self.bringsCUDA(package.value) {
            diagnostics.warning(
                .cudaTwice,
                "the wheel '\(package.value)' brings CUDA's libraries, which the \(tag.flavor) image has already",
                at: package.span, help: "use source 'wheels' or flavor 'base'")
        }
    }

    /// Source: the wheels' own dependencies on `nvidia-*` packages. PyTorch's wheels carry CUDA since their first
    /// release; those of TensorFlow and JAX do with an extra.
    private static func bringsCUDA(_ requirement: String) -> Bool {
        let text = requirement.lowercased()
        let name = text.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
        let extras = text.dropFirst(name.count).drop { $0 == " " }.prefix { $0 != "]" }
        switch name {
        case "torch": return !text.contains("+cpu")
        case "tensorflow": return extras.contains("and-cuda")
        case "jax": return extras.contains("cuda") && !extras.contains("local")
        default:
            return name.hasPrefix("nvidia-c")
                && (name.hasSuffix("-cu11") || name.hasSuffix("-cu12") || name.hasSuffix("-cu13"))
        }
    }
}
