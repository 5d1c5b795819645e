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

    /// Refuses a choice that is not the tag which the recipe names as a whole.
    ///
    /// - Returns: whether it was refused.
    mutating func reportOtherTag(_ chosen: CUDAImageTag, source: ImageSource) -> Bool {
        let image = recipe.image
        guard let named = image.tag,
            [image.cuda?.span, image.flavor?.span, image.os?.span, image.cudnn?.span].allSatisfy({ $0 == named.span })
        else { return false }
        // Of packages the tag is the pins' origin, whose operating system need not be the image's.
        let tag = named.value
        let isSame =
            (tag.cuda, tag.variant, tag.isReleaseCandidate)
            == (chosen.cuda, chosen.variant, chosen.isReleaseCandidate)
        if isSame, source == .packages || tag.os == chosen.os { return false }
        diagnostics.error(
            .noSuchTag,
            tag.isReleaseCandidate
                ? "nvidia/cuda:\(tag) is a release candidate, which no recipe can name"
                : "there is no tag nvidia/cuda:\(tag) in the catalogue",
            at: named.span, help: "its release, flavor and operating system name nvidia/cuda:\(chosen)")
        return true
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
        var query = TagQuery()
        query.cuda = asked.value
        diagnostics.error(
            .noSuchRelease,
            catalog.tags(matching: query).isEmpty
                ? "there is no CUDA \(asked.value) in the catalogue"
                : "of CUDA \(asked.value) the catalogue knows old tags by name only", at: asked.span,
            help: "the nearest releases are " + catalog.nearestReleases(to: asked.value).text
                + "; 'cudagen tags --format plain' lists everything")
    }

    /// The release exists, but not with everything else that was asked for: says which wish it is that fails.
    mutating func reportMissingTag(
        releases: [CUDAVersion], systems: CandidateSystems, flavor: Flavor, cudnn: CuDNNRequest, source: ImageSource,
        platforms: [Platform]
    ) {
        if reportMissingSystem(releases: releases, systems: systems, source: source) { return }
        let existing = pairs(of: releases).filter { systems.pins?.contains($0.1) ?? true }
        guard let (cuda, os) = existing.first else { return }
        let place = systems.image.map { " for \($0.value)" } ?? ""
        let wanted = CUDAImageTag(cuda: cuda, flavor: flavor, os: os, cudnn: Self.variant(of: cudnn))
        func exists(with cudnn: CuDNNRequest) -> Bool {
            existing.contains { tag(cuda: $0.0, flavor: flavor, os: $0.1, cudnn: cudnn, platforms: []) != nil }
        }

        if let facts = tagWithout(platforms, among: existing, flavor: flavor, cudnn: cudnn),
            let missing = platforms.first(where: { !facts.platforms.contains($0) })
        {
            diagnostics.error(
                .platformMissing, "nvidia/cuda:\(facts.tag) does not exist for \(missing)",
                at: recipe.image.platforms.first?.span ?? recipe.image.cuda?.span,
                help: "it exists for " + facts.platforms.map(\.description).joined(separator: ", ")
                    + nearest(to: facts.tag, with: platforms, source: source))
        } else if cudnn != .without, exists(with: .without) {
            let name = Self.name(of: cudnn)
            let majors = cudnnMajors(of: existing, flavor: flavor).map { "cuDNN \($0)" }
            diagnostics.error(
                .noSuchTag, "\(release) has no \(flavor) image with \(name)\(place)",
                at: recipe.image.cudnn?.span ?? recipe.image.cuda?.span,
                notes: majors.isEmpty ? [] : ["it has " + majors.joined(separator: ", ")],
                help: nearest(to: wanted, and: name) { facts in
                    var query = TagQuery()
                    query.cudnn = cudnn
                    return query.matches(facts) && facts.tag.flavor == flavor
                })
        } else if source == .packages, exists(with: cudnn) {
            diagnostics.error(
                .noPackagePins, "the catalogue knows \(release) by name only, not what it installs",
                at: recipe.image.cuda?.span, help: "use source 'image', or another release")
        } else {
            diagnostics.error(
                .noSuchTag, "\(release) has no \(flavor) image\(place)",
                at: recipe.image.flavor?.span ?? recipe.image.cuda?.span,
                help: nearest(to: wanted, and: "flavor \(flavor)") { $0.tag.flavor == flavor })
        }
    }

    /// Whether no matching release exists for the operating system; reports it if so.
    mutating func reportMissingSystem(
        releases: [CUDAVersion], systems: CandidateSystems, source: ImageSource
    ) -> Bool {
        guard let os = systems.image?.value, let cuda = releases.first else { return false }
        let pins = systems.pins ?? [os]
        let existing = pairs(of: releases)
        guard !existing.contains(where: { pins.contains($0.1) }) else { return false }
        let others = Set(existing.map(\.1)).sorted().map(\.description)
        let here = catalog.releases.map(\.cuda).filter { release in
            catalog.operatingSystems(for: release).contains(where: pins.contains)
        }
        var notes = ["\(release) exists for " + others.joined(separator: ", ")]
        if let first = here.first, let last = here.last {
            let shown = here.count > 8 ? "\(here.count) from \(first) to \(last)" : here.text
            notes.append("releases for \(os): \(shown)")
        }
        if let derivation = systems.origin?.derivation, pins != [os] { notes.append(derivation) }
        var help: String?
        let origins = PinOrigin(for: os)?.candidates.filter { others.contains($0.description) } ?? []
        if source == .image, here.isEmpty, !origins.isEmpty {
            help = "NVIDIA publishes packages for \(os), but no images: use source 'packages'"
            let sisters = origins.filter { $0.family == .redHat }.map(\.description)
            if !sisters.isEmpty { help? += ", or the images for " + sisters.joined(separator: ", ") }
        } else if here.isEmpty, let meant = OperatingSystem.meant(by: os.description) {
            help = "did you mean '\(meant)'?"
        } else {
            let flavor = recipe.image.flavor?.value ?? .runtime
            let variant = Self.variant(of: recipe.image.cudnn?.value ?? .without)
            let wanted = CUDAImageTag(cuda: cuda, flavor: flavor, os: pins.first ?? os, cudnn: variant)
            help = nearest(to: wanted, and: "CUDA \(cuda.majorMinor)") { facts in
                facts.tag.cuda.majorMinor == cuda.majorMinor && facts.tag.variant == wanted.variant
                    && (source == .image || facts.hasPins)
            }
        }
        diagnostics.error(
            .noSuchTag,
            source == .image && here.isEmpty
                ? "no CUDA image exists for \(os)" : "\(release) does not exist for \(os)",
            at: recipe.image.os?.span ?? recipe.image.base?.span ?? recipe.image.cuda?.span, notes: notes, help: help)
        return true
    }

    /// The user's release, as messages call it.
    private var release: String { recipe.image.cuda.map { "CUDA \($0.value)" } ?? "CUDA" }
}
