extension Dockerfile {
    /// The stages of a plan, in the order they are built.
    public init(_ plan: ImagePlan) {
        self = Dockerfile(upstream: plan).adapted(to: plan).pinned(to: plan.pins)
    }

    /// The stages of a plan, with images by their upstream names: what is asked of whom can be told from them.
    init(withUpstreamImages plan: ImagePlan) {
        self = Dockerfile(upstream: plan).adapted(to: plan, keepsUpstreamImages: true)
    }

    /// The stages as they are for everybody, before a site's mirrors and a lock have their say.
    private init(upstream plan: ImagePlan) {
        switch plan.cuda {
        case .image(let reference): self.init(stages: Self.stages(of: plan, on: reference))
        case .wheels(let installation): self.init(stages: Self.stages(of: plan, on: installation.base.value))
        case .packages(let installation):
            let stages = PackageStages(plan: plan, final: installation)
            let first = installation.platforms.count > 1 ? installation.platforms.first?.platform : nil
            self.init(arguments: first.map { [.targetArchitecture(default: $0)] } ?? [], stages: stages.stages)
        }
    }

    /// `FROM` an image as it is, with a devel image to compile in.
    private static func stages(of plan: ImagePlan, on reference: ImageReference) -> [Stage] {
        let sections = ApplicationSections(plan: plan)
        var stages: [Stage] = []
        if case .image(let toolchain) = plan.toolchain {
            stages.append(
                Stage(role: .build, base: .image(toolchain), name: .build, sections: sections.build))
        }
        stages.append(Stage(role: .final, base: .image(reference), name: nil, sections: sections.final))
        return stages
    }
}

extension StageName {
    /// The stage that compiles the application.
    static let build = StageName("build")
}

/// The stages of an image with CUDA from packages.
///
/// One platform and nothing to compile: one stage. Otherwise what the final image and the toolchain share becomes a
/// stage `cuda`, and with several platforms each of these stages exists once for each architecture.
private struct PackageStages {
    let plan: ImagePlan
    let final: PackageInstallation

    private var toolchain: PackageInstallation? {
        if case .packages(let installation) = plan.toolchain { installation } else { nil }
    }

    private var isMultiPlatform: Bool { final.platforms.count > 1 }

    var stages: [Dockerfile.Stage] {
        let application = ApplicationSections(plan: plan)
        var stages = [CUDASections.keyStage(of: final)].compactMap { $0 }
        guard isMultiPlatform || toolchain != nil else {
            stages.append(
                Dockerfile.Stage(
                    role: .final, base: .image(final.base.value), name: nil,
                    sections: cuda(final, from: { _ in 0 }).flatMap { $0 } + application.final))
            return stages
        }
        // How many layers the toolchain shares with the image, for each platform.
        let shared = Dictionary(
            uniqueKeysWithValues: final.platforms.map { ($0.platform, sharedLayers(of: $0)) })
        let common = { (platform: Platform) in shared[platform] ?? 0 }
        stages += group(
            "cuda", role: .cuda, base: .image(final.base.value), final, from: { _ in 0 }, upTo: common)
        if let toolchain {
            stages += group(
                "toolchain", role: .toolchain, base: nil, toolchain, from: common, upTo: nil)
            if let base = reference(to: "toolchain") {
                stages.append(
                    Dockerfile.Stage(role: .build, base: base, name: .build, sections: application.build))
            }
        }
        let rest = cuda(final, from: common)
        var prefix = "cuda"
        if isMultiPlatform, rest.contains(where: { !$0.isEmpty }) {
            prefix = "image"
            stages += group("image", role: .cuda, base: nil, final, from: common, upTo: nil)
        }
        if let base = reference(to: prefix) {
            let own = isMultiPlatform ? [] : rest.flatMap { $0 }
            stages.append(
                Dockerfile.Stage(role: .final, base: base, name: nil, sections: own + application.final))
        }
        return stages
    }

    private func sharedLayers(of platform: PlatformInstallation) -> Int {
        guard let other = toolchain?.platforms.first(where: { $0.platform == platform.platform }) else {
            return platform.layers.count
        }
        return zip(platform.layers, other.layers).prefix { $0 == $1 }.count
    }

    /// The sections of each platform from a layer on.
    private func cuda(
        _ installation: PackageInstallation, from start: (Platform) -> Int
    ) -> [[Dockerfile.Section]] {
        installation.platforms.map { platform in
            let sections = CUDASections(installation: installation, platform: platform, gpu: plan.gpu)
            return sections.sections(layers: start(platform.platform)..<platform.layers.count)
        }
    }

    /// One stage, or one for each architecture.
    private func group(
        _ name: String, role: Dockerfile.Stage.Role, base: StageBase?, _ installation: PackageInstallation,
        from start: (Platform) -> Int, upTo end: ((Platform) -> Int)?
    ) -> [Dockerfile.Stage] {
        installation.platforms.compactMap { platform in
            let sections = CUDASections(installation: installation, platform: platform, gpu: plan.gpu)
            let suffix = isMultiPlatform ? "-\(platform.platform.architecture)" : ""
            guard let own = StageName(name + suffix),
                let base = base ?? StageName("cuda" + suffix).map({ .stage($0) })
            else { return nil }
            let range = start(platform.platform)..<(end?(platform.platform) ?? platform.layers.count)
            return Dockerfile.Stage(role: role, base: base, name: own, sections: sections.sections(layers: range))
        }
    }

    private func reference(to name: String) -> StageBase? {
        StageName(name).map { isMultiPlatform ? .stagePerArchitecture(prefix: $0) : .stage($0) }
    }
}
