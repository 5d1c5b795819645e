/// A recipe in, Dockerfile text out: the whole way, in order.
public struct Generator: Sendable {
    // No type may be called like the module: `CudaImageKit.Port` would then be looked up in the type.
    /// The version of the library and of the CLI, as in the header of generated files.
    public static let version = "0.1.0"

    /// What NVIDIA publishes, and what versions and tags are checked against.
    public var catalog: Catalog
    /// `nil`: the templates that are part of the program.
    public var templates: TemplateLibrary?
    /// Opens what a recipe names (requirements, a project), the lock beside it, and the one that options name.
    public var files: FileReader

    /// - Parameters:
    ///   - catalog: what NVIDIA publishes; `Catalog.embedded` unless the user brings another.
    ///   - templates: all templates of a Dockerfile, if the user replaces some; see ``TemplateFolder``.
    ///   - files: what opens files that recipes name, and locks: those beside a recipe's file if left out, and none for a
    ///     recipe that is no file. ``FileReader/noFiles`` keeps a generator away from the file system.
    public init(
        catalog: Catalog = .embedded, templates: TemplateLibrary? = nil, files: FileReader = .besideFiles
    ) {
        self.catalog = catalog
        self.templates = templates
        self.files = files
    }

    /// A generated file with everything that led to it.
    public struct Output: Sendable {
        /// The Dockerfile; `nil` if the findings have an error.
        public internal(set) var text: String?
        /// Every decision with its reason; `nil` if the recipe says too little to decide an image.
        public internal(set) var plan: ImagePlan?
        /// Errors, warnings and notes. A file may come with warnings.
        public internal(set) var diagnostics: Diagnostics
        /// The texts that findings point into, by file name: the recipe's, and those of further files. They are what
        /// ``DiagnosticFormatter/init(sources:color:)`` takes.
        public internal(set) var sources: [String: String] = [:]
        /// The lock that the plan's images are pinned by.
        public internal(set) var lock: ActiveLock?

        /// The Dockerfile.
        ///
        /// - Throws: ``DiagnosticError`` with all findings if one is an error.
        public func get() throws(DiagnosticError) -> String {
            guard let text else { throw DiagnosticError(diagnostics) }
            return text
        }
    }

    /// The image of a recipe's file, or the bare CUDA image of the options.
    ///
    /// - Parameters:
    ///   - source: the recipe's text and file name, or `nil` for the bare CUDA image of the options.
    ///   - options: the command line's choices, which beat the recipe's.
    public func generate(_ source: RecipeSource?, options: ImageOptions = ImageOptions()) -> Output {
        // What the file says; without one, an empty recipe stands for the bare image. A recipe with mistakes is decided as
        // far as it can be, for the mistakes that are found there.
        let (recipe, reading) = Recipe.parseDespiteErrors(source ?? .none, overrides: options.allOverrides)
        return generate(recipe, of: source, reading: reading, options: options)
    }

    /// The image of a recipe that is written in Swift.
    ///
    /// - Parameters:
    ///   - builder: the recipe.
    ///   - options: choices that beat the recipe's, such as those of a program's command line.
    public func generate(_ builder: RecipeBuilder, options: ImageOptions = ImageOptions()) -> Output {
        let (recipe, reading) = builder.readDespiteErrors(overrides: options.allOverrides)
        return generate(recipe, of: nil, reading: reading, options: options)
    }

    /// One image of a matrix.
    ///
    /// - Parameters:
    ///   - entry: the image.
    ///   - lock: what pins its images; the matrix file's own, see ``ActiveLock/read(_:beside:files:)``.
    public func generate(_ entry: Matrix.Entry, lock: ActiveLock? = nil) -> Output {
        var (plan, diagnostics) = catalog.plan(entry.recipe, tag: entry.tag)
        if let lock { diagnostics.add(contentsOf: pin(&plan, by: lock)) }
        guard let plan, !diagnostics.hasErrors else { return Output(text: nil, plan: plan, diagnostics: diagnostics) }
        return render(plan, arguments: entry.arguments, diagnostics: diagnostics)
    }

