extension Catalog {
    /// Every compute capability that is known, ascending.
    public var gpuGenerations: [GPUGeneration] {
        var found: [ComputeCapability: GPUGeneration] = [:]
        for layer in layers.reversed() {
            layer.lines(of: .gpus) { bytes in
                if let generation = GPUGeneration(CatalogLine(bytes)) { found[generation.capability] = generation }
                return true
            }
        }
        return found.values.sorted { $0.capability < $1.capability }
    }

    /// The GPU of a name as people and tools write it: `A100`, `rtx4090`, `NVIDIA A100-SXM4-80GB`, `Tesla V100-PCIE-16GB`.
    ///
    /// Case, blanks, the maker's name, memory sizes, form factors, editions and parts of a GPU (MIG) do not count.
    /// - Returns: `nil` if no such GPU is in the catalogue, whose list of names is not complete.
    public func gpu(named name: String) -> GPU? {
        let wanted = Self.gpuKey(name)
        guard !wanted.isEmpty else { return nil }
        for generation in gpuGenerations {
            if let known = generation.names.first(where: { Self.gpuKey($0) == wanted }) {
                return GPU(name: known, capability: generation.capability)
            }
        }
        return nil
    }

    /// The GPU of a name, as ``gpu(named:)`` finds it.
    ///
    /// - Parameters:
    ///   - name: the name as people and tools write it.
    ///   - span: where the name stands, for the finding.
    /// - Throws: ``DiagnosticError`` with names like it if there is none.
    public func gpu(spelled name: String, at span: SourceSpan? = nil) throws(DiagnosticError) -> GPU {
        if let gpu = gpu(named: name) { return gpu }
        let near = gpus(like: name)
        throw DiagnosticError(
            Diagnostic(
                .error, .unknownGPU, "there is no GPU \(name.quotedExcerpt) in the catalogue", at: span,
                notes: near.isEmpty ? [] : ["names like it: " + near.joined(separator: ", ")],
                help: "give its compute capability, for example --compute-capability 8.9 (NVIDIA lists them)"))
    }

    /// GPUs with names like this one, nearest first.
    public func gpus(like name: String, limit: Int = 3) -> [String] {
        let wanted = Self.gpuKey(name)
        let names = gpuGenerations.flatMap(\.names)
        let ranked = names.map { known -> (name: String, distance: Int) in
            let key = Self.gpuKey(known)
            // `4090` and `RTX 4090 Laptop GPU` mean a name that they hold or are held by.
            let isPart = !wanted.isEmpty && (key.contains(wanted) || wanted.contains(key) && key.utf8.count > 2)
            return (known, isPart ? 0 : Suggestion.editDistance(key, wanted))
        }
        let near = ranked.filter { $0.distance <= max(1, wanted.utf8.count / 4) }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
    }

    /// What distinguishes a name: `a100` for `NVIDIA A100-SXM4-80GB`.
    private static func gpuKey(_ name: String) -> String {
        let words = name.prefix(64).lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        // `NVIDIA A100-SXM4-40GB MIG 1g.5gb` is a part of that GPU.
        let kept = words.prefix { $0 != "mig" }.filter { word in
            !ignoredWords.contains(String(word)) && !isMemorySize(word) && !isFormFactor(word)
        }
        return kept.joined()
    }

    private static let ignoredWords: Set<String> = [
        "nvidia", "geforce", "tesla", "gpu", "graphics", "card", "generation",
        // Editions of the RTX PRO 6000 Blackwell. Source: NVIDIA's MIG user guide, "Supported GPUs".
        "server", "workstation", "edition", "max", "q",
    ]

    /// `80gb`, `16g`
    private static func isMemorySize(_ word: Substring) -> Bool {
        let digits = word.prefix(while: \.isNumber)
        return !digits.isEmpty && ["g", "gb", "gib"].contains(word.dropFirst(digits.count))
    }

    /// `sxm`, `sxm4`, `pcie`, `nvl`, `hbm3`, `hbm2e`
    private static func isFormFactor(_ word: Substring) -> Bool {
        ["sxm", "hbm"].contains { word.hasPrefix($0) && word.count <= 5 } || ["pcie", "nvl", "mezz"].contains(word)
    }
}

extension GPUGeneration {
    /// `8.9 ⇥ Ada Lovelace ⇥ 11.8 ⇥ - ⇥ L4 ⇥ RTX 4090`
    init?(_ line: CatalogLine) {
        guard let capability = ComputeCapability(line.text(0)), let first = CUDAVersion(line.text(2)) else {
            return nil
        }
        let last = line.optional(3).map(CUDAVersion.init)
        if case .some(nil) = last { return nil }
        self.init(
            capability: capability, architecture: line.text(1), names: (4..<max(4, line.count)).map(line.text),
            firstCUDA: first, lastCUDA: last ?? nil)
    }
}
