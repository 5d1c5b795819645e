/// `setup.py` that compiles a CUDA extension of PyTorch.
struct ExtensionDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        guard let source = folder.source("setup.py"), source.text.containsBytes(of: "CUDAExtension") else { return }
        facts.extensionSetup = source.fileName
        facts.note(source.fileName, "compiles a CUDA extension of PyTorch (CUDAExtension)")
    }
}
