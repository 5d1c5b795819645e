/// The search among the tags of one release of CUDA.
struct ReleaseSearch {
    private let solver: PlanSolver
    private let cuda: CUDAVersion
    private let wishes: PlanWishes
    /// For each framework its builds that run with the release, newest first.
    private let choices: [[FrameworkRelease]]
    /// Likewise, builds of the same major version, where the nearest image was asked for.
    private let nearChoices: [[FrameworkRelease]]
    /// Whether the release can serve the wishes that do not depend on a tag.
    let isPossible: Bool
    /// What was found of a condition and the drivers asked for.
    private var driverAnswers: [String?: [DriverCompatibility]] = [:]

    init(solver: PlanSolver, cuda: CUDAVersion, wishes: PlanWishes) {
        self.solver = solver
        self.cuda = cuda
        self.wishes = wishes
        let runsOnGPUs = wishes.gpus.allSatisfy {
            solver.catalog.compatibility(of: $0.capability, with: cuda).runs != .no
        }
        guard runsOnGPUs else {
            (choices, nearChoices, isPossible) = ([], [], false)
            return
        }
        choices = wishes.frameworks.map { wish in
            (solver.builds[wish.framework] ?? []).filter { $0.runs(with: cuda) && solver.fits($0, wish, cuda, wishes) }
        }
        let wantsNearest = wishes.sources.contains(.image)
        nearChoices =
            wantsNearest
            ? wishes.frameworks.map { wish in
                (solver.builds[wish.framework] ?? []).filter { build in
                    let isNear = build.runs(with: cuda) || build.isNearlyBuilt(for: cuda)
                    return isNear && solver.fits(build, wish, cuda, wishes)
                }
            } : []
        isPossible = choices.allSatisfy { !$0.isEmpty } || wantsNearest && nearChoices.allSatisfy { !$0.isEmpty }
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
        let drivers = drivers(on: facts)
        guard drivers.allSatisfy({ $0.runs == .yes }) else { return nil }
        for (choices, isExact) in [(choices, true), (nearChoices, false)] {
            guard choices.count == wishes.frameworks.count, choices.allSatisfy({ !$0.isEmpty }) else { continue }
            var python: PythonVersion?
            let sorted = choices.map { builds in
                builds.filter { Self.isServed($0, by: facts) }.preferred(on: facts, wishes)
            }
            let builds = solver.combination(of: sorted) { builds in
                switch solver.python(for: builds, on: tag.os, wishes: wishes) {
                case .impossible: return false
                case .notNeeded: return true
                case .version(let version):
                    python = version
                    return true
                }
            }
            guard let builds else { continue }
            let base: ResolvedPlan.Base = isExact ? .image(facts) : .nearest(facts)
            let starts = drivers.reduce(Answer.yes) { $0.and($1.starts) }
            return ResolvedPlan(
                base: base, builds: builds, python: python,
                platforms: wishes.platforms.isEmpty ? [platforms.first ?? .linuxAMD64] : wishes.platforms,
                driver: drivers.first,
                rank: solver.rank(
                    of: base, builds, python: python, cuda: cuda, starts: starts, wishes: wishes))
        }
        return nil
    }

    private mutating func drivers(on facts: TagFacts) -> [DriverCompatibility] {
        guard !wishes.drivers.isEmpty else { return [] }
        let condition = solver.catalog.image(cuda, facts.tag.os, wishes.platform)?.requireCUDA
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
        case .none: facts.tag.cudnn == nil
        case .any: facts.tag.cudnn != nil && facts.tag.cudnn != .tensorRT
        case .tensorRT: facts.tag.cudnn == .tensorRT
        case .major(let major): facts.tag.cudnn != nil && facts.cudnnVersion?.hasPrefix("\(major).") == true
        }
    }

    /// Whether the image has the libraries that a build takes from it.
    private static func isServed(_ build: FrameworkRelease, by facts: TagFacts) -> Bool {
        switch build.libraries {
        case .wheel: true
        case .wheels: false
        case .image:
            facts.tag.flavor != .base && facts.tag.cudnn != nil && build.accepts(cudnn: facts.cudnnVersion)
        }
    }
}

extension FrameworkRelease {
    /// Whether a release of CUDA is another one of the major version that the build is for.
    fileprivate func isNearlyBuilt(for cuda: CUDAVersion) -> Bool {
        libraries == .image && nominalCUDA?.major == cuda.major
    }
}

extension [FrameworkRelease] {
    /// Builds of the same release in order of preference: what the image has is not brought again by wheels, and what
    /// needs no index of its own goes first, but on Arm, where pip's own index had builds without CUDA.
    fileprivate func preferred(on facts: TagFacts, _ wishes: PlanWishes) -> [FrameworkRelease] {
        let imageFirst = facts.tag.flavor != .base && facts.tag.cudnn != nil
        let isArm = wishes.platforms.contains(.linuxARM64)
        func key(_ build: FrameworkRelease) -> (Int, Int, String) {
            (
                (build.libraries == .image) == imageFirst ? 0 : 1,
                (build.index == .default) == !isArm ? 0 : 1, build.variant
            )
        }
        return enumerated().sorted { left, right in
            if left.element.version != right.element.version { return left.element.version > right.element.version }
            return key(left.element) < key(right.element)
        }.map(\.element)
    }
}

extension PlanSolver {
    /// Whether a build meets the wishes for its framework and the host, apart from the image.
    func fits(
        _ build: FrameworkRelease, _ wish: (framework: Framework, specifiers: [VersionSpecifiers]), _ cuda: CUDAVersion,
        _ wishes: PlanWishes
    ) -> Bool {
        wish.specifiers.allSatisfy(build.isAllowed) && wishes.pythons.allSatisfy(build.supports)
            && wishes.drivers.allSatisfy { driver in build.minimumDriver.map { driver >= $0 } ?? true }
            && wishes.gpus.allSatisfy { gpu in
                catalog.compatibility(
                    of: gpu.capability, with: build, cuda: cuda, platform: wishes.platform
                ).runs != .no
            }
    }
}
