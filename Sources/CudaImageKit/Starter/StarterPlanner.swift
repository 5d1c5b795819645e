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
        for pin in pins(of: dependencies) {
            if isKnown(pin) {
                firm.add(.framework(pin.framework, pin.specifiers), at: pin.span)
            } else {
                unmet.append("\(pin.framework)\(pin.specifiers) has no CUDA build in the catalogue")
            }
        }
        let flavor = flavor(of: dependencies, hasFrameworks: firm.has(.framework))
        if let constraint = flavor?.constraint { firm.add(constraint, unlessIn: options) }
        if needsCuDNN { firm.add(Located(.cudnn(.any), at: linkSpan), unlessIn: options) }

        var wishes = wishes(dependencies, hasFrameworks: firm.has(.framework), flavor: flavor?.constraint)
        var answer = resolve(firm, with: wishes)
        while answer.plan == nil, let last = wishes.popLast() {
            unmet.append("\(last.phrase) does not go together with the rest")
            answer = resolve(firm, with: wishes)
        }
        diagnostics.add(contentsOf: answer.diagnostics)
        guard let resolved = answer.plan else { return (nil, diagnostics) }
        var plan = StarterPlan(
            resolved: resolved, request: answer.request, unmet: unmet, dependencies: dependencies,
            usesPython: usesPython(dependencies))
        plan.reasonOfFlavor = flavor?.reason
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

    private func resolve(
        _ firm: PlanRequest, with wishes: [Wish]
    ) -> (plan: ResolvedPlan?, diagnostics: Diagnostics, request: PlanRequest) {
        var request = firm
        for wish in wishes { for found in wish.constraints { request.add(found, unlessIn: options) } }
        let (plan, diagnostics) = catalog.resolve(request)
        return (plan, diagnostics, request)
    }

    // MARK: - Python packages

    private func dependencies() -> StarterPlan.Dependencies {
        if facts.project?.hasLock == true { return .lock }
        if let file = facts.requirements.first { return .requirements(file) }
        if let environment = facts.environment { return .environment(environment) }
        if let project = facts.project, !project.dependencies.isEmpty { return .listed(project.dependencies) }
        let isNamed = !facts.code.frameworks.isEmpty || facts.project?.pins.pins.isEmpty == false
        return isNamed || options.has(.framework) ? .frameworks : .none
    }

    private func usesPython(_ dependencies: StarterPlan.Dependencies) -> Bool {
        switch dependencies {
        case .lock, .requirements, .environment, .listed: true
        // Loose scripts beside a program of CUDA C++ are its tools.
        case .frameworks, .none:
            facts.usesPython && !facts.isCompiled || facts.extensionSetup != nil || options.has(.framework)
        }
    }

    private func pins(of dependencies: StarterPlan.Dependencies) -> [FrameworkPins.Pin] {
        switch dependencies {
        case .lock, .listed: return facts.project?.pins.pins ?? []
        case .requirements(let file): return file.pins.pins
        case .environment, .none: return []
        case .frameworks:
            if options.has(.framework) || facts.isCompiled && facts.extensionSetup == nil { return [] }
            // What Poetry's table asks for, and what is imported without that.
            let asked = facts.project?.pins.pins ?? []
            let imported = facts.code.frameworks.filter { found in !asked.contains { $0.framework == found.framework } }
            return asked
                + imported.map { found in
                    FrameworkPins.Pin(
                        framework: found.framework, specifiers: VersionSpecifiers(), span: .file(found.path))
                }
        }
    }

    /// Requirements that name a framework in a way that can't be read. That other files are named is said elsewhere.
    private func unread(of dependencies: StarterPlan.Dependencies) -> [String] {
        let findings: Diagnostics
        switch dependencies {
        case .requirements(let file): findings = file.pins.diagnostics
        case .lock, .listed: findings = facts.project?.pins.diagnostics ?? Diagnostics()
        case .environment, .frameworks, .none: return []
        }
        return findings.all.filter { !$0.message.hasPrefix("files that") }.prefix(10).map { finding in
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
