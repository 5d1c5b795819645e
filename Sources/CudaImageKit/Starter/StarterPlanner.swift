/// Chooses the image: options have to be met; what files say is met as far as it goes together.
struct StarterPlanner {
    let facts: ProjectFacts
    let catalog: Catalog
    /// What the command line asks for.
    let options: PlanRequest

    /// Constraints of one origin, which are met together or not at all.
    struct Wish {
        var constraints: [Located<PlanConstraint>]
        /// How a sentence calls them.
        var phrase: String
    }

    func plan() -> (plan: StarterPlan?, diagnostics: Diagnostics) {
        let dependencies = dependencies()
        var diagnostics = Diagnostics()
        var unmet: [String] = []
        var firm = PlanRequest(options.constraints.filter { $0.value != .source(.packages) })
        unmet += unread(of: dependencies)
        if let sentence = unknownBase(dependencies) { unmet.append(sentence) }
        let platforms = options.constraints.compactMap { constraint -> Platform? in
            if case .platform(let platform) = constraint.value { platform } else { nil }
        }
        let pins = known(pins(of: dependencies).counting(python: nil, platforms: platforms), unmet: &unmet)
        for constraint in pins.constraintsOfFrameworks { firm.add(constraint.value, at: constraint.span) }
        let flavor = flavor(of: dependencies, hasFrameworks: firm.has(.framework))
        if let constraint = flavor?.constraint { firm.add(constraint, unlessIn: options) }
        if needsCuDNN { firm.add(Located(.cudnn(.any), at: linkSpan), unlessIn: options) }

        var wishes = wishes(dependencies, hasFrameworks: firm.has(.framework), flavor: flavor?.constraint)
        var answer = resolve(firm, pins, with: wishes)
        while answer.plan == nil, let last = wishes.popLast() {
            unmet.append("\(last.phrase) does not go together with the rest")
            answer = resolve(firm, pins, with: wishes)
        }
        diagnostics.add(contentsOf: answer.diagnostics)
        guard let resolved = answer.plan else { return (nil, diagnostics) }
        var plan = StarterPlan(
            resolved: resolved, request: answer.request, unmet: unmet, dependencies: dependencies,
            usesPython: usesPython(dependencies))
        plan.reasonOfFlavor = flavor?.reason
        plan.cudaOfIndex = pins.cudaOfIndexes
        plan.pytorchOfBase = pins.pins.contains(where: isOfBase)
        plan.renamed = pins.requirements.compactMap { requirement in
            catalog.currentRequirement(for: requirement.value).map { "write '\($0)' for '\(requirement.value.text)'" }
        }
        plan.source =
            options.constraints.lazy.compactMap { constraint -> ImageSource? in
                if case .source(let source) = constraint.value { source } else { nil }
            }.first
        plan.reasonOfCUDA = reasonOfCUDA(in: plan)
        choosePython(for: &plan)
        preferOwnIndex(of: &plan)
        if !options.has(.driver), let cuda = plan.resolved.tag?.tag.cuda {
            plan.driverFloor = catalog.driverRequirement(for: cuda).floor
        }
        return (plan, diagnostics)
    }

    /// - Parameter pins: those whose constraints are in `firm`, all of which need not count.
    private func resolve(
        _ firm: PlanRequest, _ pins: FrameworkPins, with wishes: [Wish]
    ) -> (plan: ResolvedPlan?, diagnostics: Diagnostics, request: PlanRequest) {
        let result = catalog.resolve(
            pins, where: { python in facts.project?.requiresPython.map { Self.allows($0.value, python) } ?? true },
            request: { counting in
                let left = pins.constraintsOfFrameworks.filter { !counting.constraintsOfFrameworks.contains($0) }
                var request = PlanRequest(firm.constraints.filter { !left.contains($0) })
                for wish in wishes { for found in wish.constraints { request.add(found, unlessIn: options) } }
                return request
            })
        return (result.plan, result.diagnostics, result.request)
    }

    // MARK: - Python packages

