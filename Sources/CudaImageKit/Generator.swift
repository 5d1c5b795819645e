/// Recipe text in, Dockerfile text out: the whole way, in order.
public struct Generator: Sendable {
    public var catalog: Catalog
    public var templates: TemplateLibrary
    /// Opens the requirements file that a recipe with `cuda: resolve` names.
    public var readFile: @Sendable (_ path: String) throws(DiagnosticError) -> RecipeSource = {
        (path) throws(DiagnosticError) in try RecipeSource.read(path: path)
    }

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
        /// The texts of further files that findings point into, by name.
        public var sources: [String: String] = [:]
    }

    /// - Parameters:
    ///   - recipe: the recipe's text and file name, or `nil` for the bare CUDA image of the options.
    ///   - options: the command line's choices, which beat the recipe's.
    public func generate(_ source: RecipeSource?, options: ImageOptions = ImageOptions()) -> Output {
        let (read, reading) = read(source, overrides: options.overrides)  // what the file says
        guard var recipe = read?.applying(options) else { return Output(text: nil, plan: nil, diagnostics: reading) }
        let sources = recipe.readFrameworkPins(beside: source, file: readFile)  // what its requirements say
        let (plan, deciding) = catalog.plan(recipe)  // every decision, with its reason
        var output = Output(text: nil, plan: plan, diagnostics: Diagnostics(reading.all + deciding.all))
        if let plan, !output.diagnostics.hasErrors {
            output = render(plan, arguments: options.arguments, diagnostics: output.diagnostics)
        }
        output.sources = sources
        return output
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

    /// Reads a recipe; without one, an empty recipe stands for the bare image.
    public func read(_ source: RecipeSource?, overrides: [RecipeOverride]) -> (
        recipe: Recipe?, diagnostics: Diagnostics
    ) {
        Recipe.parse(source ?? .none, overrides: overrides)
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
