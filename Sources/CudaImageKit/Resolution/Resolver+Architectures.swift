extension Resolver {
    /// What CUDA code is compiled for, so that a build needs no GPU to ask.
    mutating func decideArchitectures(for cuda: CUDAVersion) -> Decision<[ComputeCapability]> {
        guard let first = recipe.gpu.architectures.first else {
            // A bare devel image stays what NVIDIA's is; what is compiled on top of it decides for itself.
            guard recipe.build != nil || recipe.image.flavor?.value == .devel && hasApplication else {
                return Decision([], because: .default("nothing is compiled"))
            }
            return Decision(
                catalog.targets(for: cuda).portable,
                because: .default("the first architecture of each generation that CUDA \(cuda.majorMinor) compiles for")
            )
        }
        checkArchitectures(for: cuda)
        return Decision(recipe.gpu.architectures.map(\.value), because: Reason(first.span))
    }

    /// Refuses what a release can't compile for.
    mutating func checkArchitectures(for cuda: CUDAVersion) {
        let targets = catalog.targets(for: cuda)
        for asked in recipe.gpu.architectures where !targets.isEmpty {
            let known = targets.contains {
                ($0.major, $0.minor) == (asked.value.major, asked.value.minor)
            }
            guard !known else { continue }
            let list = targets.filter { $0.suffix == nil }.map(\.number).joined(separator: ", ")
            diagnostics.error(
                .architectureUnsupported,
                "CUDA \(cuda) can't compile for compute capability \(asked.value.number)",
                at: asked.span, notes: [catalog.compatibility(of: asked.value, with: cuda).reason],
                help: "it compiles for \(list)")
        }
    }
}
