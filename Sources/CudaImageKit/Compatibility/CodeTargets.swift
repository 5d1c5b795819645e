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
