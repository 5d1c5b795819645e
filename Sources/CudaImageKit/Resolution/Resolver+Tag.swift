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
    ///
    /// - Parameters:
    ///   - source: where CUDA comes from, or `nil` if that can't be told.
    ///   - system: the image's operating system, if it is settled.
    mutating func chooseTag(
        source: ImageSource?, system: Decision<OperatingSystem>?, base: BaseImage?, platforms: [Platform]
    ) -> TagChoice? {
        if let facts = exactTag, let source {
            return TagChoice(
                tag: Decision(facts.tag, because: .derived("named as a whole")), facts: facts,
                os: Decision(facts.tag.os, because: .derived("the tag's")),
                origin: source == .packages ? PinOrigin(for: facts.tag.os) : nil)
        }
        // Each wish is looked at for itself first, so that one run reports all that can't be met.
        let systems = source.flatMap { candidateSystems(source: $0, image: system, base: base) }
        let flavor = recipe.image.flavor?.value ?? .runtime
        let canHaveCuDNN = checkFlavor(flavor)
        let releases = matchingReleases()
        guard let source, let systems, !releases.isEmpty, canHaveCuDNN else { return nil }
        guard isRead("image") else {
            if isRead("image.cuda") {
                _ = reportMissingSystem(releases: releases, systems: systems, source: source)
            }
            return nil
        }
        let cudnn = recipe.image.cudnn?.value ?? .without
        // An official image is completed to a tag that NVIDIA lists, if there is one: of others only the packages are known.
        let passes = source == .image ? [false, true] : [true]
        for (takesImported, cuda) in passes.flatMap({ pass in releases.map { (pass, $0) } }) {
            for os in systems.pins ?? officialSystems(for: cuda) {
                guard
                    let facts = tag(cuda: cuda, flavor: flavor, os: os, cudnn: cudnn, platforms: platforms),
                    source == .image || isInstallable(facts, on: platforms),
                    takesImported || facts.status != .imported
                else { continue }
                if reportOtherTag(facts.tag, source: source) { return nil }
                reportChoice(facts, source: source, exact: releases.count == 1)
                return TagChoice(
                    tag: Decision(facts.tag, because: reason(for: cuda, pinsOf: os, in: systems)), facts: facts,
                    os: systems.image ?? Decision(os, because: .default("the newest Ubuntu that has the release")),
                    origin: systems.origin)
            }
        }
        reportMissingTag(
            releases: releases, systems: systems, flavor: flavor, cudnn: cudnn, source: source, platforms: platforms)
        return nil
    }

    /// The flavor that the tag has, and who asked for it.
    func decideFlavor(of tag: CUDAImageTag) -> Decision<Flavor> {
        Decision(tag.flavor, because: reason(of: recipe.image.flavor?.span, else: "runtime"))
    }

    /// The cuDNN that the tag has, and who asked for it.
    func decideCuDNN(of tag: CUDAImageTag) -> Decision<CuDNNRequest> {
        let major = catalog.tag(tag)?.cudnnVersion.flatMap { VersionNumbers.parse($0)?.first }
        let cudnn: CuDNNRequest =
            switch tag.cudnn {
            case nil: .without
            case .tensorRT?: .tensorRT
            case .major(let major)?: .major(major)
            case .unversioned?: major.map(CuDNNRequest.major) ?? .any
            }
        return Decision(cudnn, because: reason(of: recipe.image.cudnn?.span, else: "none"))
    }

    /// Why a part of the tag is what it is: what `cuda: resolve` chose has that key's place.
    private func reason(of span: SourceSpan?, else fallback: String) -> Reason {
        guard let span else { return .default(fallback) }
        return span == recipe.image.resolve ? .derived("\(Reason(span)): resolve") : Reason(span)
    }

    /// cuDNN needs the libraries of flavor `runtime`.
    private mutating func checkFlavor(_ flavor: Flavor) -> Bool {
        guard isRead("image.flavor", "image.cudnn"), flavor == .base, let cudnn = recipe.image.cudnn,
            cudnn.value != .without
        else { return true }
        diagnostics.error(
            .noSuchTag, "there are no cuDNN images of flavor 'base'", at: cudnn.span,
            help: "use flavor 'runtime', which cuDNN needs anyway")
        return false
    }

    /// The releases that the user's one may be completed to, newest first.
    private mutating func matchingReleases() -> [CUDAVersion] {
        let asked = isRead("image.cuda") ? recipe.image.cuda?.value : nil
        let releases = catalog.releases.map(\.cuda).filter { asked?.matches($0) ?? true }
        if releases.isEmpty { reportUnknownRelease() }
        return releases.sorted(by: >)
    }

    /// What is known of the operating system before a tag is chosen.
    struct CandidateSystems {
        /// The image's operating system, if it is settled.
        var image: Decision<OperatingSystem>?
        /// The operating systems whose tags or pins may serve, best first; `nil`: any.
        var pins: [OperatingSystem]?
        var origin: PinOrigin?
    }

    /// The image's own operating system: as said, or told by the base.
    mutating func decideSystem(base: BaseImage?) -> Decision<OperatingSystem>? {
        guard isRead("image.os", "image.base") else { return nil }
        guard let os = recipe.image.os else {
            guard let os = base?.os, let evidence = base?.evidence else { return nil }
            return Decision(os, because: .derived("\(evidence) of the base"))
        }
        if let told = base?.os, let evidence = base?.evidence, told != os.value {
            let message = "os is '\(os.value)', but the base looks like \(told) (\(evidence))"
            if told.family == os.value.family {
                diagnostics.warning(.conflictingKeys, message, at: os.span)
            } else {
                diagnostics.error(
                    .conflictingKeys, message, at: os.span,
                    help: "their package managers differ; leave out one of them")
            }
        }
        return Decision(os.value, because: Reason(os.span))
    }

    mutating func candidateSystems(
        source: ImageSource, image: Decision<OperatingSystem>?, base: BaseImage?
    ) -> CandidateSystems? {
        guard isRead("image.os") else { return CandidateSystems() }
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
    func officialSystems(for cuda: CUDAVersion) -> [OperatingSystem] {
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
            case .without: [nil]
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

    /// Why this tag: the user's release, and the operating system if the pins are another one's.
    private func reason(for cuda: CUDAVersion, pinsOf os: OperatingSystem, in systems: CandidateSystems) -> Reason {
        let release: Reason
        if let asked = recipe.image.cuda {
            release =
                if let resolution {
                    .derived("\(Reason(asked.span)): resolve, \(resolution)")
                } else if asked.value == CUDAVersionPattern(cuda) {
                    Reason(asked.span)
                } else {
                    .derived(
                        "\(Reason(asked.span)): \(asked.value), completed to the newest release that has the rest")
                }
        } else {
            release = .default("the newest release that has the rest")
        }
        guard let image = systems.image?.value, image != os else { return release }
        return .derived("for \(image) the versions are those of \(os); the release: \(release)")
    }
}
