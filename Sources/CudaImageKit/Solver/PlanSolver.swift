/// Finds the best plan for a request: a search over every tag and every build of the frameworks asked for.
///
/// The same request and catalogue always give the same plan. `Documentation/choosing.md` tells the order of preferences;
/// `rank(of:_:python:cuda:mayNotStart:unknownCode:)` is that order.
public struct PlanSolver: Sendable {
    /// The facts that the search knows.
    public let catalog: Catalog
    /// What a plan has to meet.
    public let request: PlanRequest
    /// All official tags by release, newest first; candidates of 2020 are left out.
    let releases: [(cuda: CUDAVersion, tags: [TagFacts])]
    /// The GPU builds of the frameworks asked for, newest first.
    let builds: [Framework: [FrameworkRelease]]
    private let gpuFacts: [Framework: FrameworkGPUFacts]
    /// How many releases of the framework are newer, by the version's text.
    private let age: [Framework: [String: Int]]
    /// What the facts tell of each driver asked for.
    let reported: [DriverVersion: ReportedCUDA]
    /// Where wheels alone may go.
    let systems: [OperatingSystem]

    /// Gathers what a search needs; ``plan()`` and ``conflict()`` search.
    ///
    /// - Parameters:
    ///   - request: what a plan has to meet.
    ///   - catalog: the facts.
    public init(_ request: PlanRequest, catalog: Catalog) {
        self.request = request
        self.catalog = catalog
        let tags = catalog.unsortedTags().filter { !$0.tag.isReleaseCandidate }
        releases = Dictionary(grouping: tags, by: \.tag.cuda).sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
        systems = Set(tags.map(\.tag.os)).sorted()
        var builds: [Framework: [FrameworkRelease]] = [:]
        var reported: [DriverVersion: ReportedCUDA] = [:]
        for constraint in request.constraints {
            switch constraint.value {
            case .framework(let framework, _) where builds[framework] == nil:
                builds[framework] = catalog.releases(of: framework).filter { $0.cuda != nil }.reversed()
            case .driver(let driver): reported[driver] = catalog.reportedCUDA(by: driver)
            default: break
            }
        }
        self.builds = builds
        self.reported = reported
        var gpuFacts: [Framework: FrameworkGPUFacts] = [:]
        for framework in builds.keys { gpuFacts[framework] = FrameworkGPUFacts(framework, catalog: catalog) }
        self.gpuFacts = gpuFacts
        age = builds.mapValues { builds in
            var age: [String: Int] = [:]
            for build in builds where age[build.version.description] == nil {
                age[build.version.description] = age.count
            }
            return age
        }
    }

    /// The best plan; `nil` if the constraints contradict each other.
    public func plan() -> ResolvedPlan? { best(PlanWishes(request.constraints.map(\.value))) }

    /// Whether some plan meets the constraints.
    ///
    /// Wheels of nothing bring nothing: where the frameworks are left out, so is the wish that wheels bring CUDA.
    func isSatisfiable(_ constraints: some Sequence<PlanConstraint>) -> Bool {
        var wishes = PlanWishes(constraints)
        if wishes.frameworks.isEmpty, request.hasFrameworks, wishes.sources.contains(.wheels) {
            guard wishes.allowWheels else { return false }
            wishes.sources.removeAll { $0 == .wheels }
        }
        return best(wishes, anyWillDo: true) != nil
    }

    /// The best plan for some wishes, or the first that is found.
    func best(_ wishes: PlanWishes, anyWillDo: Bool = false) -> ResolvedPlan? {
        var best: ResolvedPlan?
        let candidates = candidates(for: wishes)
        guard candidates.allSatisfy({ !$0.isEmpty }) else { return nil }
        if wishes.sources.allSatisfy({ $0 == .image }) {
            for (cuda, tags) in releases where wishes.cuda.allSatisfy({ $0.matches(cuda) }) {
                // What has older frameworks than the best so far, or an older CUDA, needs no look at its tags.
                if let best, let bound = bound(on: cuda, candidates), best.rank.lexicographicallyPrecedes(bound) {
                    continue
                }
                guard
                    var search = ReleaseSearch(solver: self, cuda: cuda, wishes: wishes, candidates: candidates)
                else { continue }
                for facts in tags {
                    guard let plan = search.plan(on: facts) else { continue }
                    if anyWillDo { return plan }
                    if best.map({ plan.rank.lexicographicallyPrecedes($0.rank) }) ?? true { best = plan }
                }
            }
        }
        if let best { return best }
        return wishes.sources.allSatisfy { $0 == .wheels } ? wheels(wishes, candidates: candidates) : nil
    }

