extension Resolver {
    /// Warns of Python packages that load CUDA's libraries or cuDNN from an image that lacks them: they fall back to the CPU,
    /// mostly without a word.
    ///
    /// Of requirements files only those are looked at that decide something.
    mutating func checkImageLibraries(on ground: ApplicationGround) {
        guard isRead("image.flavor", "image.cudnn", "python", "system"), ground.cuda != nil, let flavor = ground.flavor,
            recipe.python?.decidedManager != .conda
        else { return }
        let hasCuDNN = recipe.image.cudnn.map { $0.value != .without } ?? false
        guard flavor == .base || !hasCuDNN, !bringsOwnLibraries else { return }
        for requirement in requirementsToCheck {
            guard let build = buildOfImage(requirement.value) else { continue }
            let name = requirement.value.text.quotedExcerpt
            let cudnn = build.cudnn.flatMap { VersionNumbers.parse($0)?.first }
            let keys = cudnn.map { ", cudnn: \($0)" } ?? ""
            let wheels = build.wheelsRequirement.map { "; or ask for '\(requirement.value.completed(with: $0))'" } ?? ""
            if flavor == .base {
                diagnostics.warning(
                    .imageLacksLibraries, "\(name) takes CUDA's libraries from the image, and flavor base has none",
                    at: requirement.span, notes: [build.needOfImage],
                    help: "write image: {flavor: runtime\(keys)}\(wheels)")
            } else if let cudnn {
                diagnostics.warning(
                    .imageLacksLibraries, "\(name) takes cuDNN from the image, which has none", at: requirement.span,
                    notes: [build.needOfImage], help: "write image: {cudnn: \(cudnn)}\(wheels)")
            }
        }
    }

    /// Reports names that a framework's wheels no longer have.
    mutating func checkFormerNames() {
        guard isRead("python"), recipe.image.source?.value != .wheels, recipe.python?.decidedManager != .conda else {
            return
        }
        for requirement in requirementsToCheck {
            guard let current = catalog.currentRequirement(for: requirement.value) else { continue }
            let message = "\(requirement.value.name.quotedExcerpt) is TensorFlow's name up to 1.15 alone"
            let help = "write '\(current)'"
            if requirement.value.isExact {
                diagnostics.warning(.formerPackageName, message, at: requirement.span, help: help)
            } else {
                diagnostics.error(.formerPackageName, message, at: requirement.span, help: help)
            }
        }
    }

    /// What the recipe lists, and what was read of its files.
    private var requirementsToCheck: [Located<PythonRequirement>] {
        if recipe.image.resolve != nil { return recipe.frameworkPins.requirements }
        return (recipe.python?.packages ?? []).compactMap { package in
            guard PythonPackageEntry(package.value).source == .index,
                let requirement = PythonRequirement(package.value),
                requirement.marker == nil
            else { return nil }
            return Located(requirement, at: package.span)
        }
    }

    /// Whether other packages bring CUDA's libraries or cuDNN, whichever they are.
    private var bringsOwnLibraries: Bool {
        recipe.systemPackages.contains { package in
            Self.isInRepositoryOfNVIDIA(String(package.value.text.prefix { $0 != "=" && $0 != ":" }))
        }
            || requirementsToCheck.contains { requirement in
                let name = PythonRequirement.normalized(requirement.value.name)
                return name.hasPrefix("nvidia-") && requirement.value.cuda != nil
            }
    }

    /// The build that pip takes, if it loads the image's libraries: the newest of those that the requirement names.
    private func buildOfImage(_ requirement: PythonRequirement) -> FrameworkRelease? {
        guard let framework = Framework(package: requirement.name), requirement.url == nil else { return nil }
        let builds = catalog.releases(of: framework).filter {
            $0.cuda != nil && $0.isAllowed(by: requirement.specifiers) && requirement.names($0.requirement)
        }
        guard let newest = builds.last?.version else { return nil }
        let taken = builds.filter { $0.version == newest }
        guard taken.allSatisfy({ $0.libraries == .image }), let build = taken.last else { return nil }
        let bringsWheels = build.wheelsRequirement.map { $0 != build.requirement && requirement.names($0) } ?? false
        return bringsWheels ? nil : build
    }
}

extension PythonRequirement {
    /// Whether the requirement has the extras of another one, which tell builds apart.
    fileprivate func names(_ other: String) -> Bool {
        guard let other = PythonRequirement(other) else { return false }
        return Set(other.extras.map(Self.normalized)).isSubset(of: extras.map(Self.normalized))
    }

    /// Whether it allows one version alone.
    var isExact: Bool {
        specifiers.clauses.contains { [.equal, .identical].contains($0.operator) && !$0.isPrefix }
    }
}

extension Catalog {
    /// The requirement that gets a framework's newest release, if its package has another name since.
    ///
    /// - Returns: `nil` if the name is right.
    func currentRequirement(for requirement: PythonRequirement) -> String? {
        guard requirement.url == nil, let framework = Framework(package: requirement.name),
            PythonRequirement.normalized(requirement.name) != framework.rawValue
        else { return nil }
        let newest = releases(of: framework).last { $0.cuda != nil && $0.isAllowed(by: requirement.specifiers) }
        // Of a version that the facts do not have, its neighbour's name is the right one.
        let named = requirement.specifiers.clauses.first.map { neighbours(of: $0.version, in: framework) }?.first
        let release = newest ?? named.flatMap { version in releases(of: framework).last { $0.version == version } }
        guard let release, let known = PythonRequirement(release.requirement),
            PythonRequirement.normalized(known.name) == framework.rawValue
        else { return nil }
        var current = requirement
        current.name = known.name
        return current.text
    }
}
