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
        var seen: Set<ImageReference> = []
        return images.filter { seen.insert($0).inserted }
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
        plan.cuda.pin(by: active.lock)
        plan.toolchain?.pin(by: active.lock)
        return (plan, diagnostics)
    }
}

extension CUDAInstallation {
    fileprivate mutating func pin(by lock: Lockfile) {
        switch self {
        case .image(let reference): self = .image(reference.pinned(by: lock))
        case .packages(var installation):
            installation.base.value = installation.base.value.pinned(by: lock)
            self = .packages(installation)
        case .wheels(var installation):
            installation.base.value = installation.base.value.pinned(by: lock)
            self = .wheels(installation)
        }
    }
}

extension ImageReference {
    /// The reference with the lock's digest behind its tag, unless it has a digest.
    func pinned(by lock: Lockfile) -> ImageReference {
        guard digest == nil, let entry = lock[self] else { return self }
        var pinned = self
        pinned.digest = entry.digest.description
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
            diagnostics = active.findings(for: reference, platforms: [])
            plan.builder.value.image = reference.pinned(by: active.lock)
        }
        return (plan, Diagnostics(diagnostics.all.map { finding in
            var finding = finding
            if finding.help != nil { finding.help = "'cudagen lock --smoke' with the same recipe and options adds it" }
            return finding
        }))
    }
}
