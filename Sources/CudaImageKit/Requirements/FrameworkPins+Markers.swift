/// Requirements that count for some versions of Python, or on some platforms.
extension FrameworkPins {
    /// What counts on the platforms with a Python; without one, what may count with some Python stays.
    func counting(python: PythonVersion?, platforms: [Platform]) -> FrameworkPins {
        func counts(_ marker: String?) -> Bool {
            EnvironmentMarker.holds(marker, python: python, platforms: platforms) != false
        }
        var result = self
        result.pins.removeAll { !counts($0.marker) }
        result.requirements.removeAll { !counts($0.value.marker) }
        result.indexes.removeAll { !counts($0.marker) }
        return result
    }

    /// The place of the first framework, index, or package for a release of CUDA that counts with some versions of Python
    /// alone.
    func placeThatAsksForPython(platforms: [Platform]) -> SourceSpan? {
        func asks(_ marker: String?) -> Bool {
            EnvironmentMarker.holds(marker, python: nil, platforms: platforms) == nil
        }
        return pins.first { asks($0.marker) }?.span ?? indexes.first { asks($0.marker) }?.url.span
            ?? requirements.first { $0.value.cuda != nil && asks($0.value.marker) }?.span
    }
}

/// A plan for requirements whose markers were evaluated.
public struct MarkedResolution: Sendable {
    /// The plan; `nil` if the findings have an error.
    public internal(set) var plan: ResolvedPlan?
    /// What the plan meets, or what contradicts.
    public internal(set) var request: PlanRequest
    /// The requirements that count.
    public internal(set) var pins: FrameworkPins
    /// Of the choice, and of indexes that the requirements name.
    public internal(set) var diagnostics: Diagnostics
}

extension MarkedResolution {
    /// Whether more frameworks count, or the same ones in newer releases.
    fileprivate func isBetter(than other: MarkedResolution) -> Bool {
        guard let plan, let others = other.plan else {
            return plan != nil || other.plan == nil && pins.pins.count > other.pins.pins.count
        }
        if plan.builds.count != others.builds.count { return plan.builds.count > others.builds.count }
        return plan.builds.map(\.framework) == others.builds.map(\.framework)
            && plan.rank.lexicographicallyPrecedes(others.rank)
    }
}

extension Catalog {
    /// Finds the best plan for requirements with markers.
    ///
    /// Where the request names no Python and a framework's marker asks for one, every version is tried, as requirements of
    /// different versions exclude each other. The one with the best plan is taken, of equal ones the newest; it is a
    /// constraint of the plan's request.
    /// - Parameters:
    ///   - pins: what files ask for.
    ///   - allows: whether a version of Python comes into question.
    ///   - request: everything that a plan has to meet, with those of the requirements that count.
    public func resolve(
        _ pins: FrameworkPins, where allows: (PythonVersion) -> Bool = { _ in true },
        request: (FrameworkPins) -> PlanRequest
    ) -> MarkedResolution {
        let whole = request(pins)
        var asked: [PythonVersion] = []
        var platforms: [Platform] = []
        for constraint in whole.constraints {
            if case .python(let python) = constraint.value { asked.append(python) }
            if case .platform(let platform) = constraint.value { platforms.append(platform) }
        }
        guard asked.isEmpty, let place = pins.placeThatAsksForPython(platforms: platforms) else {
            return resolve(pins.counting(python: asked.first, platforms: platforms), python: nil, request)
        }
        var best: MarkedResolution?
        for python in PythonVersion.considered where allows(python) {
            let counting = pins.counting(python: python, platforms: platforms)
            let result = resolve(counting, python: Located(python, at: place), request)
            if best.map({ result.isBetter(than: $0) }) ?? true { best = result }
        }
        return best ?? resolve(pins, python: nil, request)
    }

    private func resolve(
        _ pins: FrameworkPins, python: Located<PythonVersion>?, _ make: (FrameworkPins) -> PlanRequest
    ) -> MarkedResolution {
        var request = make(pins)
        if let python { request.add(.python(python.value), at: python.span) }
        let isCUDANamed = request.constraints.contains { if case .cuda = $0.value { true } else { false } }
        var diagnostics = pins.findingsOfIndexes(isCUDANamed: isCUDANamed && pins.cudaOfIndexes == nil)
        guard !diagnostics.hasErrors else {
            return MarkedResolution(plan: nil, request: request, pins: pins, diagnostics: diagnostics)
        }
        let (plan, findings) = resolve(request)
        diagnostics.add(contentsOf: findings)
        return MarkedResolution(plan: plan, request: request, pins: pins, diagnostics: diagnostics)
    }
}
