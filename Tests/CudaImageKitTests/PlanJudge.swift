@testable import CudaImageKit

/// Says whether a plan meets a constraint, and whether any plan could: by the facts and the rules alone, without the
/// solver's own code.
struct PlanJudge {
    let catalog = Catalog.embedded
    let tags: [TagFacts]
    private let builds: [Framework: [FrameworkRelease]]

    init() {
        tags = catalog.tags.filter { !$0.tag.isReleaseCandidate && $0.tag.cudnn != .tensorRT }
        var builds: [Framework: [FrameworkRelease]] = [:]
        for framework in Framework.allCases {
            builds[framework] = catalog.releases(of: framework).filter { $0.cuda != nil }
        }
        self.builds = builds
    }

    // MARK: - One plan

    /// What is wrong with a plan; empty if it meets everything.
    func objections(to plan: ResolvedPlan, _ constraints: [PlanConstraint]) -> [String] {
        var objections: [String] = []
        let image = plan.tag
        if let image, catalog.tag(image.tag) != image { objections.append("the tag is not in the catalogue") }
        for constraint in constraints where !meets(plan, constraint) { objections.append("\(constraint) is not met") }
        return objections + objectionsToBuilds(of: plan)
    }

    /// What is wrong with the builds in their image.
    private func objectionsToBuilds(of plan: ResolvedPlan) -> [String] {
        var objections: [String] = []
        let image = plan.tag
        for build in plan.builds {
            if let image {
                let isNear = build.libraries == .image && nominal(build)?.major == image.tag.cuda.major
                let isExact = build.runs(with: image.tag.cuda)
                var isNearest = false
                if case .nearest = plan.base { isNearest = true }
                if !isExact && !(isNearest && isNear) {
                    objections.append("\(build.requirement) does not run with the CUDA")
                }
                if !isServed(build, by: image) { objections.append("\(build.requirement) lacks libraries") }
            } else if build.libraries == .image && build.wheelsRequirement == nil {
                objections.append("\(build.requirement) brings no CUDA")
            }
            if let python = plan.python, !build.supports(python) { objections.append("no wheels for Python \(python)") }
        }
        for left in plan.builds {
            for right in plan.builds where !goTogether(left, right) { objections.append("pins contradict") }
        }
        if plan.tag == nil, !bringOneCUDA(plan.builds) { objections.append("two releases of CUDA") }
        return objections
    }

    private func meets(_ plan: ResolvedPlan, _ constraint: PlanConstraint) -> Bool {
        let platform = plan.platforms.first ?? .linuxAMD64
        let cuda = plan.tag?.tag.cuda ?? plan.builds.first.flatMap(nominal) ?? CUDAVersion(0, 0)
        switch constraint {
        case .framework(let framework, let specifiers):
            return plan.builds.contains { $0.framework == framework && $0.isAllowed(by: specifiers) }
        case .cuda(let pattern):
            return plan.tag.map { pattern.matches($0.tag.cuda) }
                ?? plan.builds.allSatisfy { build in
                    zip(build.cuda?.components ?? [0], pattern.components).allSatisfy { $0 == $1 }
                }
        case .driver(let driver):
            let condition = plan.tag.map { StartCondition(catalog.image($0.tag.cuda, $0.tag.os, platform)) } ?? .notSet
            let gpus = plan.driver == nil ? [] : nil as [GPU]?
            let runs = catalog.compatibility(of: driver, with: cuda, condition: condition, gpus: gpus ?? []).runs
            // Forward compatibility depends on the GPUs, which the plan's own answer knows.
            return runs == .yes || plan.driver?.runs == .yes && runs == .unknown
        case .gpu(let gpu): return runs(on: gpu.capability, plan, cuda, platform)
        case .target(let capability):
            let compiles = plan.tag.map { catalog.compatibility(of: capability, with: $0.tag.cuda).verdict == .native }
            return compiles ?? true && runs(on: capability, plan, cuda, platform)
        case .os(let os): return plan.os == os
        case .flavor(let flavor): return plan.tag?.tag.flavor == flavor
        case .cudnn(.without): return plan.tag.map { $0.tag.cudnn == nil } ?? false
        case .cudnn(.any): return plan.tag.map { $0.tag.cudnn != nil } ?? true
        case .cudnn(.major(let major)):
            return plan.tag.map { $0.cudnnVersion?.hasPrefix("\(major).") == true }
                ?? plan.builds.allSatisfy { $0.cudnn?.split(separator: ".").first == "\(major)" }
        case .cudnn(.tensorRT): return plan.tag?.tag.cudnn == .tensorRT
        case .platform(let platform):
            return plan.platforms.contains(platform)
                && plan.tag.map { has($0, platform) } ?? true
        case .python(let python): return plan.python == python
        case .extras: return true
        case .supported: return plan.tag.map { $0.status == .supported } ?? true
        case .source(let source): return plan.source == source
        }
    }

