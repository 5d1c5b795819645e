extension Resolver {
    /// The builds of the frameworks that the recipe asks for: the newest that meet everything it says.
    ///
    /// - Parameter own: the Python that the image has anyway. Builds for it go first, even older ones.
    /// - Returns: `nil` if nothing fits, which is reported.
    mutating func chooseBuilds(preferring own: PythonVersion?, platforms: [Platform]) -> [FrameworkRelease]? {
        if recipe.image.resolve == nil { diagnostics.add(contentsOf: recipe.frameworkPins.diagnostics) }
        let known = knownPins()
        if diagnostics.hasErrors { return nil }
        guard !known.pins.isEmpty else {
            diagnostics.add(contentsOf: known.findingsOfIndexes(isCUDANamed: recipe.image.cuda != nil))
            checkNames(against: recipe.image.cuda)
            return diagnostics.hasErrors ? nil : []
        }
        if let own, let python = recipe.python, python.version == nil {
            let preferred = catalog.resolve(
                known,
                request: { pins in
                    var request = wheelRequest(pins)
                    request.add(.python(own), at: python.span)
                    return request
                })
            if let plan = preferred.plan { return take(plan, preferred) }
        }
        let result = catalog.resolve(known, request: { wheelRequest($0) })
        guard let plan = result.plan else {
            diagnostics.add(contentsOf: result.diagnostics)
            return nil
        }
        // Where markers asked for it, the Python of the plan is the one that they were evaluated for.
        let asksForPython = known.placeThatAsksForPython(platforms: platforms) != nil
        if own != nil || asksForPython, let python = recipe.python, python.version == nil,
            let newest = asksForPython ? plan.python : plan.builds.newestPython
        {
            // The image's own has no wheels: uv installs another one.
            recipe.python?.version = Located(newest, at: python.span)
        }
        return take(plan, result)
    }

    private mutating func take(_ plan: ResolvedPlan, _ result: MarkedResolution) -> [FrameworkRelease] {
        diagnostics.add(contentsOf: result.diagnostics)
        recipe.frameworkPins.requirements = result.pins.requirements
        return plan.builds
    }

    /// The requirements, without frameworks of versions that the facts do not have.
    private mutating func knownPins() -> FrameworkPins {
        var known = recipe.frameworkPins
        known.pins = recipe.frameworkPins.pins.filter { isKnown($0) }
        return known
    }

    /// What the recipe says, as constraints with their own places.
    private func wheelRequest(_ pins: FrameworkPins) -> PlanRequest {
        var request = PlanRequest()
        for constraint in pins.constraintsOfFrameworks { request.add(constraint.value, at: constraint.span) }
        if let cuda = recipe.image.cuda { request.add(.cuda(cuda.value), at: cuda.span) }
        // What packages' names say comes after what the recipe says itself.
        for constraint in pins.constraints { request.add(constraint.value, at: constraint.span) }
        for index in recipe.packageIndexes {
            if let cuda = PythonTools.cuda(ofPyTorchIndex: index.value) { request.add(.cuda(cuda), at: index.span) }
        }
        for each in recipe.gpu.architectures {
            request.add(.target(ComputeCapability(each.value.major, each.value.minor)), at: each.span)
        }
        for platform in recipe.image.platforms { request.add(.platform(platform.value), at: platform.span) }
        if let python = recipe.python?.version { request.add(.python(python.value), at: python.span) }
        if let source = recipe.image.source { request.add(.source(.wheels), at: source.span) }
        return request
    }

    /// Whether the facts have the version. One that is newer than they are is installed as the recipe says, if it needs
    /// nothing that only facts tell.
    private mutating func isKnown(_ pin: FrameworkPins.Pin) -> Bool {
        let builds = catalog.releases(of: pin.framework).filter { $0.cuda != nil }
        if builds.contains(where: { $0.isAllowed(by: pin.specifiers) }) { return true }
        guard recipe.image.cuda == nil, pin.framework.alwaysBringsCUDA, !pin.specifiers.isForCPU else { return true }
        diagnostics.warning(
            .unknownFrameworkVersion, "\(pin.framework)\(pin.specifiers) is not in the facts", at: pin.span,
            notes: ["it is installed as it is written; which CUDA its wheels bring is not known"])
        return false
    }

    /// Without a framework the packages' names alone tell which CUDA they are for.
    private mutating func checkNames(against asked: Located<CUDAVersionPattern>?) {
        guard let asked else { return }
        for requirement in recipe.frameworkPins.requirements {
            guard let cuda = requirement.value.cuda, cuda.components[0] != asked.value.components[0] else { continue }
            diagnostics.error(
                .contradiction, "'\(requirement.value.name)' is for CUDA \(cuda), and image.cuda is \(asked.value)",
                at: requirement.span, help: "change one of them, or leave out image.cuda")
        }
    }
}

extension [FrameworkRelease] {
    /// The newest Python that all builds have wheels for; `nil` if none names any.
    var newestPython: PythonVersion? {
        Set(flatMap(\.pythons)).sorted(by: >).first { python in allSatisfy { $0.supports(python) } }
    }
}

extension Recipe {
    /// The indexes that packages come from, the main one first.
    var packageIndexes: [Located<String>] { (python?.index).map { [$0] } ?? [] + (python?.extraIndexes ?? []) }
}

extension Framework {
    /// Whether the wheels bring CUDA without an extra.
    ///
    /// Source: the wheels' own dependencies on `nvidia-*` packages.
    var alwaysBringsCUDA: Bool { self == .torch || self == .vllm }
}

extension VersionSpecifiers {
    /// Whether they name one of PyTorch's builds without CUDA: `==2.6.0+cpu`.
    var isForCPU: Bool { clauses.contains { $0.version.local?.hasPrefix("cpu") ?? false } }
}

extension PythonRequirement {
    /// The major version of CUDA that the name or an extra says: `nvidia-cudnn-cu12`, `cupy-cuda12x`, `jax[cuda12]`.
    ///
    /// Source: how NVIDIA, CuPy, JAX and others name their packages.
    public var cuda: CUDAVersionPattern? {
        let parts = PythonRequirement.normalized(name).split(separator: "-").suffix(1).map(String.init)
        let words = parts + extras.map { String(PythonRequirement.normalized($0).prefix { $0 != "-" }) }
        for word in words {
            guard let prefix = ["cuda", "cu"].first(where: word.hasPrefix) else { continue }
            var digits = word.dropFirst(prefix.count)
            if digits.last == "x" { digits.removeLast() }
            if digits.count == 2, let major = Int(digits), major >= 9 { return CUDAVersionPattern(major) }
        }
        return nil
    }

    /// Whether an extra leaves CUDA's libraries to the image: `jax[cuda12-local]`.
    var takesCUDAFromImage: Bool { extras.contains { PythonRequirement.normalized($0).hasSuffix("-local") } }
}
