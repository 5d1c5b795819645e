extension Resolver {
    /// Source `wheels`: a base without CUDA, onto which Python packages bring it.
    ///
    /// - Returns: `nil` if something contradicts, which is reported.
    mutating func wheels(
        on base: Located<BaseImage>?, system: Decision<OperatingSystem>?, platforms: [Platform]
    ) -> ImageFoundation? {
        let systems = candidateSystems(source: .wheels, image: system, base: base?.value)
        guard checkWheels(), let systems, isRead("image", "python") else { return nil }
        let os = systems.image ?? Decision(OperatingSystem(.debian, "12"), because: .default("Debian 12"))
        // Another operating system than the default has been chosen for its own Python, too.
        let own = systems.image == nil ? nil : base?.value.python ?? PythonTools.systemVersion(of: os.value)
        guard let builds = chooseBuilds(preferring: own, platforms: platforms),
            let image = wheelBase(base, on: os.value, builds: builds)
        else { return nil }
        let cuda = cudaOfWheels(builds)
        let release = cuda.map { releaseOfWheels($0, builds: builds, on: os.value) }
        var installation = WheelInstallation(base: image, cuda: cuda, builds: [])
        let requirements = complete(with: builds, in: &installation)
        if diagnostics.hasErrors { return nil }
        return ImageFoundation(
            tag: nil, release: release, os: os,
            packageManager: BaseImage(image.value).packageManager(on: os.value), cuda: .wheels(installation),
            contents: [], toolchain: compiler(for: release?.value, on: os.value, platforms: platforms),
            base: BaseImage(image.value), requirements: requirements)
    }

    /// The user's base, or a small image that has the Python which all frameworks have wheels for.
    private mutating func wheelBase(
        _ base: Located<BaseImage>?, on os: OperatingSystem, builds: [FrameworkRelease]
    ) -> Decision<ImageReference>? {
        if let base { return Decision(base.value.reference, because: Reason(base.span)) }
        if let python = pythonOfWheels(builds),
            let image = PythonTools.image(of: python.value, on: os).flatMap(ImageReference.init)
        {
            return Decision(image, because: python.because)
        }
        if let image = officialBase(of: os) ?? Self.defaultBase(of: os) {
            return Decision(image, because: .default("the distribution's own image"))
        }
        diagnostics.error(
            .unknownBase, "there is no default base image for \(os)", at: recipe.image.os?.span,
            help: "name one with --base")
        return nil
    }

    /// What NVIDIA's newest image for an operating system starts from.
    private func officialBase(of os: OperatingSystem) -> ImageReference? {
        catalog.releases.reversed().lazy.compactMap { release in
            catalog.images(cuda: release.cuda, os: os).first.flatMap { ImageReference($0.baseImage) }
        }.first
    }

    /// The Python that the recipe asks for, or the newest that all builds name.
    private func pythonOfWheels(_ builds: [FrameworkRelease]) -> Decision<PythonVersion>? {
        if let asked = recipe.python?.version {
            return Decision(asked.value, because: .derived("\(Reason(asked.span)): Python \(asked.value)"))
        }
        guard recipe.image.os == nil else { return nil }
        guard let newest = builds.newestPython else { return nil }
        let names = builds.filter { !$0.pythons.isEmpty }.map { "\($0.framework) \($0.version)" }
        return Decision(
            newest,
            because: .derived(
                "Python \(newest) is the newest that \(PlanSolver.list(names, "and")) "
                    + (names.count == 1 ? "has wheels for" : "have wheels for")))
    }

    /// What is known of the CUDA that the wheels bring: the frameworks', what the recipe says, or what packages' names say.
    private func cudaOfWheels(_ builds: [FrameworkRelease]) -> Decision<CUDAVersionPattern>? {
        let exact = builds.first { ($0.cuda?.components.count ?? 0) > 1 }
        if let build = exact, let cuda = build.cuda { return Decision(cuda, because: build.reasonOfCUDA) }
        if let asked = recipe.image.cuda { return Decision(asked.value, because: Reason(asked.span)) }
        if let build = builds.first, let cuda = build.cuda { return Decision(cuda, because: build.reasonOfCUDA) }
        return recipe.frameworkPins.requirements.lazy.compactMap { requirement in
            requirement.value.cuda.map { Decision($0, because: .derived("the name of '\(requirement.value.name)'")) }
        }.first
    }

    /// The release that stands for the wheels' CUDA: its newest point release that compiles for the operating system.
    private func releaseOfWheels(
        _ cuda: Decision<CUDAVersionPattern>, builds: [FrameworkRelease], on os: OperatingSystem
    ) -> Decision<CUDAVersion> {
        var wanted = cuda.value
        if wanted.components.count == 1 {
            let nominal = builds.lazy.compactMap(\.nominalCUDA).first ?? CUDAVersion(wanted.components[0], 0)
            wanted = CUDAVersionPattern(nominal.major, nominal.minor)
        }
        let releases = catalog.releases.map(\.cuda).filter(wanted.matches).sorted(by: >)
        let compiled = releases.first { catalog.compiler(for: $0, on: os) != nil } ?? releases.first
        let named = CUDAVersion(wanted.components[0], wanted.components.dropFirst().first ?? 0)
        return Decision(compiled ?? named, because: cuda.because)
    }

    /// The stage with nvcc: a devel image of the wheels' CUDA, whose C library is not newer than the base's.
    private mutating func compiler(
        for cuda: CUDAVersion?, on os: OperatingSystem, platforms: [Platform]
    ) -> CUDAInstallation? {
        guard let build = recipe.build else { return nil }
        guard let cuda else {
            diagnostics.error(
                .missingKey, "which CUDA 'build' compiles with can't be told from the Python packages", at: build.span,
                help: "add image.cuda, such as 12.8")
            return nil
        }
        guard let tag = catalog.compiler(for: cuda, on: os) else {
            diagnostics.error(
                .noSuchTag, "no devel image of CUDA \(cuda) compiles for \(os)", at: build.span,
                help: "use a newer operating system, or another release of CUDA")
            return nil
        }
        let known = catalog.tag(tag.value)?.platforms ?? []
        if let missing = platforms.first(where: { !known.isEmpty && !known.contains($0) }) {
            diagnostics.error(
                .platformMissing, "nvidia/cuda:\(tag.value), which compiles, does not exist for \(missing)",
                at: recipe.image.platforms.first?.span ?? build.span)
            return nil
        }
        return .image(ImageReference(tag.value))
    }
}

extension FrameworkRelease {
    fileprivate var reasonOfCUDA: Reason { .derived("\(framework) \(version) (build \(variant))") }
}