    /// For each framework asked for the builds that meet what does not depend on the image, newest first.
    private func candidates(for wishes: PlanWishes) -> [[FrameworkRelease]] {
        wishes.frameworks.map { wish in
            (builds[wish.framework] ?? []).filter { build in
                wish.specifiers.allSatisfy(build.isAllowed) && wishes.pythons.allSatisfy(build.supports)
                    && wishes.drivers.allSatisfy { driver in build.minimumDriver.map { driver >= $0 } ?? true }
            }.thatTakeLibraries(asExtrasSay: wishes.extras[wish.framework] ?? [])
        }
    }

    /// The rank that plans with a release can't go below: an image that fits, the newest builds, a supported tag; `nil` if
    /// no build runs with the release.
    private func bound(on cuda: CUDAVersion, _ candidates: [[FrameworkRelease]]) -> [Int]? {
        var bound = [0]
        for builds in candidates {
            guard let newest = builds.first(where: { $0.runs(with: cuda) }) else { return nil }
            bound.append(age[newest.framework]?[newest.version.description] ?? .max)
        }
        // Code, indexes, gone, start, status and release, in the order of ``rank``.
        return bound + [0, 0, 0, 0, 0, -Self.number(of: cuda)]
    }

    /// A number that grows with the release.
    private static func number(of cuda: CUDAVersion) -> Int {
        cuda.major * 1_000_000 + cuda.minor * 1_000 + (cuda.patch ?? 0)
    }

    /// Whether a build runs on all GPUs asked for.
    ///
    /// - Returns: `unknown` if it should, but nothing tells what its wheels have code for.
    func runs(_ build: FrameworkRelease, with cuda: CUDAVersion, on wishes: PlanWishes) -> Answer {
        guard let facts = gpuFacts[build.framework] else { return .yes }
        return wishes.gpus.reduce(.yes) { answer, gpu in
            let found = catalog.compatibility(
                of: gpu.capability, with: build, facts, cuda: cuda, platform: wishes.platform)
            return answer.and(found.runs == .yes && !found.isKnown ? .unknown : found.runs)
        }
    }

    /// The lexicographically first choice of builds: the newest of the first framework, and so on, that go together.
    func combination(
        of choices: [[FrameworkRelease]], where isComplete: ([FrameworkRelease]) -> Bool
    ) -> [FrameworkRelease]? {
        func extend(_ chosen: [FrameworkRelease]) -> [FrameworkRelease]? {
            guard chosen.count < choices.count else { return isComplete(chosen) ? chosen : nil }
            for build in choices[chosen.count] where chosen.allSatisfy({ Self.goTogether($0, build) }) {
                if let complete = extend(chosen + [build]) { return complete }
            }
            return nil
        }
        return extend([])
    }

    /// Whether neither pins another version of the other, as vLLM pins torch, or of the cuDNN that both bring.
    static func goTogether(_ left: FrameworkRelease, _ right: FrameworkRelease) -> Bool {
        for (one, other) in [(left, right), (right, left)] {
            if one.pinsCuDNN(tooOldFor: other) { return false }
            for companion in one.companions {
                guard let pin = PythonRequirement(companion), Framework(package: pin.name) == other.framework else {
                    continue
                }
                if !other.isAllowed(by: pin.specifiers) { return false }
            }
        }
        return true
    }

    /// The Python of an image: the operating system's own if the builds have wheels for it, else the newest they have.
    func python(for builds: [FrameworkRelease], on os: OperatingSystem, wishes: PlanWishes) -> PythonChoice {
        guard !builds.isEmpty || !wishes.pythons.isEmpty else { return .notNeeded }
        func fits(_ python: PythonVersion) -> Bool {
            wishes.pythons.allSatisfy { $0 == python } && builds.allSatisfy { $0.supports(python) }
                && PythonTools.isInstallable(python, on: os, platforms: wishes.platforms)
        }
        if let system = PythonTools.systemVersion(of: os), fits(system) { return .version(system) }
        let named = Set(builds.flatMap(\.pythons)).sorted(by: >)
        let usual = (8...15).reversed().map { PythonVersion(3, $0) }
        let candidates = wishes.pythons.isEmpty ? (named.isEmpty ? usual : named) : wishes.pythons
        return candidates.first(where: fits).map(PythonChoice.version) ?? .impossible
    }

    enum PythonChoice {
        case version(PythonVersion), notNeeded, impossible
    }

