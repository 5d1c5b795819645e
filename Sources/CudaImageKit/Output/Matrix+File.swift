extension Matrix {
    /// Reads a matrix file and the recipe that it names.
    ///
    /// - Parameters:
    ///   - source: the matrix file.
    ///   - readRecipe: opens the recipe by its path as the matrix file writes it.
    /// - Returns: the images, or `nil` if nothing can be said of them. Images of a recipe with errors come with what could
    ///   be read of it, so that all mistakes are found; they generate nothing.
    public static func parse(
        _ source: RecipeSource, readRecipe: (String) throws(DiagnosticError) -> RecipeSource
    ) -> (matrix: Matrix?, diagnostics: Diagnostics) {
        var (file, diagnostics) = MatrixFile.parse(source)
        guard let file else { return (nil, diagnostics) }
        guard let path = file.recipe else { return (file.matrix(of: Recipe()), diagnostics) }
        do {
            let source = try readRecipe(path.value)
            var (recipe, findings) = Recipe.parseDespiteErrors(source, overrides: [])
            diagnostics.add(contentsOf: findings)
            let entries = recipe.map(file.matrix(of:))?.entries ?? []
            let hasWheels = entries.contains { $0.recipe.image.source?.value == .wheels }
            _ = recipe?.readFrameworkPins(beside: source, isNeeded: hasWheels) { (path) throws(DiagnosticError) in
                try RecipeSource.read(path: path, as: .requirements)
            }
            return (recipe.map(file.matrix(of:)), diagnostics)
        } catch {
            for var finding in error.diagnostics.all {
                finding.span = finding.span ?? path.span
                diagnostics.add(finding)
            }
            return (nil, diagnostics)
        }
    }
}