    private func runs(on capability: ComputeCapability, _ plan: ResolvedPlan, _ cuda: CUDAVersion, _ platform: Platform)
        -> Bool
    {
        catalog.compatibility(of: capability, with: cuda).runs == .yes
            && plan.builds.allSatisfy {
                catalog.compatibility(of: capability, with: $0, cuda: cuda, platform: platform).runs != .no
            }
    }

    // MARK: - Any plan

    /// Whether anything at all meets the constraints: every tag, every build, every Python.
    func isPossible(_ constraints: [PlanConstraint]) -> Bool {
        var specifiers: [Framework: [VersionSpecifiers]] = [:]
        for case .framework(let framework, let clause) in constraints {
            specifiers[framework, default: []].append(clause)
        }
        let choices = specifiers.mapValues { _ in [FrameworkRelease]() }.map { framework, _ in
            (builds[framework] ?? []).filter { build in
                (specifiers[framework] ?? []).allSatisfy { build.isAllowed(by: $0) }
            }
        }
        let others = constraints.filter { if case .framework = $0 { false } else { true } }
        let sources = others.compactMap { if case .source(let source) = $0 { source } else { nil } }
        let platforms = others.compactMap { if case .platform(let platform) = $0 { platform } else { nil } }
        let gpus = others.compactMap { if case .gpu(let gpu) = $0 { gpu } else { nil } }
        let hasPython = others.contains { if case .python = $0 { true } else { false } }
        let pythons: [PythonVersion?] =
            choices.isEmpty && !hasPython
            ? [nil] : (5...15).map { PythonVersion(3, $0) } + [PythonVersion(2, 7)]
        let bases: [ResolvedPlan.Base] =
            (sources.contains(.wheels)
                ? [] : tags.flatMap { sources.contains(.image) ? [.image($0), .nearest($0)] : [.image($0)] })
            + (sources.contains(.image) || choices.isEmpty ? [] : Set(tags.map(\.tag.os)).map { .wheels($0) })
        let whole = others.filter { if case .python = $0 { false } else { true } }
        var runs: [String: Bool] = [:]
        for base in bases {
            var plan = ResolvedPlan(
                base: base, builds: [], python: nil, platforms: platforms.isEmpty ? [.linuxAMD64] : platforms)
            guard meetsWithoutBuilds(&plan, others, gpus: gpus, known: &runs) else { continue }
            for combination in product(choices) where fits(combination, plan, gpus, others, known: &runs) {
                plan.builds = combination
                guard plan.tag != nil || whole.allSatisfy({ meets(plan, $0) }) else { continue }
                for python in pythons
                where python.map({ PythonTools.isInstallable($0, on: plan.os, platforms: plan.platforms) }) ?? true {
                    plan.python = python
                    let isWanted = others.allSatisfy { if case .python = $0 { meets(plan, $0) } else { true } }
                    if isWanted, objectionsToBuilds(of: plan).isEmpty { return true }
                }
            }
        }
        return false
    }

