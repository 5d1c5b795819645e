/// The official tag whose contents the image gets.
struct TagChoice {
    var tag: Decision<CUDAImageTag>
    var facts: TagFacts
    /// The operating system of the image: the tag's, or that of the user's base.
    var os: Decision<OperatingSystem>
    /// Where pins, repository and key come from (packages only).
    var origin: PinOrigin?
}

extension Resolver {
    /// Completes what the user left open to the newest official tag that has the rest.
    mutating func chooseTag(source: ImageSource, base: BaseImage?, platforms: [Platform]) -> TagChoice? {
        if let facts = exactTag {
            return TagChoice(
                tag: Decision(facts.tag, because: .derived("named as a whole")), facts: facts,
                os: Decision(facts.tag.os, because: .derived("the tag's")),
                origin: source == .packages ? PinOrigin(for: facts.tag.os) : nil)
        }
        guard let systems = candidateSystems(source: source, base: base) else { return nil }
        let flavor = Decision(recipe.image.flavor, else: Decision(.runtime, because: .default("runtime")))
        let cudnn = recipe.image.cudnn?.value ?? .none
        if flavor.value == .base, cudnn != .none {
            diagnostics.error(
                .noSuchTag, "there are no cuDNN images of flavor 'base'",
                at: recipe.image.cudnn?.span ?? recipe.image.flavor?.span,
                help: "use flavor 'runtime', which cuDNN needs anyway")
            return nil
        }
        let releases = catalog.releases.map(\.cuda).filter { recipe.image.cuda?.value.matches($0) ?? true }
            .sorted(by: >)
        guard !releases.isEmpty else {
            reportUnknownRelease()
            return nil
        }
        // An official image is completed to a tag that NVIDIA lists, if there is one: of others only the packages are known.
        let passes = source == .image ? [false, true] : [true]
        for (takesImported, cuda) in passes.flatMap({ pass in releases.map { (pass, $0) } }) {
            for os in systems.pins ?? officialSystems(for: cuda) {
                guard
                    let facts = tag(cuda: cuda, flavor: flavor.value, os: os, cudnn: cudnn, platforms: platforms),
                    source == .image || isInstallable(facts, on: platforms),
                    takesImported || facts.status != .imported
                else { continue }
                reportChoice(facts, source: source, exact: releases.count == 1)
                return TagChoice(
                    tag: Decision(facts.tag, because: reason(for: cuda)), facts: facts,
                    os: systems.image ?? Decision(os, because: .default("the newest Ubuntu that has the release")),
                    origin: systems.origin)
            }
        }
        reportMissingTag(
            releases: releases, systems: systems, flavor: flavor.value, cudnn: cudnn, source: source,
            platforms: platforms)
        return nil
    }

    /// What is known of the operating system before a tag is chosen.
    struct CandidateSystems {
        /// The image's operating system, if it is settled.
        var image: Decision<OperatingSystem>?
        /// The operating systems whose tags or pins may serve, best first; `nil`: any.
        var pins: [OperatingSystem]?
        var origin: PinOrigin?
    }

    mutating func candidateSystems(source: ImageSource, base: BaseImage?) -> CandidateSystems? {
        var image: Decision<OperatingSystem>?
        if let os = recipe.image.os {
            image = Decision(os.value, because: Reason(os.span))
            if let told = base?.os, let evidence = base?.evidence, told != os.value {
                let message = "os is '\(os.value)', but the base looks like \(told) (\(evidence))"
                if told.family == os.value.family {
                    diagnostics.warning(.conflictingKeys, message, at: os.span)
                } else {
                    diagnostics.error(
                        .conflictingKeys, message, at: os.span,
                        help: "their package managers differ; leave out one of them")
                    return nil
                }
            }
        } else if let os = base?.os, let evidence = base?.evidence {
            image = Decision(os, because: .derived("\(evidence) of the base"))
        }
        guard source != .image else { return CandidateSystems(image: image, pins: image.map { [$0.value] }) }
        guard let image else {
            guard let base else { return CandidateSystems() }
            diagnostics.error(
                .unknownBase, "the operating system of '\(base.reference)' can't be told from its name",
                at: recipe.image.base?.span, help: "add the os, for example --os debian12 or --os ubuntu22.04")
            return nil
        }
        guard source == .packages else { return CandidateSystems(image: image) }
        guard let origin = PinOrigin(for: image.value) else {
            diagnostics.error(
                .repositoryRefused, "no package repository of NVIDIA's is known for \(image.value)",
                at: recipe.image.os?.span ?? recipe.image.base?.span,
                help: "packages are known for Ubuntu, Debian 10 to 13, Red Hat Enterprise Linux 7 to 10 and its "
                    + "rebuilds, Amazon Linux 2023, Azure Linux, CBL-Mariner and openSUSE Leap")
            return nil
        }
        return CandidateSystems(image: image, pins: origin.candidates, origin: origin)
    }

    /// Official systems of a release, Ubuntu's newest first: what a user who names none most likely wants.
    private func officialSystems(for cuda: CUDAVersion) -> [OperatingSystem] {
        let all = catalog.operatingSystems(for: cuda)
        return all.filter { $0.distribution == .ubuntu }.sorted(by: >)
            + all.filter { $0.distribution != .ubuntu }.sorted()
    }

    /// The tag that has everything asked for; with several cuDNN majors the newest.
    func tag(
        cuda: CUDAVersion, flavor: Flavor, os: OperatingSystem, cudnn: CuDNNRequest, platforms: [Platform]
    ) -> TagFacts? {
        let variants: [CuDNNVariant?] =
            switch cudnn {
            case .none: [nil]
            case .any: [.unversioned] + (2...9).reversed().map { .major($0) }
            case .major(let major): [.major(major), .unversioned]
            case .tensorRT: [.tensorRT]
            }
        for variant in variants {
            guard let facts = catalog.tag(CUDAImageTag(cuda: cuda, flavor: flavor, os: os, cudnn: variant)) else {
                continue
            }
            if case .major(let major) = cudnn, variant == .unversioned,
                facts.cudnnVersion.map({ !$0.hasPrefix("\(major).") }) ?? true
            {
                continue
            }
            // Where the lists do not say, every tag has linux/amd64.
            let known = facts.platforms.isEmpty ? [.linuxAMD64] : facts.platforms
            if platforms.allSatisfy(known.contains) { return facts }
        }
        return nil
    }

    func isInstallable(_ facts: TagFacts, on platforms: [Platform]) -> Bool {
        facts.hasPins
            && platforms.allSatisfy { platform in
                catalog.image(facts.tag.cuda, facts.tag.os, platform)?.variants.contains(facts.tag.variant) ?? false
            }
    }

    private func reason(for cuda: CUDAVersion) -> Reason {
        guard let asked = recipe.image.cuda else { return .default("the newest release that has the rest") }
        if let resolution { return .derived("\(Reason(asked.span)): resolve, \(resolution)") }
        if asked.value == CUDAVersionPattern(cuda) { return Reason(asked.span) }
        return .derived("\(Reason(asked.span)): \(asked.value), completed to the newest release that has the rest")
    }
}
