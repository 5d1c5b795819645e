/// The search among the tags of one release of CUDA.
struct ReleaseSearch {
    private let solver: PlanSolver
    private let cuda: CUDAVersion
    private let wishes: PlanWishes
    /// Builds that run with the release.
    private let exact: Choices?
    /// Likewise, those for another release of the same major version, where the nearest image was asked for.
    private let near: Choices?
    /// The conditions of each operating system's images, and what was found of them and the drivers asked for.
    private var conditions: [OperatingSystem: StartCondition] = [:]
    private var driverAnswers: [StartCondition: [DriverCompatibility]] = [:]
    /// Builds of which it is not known whether they have code for all GPUs asked for, by their requirement.
    private var withUnknownCode: Set<String> = []

    /// For each framework its builds, newest first; builds of the same release in order of preference.
    private struct Choices {
        /// For images that have CUDA's libraries and cuDNN, which need not be brought again.
        var withLibraries: [[FrameworkRelease]]
        var withoutLibraries: [[FrameworkRelease]]
    }

    /// - Parameter candidates: for each framework asked for the builds that meet what was asked of it.
    /// - Returns: `nil` if no tag of the release can serve.
    init?(solver: PlanSolver, cuda: CUDAVersion, wishes: PlanWishes, candidates: [[FrameworkRelease]]) {
        self.solver = solver
        self.cuda = cuda
        self.wishes = wishes
        let catalog = solver.catalog
        let isNearestWanted = wishes.sources.contains(.image)
        // What is asked for with the extra that brings the libraries needs no image that has them, unless one is asked for.
        let exactChoices = candidates.map { builds in
            builds.filter { build in
                build.runs(with: cuda)
                    && (isNearestWanted || !build.bringsLibraries(with: wishes.extras[build.framework] ?? []))
            }
        }
        guard isNearestWanted || exactChoices.allSatisfy({ !$0.isEmpty }) else { return nil }
        // What is not known to run does not fit: releases before 8.0 have no list of what they compile for.
        guard wishes.gpus.allSatisfy({ catalog.compatibility(of: $0.capability, with: cuda).runs == .yes }) else {
            return nil
        }
        if !wishes.targets.isEmpty {
            let targets = catalog.targets(for: cuda)
            let compiles = wishes.targets.allSatisfy { wanted in
                targets.contains { ($0.major, $0.minor) == (wanted.major, wanted.minor) }
            }
            guard compiles else { return nil }
        }
        for build in candidates.joined() where !wishes.gpus.isEmpty && build.mayRun(with: cuda) {
            if solver.runs(build, with: cuda, on: wishes) == .unknown { withUnknownCode.insert(build.requirement) }
        }
        let withUnknownCode = withUnknownCode
        func sorted(_ choices: [[FrameworkRelease]]) -> Choices? {
            let running = choices.map { $0.filter { solver.runs($0, with: cuda, on: wishes) != .no } }
            guard running.allSatisfy({ !$0.isEmpty }) else { return nil }
            return Choices(
                withLibraries: running.map { $0.preferred(imageFirst: true, withUnknownCode, wishes) },
                withoutLibraries: running.map { $0.preferred(imageFirst: false, withUnknownCode, wishes) })
        }
        exact = sorted(exactChoices)
        near =
            isNearestWanted
            ? sorted(candidates.map { $0.filter { $0.runs(with: cuda) || $0.isNearlyBuilt(for: cuda) } }) : nil
        if exact == nil, near == nil { return nil }
    }