    /// What does not depend on the builds, the cheap questions first; answers for a release are kept.
    private func meetsWithoutBuilds(
        _ plan: inout ResolvedPlan, _ constraints: [PlanConstraint], gpus: [GPU], known: inout [String: Bool]
    ) -> Bool {
        guard let tag = plan.tag else { return true }
        let host = constraints.filter {
            switch $0 {
            case .python, .framework, .driver, .gpu, .target: false
            default: true
            }
        }
        guard has(tag, plan.platforms[0]), host.allSatisfy({ meets(plan, $0) }) else { return false }
        for constraint in constraints {
            switch constraint {
            case .gpu, .target:
                let key = "\(constraint) \(tag.tag.cuda)"
                let answer = known[key] ?? meets(plan, constraint)
                known[key] = answer
                if !answer { return false }
            case .driver(let driver):
                let condition = StartCondition(catalog.image(tag.tag.cuda, tag.tag.os, plan.platforms[0]))
                let key = "\(driver) \(tag.tag.cuda) \(condition)"
                if known[key] == false { return false }
                plan.driver = catalog.compatibility(
                    of: driver, with: tag.tag.cuda, condition: condition, gpus: gpus)
                known[key] = plan.driver?.runs == .yes
                if known[key] == false { return false }
            default: break
            }
        }
        return true
    }

    /// What keeps builds from a base, before every Python is tried.
    private func fits(
        _ builds: [FrameworkRelease], _ plan: ResolvedPlan, _ gpus: [GPU], _ constraints: [PlanConstraint],
        known: inout [String: Bool]
    ) -> Bool {
        for build in builds {
            if let tag = plan.tag {
                let isSameMajor = nominal(build)?.major == tag.tag.cuda.major
                guard isSameMajor, isServed(build, by: tag) else { return false }
            }
            for gpu in gpus {
                let cuda = plan.tag?.tag.cuda ?? nominal(build) ?? CUDAVersion(0, 0)
                let key = "\(build.requirement) \(gpu.capability) \(cuda) \(plan.platforms[0])"
                let answer =
                    known[key]
                    ?? (catalog.compatibility(
                        of: gpu.capability, with: build, cuda: cuda, platform: plan.platforms[0]
                    ).runs != .no)
                known[key] = answer
                if !answer { return false }
            }
        }
        return (plan.tag != nil || bringOneCUDA(builds))
            && minimumDriversAreMet(builds, constraints)
    }

    private func product(_ choices: [[FrameworkRelease]]) -> [[FrameworkRelease]] {
        choices.reduce([[]]) { combinations, next in combinations.flatMap { left in next.map { left + [$0] } } }
    }

    private func minimumDriversAreMet(_ builds: [FrameworkRelease], _ constraints: [PlanConstraint]) -> Bool {
        let drivers = constraints.compactMap { if case .driver(let driver) = $0 { driver } else { nil } }
        return builds.allSatisfy { build in
            drivers.allSatisfy { driver in build.minimumDriver.map { driver >= $0 } ?? true }
        }
    }

    // MARK: - Rules

    private func nominal(_ build: FrameworkRelease) -> CUDAVersion? {
        guard let numbers = build.cuda?.components else { return nil }
        return build.builtWith
            ?? (numbers.count > 1 ? CUDAVersion(numbers[0], numbers[1]) : build.since ?? CUDAVersion(numbers[0], 0))
    }

    private func has(_ tag: TagFacts, _ platform: Platform) -> Bool {
        tag.platforms.isEmpty ? platform == .linuxAMD64 : tag.platforms.contains(platform)
    }

    private func isServed(_ build: FrameworkRelease, by tag: TagFacts) -> Bool {
        switch build.libraries {
        case .bundled: return true
        case .wheelsOnly: return false
        case .image:
            guard tag.tag.flavor != .base, tag.tag.cudnn != nil, let version = tag.cudnnVersion else { return false }
            guard let wanted = build.cudnn else { return true }
            let has = version.split(separator: ".").compactMap { Int($0) }
            let needs = wanted.split(separator: ".").compactMap { Int($0) }
            return has[0] == needs[0] && !has.lexicographicallyPrecedes(needs)
        }
    }

    /// One major version, and one minor release of those that name one.
    private func bringOneCUDA(_ builds: [FrameworkRelease]) -> Bool {
        let all = builds.map { $0.cuda?.components ?? [] }
        return all.allSatisfy { left in all.allSatisfy { right in zip(left, right).allSatisfy { $0 == $1 } } }
    }

    private func goTogether(_ left: FrameworkRelease, _ right: FrameworkRelease) -> Bool {
        left.companions.compactMap { PythonRequirement($0) }.allSatisfy { pin in
            pin.name != right.framework.rawValue || right.isAllowed(by: pin.specifiers)
        }
    }
}
