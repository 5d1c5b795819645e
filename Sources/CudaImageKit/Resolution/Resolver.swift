extension Catalog {
    /// Decides everything an image needs: the only place where a recipe's gaps are filled.
    ///
    /// - Parameters:
    ///   - recipe: what the user wants; options of the command line are already in it, with their own places.
    ///   - tag: the official tag to take, whatever the recipe says of release, flavor and operating system.
    /// - Returns: the plan, or `nil` if the findings have an error. Warnings come with a plan, too.
    public func plan(
        _ recipe: Recipe, tag: TagFacts? = nil
    ) -> (plan: ImagePlan?, diagnostics: Diagnostics) {
        var resolver = Resolver(catalog: self, recipe: recipe, exactTag: tag)
        let plan = resolver.plan()
        return (resolver.diagnostics.hasErrors ? nil : plan, resolver.diagnostics)
    }
}

/// One resolution: the steps in order; each step is an extension in a file of its own.
struct Resolver {
    let catalog: Catalog
    var recipe: Recipe
    let exactTag: TagFacts?
    /// Why the release is what it is, where it follows from the frameworks.
    var resolution: String?
    var diagnostics = Diagnostics()

    mutating func plan() -> ImagePlan? {
        guard resolveRelease() else {
            checkPackages()
            return nil
        }
        let base = recipe.image.base.map { $0.map(BaseImage.init) }
        let isUsable = base.map { checkBase($0) } ?? true
        let source = decideSource(base: isUsable ? base : nil)
        if diagnostics.hasErrors {
            // What contradicts itself can't be completed.
            checkApplication()
            return nil
        }
        let platforms = decidePlatforms()
        guard let foundation = foundation(source: source, base: base, platforms: platforms) else {
            // The application's own mistakes are reported in the same run.
            checkApplication()
            return nil
        }
        var plan = ImagePlan(
            name: recipe.name?.value, recipeFile: recipe.fileName, program: recipe.program,
            tag: foundation.tag, release: foundation.release, source: source, platforms: platforms,
            os: foundation.os, packageManager: foundation.packageManager, cuda: foundation.cuda,
            contents: foundation.contents, toolchain: foundation.toolchain,
            gpu: ImagePlan.GPUPlan(
                devices: recipe.gpu.devices?.value, capabilities: recipe.gpu.capabilities.map(\.value),
                architectures: decideArchitectures(for: foundation.release?.value)),
            application: ApplicationPlan())
        plan.application = resolveApplication(on: foundation, platforms: platforms.value)
        checkApplication()
        checkEnvironment()
        checkGPU()
        checkOwners(user: plan.application.user)
        if let tag = foundation.tag {
            checkCUDATwice(in: tag.value)
            checkUpgrades(with: plan.packageManager)
        }
        checkPrograms(of: plan.application, on: foundation.os.value, base: foundation.base)
        checkRepositories(of: plan.application, on: foundation.os.value, base: foundation.base)
        return plan
    }

    private mutating func foundation(
        source: Decision<ImageSource>, base: Located<BaseImage>?, platforms: Decision<[Platform]>
    ) -> Foundation? {
        if source.value == .wheels { return wheels(on: base, platforms: platforms.value) }
        guard let choice = chooseTag(source: source.value, base: base?.value, platforms: platforms.value),
            let cuda = install(
                choice, variant: choice.tag.value.variant, source: source, base: base, platforms: platforms)
        else { return nil }
        let tag = choice.tag
        return Foundation(
            tag: tag, release: Decision(tag.value.cuda, because: tag.because), os: choice.os,
            packageManager: packageManager(of: cuda, choice: choice), cuda: cuda,
            contents: contents(of: tag.value, in: cuda, platforms: platforms.value),
            toolchain: recipe.build == nil
                ? nil : toolchain(for: choice, source: source, base: base, platforms: platforms, final: cuda),
            base: base?.value)
    }

    /// What the recipe says of the application and what no decision changes.
    private mutating func checkApplication() {
        checkPackages()
        checkRequirements()
        checkCredentials()
        checkSecrets()
    }

    private mutating func decideSource(base: Located<BaseImage>?) -> Decision<ImageSource> {
        if let source = recipe.image.source {
            if source.value == .image, let base {
                let reference = base.value.reference
                diagnostics.error(
                    .conflictingKeys, "source 'image' starts from nvidia/cuda; it can't have the base '\(reference)'",
                    at: base.span, help: "leave out the base, or use source 'packages' or 'wheels'")
            }
            return Decision(source.value, because: Reason(source.span))
        }
        if base != nil { return Decision(.packages, because: .derived("a base image of one's own needs packages")) }
        return Decision(.image, because: .default("the official image"))
    }

    private func decidePlatforms() -> Decision<[Platform]> {
        guard let first = recipe.image.platforms.first else {
            if let exactTag, !exactTag.platforms.isEmpty {
                return Decision(exactTag.platforms, because: .derived("all that the tag exists for"))
            }
            return Decision([.linuxAMD64], because: .default("linux/amd64, on every machine"))
        }
        let platforms = Set(recipe.image.platforms.map(\.value)).sorted()
        return Decision(platforms, because: Reason(first.span))
    }

    private func contents(
        of tag: CUDAImageTag, in cuda: CUDAInstallation, platforms: [Platform]
    ) -> [ImageContents] {
        switch cuda {
        case .packages(let installation):
            installation.platforms.map { ImageContents(facts: $0.facts, layers: $0.layers) }
        case .wheels: []
        case .image:
            platforms.compactMap { platform in
                guard let facts = catalog.image(tag.cuda, tag.os, platform),
                    let layers = catalog.layers(of: tag.variant, in: facts)
                else { return nil }
                return ImageContents(facts: facts, layers: layers)
            }
        }
    }

    /// The package manager of the final image.
    private func packageManager(of cuda: CUDAInstallation, choice: TagChoice) -> PackageManager {
        switch cuda {
        case .packages(let installation): installation.packageManager
        case .image, .wheels:
            catalog.images(cuda: choice.tag.value.cuda, os: choice.tag.value.os).first?.packageManager
                ?? BaseImage(ImageReference(choice.tag.value)).packageManager(on: choice.os.value)
        }
    }
}
