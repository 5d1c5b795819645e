extension Catalog {
    /// Decides everything an image needs: the only place where what a recipe leaves open is filled in.
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
        // Of a recipe with gaps only the findings are wanted.
        let isDecided = recipe.gaps.isEmpty && !resolver.diagnostics.hasErrors
        return (isDecided ? plan : nil, resolver.diagnostics)
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
        recipe.frameworkPins = recipe.frameworkPins.counting(
            python: recipe.python?.version?.value, platforms: recipe.image.platforms.map(\.value))
        guard resolveRelease() else {
            let ground = ApplicationGround(os: recipe.image.os?.value, base: nil, flavor: wantedFlavor)
            _ = resolveApplication(on: ground, platforms: [])
            return nil
        }
        let base = recipe.image.base.map { $0.map(BaseImage.init) }
        let isUsable = base.map { checkBase($0) } ?? true
        let system = isUsable ? decideSystem(base: base?.value) : nil
        let source = isUsable ? decideSource(base: base) : nil
        let platforms = decidePlatforms()
        var ground = ApplicationGround(os: system?.value, base: base?.value, flavor: wantedFlavor)
        guard let source,
            let foundation =
                source.value == .wheels
                ? wheels(on: base, system: system, platforms: platforms.value)
                : official(source: source, system: system, base: base, platforms: platforms, ground: &ground)
        else {
            // Other mistakes are reported in the same run.
            if source == nil { _ = chooseTag(source: nil, system: system, base: nil, platforms: platforms.value) }
            if let release = ground.cuda ?? onlyRelease { checkArchitectures(for: release) }
            _ = resolveApplication(on: ground, platforms: platforms.value)
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
            application: ApplicationPlan(), mirrors: recipe.mirrors, reproducible: recipe.reproducible,
            projectFrameworks: recipe.projectFrameworks)
        if exactTag == nil, let tag = foundation.tag?.value {
            plan.flavorDecision = decideFlavor(of: tag)
            plan.cudnnDecision = decideCuDNN(of: tag)
        }
        plan.application = resolveApplication(on: ApplicationGround(foundation), platforms: platforms.value)
        checkMirrors(of: plan)
        return plan
    }

    /// NVIDIA's image, or its packages on another base.
    ///
    /// - Parameter ground: gets what is decided, also if it does not become an image.
    private mutating func official(
        source: Decision<ImageSource>, system: Decision<OperatingSystem>?, base: Located<BaseImage>?,
        platforms: Decision<[Platform]>, ground: inout ApplicationGround
    ) -> ImageFoundation? {
        guard
            let choice = chooseTag(
                source: source.value, system: system, base: base?.value, platforms: platforms.value)
        else { return nil }
        let tag = choice.tag
        (ground.os, ground.cuda, ground.flavor) = (choice.os.value, tag.value.cuda, tag.value.flavor)
        guard
            let cuda = install(choice, variant: tag.value.variant, source: source, base: base, platforms: platforms)
        else { return nil }
        return ImageFoundation(
            tag: tag, release: Decision(tag.value.cuda, because: tag.because), os: choice.os,
            packageManager: packageManager(of: cuda, choice: choice), cuda: cuda,
            contents: contents(of: tag.value, in: cuda, platforms: platforms.value),
            toolchain: recipe.build == nil
                ? nil : toolchain(for: choice, source: source, base: base, platforms: platforms, final: cuda),
            base: base?.value)
    }

    /// Which of NVIDIA's packages the recipe wants; `nil` if wheels are to bring CUDA.
    private var wantedFlavor: Flavor? {
        recipe.image.source?.value == .wheels ? nil : recipe.image.flavor?.value ?? .runtime
    }

    /// Whether nothing of these keys was left unread, so that what is missing is not said.
    func isRead(_ keys: String...) -> Bool { recipe.gaps.isEmpty || !keys.contains(where: recipe.gaps.touch) }

    /// The release that the user names in full, if there is one of that number.
    private var onlyRelease: CUDAVersion? {
        guard isRead("image.cuda"), let asked = recipe.image.cuda?.value else { return nil }
        return catalog.releases.map(\.cuda).first { CUDAVersionPattern($0) == asked }
    }

    /// Where CUDA comes from, or `nil` if that can't be told or can't be had.
    private mutating func decideSource(base: Located<BaseImage>?) -> Decision<ImageSource>? {
        guard isRead("image.source", "image.base") else { return nil }
        guard let source = recipe.image.source else {
            if base == nil { return Decision(.image, because: .default("the official image")) }
            return Decision(.packages, because: .derived("a base image of one's own needs packages"))
        }
        if source.value == .image, let base = recipe.image.base {
            diagnostics.error(
                .conflictingKeys, "source 'image' starts from nvidia/cuda; it can't have the base '\(base.value)'",
                at: base.span, help: "leave out the base, or use source 'packages' or 'wheels'")
            return nil
        }
        return Decision(source.value, because: Reason(source.span))
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
