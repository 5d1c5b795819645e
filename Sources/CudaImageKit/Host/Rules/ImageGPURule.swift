/// The host's GPUs run the image's code.
enum ImageGPURule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        guard let image = context.image else { return [] }
        var findings: [HostFinding] = []
        var seen: Set<ComputeCapability> = []
        for gpu in context.host.gpus {
            guard let capability = gpu.capability, seen.insert(capability).inserted else { continue }
            findings += toolkit(gpu, capability, image, context) + code(gpu, capability, image)
        }
        if seen.isEmpty, !context.host.gpus.isEmpty {
            findings.append(
                HostFinding(
                    .warning, .imageGPU, "the compute capability of \(context.host.gpus[0].name) is not known",
                    because: "whether the image has code for it can't be told",
                    run: ["nvidia-smi --query-gpu=compute_cap --format=csv"]))
        }
        return findings
    }

    /// What NVIDIA's libraries in the image have code for.
    private static func toolkit(
        _ gpu: HostInspection.Graphics, _ capability: ComputeCapability, _ image: HostImage, _ context: HostContext
    ) -> [HostFinding] {
        let answer = context.catalog.compatibility(of: capability, with: image.cuda)
        switch answer.verdict {
        case .native: return []
        case .sameMajor:
            return [
                HostFinding(
                    .note, .imageGPU, "\(gpu.name): \(answer.reason)",
                    because: "it runs, without what the newer GPU does better")
            ]
        case .onlyPTX, .dropped:
            return [
                HostFinding(
                    .error, .imageGPU, "\(gpu.name): \(answer.reason)",
                    because:
                        "the libraries of the image have no machine code for this GPU: 'no kernel image is available "
                        + "for execution on the device'",
                    advice: "take an image of a CUDA that compiles for \(capability.number)"
                        + range(answer))
            ]
        case .unknown:
            return [
                HostFinding(
                    .warning, .imageGPU, "\(gpu.name): \(answer.reason)",
                    because: "whether the image has code for it can't be told")
            ]
        }
    }

    private static func range(_ answer: GPUCompatibility) -> String {
        switch (answer.firstCUDA, answer.lastCUDA) {
        case (let first?, let last?): ": \(first) to \(last)"
        case (let first?, nil): ": \(first) or newer"
        default: ""
        }
    }

    /// What the recipe compiles its own code for.
    private static func code(
        _ gpu: HostInspection.Graphics, _ capability: ComputeCapability, _ image: HostImage
    ) -> [HostFinding] {
        guard !image.architectures.isEmpty else { return [] }
        let names = image.architectures.map(\.description).joined(separator: ", ")
        let severity: HostFinding.Severity
        switch GPUCompatibility.verdict(on: capability, code: image.architectures) {
        case .native, .sameMajor, .unknown: return []
        case .onlyPTX:
            severity = image.architectures.contains(where: \.includesPTX) ? .note : .error
        case .dropped: severity = .error
        }
        return [
            HostFinding(
                severity, .imageCode,
                "\(gpu.name): the recipe compiles for \(names), this GPU has compute capability \(capability.number)",
                because: severity == .note
                    ? "the driver compiles its PTX when the program starts, which takes time"
                    : "its kernels answer 'no kernel image is available for execution on the device'",
                advice: "add \"\(capability.number)\" to gpu.architectures in the recipe")
        ]
    }
}