    private func dependencies() -> StarterPlan.Dependencies {
        if facts.project?.hasLock == true { return .lock }
        if let file = facts.requirements.first { return .requirements(file) }
        if let environment = facts.environment { return .environment(environment) }
        if let project = facts.project, !project.dependencies.isEmpty {
            // A name that a framework's package no longer has is written as it is called now.
            return .listed(
                project.dependencies.map { PythonRequirement($0).flatMap(catalog.currentRequirement) ?? $0 })
        }
        let isNamed =
            !facts.code.frameworks.isEmpty || facts.project?.pins.pins.isEmpty == false
            || facts.setup?.pins.pins.isEmpty == false || facts.extensionSetup != nil
            || facts.dockerfile?.pytorch != nil
        return isNamed || options.has(.framework) ? .frameworks : .none
    }

    private func usesPython(_ dependencies: StarterPlan.Dependencies) -> Bool {
        switch dependencies {
        case .lock, .requirements, .environment, .listed: true
        // Loose scripts beside a program of CUDA C++ are its tools.
        case .frameworks, .none:
            facts.usesPython && !facts.isCompiled || facts.extensionSetup != nil || options.has(.framework)
                || facts.dockerfile?.pytorch != nil
        }
    }

    private func pins(of dependencies: StarterPlan.Dependencies) -> FrameworkPins {
        var pins = FrameworkPins()
        switch dependencies {
        case .lock, .listed: pins = facts.project?.pins ?? pins
        case .requirements(let file): pins = file.pins
        case .environment, .none: return pins
        case .frameworks:
            if options.has(.framework) || facts.isCompiled && facts.extensionSetup == nil { return pins }
            // What Poetry's table and setup.py ask for, and what is imported without that.
            pins = facts.project?.pins ?? pins
            if let setup = facts.setup { pins.add(contentsOf: setup.pins) }
            var imported = facts.code.frameworks.map { ($0.framework, $0.path) }
            if let path = facts.extensionSetup { imported.append((.torch, path)) }
            if facts.dockerfile?.pytorch != nil { imported.removeAll { $0.0 == .torch } }
            for (framework, path) in imported where !pins.pins.contains(where: { $0.framework == framework }) {
                pins.add(framework, VersionSpecifiers(), at: .file(path))
            }
        }
        pins.diagnostics = Diagnostics()
        if let base = facts.dockerfile?.pytorch, !options.has(.framework), dependencies != .lock,
            !pins.pins.contains(where: { $0.framework == .torch || $0.framework == .vllm })
        {
            let build = catalog.releases(of: .torch).first {
                $0.version.isSamePublic(as: base.torch) && $0.cuda == base.cuda && $0.variant.hasPrefix("cu")
            }
            let version = build.flatMap { PythonPackageVersion("\($0.version)+\($0.variant)") } ?? base.torch
            pins.add(.torch, VersionSpecifiers([VersionSpecifier(.equal, version)]), at: base.span)
        }
        return pins
    }

    /// A Dockerfile's base of which nothing is taken, in a sentence.
    private func unknownBase(_ dependencies: StarterPlan.Dependencies) -> String? {
        guard let dockerfile = facts.dockerfile, let base = dockerfile.base, dockerfile.tag == nil else { return nil }
        let image = BaseImage(base.value)
        guard image.os == nil, image.python == nil, base.value.repository != "scratch" else { return nil }
        if dockerfile.pytorch != nil {
            guard dependencies == .lock || facts.environment != nil || facts.isCompiled else { return nil }
            return "what is in the base of \(dockerfile.path), \(base.value), but for its CUDA"
        }
        return "the base of \(dockerfile.path), \(base.value): what is in it is not known"
    }

    /// Whether the pin stands for what PyTorch's own image has.
    private func isOfBase(_ pin: FrameworkPins.Pin) -> Bool { pin.span == facts.dockerfile?.pytorch?.span }

