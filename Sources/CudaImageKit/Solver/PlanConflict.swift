/// Constraints that can't all be met: leaving out any one of them, the rest can.
public struct PlanConflict: Hashable, Sendable {
    /// In the order of the request.
    public internal(set) var constraints: [Located<PlanConstraint>]
    /// What each of them means, in the same order: `torch 1.12 is built for CUDA 10.2, 11.3 or 11.6`.
    public internal(set) var needs: [String]
    /// The nearest plan that is possible, and what has to change for it.
    public internal(set) var wayOut: WayOut?

    /// One constraint that, relaxed, gives a plan for the whole request.
    public struct WayOut: Hashable, Sendable {
        /// The constraint of the request that changes.
        public internal(set) var constraint: Located<PlanConstraint>
        /// What it becomes, in words: `torch 2.0.1`, `another operating system: ubuntu22.04`.
        public internal(set) var change: String
        /// The best plan for the request with that change.
        public internal(set) var plan: ResolvedPlan
    }
}

extension PlanSolver {
    /// Why there is no plan: a minimal set of constraints that contradict each other.
    ///
    /// Constraints are left out one after the other, in the order of the request, as long as the rest stays
    /// contradictory: what is left is minimal. A request may hold further contradictions.
    /// - Returns: `nil` if there is a plan.
    public func conflict() -> PlanConflict? {
        guard !isSatisfiable(request.constraints.map(\.value)) else { return nil }
        var core = request.constraints
        for constraint in request.constraints where core.count > 1 {
            let rest = core.filter { $0 != constraint }
            if !isSatisfiable(rest.map(\.value)) { core = rest }
        }
        return PlanConflict(
            constraints: core, needs: core.map { need(of: $0.value, in: core.map(\.value)) }, wayOut: wayOut(of: core))
    }

    /// The cheapest single change that gives a plan; what a user can change most easily is tried first.
    private func wayOut(of core: [Located<PlanConstraint>]) -> PlanConflict.WayOut? {
        for constraint in core.sorted(by: { $0.value.cost < $1.value.cost }) {
            let rest = request.constraints.filter { $0 != constraint }.map(\.value)
            guard let plan = relaxed(constraint.value, rest) else { continue }
            return PlanConflict.WayOut(
                constraint: constraint, change: change(of: constraint.value, to: plan), plan: plan)
        }
        return nil
    }

    /// The best plan for the rest, with what is nearest to the one asked for: the oldest driver that will do, the next
    /// release of CUDA or of a framework, else the one before.
    private func relaxed(_ constraint: PlanConstraint, _ rest: [PlanConstraint]) -> ResolvedPlan? {
        switch constraint {
        case .framework(let framework, let specifiers): nearest(framework, to: specifiers, rest)
        case .cuda(let asked): nearest(to: asked, rest)
        case .driver(let asked): oldestDriver(after: asked, rest)
        default: best(PlanWishes(rest))
        }
    }

    private func nearest(to asked: CUDAVersionPattern, _ rest: [PlanConstraint]) -> ResolvedPlan? {
        let all = releases.map(\.cuda)
        let own = all.filter(asked.matches)
        let numbers = asked.components + [0]
        let limit = own.max() ?? CUDAVersion(numbers[0], numbers[1])
        for cuda in all.filter({ $0 > limit }).reversed() + all.filter({ $0 < limit && !own.contains($0) }) {
            if let plan = best(PlanWishes([.cuda(CUDAVersionPattern(cuda))] + rest)) { return plan }
        }
        return best(PlanWishes(rest))
    }

    /// A plan with the oldest driver that runs its release by itself: nobody installs a driver for a branch that cuda-compat
    /// happens to run on.
    private func oldestDriver(after asked: DriverVersion, _ rest: [PlanConstraint]) -> ResolvedPlan? {
        let floors = releases.compactMap { release in
            catalog.driverRequirement(for: release.cuda).floor.map { (cuda: release.cuda, driver: $0) }
        }
        let all = Set(floors.map(\.driver) + builds.values.joined().compactMap(\.minimumDriver))
        for driver in all.filter({ $0 > asked }).sorted() {
            for release in floors where release.driver <= driver {
                let wishes = [.driver(driver), .cuda(CUDAVersionPattern(release.cuda))] + rest
                if let plan = best(PlanWishes(wishes)) { return plan }
            }
        }
        return best(PlanWishes(rest))
    }

    private func nearest(
        _ framework: Framework, to specifiers: VersionSpecifiers, _ rest: [PlanConstraint]
    ) -> ResolvedPlan? {
        let known = builds[framework] ?? []
        let asked = known.filter { $0.isAllowed(by: specifiers) }.map(\.version)
        var others: [PythonPackageVersion] = []
        for version in known.map(\.version) where !asked.contains(version) && others.last != version {
            others.append(version)
        }
        let newer = others.filter { version in asked.allSatisfy { $0 < version } }.reversed()
        for version in newer + others.filter({ version in !newer.contains(version) }) {
            let only = VersionSpecifiers([VersionSpecifier(.equal, version)])
            let wish = PlanConstraint.framework(framework, only)
            if let plan = best(PlanWishes([wish] + rest)) { return plan }
        }
        return nil
    }
}

extension PlanConstraint {
    /// How hard it is to change, for the order in which ways out are tried.
    fileprivate var cost: Int {
        switch self {
        case .source: 0
        case .flavor, .extras: 1
        case .cudnn: 2
        case .supported: 3
        case .python: 4
        case .cuda: 5
        case .os: 6
        case .framework: 7
        case .platform: 8
        case .driver: 9
        case .target: 10
        case .gpu: 11
        }
    }
}
