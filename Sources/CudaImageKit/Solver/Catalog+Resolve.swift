extension Catalog {
    /// Finds the best image, framework builds and Python for a request.
    ///
    /// - Returns: the plan with warnings, or none with errors: versions that the facts do not have, the source `packages`, or
    ///   a minimal set of constraints that contradict each other, with the nearest way out.
    public func resolve(_ request: PlanRequest) -> (plan: ResolvedPlan?, diagnostics: Diagnostics) {
        var diagnostics = Diagnostics()
        let solver = PlanSolver(request, catalog: self)
        for constraint in request.constraints {
            switch constraint.value {
            case .framework(let framework, let specifiers):
                reportUnknown(framework, specifiers, at: constraint.span, solver: solver, in: &diagnostics)
            case .source(.packages):
                diagnostics.error(
                    .notSupported, "no plan has the source 'packages'", at: constraint.span,
                    help: "ask for 'image': the release of its tag is that of the packages, too")
            default: break
            }
        }
        if diagnostics.hasErrors { return (nil, diagnostics) }
        guard let plan = solver.plan() else {
            solver.conflict()?.report(in: &diagnostics)
            return (nil, diagnostics)
        }
        plan.report(for: request, catalog: self, in: &diagnostics)
        return (plan, diagnostics)
    }

    private func reportUnknown(
        _ framework: Framework, _ specifiers: VersionSpecifiers, at span: SourceSpan, solver: PlanSolver,
        in diagnostics: inout Diagnostics
    ) {
        let builds = solver.builds[framework] ?? []
        guard !builds.contains(where: { $0.isAllowed(by: specifiers) }) else { return }
        let constraint = PlanConstraint.framework(framework, specifiers)
        if specifiers.isForCPU {
            let name = "\(framework)\(specifiers)"
            diagnostics.error(
                .noCUDAInWheels, "'\(name)' is a build for the CPU", at: span,
                help: "leave out '+cpu': cudagen takes the build with CUDA")
            return
        }
        // The release is known, and has other builds.
        let released =
            specifiers.clauses.contains { $0.version.local != nil }
            ? builds.filter { $0.isAllowed(by: specifiers.withoutLocalParts) } : []
        if let newest = released.first {
            let own = released.filter { $0.version == newest.version }
            diagnostics.error(
                .unknownFrameworkVersion, "\(constraint.phrase) is not in the facts", at: span,
                notes: [
                    "\(framework) \(newest.version) has the build\(own.count == 1 ? "" : "s") "
                        + PlanSolver.list(Array(own.map(\.variant).filter { $0 != "default" }.uniqued), "and")
                ],
                help: "take \(newest.requirement), or leave out the part behind '+'")
            return
        }
        let asked = specifiers.clauses.first?.version
        let near = asked.map { neighbours(of: $0, in: framework) } ?? []
        diagnostics.error(
            .unknownFrameworkVersion, "\(constraint.phrase) is not in the facts", at: span,
            notes: near.isEmpty ? [] : ["the nearest that are: " + PlanSolver.list(near.map(\.description), "and")],
            help: near.last.map {
                "take \(framework) \($0)" + (solver.request.asksForWheels ? "" : ", or name the CUDA yourself")
            })
    }
}

extension PlanConflict {
    /// One error at the first constraint; the others are notes at their own places.
    func report(in diagnostics: inout Diagnostics) {
        let phrases = constraints.map(\.value.phrase)
        let message =
            phrases.count > 1
            ? PlanSolver.list(phrases, "and") + " contradict each other"
            : "there is no plan for \(phrases.first ?? "this")"
        diagnostics.error(
            .contradiction, message, at: constraints.first?.span, notes: needs,
            help: wayOut.map { "\($0.change) gives \($0.plan.summary)" } ?? "more than one of them has to change")
        for (constraint, need) in zip(constraints, needs).dropFirst() where !constraint.span.isOption {
            diagnostics.note(.contradiction, need, at: constraint.span)
        }
    }
}

extension ResolvedPlan {
    /// One phrase: `12.4.1-base-ubuntu22.04 with torch 2.4.1`.
    public var summary: String {
        let image = tag.map(\.tag.description) ?? "source 'wheels' on \(os)"
        let frameworks = builds.map { "\($0.framework) \($0.version)" }
        return image + (frameworks.isEmpty ? "" : " with " + PlanSolver.list(frameworks, "and"))
    }

    /// What a user has to know of the plan.
    func report(for request: PlanRequest, catalog: Catalog, in diagnostics: inout Diagnostics) {
        func span(where isMeant: (PlanConstraint) -> Bool) -> SourceSpan? {
            request.constraints.first { isMeant($0.value) }?.span
        }
        func span(of build: FrameworkRelease) -> SourceSpan? {
            span { if case .framework(build.framework, _) = $0 { true } else { false } }
        }
        if case .nearest(let facts) = base {
            for build in builds where !build.runs(with: facts.tag.cuda) {
                diagnostics.warning(
                    .nearestImage,
                    "no official image has what \(build.framework) \(build.version) was built with; the nearest is "
                        + "\(facts.tag)", at: span(of: build), notes: [build.needOfImage],
                    help:
                        "source 'wheels' brings the libraries that its project tests: \(build.wheelsRequirement ?? "none")"
                )
            }
        }
        if let driver, driver.starts == .no {
            diagnostics.warning(
                .containerRefused, driver.startReason, at: span { if case .driver = $0 { true } else { false } },
                notes: [driver.reason])
        }
        for build in builds where build.index == .unknown {
            diagnostics.warning(
                .factMissing, "which index has '\(requirement(of: build))' for CUDA is not in the facts",
                at: span(of: build),
                help: "look it up in the project's documentation of that release")
        }
        let others = platforms.filter { $0 != .linuxAMD64 }
        if let platform = others.first, !builds.isEmpty {
            diagnostics.warning(
                .factMissing, "whether the frameworks have GPU wheels for \(platform) is not in the facts",
                at: span { $0 == .platform(platform) },
                help: "check the index before you build; torch's default wheel for Arm was built without CUDA")
        }
    }
}

extension FrameworkRelease {
    /// `tensorflow 2.17.0 is built for CUDA 12.3 and cuDNN 8.9`
    var needOfImage: String {
        "\(framework) \(version) is built for CUDA \(builtWith?.description ?? cuda?.description ?? "?")"
            + (cudnn.map { " and cuDNN \($0)" } ?? "")
    }

    /// The arguments of `pip install` that get the build and what belongs to it.
    ///
    /// - Parameter requirement: the build's own, or the one that brings CUDA along.
    public func pipArguments(_ requirement: String) -> [String] {
        (index.place.map { [$0.option, $0.url] } ?? []) + [requirement] + companions
    }
}

extension FrameworkRelease.Index {
    /// Where pip and uv are told to look; `nil` if they need not be told, or nobody knows.
    var place: (option: String, url: String)? {
        switch self {
        case .default, .unknown: nil
        case .url(let url): ("--index-url", url)
        case .links(let url): ("--find-links", url)
        }
    }
}
