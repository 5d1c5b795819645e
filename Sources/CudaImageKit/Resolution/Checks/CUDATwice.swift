extension Resolver {
    /// Warns of wheels that bring CUDA libraries into an image that has them already: gigabytes twice, and two versions
    /// of cuDNN in one process.
    ///
    /// Only what the recipe lists is looked at; a requirements file is not read.
    mutating func checkCUDATwice(in flavor: Flavor) {
        guard flavor != .base, let python = recipe.python, isRead("python.manager"), python.decidedManager != .conda
        else { return }
        let requirements = python.packages.map { ($0, PythonPackageEntry($0.value)) }
        let choosesPyTorch = requirements.contains { $0.1.name == "torch" }
        let indexes = (python.index.map { [$0] } ?? []) + python.extraIndexes
        let isForCPU = indexes.contains { PythonTools.isPyTorchIndex($0.value) && $0.value.contains("/cpu") }
        for (package, requirement) in requirements {
            let sentence: String
            if Self.bringsCUDA(requirement), !(isForCPU && requirement.name == "torch") {
                sentence = "the wheel '\(package.value)' brings CUDA's libraries"
            } else if !choosesPyTorch, !isForCPU, let name = requirement.name, Self.needsPyTorch.contains(name) {
                sentence = "'\(package.value)' needs PyTorch, whose wheel brings CUDA's libraries"
            } else {
                continue
            }
            diagnostics.warning(
                .cudaTwice, "\(sentence), which the \(flavor) image has already", at: package.span,
                help: "use flavor 'base'")
        }
    }

    /// Source: the wheels' own dependencies on `nvidia-*` packages. PyTorch's wheels carry CUDA since their first
    /// release; those of TensorFlow and JAX do with an extra.
    private static func bringsCUDA(_ requirement: PythonPackageEntry) -> Bool {
        guard let name = requirement.name else { return false }
        switch name {
        case "torch": return !["+cpu", "%2bcpu"].contains(where: requirement.text.lowercased().contains)
        case "tensorflow": return requirement.extras.contains("and-cuda")
        case "jax": return requirement.extras.contains { $0.contains("cuda") && !$0.contains("local") }
        default:
            return name.hasPrefix("nvidia-c")
                && (name.hasSuffix("-cu11") || name.hasSuffix("-cu12") || name.hasSuffix("-cu13"))
        }
    }

    /// Packages that always install PyTorch.
    ///
    /// Source: `Requires-Dist` in the metadata of their wheels, `install_requires` of flash-attn and deepspeed, as of
    /// November 2026. Not among them: torchaudio and torchcodec, which no longer name it, and triton, which never did.
    private static let needsPyTorch: Set<String> = [
        "accelerate", "bitsandbytes", "deepspeed", "flash-attn", "kornia", "lightning", "lightning-fabric",
        "open-clip-torch", "peft", "pytorch-lightning", "sentence-transformers", "sglang", "timm", "torchmetrics",
        "torchvision", "trl", "ultralytics", "vllm", "xformers",
    ]
}
