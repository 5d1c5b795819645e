/// What the indexes that files name tell of CUDA.
extension FrameworkPins {
    /// The CUDA of PyTorch's index, where one is named for PyTorch: `11.8` of `--extra-index-url …/whl/cu118`.
    ///
    /// `nil` without one, and with several that are for different releases.
    var cudaOfIndexes: Located<CUDAVersionPattern>? {
        let found = cudasOfIndexes
        return Set(found.map(\.value)).count == 1 ? found.first : nil
    }

    private var cudasOfIndexes: [Located<CUDAVersionPattern>] {
        guard usesPyTorch else { return [] }
        return indexes.compactMap { index in
            PythonTools.cuda(ofPyTorchIndex: index.url.value).map { Located($0, at: index.url.span) }
        }
    }

    /// The place and address of PyTorch's index of builds for the CPU, where no other one of PyTorch's is named.
    var indexForCPU: Located<String>? {
        guard usesPyTorch, cudasOfIndexes.isEmpty else { return nil }
        return indexes.first { PythonTools.isPyTorchIndexForCPU($0.url.value) }?.url
    }

    /// What can't be told from indexes, and an index that has no builds with CUDA.
    ///
    /// - Parameter isCUDANamed: whether something else says which CUDA it is.
    func findingsOfIndexes(isCUDANamed: Bool) -> Diagnostics {
        var findings = Diagnostics()
        guard usesPyTorch else { return findings }
        if let index = indexForCPU {
            findings.error(
                .noCUDAInWheels, "PyTorch's index '\(index.value)' has builds for the CPU", at: index.span,
                help: "leave it out, or name that of a release of CUDA, such as https://download.pytorch.org/whl/cu126")
        }
        // A requirement such as torch==2.4.0+cu121 says it itself.
        let isNamed = pins.contains { pin in
            pin.framework == .torch && pin.specifiers.clauses.contains { $0.version.local != nil }
        }
        guard !isNamed, !isCUDANamed else { return findings }
        let cudas = cudasOfIndexes
        if cudas.count > 1, cudaOfIndexes == nil {
            var names = cudas.map { "CUDA \($0.value)" }.uniqued
            if names.count > 8 { names = names.prefix(8) + ["\(names.count - 8) others"] }
            findings.warning(
                .unreadableRequirement,
                "indexes for \(PlanSolver.list(names, "and")) are named: which one torch comes from can't be told",
                at: cudas[0].span, help: "name one of them, or the build, such as torch==2.4.1+cu124")
        }
        guard cudas.isEmpty, indexForCPU == nil else { return findings }
        for index in indexes where !Self.hasNoBuildsOfItsOwn(index.url.value) {
            findings.addBounded(
                Diagnostic(
                    .warning, .unreadableRequirement,
                    "which CUDA the builds of \(index.url.value.quotedExcerpt) are for can't be told",
                    at: index.url.span, help: "if torch comes from there, name the release with --cuda or image.cuda"))
        }
        return findings
    }

    /// Whether PyTorch, or what belongs to it, is asked for.
    private var usesPyTorch: Bool {
        pins.contains { $0.framework == .torch || $0.framework == .vllm }
            || requirements.contains { requirement in
                let name = PythonRequirement.normalized(requirement.value.name)
                return Self.packagesOfPyTorch.contains(name) || Resolver.needsPyTorch.contains(name)
            }
    }

    /// What PyTorch's indexes have builds of for each release of CUDA.
    static let packagesOfPyTorch: Set<String> = ["torch", "torchvision", "torchaudio", "vllm"]

    /// Whether an index is pip's own, or has no PyTorch.
    ///
    /// Sources: NVIDIA's own packages are on `pypi.nvidia.com`; JAX's old page of wheels is in its changelog.
    private static func hasNoBuildsOfItsOwn(_ url: String) -> Bool {
        let others = ["https://pypi.nvidia.com", "https://storage.googleapis.com/jax-releases/"]
        return isOfPip(url) || others.contains(where: url.hasPrefix)
    }

    /// Whether an index is the one that pip asks if none is named, told by its form: a host of two labels, `pypi` the first of
    /// them, and the path `/simple`.
    ///
    /// Source: pip's documentation of `--index-url`. Mirrors have a name before it, or another path.
    static func isOfPip(_ url: String) -> Bool {
        guard url.startsWithBytes(of: "https://") else { return false }
        let parts = url.utf8.dropFirst("https://".utf8.count).split(separator: UInt8(ascii: "/"))
        let labels = parts.first?.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) ?? []
        return labels.count == 2 && labels[0].elementsEqual("pypi".utf8) && parts.count == 2
            && parts[1].elementsEqual("simple".utf8)
    }
}

extension VersionSpecifiers {
    /// The same releases, of whatever build: `==2.4.1` for `==2.4.1+cu999`.
    var withoutLocalParts: VersionSpecifiers {
        VersionSpecifiers(
            clauses.map { clause in
                guard clause.version.local != nil,
                    let release = clause.version.description.split(separator: "+").first
                        .flatMap({ PythonPackageVersion(String($0)) })
                else { return clause }
                return VersionSpecifier(clause.operator == .identical ? .equal : clause.operator, release)
            })
    }
}
