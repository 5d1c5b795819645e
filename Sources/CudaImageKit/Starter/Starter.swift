/// A starter recipe for a project's folder: facts of its files, a plan of the solver, a commented text.
///
///     ProjectFolder ─ detectors ─► ProjectFacts ─ solver ─► StarterPlan ─► StarterRecipe ─► text
public struct Starter: Sendable {
    /// The facts that versions are chosen by.
    public var catalog: Catalog

    /// A starter that knows these facts.
    public init(catalog: Catalog = .embedded) { self.catalog = catalog }

    /// A recipe and what led to it.
    public struct Output: Sendable {
        /// The recipe; `nil` if the findings have an error.
        public internal(set) var text: String?
        /// What was found in the folder.
        public internal(set) var facts: ProjectFacts
        /// What was not looked at.
        public internal(set) var omissions: [ProjectFolder.Omission]
        /// What was chosen, one phrase: `nvidia/cuda:12.8.1-base-ubuntu24.04 with torch 2.8.0`.
        public internal(set) var choice: String?
        /// Lines of a `.dockerignore`, if there is none and the recipe copies only some files.
        public internal(set) var dockerIgnore: [String] = []
        /// Of the choice, and of the recipe as `cudagen check` reads it.
        public internal(set) var diagnostics: Diagnostics
    }

    /// Looks at a folder and writes its recipe. Every recipe is read and rendered before it is handed out.
    ///
    /// - Parameters:
    ///   - folder: the files that are looked at.
    ///   - request: what the image has to meet, whatever the folder says.
    ///   - fileName: the recipe's file, for the commands in its heading and for findings.
    public func recipe(
        for folder: ProjectFolder, request: PlanRequest = PlanRequest(), fileName: String = "app.yaml"
    ) -> Output {
        let facts = ProjectFacts(folder)
        var output = Output(facts: facts, omissions: folder.omissions, diagnostics: Diagnostics())
        let (plan, diagnostics) = StarterPlanner(facts: facts, catalog: catalog, options: request).plan()
        guard let plan else {
            output.diagnostics = diagnostics
            return output
        }
        var attempt = attempt(plan, facts: facts, fileName: fileName, choosing: diagnostics)
        // Where wheels alone will not do, the nearest image is what is left.
        if attempt.diagnostics.hasErrors, plan.resolved.tag == nil, !request.has(.source) {
            var request = request
            request.add(.source(.image), at: .option("--source"))
            let (nearest, diagnostics) = StarterPlanner(facts: facts, catalog: catalog, options: request).plan()
            if var nearest {
                nearest.source = nil
                attempt = self.attempt(nearest, facts: facts, fileName: fileName, choosing: diagnostics)
            }
        }
        output.diagnostics = attempt.diagnostics
        guard !attempt.diagnostics.hasErrors else { return output }
        output.text = attempt.text
        let resolved = attempt.recipe.plan.resolved
        output.choice = (resolved.tag == nil ? "" : "nvidia/cuda:") + resolved.summary
        output.dockerIgnore = facts.hasDockerIgnore ? [] : attempt.recipe.dockerIgnore
        return output
    }

    private struct Attempt {
        var recipe: StarterRecipe
        var text: String
        var diagnostics: Diagnostics
    }

    /// The recipe with as much of a Dockerfile as makes an image.
    private func attempt(
        _ plan: StarterPlan, facts: ProjectFacts, fileName: String, choosing: Diagnostics
    ) -> Attempt {
        let recipe = StarterRecipe(facts: facts, plan: plan, fileName: fileName)
        let whole = check(recipe, choosing: choosing)
        guard whole.diagnostics.hasErrors, facts.dockerfile != nil else { return whole }
        let reason = whole.diagnostics.all.first { $0.severity == .error }?.message ?? ""
        for takeover in StarterRecipe.Takeover.allCases {
            var reduced = recipe
            reduced.refused = [takeover: reason]
            let attempt = check(reduced, choosing: choosing)
            if !attempt.diagnostics.hasErrors { return attempt }
        }
        var reduced = recipe
        for takeover in StarterRecipe.Takeover.allCases { reduced.refused[takeover] = reason }
        return check(reduced, choosing: choosing)
    }

    private func check(_ recipe: StarterRecipe, choosing: Diagnostics) -> Attempt {
        let text = recipe.document.text
        let generated = Generator(catalog: catalog).generate(RecipeSource(text: text, fileName: recipe.fileName))
        // Files that requirements name may be made later; the recipe says that they are not there.
        let findings = generated.diagnostics.all.map { finding in
            var finding = finding
            if finding.code == .unreadableFile { finding.severity = .warning }
            return finding
        }
        return Attempt(recipe: recipe, text: text, diagnostics: Diagnostics(choosing.all + findings))
    }
}
