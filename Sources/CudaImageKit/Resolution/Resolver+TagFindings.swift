extension Resolver {
    /// Says what the choice means: completed versions, ends of life, doubtful facts.
    mutating func reportChoice(_ facts: TagFacts, source: ImageSource, exact: Bool) {
        let tag = facts.tag
        if let asked = recipe.image.cuda, asked.value != CUDAVersionPattern(tag.cuda) {
            diagnostics.note(.versionCompleted, "CUDA \(asked.value) is completed to \(tag.cuda)", at: asked.span)
        }
        if source == .image { reportStatus(of: facts) }
        if tag.cudnn != nil, facts.hasPins, facts.cudnnVersion == nil, tag.cudnn != .tensorRT {
            diagnostics.warning(
                .factDoubtful, "\(tag) installs no cuDNN package at all, whatever its name says",
                at: recipe.image.cudnn?.span, help: "use another operating system for this release, or a newer release")
        }
    }

    private mutating func reportStatus(of facts: TagFacts) {
        let replacement = catalog.liveReplacement(for: facts.tag)
        let help = replacement.map { "use \($0.cuda) (nvidia/cuda:\($0)), which NVIDIA supports" }
        let span = recipe.image.cuda?.span ?? recipe.image.os?.span
        switch facts.status {
        case .supported: break
        case .unsupported:
            diagnostics.warning(
                .endOfLife, "nvidia/cuda:\(facts.tag) is past its end of life and may vanish from the registry",
                at: span,
                help: help)
        case .unlisted:
            diagnostics.warning(
                .unlistedTag, "nvidia/cuda:\(facts.tag) is on none of NVIDIA's current lists; it is reported gone",
                at: span, notes: ["source 'packages' can still build the same image from NVIDIA's repository"],
                help: help)
        case .imported:
            diagnostics.warning(
                .importedTag,
                "nvidia/cuda:\(facts.tag) is known from NVIDIA's package index alone; the registry may have no such tag",
                at: span, help: "source 'packages' needs no tag" + (replacement.map { "; \($0) is supported" } ?? ""))
        }
    }

    /// Says that pins come from a package index.
    mutating func reportDerivation(of facts: ImageFacts) {
        guard let derivation = facts.derivation else { return }
        diagnostics.note(
            .derivedPins, "versions are derived: \(derivation.description(for: facts.cuda))",
            at: recipe.image.cuda?.span,
            notes: derivation.leftOut.isEmpty
                ? [] : ["not in that index, and left out: " + derivation.leftOut.joined(separator: ", ")])
    }

    /// No release has such a number, or the catalogue knows it by its tags alone.
    mutating func reportUnknownRelease() {
        guard let asked = recipe.image.cuda else { return }
        let releases = catalog.releases.map(\.cuda).sorted()
        let wanted = asked.value.components
        let sameMinor = releases.filter { $0.major == wanted[0] && wanted.count > 1 && $0.minor == wanted[1] }
        let sameMajor = releases.filter { $0.major == wanted[0] }
        let near = !sameMinor.isEmpty ? sameMinor : !sameMajor.isEmpty ? sameMajor : releases
        var query = TagQuery()
        query.cuda = asked.value
        let isKnownByName = !catalog.tags(matching: query).isEmpty
        diagnostics.error(
            .noSuchRelease,
            isKnownByName
                ? "of CUDA \(asked.value) the catalogue knows old tags by name only"
                : "there is no CUDA \(asked.value) in the catalogue", at: asked.span,
            help: "releases that exist: " + near.map(\.description).joined(separator: ", "))
    }

    /// The release exists, but not with everything else that was asked for: says which wish it is that fails.
    mutating func reportMissingTag(
        releases: [CUDAVersion], systems: CandidateSystems, flavor: Flavor, cudnn: CuDNNRequest, source: ImageSource,
        platforms: [Platform]
    ) {
        guard let cuda = releases.first else { return }
        let what = recipe.image.cuda.map { "CUDA \($0.value)" } ?? "CUDA"
        let pins = systems.pins ?? []
        let existing = releases.flatMap { release in catalog.operatingSystems(for: release).map { (release, $0) } }

        if let os = systems.image, !existing.contains(where: { pins.contains($0.1) }) {
            let others = Set(existing.map(\.1)).sorted().map(\.description)
            let newestHere = catalog.releases.map(\.cuda).sorted(by: >).filter { release in
                catalog.operatingSystems(for: release).contains(where: pins.contains)
            }
            var notes = ["\(what) exists for " + others.joined(separator: ", ")]
            if !newestHere.isEmpty {
                notes.append(
                    "releases for \(os.value): " + newestHere.reversed().map(\.description).joined(separator: ", "))
            }
            if let derivation = systems.origin?.derivation, pins != [os.value] { notes.append(derivation) }
            let hasPackages = source == .image && newestHere.isEmpty && PinOrigin(for: os.value) != nil
            diagnostics.error(
                .noSuchTag, "\(what) does not exist for \(os.value)",
                at: recipe.image.os?.span ?? recipe.image.base?.span ?? recipe.image.cuda?.span, notes: notes,
                help: hasPackages
                    ? "NVIDIA publishes packages for \(os.value), but no images: use source 'packages'"
                    : nearest(cuda: cuda, flavor: flavor, os: pins.first ?? os.value, cudnn: cudnn))
            return
        }
        let here = existing.filter { systems.pins == nil || pins.contains($0.1) }
        if let missing = missingPlatform(
            among: here, flavor: flavor, cudnn: cudnn, platforms: platforms, source: source)
        {
            diagnostics.error(
                .platformMissing, missing.message, at: recipe.image.platforms.first?.span ?? recipe.image.cuda?.span,
                help: missing.help)
            return
        }
        if cudnn != .none,
            here.contains(where: { tag(cuda: $0.0, flavor: flavor, os: $0.1, cudnn: .none, platforms: []) != nil })
        {
            let variants = Set(
                here.flatMap { pair in
                    (2...9).map { CuDNNVariant.major($0) }.filter {
                        catalog.tag(CUDAImageTag(cuda: pair.0, flavor: flavor, os: pair.1, cudnn: $0)) != nil
                    }
                })
            let names = variants.sorted().map(\.description).joined(separator: ", ")
            let request: String =
                switch cudnn {
                case .major(let major): "cuDNN \(major)"
                case .tensorRT: "TensorRT"
                case .any, .none: "cuDNN"
                }
            diagnostics.error(
                .noSuchTag,
                "\(what) has no \(flavor) image with \(request)" + (systems.image.map { " for \($0.value)" } ?? ""),
                at: recipe.image.cudnn?.span ?? recipe.image.cuda?.span,
                notes: names.isEmpty ? [] : ["it has \(names)"],
                help: nearest(cuda: cuda, flavor: flavor, os: here.first?.1, cudnn: cudnn))
            return
        }
        if source == .packages,
            here.contains(where: { tag(cuda: $0.0, flavor: flavor, os: $0.1, cudnn: cudnn, platforms: []) != nil })
        {
            diagnostics.error(
                .noPackagePins, "the catalogue knows \(what) by name only, not what it installs",
                at: recipe.image.cuda?.span, help: "use source 'image', or another release")
            return
        }
        diagnostics.error(
            .noSuchTag, "\(what) has no \(flavor) image" + (systems.image.map { " for \($0.value)" } ?? ""),
            at: recipe.image.flavor?.span ?? recipe.image.cuda?.span,
            help: nearest(cuda: cuda, flavor: flavor, os: here.first?.1, cudnn: cudnn))
    }

    private func missingPlatform(
        among pairs: [(CUDAVersion, OperatingSystem)], flavor: Flavor, cudnn: CuDNNRequest, platforms: [Platform],
        source: ImageSource
    ) -> (message: String, help: String)? {
        for (cuda, os) in pairs {
            guard let facts = tag(cuda: cuda, flavor: flavor, os: os, cudnn: cudnn, platforms: []),
                !facts.platforms.isEmpty
            else { continue }
            let missing = platforms.filter { !facts.platforms.contains($0) }
            guard let first = missing.first else { continue }
            let newer = catalog.releases.map(\.cuda).sorted().first {
                $0 > cuda
                    && tag(cuda: $0, flavor: flavor, os: os, cudnn: cudnn, platforms: platforms)?.platforms.contains(
                        first)
                        == true
            }
            return (
                "nvidia/cuda:\(facts.tag) does not exist for \(first)",
                "it exists for " + facts.platforms.map(\.description).joined(separator: ", ")
                    + (newer.map { "; for \(first) the nearest newer release is \($0)" } ?? "")
            )
        }
        return nil
    }

    private func nearest(cuda: CUDAVersion, flavor: Flavor, os: OperatingSystem?, cudnn: CuDNNRequest) -> String? {
        guard let os = os ?? catalog.operatingSystems(for: cuda).first else { return nil }
        let variant: CuDNNVariant? =
            switch cudnn {
            case .none: nil
            case .any: .unversioned
            case .major(let major): .major(major)
            case .tensorRT: .tensorRT
            }
        let tags = catalog.nearestTags(
            to: CUDAImageTag(cuda: cuda, flavor: flavor, os: os, cudnn: variant), limit: 3)
        return tags.isEmpty ? nil : "nearest that exist: " + tags.map(\.description).joined(separator: ", ")
    }
}
