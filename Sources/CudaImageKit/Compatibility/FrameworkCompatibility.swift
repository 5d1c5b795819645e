/// Whether a framework's build runs on a GPU: what its wheels hold, and what the project asks for.
public struct FrameworkCompatibility: Hashable, Sendable {
    /// Whether the build runs on the GPU.
    public internal(set) var runs: Answer
    /// In a sentence without a full stop.
    public internal(set) var reason: String
    /// Whether there is code for this very capability; `false` for code of an older one of the same major version, and for
    /// PTX. Of wheels that are known by a range of capabilities: whether it lies in the range.
    public internal(set) var isNative: Bool
    /// Whether the facts tell what the wheels hold, or whom the project supports; else the toolkit's own answer stands in.
    public internal(set) var isKnown = true
}

/// What is known of a framework and GPUs.
struct FrameworkGPUFacts: Sendable {
    var floors: [FrameworkFloor]
    var targets: [FrameworkTargets]

    init(_ framework: Framework, catalog: Catalog) {
        floors = catalog.floors(of: framework)
        targets = catalog.targets(of: framework)
    }

    /// What a build's wheels hold, or those of another patch release of the same minor one for the same CUDA.
    func targets(of release: FrameworkRelease, on platform: Platform) -> FrameworkTargets? {
        let ofPlatform = targets.filter { $0.platform == platform }
        return ofPlatform.first { $0.covers(release) } ?? ofPlatform.first { $0.coversSeries(of: release) }
    }
}

extension Catalog {
    /// Whether a framework's build runs on GPUs of a capability.
    ///
    /// The project's floors have to be met; then the wheels' own list of GPU code decides, where it is known, else what
    /// its CUDA compiles for.
    ///
    /// - Parameters:
    ///   - capability: the GPU's.
    ///   - release: the framework's build.
    ///   - cuda: the release that the build is used with.
    ///   - platform: what the wheel is for.
    public func compatibility(
        of capability: ComputeCapability, with release: FrameworkRelease, cuda: CUDAVersion, platform: Platform
    ) -> FrameworkCompatibility {
        let facts = FrameworkGPUFacts(release.framework, catalog: self)
        return compatibility(of: capability, with: release, facts, cuda: cuda, platform: platform)
    }

    /// - Parameter facts: those of the release's framework, for callers who ask about many releases.
    func compatibility(
        of capability: ComputeCapability, with release: FrameworkRelease, _ facts: FrameworkGPUFacts,
        cuda: CUDAVersion, platform: Platform
    ) -> FrameworkCompatibility {
        let name = "\(release.framework) \(release.version)"
        // A GPU has no PTX, and none of the suffixes of targets.
        let capability = ComputeCapability(capability.major, capability.minor)
        let number = capability.number
        for floor in facts.floors {
            if let refusal = floor.refusal(of: capability, release: release, name: name) {
                return FrameworkCompatibility(runs: .no, reason: refusal, isNative: false)
            }
        }
        if let known = facts.targets(of: release, on: platform) {
            let build =
                "\(name)'s wheels for CUDA \(known.cuda.majorMinor)"
                + (known.covers(release) ? "" : ", as \(known.versions.upperBound)'s,")
            if let range = known.range {
                let newest = range.upperBound
                let isInside =
                    capability >= range.lowerBound
                    && (capability <= newest || capability.major == newest.major)
                return FrameworkCompatibility(
                    runs: Answer(isInside),
                    reason: "\(build) have code for \(range.lowerBound.number) to \(newest.number)",
                    isNative: isInside && capability <= newest)
            }
            let list = known.targets.map(\.number).joined(separator: ", ")
            switch GPUCompatibility.verdict(on: capability, code: known.targets) {
            case .native:
                return FrameworkCompatibility(runs: .yes, reason: "\(build) have code for \(number)", isNative: true)
            case .sameMajor(let older):
                return FrameworkCompatibility(
                    runs: .yes, reason: "\(build) have code for \(older.number), which runs on \(number)",
                    isNative: false)
            case .onlyPTX(let older) where known.ptx.contains { $0 <= capability }:
                return FrameworkCompatibility(
                    runs: .yes, reason: "\(build) have PTX of \(older.number), which the driver compiles for \(number)",
                    isNative: false)
            case .onlyPTX, .dropped, .unknown:
                return FrameworkCompatibility(runs: .no, reason: "\(build) have code for \(list) only", isNative: false)
            }
        }
        let toolkit = compatibility(of: capability, with: release.builtWith ?? cuda)
        if let floor = facts.floors.last(where: { $0.isMet(by: capability, of: release) }), let oldest = floor.oldest,
            toolkit.runs == .yes
        {
            return FrameworkCompatibility(
                runs: .yes, reason: "\(name) supports compute capability \(oldest.number) and newer",
                isNative: toolkit.verdict == .native)
        }
        // A toolkit that compiles for a GPU does not make a wheel that was compiled for it.
        let wheels = "\(name)'s wheels for CUDA \(release.cuda?.description ?? "\(cuda)")"
        return FrameworkCompatibility(
            runs: toolkit.runs,
            reason: toolkit.runs == .no
                ? toolkit.reason : "which GPUs \(wheels) have code for is not in the facts",
            isNative: false, isKnown: false)
    }
}

extension FrameworkFloor {
    /// Whether the project says that a build is for GPUs like one.
    fileprivate func isMet(by capability: ComputeCapability, of release: FrameworkRelease) -> Bool {
        guard let oldest, capability >= oldest else { return false }
        return version.map { $0 <= release.version } ?? true
            && cuda.map { wanted in release.cuda.map { $0.components.starts(with: wanted.components) } ?? false }
                ?? true
    }

    /// Why the floor refuses a GPU; `nil` if it does not.
    fileprivate func refusal(of capability: ComputeCapability, release: FrameworkRelease, name: String) -> String? {
        if let oldest {
            let isMeant =
                version.map { $0 <= release.version } ?? true
                && cuda.map { wanted in release.cuda.map { $0.components.starts(with: wanted.components) } ?? false }
                    ?? true
            guard isMeant, capability < oldest else { return nil }
            return "\(name) needs compute capability \(oldest.number) or newer"
        }
        // A floor is for its capability and the later ones of the same major version.
        guard let floor = self.capability, floor.major == capability.major, floor <= capability else { return nil }
        let isTooOld = version.map { release.version < $0 } ?? false
        let hasOldCUDA =
            cuda.map { wanted in
                release.cuda.map { $0.components.lexicographicallyPrecedes(wanted.components) } ?? false
            } ?? false
        guard isTooOld || hasOldCUDA else { return nil }
        return "compute capability \(capability.major).\(capability.minor) needs "
            + [version.map { "\(release.framework) \($0)" }, cuda.map { "CUDA \($0)" }].compactMap { $0 }
            .joined(separator: " with ") + " or newer"
    }
}