    /// The order of preference; every number is smaller for what is better.
    func rank(
        of base: ResolvedPlan.Base, _ builds: [FrameworkRelease], python: PythonVersion?, cuda: CUDAVersion?,
        mayNotStart: Bool, unknownCode: Int
    ) -> [Int] {
        // 1. An official image that fits, before the nearest, before wheels alone.
        var rank: [Int] =
            switch base {
            case .image: [0]
            case .nearest: [1]
            case .wheels: [2]
            }
        // 2. The newest releases of the frameworks, in the order they were asked for.
        rank += builds.map { build in
            age[build.framework]?[build.version.description] ?? .max
        }
        // 3. Builds that are known to have code for the GPUs, and whose index is known.
        rank.append(unknownCode)
        rank.append(builds.count { $0.index == .unknown })
        var isGone = false
        if case .image(let facts) = base { isGone = facts.status == .unlisted }
        if case .nearest(let facts) = base { isGone = facts.status == .unlisted }
        // 4. A tag that is not reported gone, and a container that the runtime is not known to refuse.
        rank.append(isGone ? 1 : 0)
        rank.append(mayNotStart ? 1 : 0)
        var flavor = Flavor.base
        var hasCuDNN = false
        let os: OperatingSystem
        switch base {
        case .image(let facts), .nearest(let facts):
            // 5. Supported, before what may vanish.
            rank.append(facts.status == .supported ? 0 : 1)
            flavor = facts.tag.flavor
            hasCuDNN = facts.tag.cudnn != nil
            os = facts.tag.os
        case .wheels(let system):
            rank.append(0)
            os = system
        }
        // 6. The newest CUDA; of the nearest, the one with the fewest minor releases between, newer before older.
        if case .nearest = base, let cuda {
            let steps = builds.compactMap(\.nominalCUDA).map { built in
                2 * abs(cuda.minor - built.minor) + (cuda.minor < built.minor ? 1 : 0)
            }
            rank.append(steps.reduce(0, +))
        }
        rank.append(-(cuda.map(Self.number(of:)) ?? 0))
        // 7. The smallest flavor that has what the frameworks need; without frameworks, runtime.
        let order: [Flavor] = builds.isEmpty ? [.runtime, .devel, .base] : [.base, .runtime, .devel]
        rank.append(order.firstIndex(of: flavor) ?? 3)
        rank.append(hasCuDNN ? 1 : 0)
        // 8. A system whose own Python fits, Ubuntu before others, newer before older.
        rank.append(python == nil || python == PythonTools.systemVersion(of: os) ? 0 : 1)
        rank.append(os.distribution == .ubuntu ? 0 : 1)
        rank.append(os.distribution == .ubuntu ? -(systems.firstIndex(of: os) ?? 0) : systems.firstIndex(of: os) ?? 0)
        // 9. The newer cuDNN of several.
        rank.append(-((base.tag?.cudnnVersion).flatMap { VersionNumbers.parse($0)?.first } ?? 0))
        return rank
    }
}

extension FrameworkRelease {
    /// Whether the wheels pin a cuDNN that another framework's wheels do not take: there is one package of a major version of
    /// CUDA.
    ///
    /// Sources: torch's wheels depend on one version of `nvidia-cudnn-cuNN`, JAX's on one or newer of the same major version.
    fileprivate func pinsCuDNN(tooOldFor other: FrameworkRelease) -> Bool {
        guard framework == .torch, libraries == .bundled, other.framework != .torch, other.libraries != .image,
            let own = cudnn.flatMap({ VersionNumbers.parse($0) }),
            let wanted = other.cudnn.flatMap({ VersionNumbers.parse($0) })
        else { return false }
        return own.first != wanted.first || own.lexicographicallyPrecedes(wanted)
    }
}

extension [FrameworkRelease] {
    /// The builds that take CUDA's libraries from where the extras of a requirement say: the image or wheels. All of them, if
    /// no build is for such an extra.
    fileprivate func thatTakeLibraries(asExtrasSay extras: Set<String>) -> [FrameworkRelease] {
        if extras.isEmpty { return self }
        let named = filter { extras.contains(PythonRequirement.normalized($0.variant)) }
        if named.contains(where: { $0.libraries == .image }) { return filter { $0.libraries == .image } }
        guard !named.isEmpty || contains(where: { $0.bringsLibraries(with: extras) }) else { return self }
        return filter { $0.libraries != .image || $0.bringsLibraries(with: extras) }
    }
}

extension FrameworkRelease {
    /// Whether the build, which takes the image's libraries otherwise, brings them as wheels with one of these extras.
    func bringsLibraries(with extras: Set<String>) -> Bool {
        guard let requirement = wheelsRequirement.flatMap({ PythonRequirement($0) }) else { return false }
        return !extras.isDisjoint(with: requirement.extras.map(PythonRequirement.normalized))
    }
}

extension ResolvedPlan.Base {
    fileprivate var tag: TagFacts? {
        switch self {
        case .image(let facts), .nearest(let facts): facts
        case .wheels: nil
        }
    }
}