    /// The plan with a tag of the release.
    mutating func plan(on facts: TagFacts) -> ResolvedPlan? {
        let tag = facts.tag
        // Where the lists do not say, every tag has linux/amd64.
        let platforms = facts.platforms.isEmpty ? [.linuxAMD64] : facts.platforms
        guard wishes.systems.allSatisfy({ $0 == tag.os }), wishes.flavors.allSatisfy({ $0 == tag.flavor }),
            !wishes.supportedOnly || facts.status == .supported, wishes.platforms.allSatisfy(platforms.contains),
            wishes.cudnn.allSatisfy({ Self.meets($0, facts) }),
            tag.cudnn != .tensorRT || wishes.cudnn.contains(.tensorRT)
        else { return nil }
        let hasLibraries = tag.flavor != .base && tag.cudnn != nil
        for (choices, isExact) in [(exact, true), (near, false)] {
            guard let choices else { continue }
            var python: PythonVersion?
            let served = (hasLibraries ? choices.withLibraries : choices.withoutLibraries).map { builds in
                builds.filter { Self.isServed($0, by: facts) }
            }
            let builds = solver.combination(of: served) { builds in
                switch solver.python(for: builds, on: tag.os, wishes: wishes) {
                case .impossible: return false
                case .notNeeded: return true
                case .version(let version):
                    python = version
                    return true
                }
            }
            guard let builds else { continue }
            let drivers = drivers(on: tag.os)
            guard drivers.allSatisfy({ $0.runs == .yes }) else { return nil }
            let base: ResolvedPlan.Base = isExact ? .image(facts) : .nearest(facts)
            let isUntold = !drivers.isEmpty && conditions[tag.os] == .unknown
            let starts = drivers.reduce(Answer.yes) { $0.and($1.starts) }
            return ResolvedPlan(
                base: base, builds: builds, python: python,
                platforms: wishes.platforms.isEmpty ? [platforms.first ?? .linuxAMD64] : wishes.platforms,
                driver: drivers.first,
                rank: solver.rank(
                    of: base, builds, python: python, cuda: cuda, mayNotStart: isUntold || starts == .no,
                    unknownCode: builds.count { withUnknownCode.contains($0.requirement) }))
        }
        return nil
    }

    private mutating func drivers(on os: OperatingSystem) -> [DriverCompatibility] {
        guard !wishes.drivers.isEmpty else { return [] }
        let condition = conditions[os] ?? StartCondition(solver.catalog.image(cuda, os, wishes.platform))
        conditions[os] = condition
        if let known = driverAnswers[condition] { return known }
        let answers = wishes.drivers.map { driver in
            solver.catalog.compatibility(
                of: driver, reporting: solver.reported[driver] ?? ReportedCUDA(), with: cuda, condition: condition,
                gpus: wishes.gpus)
        }
        driverAnswers[condition] = answers
        return answers
    }

    static func meets(_ request: CuDNNRequest, _ facts: TagFacts) -> Bool {
        switch request {
        case .without: facts.tag.cudnn == nil
        case .any: facts.tag.cudnn != nil && facts.tag.cudnn != .tensorRT
        case .tensorRT: facts.tag.cudnn == .tensorRT
        case .major(let major): facts.tag.cudnn != nil && facts.cudnnVersion?.hasPrefix("\(major).") == true
        }
    }

    /// Whether the image has the libraries that a build takes from it.
    private static func isServed(_ build: FrameworkRelease, by facts: TagFacts) -> Bool {
        switch build.libraries {
        case .bundled: true
        case .wheelsOnly: false
        case .image:
            facts.tag.flavor != .base && facts.tag.cudnn != nil && build.accepts(cudnn: facts.cudnnVersion)
        }
    }
}

extension FrameworkRelease {
    fileprivate func mayRun(with cuda: CUDAVersion) -> Bool { runs(with: cuda) || isNearlyBuilt(for: cuda) }

    /// Whether a release of CUDA is another one of the major version that the build is for.
    fileprivate func isNearlyBuilt(for cuda: CUDAVersion) -> Bool {
        libraries == .image && nominalCUDA?.major == cuda.major
    }
}

extension [FrameworkRelease] {
    /// The builds with those of the same release in order of preference: what the image has is not brought again by
    /// wheels, and what needs no index of its own goes first, but on Arm, where pip's own index had builds without CUDA.
    fileprivate func preferred(
        imageFirst: Bool, _ withUnknownCode: Set<String>, _ wishes: PlanWishes
    ) -> [FrameworkRelease] {
        let isArm = wishes.platforms.contains(.linuxARM64)
        func key(_ build: FrameworkRelease) -> (Int, Int, Int, String) {
            (
                withUnknownCode.contains(build.requirement) ? 1 : 0,
                (build.libraries == .image) == imageFirst ? 0 : 1, (build.index == .default) == !isArm ? 0 : 1,
                build.variant
            )
        }
        return sortedWithinReleases { key($0) < key($1) }
    }

    /// The builds, which are sorted by release already, with those of the same release sorted again.
    func sortedWithinReleases(
        _ areInOrder: (FrameworkRelease, FrameworkRelease) -> Bool
    ) -> [FrameworkRelease] {
        var result: [FrameworkRelease] = []
        var start = startIndex
        while start < endIndex {
            let end =
                self[start...].firstIndex { $0.version.description != self[start].version.description } ?? endIndex
            result += self[start..<end].sorted(by: areInOrder)
            start = end
        }
        return result
    }
}
