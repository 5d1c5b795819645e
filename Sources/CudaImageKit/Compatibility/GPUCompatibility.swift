/// Whether code that a toolkit compiles runs on a GPU.
public struct GPUCompatibility: Hashable, Sendable {
    /// What comes of a GPU and a release.
    public enum Verdict: Hashable, Sendable {
        /// The toolkit compiles for this very capability.
        case native
        /// Code for an older capability of the same major version runs.
        case sameMajor(ComputeCapability)
        /// Nothing but PTX of an older capability, which the driver compiles when the program loads it.
        case onlyPTX(ComputeCapability)
        /// The toolkit no longer compiles for GPUs that old.
        case dropped
        /// The facts do not say.
        case unknown
    }

    /// The GPU's compute capability.
    public internal(set) var capability: ComputeCapability
    /// The release that built the code.
    public internal(set) var cuda: CUDAVersion
    /// What comes of it.
    public internal(set) var verdict: Verdict
    /// The first release that compiles for the capability itself; `nil` if it is not known.
    public internal(set) var firstCUDA: CUDAVersion?
    /// The last release that compiles for it; `nil` while new ones still do, or if it is not known.
    public internal(set) var lastCUDA: CUDAVersion?

    /// Whether machine code runs: what the toolkit's own libraries hold. PTX alone does not count, as a program has to keep
    /// it, and the driver has to be as new as the toolkit.
    public var runs: Answer {
        switch verdict {
        case .native, .sameMajor: .yes
        case .onlyPTX, .dropped: .no
        case .unknown: .unknown
        }
    }

    /// In a sentence without a full stop.
    public var reason: String {
        let number = capability.number
        let release = "CUDA \(cuda.majorMinor)"
        switch verdict {
        case .native: return "\(release) compiles for compute capability \(number)"
        case .sameMajor(let older):
            return
                "\(release) has no code of its own for \(number); its code for \(older.number) runs there, not native"
        case .onlyPTX(let older):
            return "\(release) knows GPUs up to compute capability \(older.number); \(number) needs "
                + (firstCUDA.map { "CUDA \($0) or newer" } ?? "a newer CUDA")
        case .dropped:
            return "\(release) no longer compiles for compute capability \(number)"
                + (lastCUDA.map { "; CUDA \($0) is the last that does" } ?? "")
        case .unknown: return "what \(release) compiles for is not known"
        }
    }
}

extension Catalog {
    /// Whether code that a release compiles runs on GPUs of a capability.
    ///
    /// - Note: Source: CUDA programming guide: machine code runs on later GPUs of the same major version.
    public func compatibility(of capability: ComputeCapability, with cuda: CUDAVersion) -> GPUCompatibility {
        let generation = gpuGeneration(of: capability)
        let code = targets(for: cuda)
        var verdict = GPUCompatibility.verdict(on: capability, code: code)
        if case .sameMajor(let older) = verdict, isTegra(older), !isTegra(capability) {
            verdict = GPUCompatibility.verdict(on: capability, code: code.filter { !isTegra($0) })
        }
        return GPUCompatibility(
            capability: ComputeCapability(capability.major, capability.minor), cuda: cuda, verdict: verdict,
            firstCUDA: generation?.firstCUDA, lastCUDA: generation?.lastCUDA)
    }

    /// Whether a capability is that of Jetson boards alone, whose code is not counted on for other GPUs.
    private func isTegra(_ capability: ComputeCapability) -> Bool {
        gpuGeneration(of: capability)?.names.allSatisfy { GPU.Line(name: $0) == .jetson } ?? false
    }

    /// What is known of a compute capability.
    public func gpuGeneration(of capability: ComputeCapability) -> GPUGeneration? {
        for layer in layers {
            var found: GPUGeneration?
            layer.lines(of: .gpus, key: "\(capability.major).\(capability.minor)") { bytes in
                found = GPUGeneration(CatalogLine(bytes))
                return false
            }
            if let found { return found }
        }
        return nil
    }
}

extension GPUCompatibility {
    /// The best way in which machine code for some capabilities runs on another.
    static func verdict(on capability: ComputeCapability, code: [ComputeCapability]) -> Verdict {
        let portable = code.filter { $0.suffix == nil }.map { ComputeCapability($0.major, $0.minor) }.sorted()
        let wanted = ComputeCapability(capability.major, capability.minor)
        guard !portable.isEmpty else { return .unknown }
        if portable.contains(wanted) { return .native }
        guard let older = portable.last(where: { $0 < wanted }) else { return .dropped }
        return older.major == wanted.major ? .sameMajor(older) : .onlyPTX(older)
    }
}
