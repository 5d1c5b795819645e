extension PlanSolver {
    /// The best plan without CUDA in the image: wheels bring it.
    ///
    /// - Parameter candidates: for each framework asked for the builds that meet what was asked of it.
    func wheels(_ wishes: PlanWishes, candidates: [[FrameworkRelease]]) -> ResolvedPlan? {
        guard !candidates.isEmpty, wishes.flavors.isEmpty, !wishes.cudnn.contains(.tensorRT),
            !wishes.cudnn.contains(.none)
        else { return nil }
        let choices = candidates.map { builds in
            builds.filter { build in
                guard build.bringsCUDA, let cuda = build.nominalCUDA else { return false }
                return wishes.cuda.allSatisfy { build.isBuilt(for: $0) } && wishes.cudnn.allSatisfy(build.brings)
                    && wishes.drivers.allSatisfy { driver in
                        catalog.driverRequirement(for: cuda).floor.map { driver >= $0 } ?? false
                    }
                    && wishes.gpus.allSatisfy { catalog.compatibility(of: $0.capability, with: cuda).runs != .no }
                    && runs(build, with: cuda, on: wishes)
            }
        }
        guard choices.allSatisfy({ !$0.isEmpty }) else { return nil }
        var best: ResolvedPlan?
        for os in systems where wishes.systems.allSatisfy({ $0 == os }) {
            var python: PythonVersion?
            let found = combination(of: choices) { builds in
                // Wheels for two major versions bring two sets of libraries into one process.
                guard Set(builds.compactMap { $0.cuda?.components.first }).count == 1,
                    case .version(let version) = self.python(for: builds, on: os, wishes: wishes)
                else { return false }
                python = version
                return true
            }
            guard let found else { continue }
            let rank = rank(
                of: .wheels(os), found, python: python, cuda: found.first?.nominalCUDA, starts: .yes)
            if best.map({ rank.lexicographicallyPrecedes($0.rank) }) ?? true {
                best = ResolvedPlan(
                    base: .wheels(os), builds: found, python: python,
                    platforms: wishes.platforms.isEmpty ? [.linuxAMD64] : wishes.platforms, driver: nil, rank: rank)
            }
        }
        return best
    }
}

extension FrameworkRelease {
    /// Whether wheels can bring everything: the build's own, or with an extra.
    var bringsCUDA: Bool { libraries != .image || wheelsRequirement != nil }

    /// Whether a pattern names the build's CUDA: `12` and `12.4` name that of a build for 12.4, `12` that of one for 12.
    fileprivate func isBuilt(for pattern: CUDAVersionPattern) -> Bool {
        guard let own = cuda?.components else { return false }
        return pattern.components.prefix(own.count).elementsEqual(own.prefix(pattern.components.count))
    }

    /// Whether the wheels bring the cuDNN that is asked for.
    fileprivate func brings(_ request: CuDNNRequest) -> Bool {
        guard case .major(let major) = request else { return true }
        return cudnn.flatMap { VersionNumbers.parse($0)?.first } == major
    }
}
