/// The digest of an image that a plan starts from.
public struct ImagePin: Hashable, Sendable {
    /// Without a digest.
    public var reference: ImageReference
    /// `nil` if the lock does not have it.
    public var digest: ImageDigest?
    /// The lock's path.
    public var lock: String
}

extension Dockerfile {
    /// Every image that the file names and does not build itself, once, in the order of the file.
    public var externalImages: [ImageReference] {
        var images: [ImageReference] = []
        for stage in stages {
            if case .image(let reference) = stage.base { images.append(reference) }
            for case .copy(let copy) in stage.sections.flatMap(\.instructions) {
                if case .image(let reference) = copy.from { images.append(reference) }
            }
        }
        return images.uniqued
    }

    /// The file with a digest behind every image that has a pin; the only place where an image of a Dockerfile gets one.
    func pinned(to pins: [ImagePin]) -> Dockerfile {
        if pins.isEmpty { return self }
        let digests = Dictionary(
            pins.compactMap { pin in pin.digest.map { (pin.reference, $0) } }, uniquingKeysWith: { first, _ in first })
        var file = self
        for index in file.stages.indices {
            if case .image(let reference) = file.stages[index].base {
                file.stages[index].base = .image(reference.pinned(to: digests[reference]))
            }
            file.stages[index].sections = file.stages[index].sections.map { section in
                var section = section
                section.instructions = section.instructions.map { instruction in
                    guard case .copy(var copy) = instruction, case .image(let reference) = copy.from else {
                        return instruction
                    }
                    copy.from = .image(reference.pinned(to: digests[reference]))
                    return .copy(copy)
                }
                return section
            }
        }
        return file
    }
}

extension ImagePlan {
    /// The images that a lock has to have: those that the Dockerfile names without a digest of their own.
    public var imagesToLock: [ImageReference] { Dockerfile(self).externalImages.filter { $0.digest == nil } }

    /// The plan with the lock's digests, and what the lock lacks.
    ///
    /// A reference with a digest of its own stays as it is.
    public func pinned(by active: ActiveLock) -> (plan: ImagePlan, diagnostics: Diagnostics) {
        var plan = self
        var diagnostics = Diagnostics()
        for reference in imagesToLock {
            plan.pins.append(ImagePin(reference: reference, digest: active.lock[reference]?.digest, lock: active.path))
            diagnostics.add(contentsOf: active.findings(for: reference, platforms: platforms.value))
        }
        return (plan, diagnostics)
    }
}

extension ImageReference {
    /// The reference with a digest behind its tag, unless it has one, or there is none.
    func pinned(to digest: ImageDigest?) -> ImageReference {
        guard self.digest == nil, let digest else { return self }
        var pinned = self
        pinned.digest = digest.description
        return pinned
    }
}

extension SmokeTestPlan {
    /// The image that the smoke test is compiled in, which a lock has to have; `nil` if it has a digest already.
    public var imageToLock: ImageReference? { builder.value.image.digest == nil ? builder.value.image : nil }

    /// The smoke test with the lock's digests, and what the lock lacks.
    public func pinned(by active: ActiveLock) -> (plan: SmokeTestPlan, diagnostics: Diagnostics) {
        var plan = self
        var diagnostics = Diagnostics()
        if let reference = imageToLock {
            // The test is built where it runs: any platform will do.
            diagnostics = active.findings(for: reference, platforms: [], addedBy: "cudagen lock --smoke")
            plan.builder.value.image = reference.pinned(to: active.lock[reference]?.digest)
        }
        return (plan, diagnostics)
    }
}
