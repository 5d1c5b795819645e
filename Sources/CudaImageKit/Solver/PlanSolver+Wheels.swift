extension PlanSolver {
    /// The best plan without CUDA in the image: wheels bring it.
    ///
    /// - Parameter candidates: for each framework asked for the builds that meet what was asked of it.
    func wheels(_ wishes: PlanWishes, candidates: [[FrameworkRelease]]) -> ResolvedPlan? {
        guard !candidates.isEmpty, wishes.allowWheels else { return nil }
        let choices = candidates.map { builds in
            builds.filter { build in
                guard build.bringsCUDA, let cuda = build.nominalCUDA else { return false }
                return wishes.cuda.allSatisfy { build.isBuilt(for: $0) } && wishes.cudnn.allSatisfy(build.brings)
                    && wishes.drivers.allSatisfy { driver in
                        catalog.driverRequirement(for: cuda).floor.map { driver >= $0 } ?? false
                    }
                    && wishes.gpus.allSatisfy { catalog.compatibility(of: $0.capability, with: cuda).runs == .yes }
                    && runs(build, with: cuda, on: wishes) != .no
            }
            .sortedWithinReleases { left, right in
                let known = (left: hasKnownCode(left, wishes), right: hasKnownCode(right, wishes))
                if known.left != known.right { return known.left }
                // On Arm pip's own index had builds of PyTorch without CUDA.
                let isArm = wishes.platforms.contains(.linuxARM64)
                let own = (left: left.index == .default, right: right.index == .default)
                return own.left == own.right ? left.variant > right.variant : own.left != isArm
            }
        }
        guard choices.allSatisfy({ !$0.isEmpty }) else { return nil }
        var best: ResolvedPlan?
        for os in systems where wishes.systems.allSatisfy({ $0 == os }) {
            var python: PythonVersion?
            let found = combination(of: choices) { builds in
                guard builds.bringOneCUDA, case .version(let version) = self.python(for: builds, on: os, wishes: wishes)
                else { return false }
                python = version
                return true
            }
            guard let found else { continue }
            let rank = rank(
                of: .wheels(os), found, python: python, cuda: found.first?.nominalCUDA, mayNotStart: false,
                unknownCode: found.count { !hasKnownCode($0, wishes) })
            if best.map({ rank.lexicographicallyPrecedes($0.rank) }) ?? true {
                best = ResolvedPlan(
                    base: .wheels(os), builds: found, python: python,
                    platforms: wishes.platforms.isEmpty ? [.linuxAMD64] : wishes.platforms, driver: nil, rank: rank)
            }
        }
        return best
    }
}

extension PlanSolver {
    /// Whether a build is known to have code for all GPUs asked for.
    private func hasKnownCode(_ build: FrameworkRelease, _ wishes: PlanWishes) -> Bool {
        build.nominalCUDA.map { runs(build, with: $0, on: wishes) != .unknown } ?? false
    }
}

extension PlanWishes {
    /// Whether nothing is asked of an image's CUDA, which an image of source wheels does not have.
    var allowWheels: Bool { flavors.isEmpty && !cudnn.contains(.tensorRT) && !cudnn.contains(.without) }
}

extension [FrameworkRelease] {
    /// Whether the builds' wheels can be installed together.
    ///
    /// Wheels for two major versions bring two sets of libraries into one process. Those for one minor release, of torch and
    /// TensorFlow, pin the `nvidia-*` packages of that release.
    var bringOneCUDA: Bool {
        Set(compactMap { $0.cuda?.components.first }).count == 1
            && Set(compactMap { $0.cuda?.components }.filter { $0.count > 1 }).count <= 1
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
