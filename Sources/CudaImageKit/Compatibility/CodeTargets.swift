/// The rules of which GPU code is compiled.
extension [ComputeCapability] {
    /// One architecture for each generation: its code runs on every later GPU of the same generation, and the newest one's
    /// PTX on the generations after it.
    var portable: [ComputeCapability] {
        var firsts: [ComputeCapability] = []
        for target in filter({ $0.suffix == nil && $0.major >= 5 }).sorted() where firsts.last?.major != target.major {
            firsts.append(target)
        }
        if var last = firsts.popLast() {
            last.includesPTX = true
            firsts.append(last)
        }
        return firsts
    }

    /// nvcc's `-gencode` arguments: machine code for each, then PTX where it is kept.
    var gencode: [String] {
        map { "arch=compute_\($0.target),code=sm_\($0.target)" }
            + filter(\.includesPTX).map { "arch=compute_\($0.target),code=compute_\($0.target)" }
    }
}

/// What to compile for, so that a program runs on some GPUs.
public struct CodeSelection: Hashable, Sendable {
    /// Ascending; PTX is kept for the newest.
    public var architectures: [ComputeCapability]
    /// GPUs that the release has no machine code for.
    public var unsupported: [GPUCompatibility]

    /// nvcc's arguments: `-gencode`, `arch=compute_80,code=sm_80`, …
    public var arguments: [String] { architectures.gencode.flatMap { ["-gencode", $0] } }
}

extension Catalog {
    /// The architectures that a release has to compile for, so that a program runs on GPUs of these capabilities.
    ///
    /// Each is compiled for natively if the release can, else for the nearest older one of the same major version.
    public func codeSelection(for capabilities: [ComputeCapability], with cuda: CUDAVersion) -> CodeSelection {
        var chosen: Set<ComputeCapability> = []
        var unsupported: [GPUCompatibility] = []
        for capability in Set(capabilities.map { ComputeCapability($0.major, $0.minor) }).sorted() {
            let compatibility = compatibility(of: capability, with: cuda)
            switch compatibility.verdict {
            case .native: chosen.insert(compatibility.capability)
            case .sameMajor(let older): chosen.insert(older)
            case .onlyPTX, .dropped, .unknown: unsupported.append(compatibility)
            }
        }
        var architectures = chosen.sorted()
        if !architectures.isEmpty { architectures[architectures.count - 1].includesPTX = true }
        return CodeSelection(architectures: architectures, unsupported: unsupported)
    }
}
