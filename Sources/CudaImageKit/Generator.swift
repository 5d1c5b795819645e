/// Recipe text in, Dockerfile text out: the whole way, in order.
public struct Generator: Sendable {
    public var catalog: Catalog
    public var templates: TemplateLibrary

    /// - Parameters:
    ///   - catalog: what NVIDIA publishes; `Catalog.embedded` unless the user brings another.
    ///   - templates: `TemplateLibrary.embedded()` unless the user replaces some.
    public init(catalog: Catalog, templates: TemplateLibrary) {
        self.catalog = catalog
        self.templates = templates
    }

    /// A generated file with everything that led to it.
    public struct Output: Sendable {
        /// The Dockerfile; `nil` if the findings have an error.
        public var text: String?
        public var plan: ImagePlan?
        public var diagnostics: Diagnostics
    }

    /// - Parameters:
    ///   - recipe: the recipe's text and file name, or `nil` for the bare CUDA image of the options.
    ///   - options: the command line's choices, which beat the recipe's.
    public func generate(_ source: RecipeSource?, options: ImageOptions = ImageOptions()) -> Output {
        // What the file says; without one, an empty recipe stands for the bare image. A recipe with mistakes is decided
        // as far as it can be, for the mistakes that are found there.
        let (recipe, reading) = Recipe.parseDespiteErrors(source ?? .none, overrides: options.overrides)
        guard let recipe else { return Output(text: nil, plan: nil, diagnostics: reading) }
        let (plan, deciding) = catalog.plan(recipe.applying(options))  // every decision, with its reason
        var diagnostics = Diagnostics(reading.all + deciding.all)
        if reading.hasErrors { diagnostics = diagnostics.inOrderOfPlaces }
        guard let plan, !diagnostics.hasErrors else { return Output(text: nil, plan: plan, diagnostics: diagnostics) }
        return render(plan, arguments: options.arguments, diagnostics: diagnostics)
    }

    /// One image of a matrix.
    public func generate(_ entry: Matrix.Entry) -> Output {
        let (plan, diagnostics) = catalog.plan(entry.recipe, tag: entry.tag)
        guard let plan, !diagnostics.hasErrors else { return Output(text: nil, plan: plan, diagnostics: diagnostics) }
        return render(plan, arguments: entry.arguments, diagnostics: diagnostics)
    }

    /// A decided image as text.
    public func render(_ plan: ImagePlan, arguments: [String], diagnostics: Diagnostics = Diagnostics()) -> Output {
        let dockerfile = Dockerfile(plan)  // typed instructions
        let header = DockerfileRenderer.Header(
            recipe: plan.recipeFile, summary: plan.summary, arguments: arguments)
        do {
            let text = try DockerfileRenderer(templates: templates).render(dockerfile, header: header)
            return Output(text: text, plan: plan, diagnostics: diagnostics)
        } catch {
            var diagnostics = diagnostics
            diagnostics.error(.invalidValue, error.description)
            return Output(text: nil, plan: plan, diagnostics: diagnostics)
        }
    }
}

extension ImagePlan {
    /// One phrase for headers and lists: `CUDA 11.4.0 runtime with cuDNN on ubuntu20.04`.
    public var summary: String {
        let tag = tag.value
        let library: String =
            switch tag.cudnn {
            case nil: ""
            case .tensorRT?: " with TensorRT"
            case .major(let major)?: " with cuDNN \(major)"
            case .unversioned?: " with cuDNN"
            }
        return "CUDA \(tag.cuda) \(tag.flavor)\(library) on \(os.value)"
    }
}
