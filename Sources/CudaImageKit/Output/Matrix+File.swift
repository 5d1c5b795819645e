extension Matrix {
    /// Reads a matrix file and the recipe that it names, with the requirements that this one names.
    ///
    /// - Parameters:
    ///   - source: the matrix file. The recipe's path is seen from its folder.
    ///   - files: what opens recipe and requirements: those beside the matrix file if left out, and none if it is no file.
    /// - Returns: the images, or `nil` if nothing can be said of them; findings; and the texts that findings point into, by
    ///   name. Images of a recipe with errors come with what could be read of it, so that all mistakes are found; they
    ///   generate nothing.
    public static func parse(
        _ source: RecipeSource, files: FileReader = .besideFiles
    ) -> (matrix: Matrix?, diagnostics: Diagnostics, sources: [String: String]) {
        var (file, diagnostics) = MatrixFile.parse(source)
        var sources = [source.fileName: source.text]
        guard let file else { return (nil, diagnostics, sources) }
        guard let path = file.recipe else { return (file.matrix(of: Recipe()), diagnostics, sources) }
        do {
            let folder = path.value.hasPrefix("/") ? "" : source.folder
            let files = files.files(of: source)
            let source = try files.requiredFile(at: folder + path.value, as: .recipe)
            sources[source.fileName] = source.text
            var (recipe, findings) = Recipe.parseDespiteErrors(source, overrides: [])
            diagnostics.add(contentsOf: findings)
            let entries = recipe.map(file.matrix(of:))?.entries ?? []
            let hasWheels = entries.contains { $0.recipe.image.source?.value == .wheels }
            let texts = recipe?.readFrameworkPins(beside: source, isNeeded: hasWheels, files: files)
            sources.merge(texts ?? [:]) { own, _ in own }
            return (recipe.map(file.matrix(of:)), diagnostics, sources)
        } catch {
            for var finding in error.diagnostics.all {
                finding.span = finding.span ?? path.span
                diagnostics.add(finding)
            }
            return (nil, diagnostics, sources)
        }
    }
}