    private func pin(_ plan: inout ImagePlan?, by lock: ActiveLock) -> Diagnostics {
        guard let (pinned, findings) = plan?.pinned(by: lock) else { return Diagnostics() }
        plan = pinned
        return findings
    }

    private func generate(
        _ recipe: Recipe?, of source: RecipeSource?, reading: Diagnostics, options: ImageOptions
    ) -> Output {
        let given = source.map { [$0.fileName: $0.text] } ?? [:]
        guard var recipe = recipe?.applying(options) else {
            return Output(text: nil, plan: nil, diagnostics: reading, sources: given)
        }
        let own = files.files(of: source)
        var sources = recipe.readFrameworkPins(beside: source, files: own)  // what its requirements say
        sources.merge(given) { $1 }
        var (plan, deciding) = catalog.plan(recipe)  // every decision, with its reason
        let (lock, locking, lockText) = ActiveLock.read(
            options.lock, beside: source?.fileName, files: options.lock.isNamed ? files : own)
        if let lockText { sources[lockText.fileName] = lockText.text }
        deciding.add(contentsOf: locking)
        if let lock { deciding.add(contentsOf: pin(&plan, by: lock)) }  // the digests of its images
        var output = Output(text: nil, plan: plan, diagnostics: Diagnostics(reading.all + deciding.all))
        output.lock = lock
        if reading.hasErrors { output.diagnostics = output.diagnostics.inOrderOfPlaces }
        if let plan, !output.diagnostics.hasErrors {
            output = render(plan, arguments: options.arguments, diagnostics: output.diagnostics)
            output.lock = lock
        }
        output.sources.merge(sources) { own, _ in own }
        return output
    }

    /// A decided image as text.
    ///
    /// - Parameters:
    ///   - plan: the image.
    ///   - arguments: the command that makes the file again, without the program's name; the header shows it.
    ///   - diagnostics: findings to hand on with the text.
    public func render(
        _ plan: ImagePlan, arguments: [String] = [], diagnostics: Diagnostics = Diagnostics()
    ) -> Output {
        let dockerfile = Dockerfile(plan)  // typed instructions
        let header = DockerfileRenderer.Header(
            recipe: plan.recipeFile, program: plan.program, summary: plan.summary,
            arguments: (templates?.folder.map { ["--templates", $0.path] } ?? []) + arguments)
        var output = Output(text: nil, plan: plan, diagnostics: diagnostics, sources: templates?.folder?.sources ?? [:])
        do {
            output.text = try renderer().render(dockerfile, header: header)
        } catch .instructionLeftOut(let lost, let text) {
            let owner = templates?.folder.map { " of '\($0.path)'" } ?? ""
            output.diagnostics.warning(
                .instructionLeftOut, "the templates\(owner) leave out instructions of the image",
                notes: ["the first: \(lost.split(separator: "\n").first ?? "")"])
            output.text = text
        } catch .template(let error) {
            output.diagnostics.add(contentsOf: error.findings(in: templates?.folder))
        } catch {
            output.diagnostics.error(.invalidValue, error.description)
        }
        return output
    }

    private func renderer() throws(RenderingError) -> DockerfileRenderer {
        if let templates { return DockerfileRenderer(templates: templates) }
        return try Self.embeddedRenderer.get()
    }

    /// Compiled at the first use, without the templates of other files.
    private static let embeddedRenderer = Result { () throws(RenderingError) in
        do throws(TemplateError) {
            return DockerfileRenderer(templates: try .embedded(for: DockerfileRenderer.rootTemplates))
        } catch {
            throw .template(error)
        }
    }
}

extension ImagePlan {
    /// One phrase for headers and lists: `CUDA 11.4.0 runtime with cuDNN on ubuntu20.04`, `CUDA 12.4 from wheels on debian12`.
    public var summary: String {
        guard let tag = tag?.value else {
            return "CUDA\(wheels?.cuda.map { " \($0.value)" } ?? "") from wheels on \(os.value)"
        }
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
