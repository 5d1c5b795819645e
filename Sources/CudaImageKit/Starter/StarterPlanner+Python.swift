extension StarterPlanner {
    func choosePython(for plan: inout StarterPlan) {
        guard plan.usesPython else { return }
        if case .environment = plan.dependencies { return }
        plan.python = plan.resolved.python ?? PythonTools.systemVersion(of: plan.os)
        if let reason = plan.reason(of: .python) { plan.reasonOfPython = reason }
        guard let required = facts.project?.requiresPython, !options.has(.python),
            plan.python.map({ !Self.allows(required.value, $0) }) ?? true
        else { return }
        // The newest first; that uv has it is its own affair, as with every version of a recipe.
        for python in (8...14).reversed().map({ PythonVersion(3, $0) }) where Self.allows(required.value, python) {
            var request = PlanRequest(plan.request.constraints.filter { $0.value.kind != .python })
            request.add(.python(python), at: required.span)
            guard let resolved = catalog.resolve(request).plan else { continue }
            plan.resolved = resolved
            plan.request = request
            plan.python = python
            plan.reasonOfPython = "\(required.span.source) asks for \(required.value)"
            return
        }
        plan.unmet.append("\(required.span.source) asks for Python \(required.value)")
    }

    /// Whether some release of a Python series is allowed.
    static func allows(_ specifiers: VersionSpecifiers, _ python: PythonVersion) -> Bool {
        ["\(python)", "\(python).99"].compactMap { PythonPackageVersion($0) }.contains(where: specifiers.allows)
    }

    /// Takes the CUDA of the builds in pip's own index, where nothing says which build it is to be: that is what `uv.lock`
    /// and a plain `torch==2.8.0` mean.
    func preferOwnIndex(of plan: inout StarterPlan) {
        guard !options.has(.cuda), !options.has(.platform), plan.cudaOfIndex == nil else { return }
        for build in plan.resolved.builds where !isNamed(build, in: plan.request) {
            guard case .url = build.index,
                let own = catalog.releases(of: build.framework).first(where: {
                    $0.version == build.version && $0.index == .default && $0.cuda != nil
                }), let cuda = own.cuda
            else { continue }
            var request = PlanRequest(plan.request.constraints.filter { $0.value.kind != .cuda })
            let span = plan.request.constraints.first { constraint in
                if case .framework(build.framework, _) = constraint.value { true } else { false }
            }?.span
            request.add(.cuda(cuda), at: span ?? .option("--\(build.framework)"))
            guard let resolved = catalog.resolve(request).plan, resolved.tag != nil,
                resolved.builds.map(\.version) == plan.resolved.builds.map(\.version)
            else { continue }
            plan.resolved = resolved
            plan.request = request
            plan.reasonOfCUDA = "\(build.framework) \(build.version) of pip's own index is built for CUDA \(cuda)"
        }
    }

    /// Whether a requirement says which build it is: `torch==2.8.0+cu128`.
    private func isNamed(_ build: FrameworkRelease, in request: PlanRequest) -> Bool {
        request.constraints.contains { constraint in
            guard case .framework(build.framework, let specifiers) = constraint.value else { return false }
            return specifiers.clauses.contains { $0.version.local != nil }
        }
    }
}
