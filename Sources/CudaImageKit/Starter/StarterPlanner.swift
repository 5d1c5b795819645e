/// Chooses the image: options have to be met; what files say is met as far as it goes together.
struct StarterPlanner {
    let facts: ProjectFacts
    let catalog: Catalog
    /// What the command line asks for.
    let options: PlanRequest

    /// Constraints of one origin, which are met together or not at all.
    private struct Wish {
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
        plan.source = options.constraints.lazy.compactMap { constraint -> ImageSource? in
            if case .source(let source) = constraint.value { source } else { nil }
        }.first
        choosePython(for: &plan)
        preferOwnIndex(of: &plan)
        if !options.has(.driver), let cuda = plan.resolved.tag?.tag.cuda {
            plan.driverFloor = catalog.driverRequirement(for: cuda).floor
        }
        return (plan, diagnostics)
    }

    /// Takes the CUDA of the builds in pip's own index, where nothing says which build it is to be: that is what `uv.lock`
    /// and a plain `torch==2.8.0` mean.
    private func preferOwnIndex(of plan: inout StarterPlan) {
        guard !options.has(.cuda), !options.has(.platform) else { return }
        for build in plan.resolved.builds {
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
        return facts.code.frameworks.isEmpty && !options.has(.framework) ? .none : .frameworks
    }

    private func usesPython(_ dependencies: StarterPlan.Dependencies) -> Bool {
        switch dependencies {
        case .lock, .requirements, .environment, .listed: true
        // Loose scripts beside a program of CUDA C++ are its tools.
        case .frameworks, .none: facts.usesPython && !facts.isCompiled || facts.extensionSetup != nil || options.has(.framework)
        }
    }

    private func pins(of dependencies: StarterPlan.Dependencies) -> [FrameworkPins.Pin] {
        switch dependencies {
        case .lock, .listed: facts.project?.pins.pins ?? []
        case .requirements(let file): file.pins.pins
        case .environment, .none: []
        case .frameworks:
            options.has(.framework) || facts.isCompiled && facts.extensionSetup == nil
                ? []
                : facts.code.frameworks.map { found in
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
                    : needs(.base, at: path, "no CUDA library is linked, and nvcc puts the CUDA runtime into the program")
            }
            return needs(.runtime, at: path, "the program is linked with \(library)")
        }
        switch dependencies {
        case .environment(let environment): return needs(.base, at: environment.path, "conda brings CUDA's libraries")
        case .requirements(let file) where file.packages.contains { $0.hasPrefix("nvidia-cu") }:
            return needs(.base, at: file.path, "the nvidia-* wheels bring CUDA's libraries")
        default:
            return facts.dockerfile?.tag == nil ? (nil, "has CUDA's libraries; 'base' will do if wheels bring them") : nil
        }
    }

    private var needsCuDNN: Bool { facts.extensionSetup == nil && facts.linked.hasCuDNN }

    private var linkSpan: SourceSpan {
.file(facts.compiledPath ?? "")
    }

    // MARK: - What files say besides

    /// What matters most comes first: it is given up last.
    private func wishes(
        _ dependencies: StarterPlan.Dependencies, hasFrameworks: Bool, flavor: Located<PlanConstraint>?
    ) -> [Wish] {
        var wishes: [Wish] = []
        if case .environment(let environment) = dependencies, let cuda = environment.cuda {
            wishes.append(Wish(constraints: [cuda.map(PlanConstraint.cuda)], phrase: "CUDA \(cuda.value) of \(cuda.span.source)"))
        }
        if let major = cudaOfPackages(dependencies) {
            wishes.append(
                Wish(constraints: [major.map(PlanConstraint.cuda)], phrase: "CUDA \(major.value) of \(major.span.source)"))
        }
        if !facts.architectures.isEmpty, facts.isCompiled {
            let constraints = facts.architectures.map { $0.map { PlanConstraint.gpu(GPU(capability: $0)) } }
            let numbers = facts.architectures.map(\.value.number).joined(separator: ", ")
            // GPUs that an option names are what the code is compiled for.
            if !options.has(.gpu) {
                wishes.append(Wish(constraints: constraints, phrase: "what \(constraints[0].span.source) compiles for (\(numbers))"))
            }
        }
        if let python = facts.pythonVersion {
            wishes.append(
                Wish(constraints: [python.map(PlanConstraint.python)], phrase: "Python \(python.value) of \(python.span.source)"))
        }
        if let dockerfile = facts.dockerfile {
            let constraints = constraints(of: dockerfile, takesFlavor: !hasFrameworks && flavor == nil)
            if !constraints.isEmpty {
                wishes.append(Wish(constraints: constraints, phrase: "the base of \(dockerfile.path)"))
            }
        }
        return wishes
    }

    private func constraints(of dockerfile: DockerfileFacts, takesFlavor: Bool) -> [Located<PlanConstraint>] {
        guard let base = dockerfile.base else { return [] }
        func at(_ constraint: PlanConstraint) -> Located<PlanConstraint> { Located(constraint, at: base.span) }
        guard let tag = dockerfile.tag?.value else {
            let image = BaseImage(base.value)
            if let python = image.python { return [at(.python(python))] }
            // NVIDIA's image starts from the same one.
            let isOfficial = image.os.map { os in catalog.tags.contains { $0.tag.os == os } } ?? false
            return image.os.map { isOfficial && image.obstacle(to: .packages) == nil ? [at(.os($0))] : [] } ?? []
        }
        let isGone = catalog.tag(tag).map { $0.status == .unlisted } ?? true
        let release = isGone ? CUDAVersionPattern(tag.cuda.majorMinor) : CUDAVersionPattern(tag.cuda)
        var constraints = [at(.cuda(release)), at(.os(tag.os))]
        if takesFlavor {
            constraints.append(at(.flavor(tag.flavor)))
            if tag.cudnn != nil { constraints.append(at(.cudnn(.any))) }
        }
        return constraints
    }

    /// The major version that names of packages end with: `cupy-cuda12x`, `nvidia-cublas-cu12`.
    private func cudaOfPackages(_ dependencies: StarterPlan.Dependencies) -> Located<CUDAVersionPattern>? {
        let names: [String]
        let path: String
        switch dependencies {
        case .requirements(let file): (names, path) = (file.packages.sorted(), file.path)
        case .listed(let list):
            names = list.compactMap { PythonRequirement($0).map { PythonRequirement.normalized($0.name) } }.sorted()
            path = facts.project?.path ?? ""
        default: return nil
        }
        let majors = Set((8...20).filter { major in
            names.contains { $0.hasSuffix("-cuda\(major)x") || $0.hasSuffix("-cu\(major)") }
        })
        return majors.count == 1 ? majors.first.map { Located(CUDAVersionPattern($0), at: .file(path)) } : nil
    }

    // MARK: - Python

    private func choosePython(for plan: inout StarterPlan) {
        guard plan.usesPython else { return }
        if case .environment = plan.dependencies { return }
        plan.python = plan.resolved.python ?? PythonTools.systemVersion(of: plan.os)
        if let reason = plan.reason(of: .python) { plan.reasonOfPython = reason }
        guard let required = facts.project?.requiresPython, !options.has(.python), plan.python.map({ !Self.allows(required.value, $0) }) ?? true
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
    private static func allows(_ specifiers: VersionSpecifiers, _ python: PythonVersion) -> Bool {
        ["\(python)", "\(python).99"].compactMap { PackageVersion($0) }.contains(where: specifiers.allows)
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
    fileprivate static func file(_ path: String) -> SourceSpan {
        let start = SourcePosition(line: 1, column: 1)
        return SourceSpan(source: path, start: start, end: start)
    }
}
