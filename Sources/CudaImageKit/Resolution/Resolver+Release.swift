extension Resolver {
    /// Decides what `cuda: resolve` leaves open: the release, and with it flavor, operating system, cuDNN and Python where
    /// the recipe does not name them.
    ///
    /// - Returns: false if nothing fits, which is reported.
    mutating func resolveRelease() -> Bool {
        guard let place = recipe.image.resolve, exactTag == nil else { return true }
        diagnostics.add(contentsOf: recipe.frameworkPins.diagnostics)
        guard !recipe.frameworkPins.pins.isEmpty || !recipe.gpu.architectures.isEmpty else {
            let names = Framework.allCases.map(\.rawValue).joined(separator: ", ")
            diagnostics.error(
                .contradiction, "'image.cuda: resolve' finds no framework to choose a release for", at: place,
                notes: ["it knows \(names), in python.packages, python.requirements and python.project"],
                help: "write a release such as 12.4")
            return false
        }
        if diagnostics.hasErrors { return false }
        let result = catalog.resolve(recipe.frameworkPins, request: { planRequest($0) })
        diagnostics.add(contentsOf: result.diagnostics)
        recipe.frameworkPins = result.pins
        guard let plan = result.plan else { return false }
        take(plan, at: place)
        return true
    }

    /// What the recipe says, as constraints with their own places.
    private func planRequest(_ pins: FrameworkPins) -> PlanRequest {
        var request = PlanRequest()
        for constraint in pins.constraints { request.add(constraint.value, at: constraint.span) }
        for each in recipe.gpu.architectures {
            request.add(.target(ComputeCapability(each.value.major, each.value.minor)), at: each.span)
        }
        if let os = recipe.image.os { request.add(.os(pinned(os.value)), at: os.span) }
        if recipe.image.os == nil, let base = recipe.image.base, let os = BaseImage(base.value).os {
            request.add(.os(pinned(os)), at: base.span)
        }
        if let flavor = recipe.image.flavor { request.add(.flavor(flavor.value), at: flavor.span) }
        if let cudnn = recipe.image.cudnn { request.add(.cudnn(cudnn.value), at: cudnn.span) }
        for platform in recipe.image.platforms { request.add(.platform(platform.value), at: platform.span) }
        if let python = recipe.python?.version { request.add(.python(python.value), at: python.span) }
        if let source = recipe.image.source {
            request.add(.source(source.value == .wheels ? .wheels : .image), at: source.span)
        } else if let base = recipe.image.base {
            request.add(.source(.image), at: base.span)
        }
        return request
    }

    /// The operating system whose official tags stand for another one: Ubuntu's for Debian.
    private func pinned(_ os: OperatingSystem) -> OperatingSystem {
        let isOwn = catalog.releases.contains { catalog.operatingSystems(for: $0.cuda).contains(os) }
        return isOwn ? os : PinOrigin(for: os)?.candidates.first ?? os
    }

    private mutating func take(_ plan: ResolvedPlan, at place: SourceSpan) {
        resolution = plan.tag == nil ? "no official image fits" : plan.reasonOfCUDA
        if let facts = plan.tag {
            recipe.image.cuda = Located(CUDAVersionPattern(facts.tag.cuda), at: place)
            if recipe.image.flavor == nil { recipe.image.flavor = Located(facts.tag.flavor, at: place) }
            if recipe.image.cudnn == nil, facts.tag.cudnn != nil {
                let major = facts.cudnnVersion.flatMap { VersionNumbers.parse($0)?.first }
                recipe.image.cudnn = Located(major.map(CuDNNRequest.major) ?? .any, at: place)
            }
        } else {
            for build in plan.builds {
                diagnostics.note(
                    .nearestImage, "no official image fits: \(build.needOfImage)", at: place,
                    help: "'image.source: image' takes the nearest one")
            }
            if recipe.image.source == nil { recipe.image.source = Located(.wheels, at: place) }
        }
        // Source wheels chooses its own base.
        guard plan.tag != nil else { return }
        if recipe.image.os == nil, recipe.image.base == nil { recipe.image.os = Located(plan.os, at: place) }
        if recipe.python?.version == nil, let python = plan.python, python != PythonTools.systemVersion(of: plan.os),
            recipe.image.base == nil
        {
            recipe.python?.version = Located(python, at: place)
        }
        reportIndexes(of: plan)
    }

    /// A build that pip's own index does not have needs its index in the recipe.
    private mutating func reportIndexes(of plan: ResolvedPlan) {
        guard let python = recipe.python else { return }
        let indexes = ([python.index].compactMap { $0 } + python.extraIndexes).map(\.value)
        for build in plan.builds {
            guard case .url(let url) = build.index, !indexes.contains(url) else { continue }
            let pin = recipe.frameworkPins.pins.first { $0.framework == build.framework }
            diagnostics.warning(
                .wheelIndex,
                "pip's own index may give another build of \(build.framework) \(build.version) than the one for CUDA "
                    + "\(build.cuda?.description ?? "")", at: pin?.span,
                help: "ask for \(build.requirement), and set python.index: \(url)")
        }
    }
}