    /// Without frameworks that the catalogue has no build of, and without an index of builds for the CPU, which is said.
    private func known(_ pins: FrameworkPins, unmet: inout [String]) -> FrameworkPins {
        var known = pins
        for pin in pins.pins where !isKnown(pin) {
            // What counts with another Python alone is not missed.
            if EnvironmentMarker.holds(pin.marker, python: nil, platforms: []) != nil {
                unmet.append("\(pin.framework)\(pin.specifiers) has no CUDA build in the catalogue")
            }
        }
        known.pins = pins.pins.filter { isKnown($0) }
        if let index = known.indexForCPU {
            unmet.append(
                "\(index.span.source):\(index.span.start.line): PyTorch's index '\(index.value)' has builds for the CPU"
            )
            known.indexes.removeAll { PythonTools.isPyTorchIndexForCPU($0.url.value) }
        }
        return known
    }

    /// Requirements that name a framework in a way that can't be read. Files that are not there are said elsewhere.
    private func unread(of dependencies: StarterPlan.Dependencies) -> [String] {
        let findings: Diagnostics
        switch dependencies {
        case .requirements(let file): findings = file.pins.diagnostics
        case .lock, .listed: findings = facts.project?.pins.diagnostics ?? Diagnostics()
        case .environment, .frameworks, .none: return []
        }
        return findings.all.filter { $0.code == .unreadableRequirement }.prefix(10).map { finding in
            (finding.span.map { "\($0.source):\($0.start.line): " } ?? "") + finding.message
        }
    }

    private func isKnown(_ pin: FrameworkPins.Pin) -> Bool {
        catalog.releases(of: pin.framework).contains { $0.cuda != nil && $0.isAllowed(by: pin.specifiers) }
    }

    // MARK: - How much of CUDA

    private func flavor(
        of dependencies: StarterPlan.Dependencies, hasFrameworks: Bool
    ) -> (constraint: Located<PlanConstraint>?, reason: String)? {
        if hasFrameworks { return nil }
        func needs(_ flavor: Flavor, at path: String, _ reason: String) -> (Located<PlanConstraint>?, String) {
            (Located(.flavor(flavor), at: .file(path)), reason)
        }
        if let path = facts.compiledPath, facts.extensionSetup == nil {
            guard let library = facts.linked.names.first else {
                return facts.linked.hasCuDNN
                    ? needs(.runtime, at: path, "cuDNN comes with the flavor runtime")
                    : needs(
                        .base, at: path, "no CUDA library is linked, and nvcc puts the CUDA runtime into the program")
            }
            return needs(.runtime, at: path, "the program is linked with \(library)")
        }
        switch dependencies {
        case .environment(let environment): return needs(.base, at: environment.path, "conda brings CUDA's libraries")
        case .requirements(let file) where file.packages.contains { $0.hasPrefix("nvidia-cu") }:
            return needs(.base, at: file.path, "the nvidia-* wheels bring CUDA's libraries")
        default:
            return facts.dockerfile?.tag == nil
                ? (nil, "has CUDA's libraries; 'base' will do if wheels bring them") : nil
        }
    }

    private var needsCuDNN: Bool { facts.extensionSetup == nil && facts.linked.hasCuDNN }

    private var linkSpan: SourceSpan {
        .file(facts.compiledPath ?? "")
    }
}

extension ProjectFacts {
    /// Whether the image's program is compiled from CUDA C++.
    var isCompiled: Bool { compiledPath != nil }

    /// The file that tells how CUDA C++ is compiled.
    var compiledPath: String? {
        cmake?.path ?? makefile?.path ?? extensionSetup ?? cudaSources.first
    }

    /// What the program is linked with.
    var linked: LinkedLibraries { cmake?.linked ?? makefile?.linked ?? LinkedLibraries() }

    /// What it is compiled for, where its build says so.
    var architectures: [Located<ComputeCapability>] { cmake?.architectures ?? [] }
}

extension SourceSpan {
    /// A file as a whole.
    static func file(_ path: String) -> SourceSpan {
        let start = SourcePosition(line: 1, column: 1)
        return SourceSpan(source: path, start: start, end: start)
    }
}
