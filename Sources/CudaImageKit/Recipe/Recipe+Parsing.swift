extension Recipe {
    /// Reads a recipe; every mistake is reported in one run.
    ///
    /// - Parameters:
    ///   - source: the text, and the name by which messages call it.
    ///   - overrides: keys that the command line sets, in order.
    /// - Returns: the recipe, or `nil` if there is an error.
    public static func parse(
        _ source: RecipeSource, overrides: [RecipeOverride] = []
    ) -> (recipe: Recipe?, diagnostics: Diagnostics) {
        let (recipe, diagnostics) = parseDespiteErrors(source, overrides: overrides)
        return (diagnostics.hasErrors ? nil : recipe, diagnostics)
    }

    /// Reads what can be read of a recipe.
    ///
    /// - Returns: the recipe, with gaps where there are errors, or `nil` if nothing of it can be relied upon.
    static func parseDespiteErrors(
        _ source: RecipeSource, overrides: [RecipeOverride]
    ) -> (recipe: Recipe?, diagnostics: Diagnostics) {
        let findings = FindingList()
        var recipe = tree(of: source, findings: findings).flatMap {
            readDespiteErrors($0, overrides: overrides, findings: findings)
        }
        recipe?.fileName = source.lastPathComponent
        if recipe == nil, DockerfileInstructions.startAnImage(source.text) {
            let name = source.fileName.quotedExcerpt
            return (
                nil,
                Diagnostics([
                    Diagnostic(
                        .error, .wrongType, "\(name) is a Dockerfile, and no recipe",
                        help:
                            "'cudagen init' looks into its folder and writes a recipe (app.yaml) that makes such an image"
                    )
                ])
            )
        }
        return (recipe, findings.sorted)
    }

    /// What a node tree says, with overrides on top and gaps where there are errors; `nil` if the tree is no mapping, or
    /// nothing of it can be relied upon.
    static func readDespiteErrors(
        _ root: YAMLNode, overrides: [RecipeOverride], findings: FindingList
    ) -> Recipe? {
        let root = overrides.reduce(root) { $1.applied(to: $0, findings: findings) }
        guard let reader = MappingReader<Key>(root, path: "", findings: findings) else { return nil }
        var recipe = Recipe()
        recipe.read(reader)
        recipe.gaps = findings.gaps(in: root)
        // Of a recipe for another version, or with mistakes without end, nothing is known.
        return recipe.gaps.touch(Key.schema.rawValue) || findings.isFull ? nil : recipe
    }

    /// The text's node tree; a text without any is an error.
    static func tree(of source: RecipeSource, findings: FindingList) -> YAMLNode? {
        guard source.text.utf8.count <= RecipeSource.maximumSize else {
            for finding in RecipeSource.tooLarge(source.fileName).diagnostics.all { findings.add(finding) }
            return nil
        }
        let root = YAMLComposer.compose(source.text, fileName: source.fileName, findings: findings)
        guard let root, !root.isNull else {
            if !findings.hasErrors {
                findings.error(
                    .emptyFile, "\(source.fileName.quotedExcerpt) holds no \(findings.subject.rawValue)",
                    help: findings.subject == .recipe ? "start with 'schema: 1' and 'image:'" : nil)
            }
            return nil
        }
        return root
    }

    /// Every key at the top.
    private mutating func read(_ keys: MappingReader<Key>) {
        Self.checkSchema(keys)
        name = keys.line(.name, "a name", rule: RecipeRules.nameRule, where: RecipeRules.isName)
        keys.mapping(.image).map { image = Image(reading: $0) }
        keys.mapping(.mirrors).map { mirrors = Mirrors(reading: $0) }
        reproducible = keys.mapping(.reproducible).map {
            Reproducible(reading: $0, span: keys.keySpan(.reproducible))
        }
        keys.mapping(.gpu).map { gpu = GPU(reading: $0) }
        keys.mapping(.system, of: SystemKey.self).map { system in
            systemPackages = system.distinct(system.names(.packages, "a package name"), "package")
        }
        python = keys.mapping(.python).map { Python(reading: $0, span: keys.keySpan(.python)) }
        build = keys.mapping(.build).map { Build(reading: $0, span: keys.keySpan(.build)) }
        arguments = keys.arguments(.args)
        copies = keys.copies(.copy, from: .context)
        environment = keys.environment(.env)
        commands = keys.commands(.run)
        secrets = keys.secrets(.secrets)
        workingDirectory = keys.absolutePath(.workdir)
        user = keys.user(.user)
        ports = keys.distinct(
            keys.values(.expose, "a port", rule: "1 to 65535, optionally with /tcp, /udp or /sctp"), "port")
        volumes = keys.volumes(.volumes)
        healthcheck = keys.healthcheck(.healthcheck)
        stopSignal = keys.name(.stopSignal, "a stop signal")
        labels = keys.labels(.labels)
        entrypoint = keys.words(.entrypoint)
        command = keys.words(.command)
        smoke = keys.mapping(.smoke).map { Smoke(reading: $0, span: keys.keySpan(.smoke)) }
        checkProjectFolder(keys.findings)
    }

    private static func checkSchema(_ keys: MappingReader<Key>) {
        guard let schema = keys.line(.schema), schema.value != "1" else { return }
        keys.findings.error(
            .unsupportedSchema, "schema \(schema.value.quotedExcerpt) is not known: this version reads schema 1",
            at: schema.span, help: "write 'schema: 1', or use a newer cudagen")
    }

    /// uv mounts the project's files below the working directory, and a mount's flag carries few characters.
    private func checkProjectFolder(_ findings: FindingList) {
        guard python?.project != nil, let workingDirectory,
            !InstructionPrinter.isFlagValue(workingDirectory.value.text)
        else { return }
        findings.error(
            .invalidValue, "with 'python.project' the working directory may hold \(RecipeRules.flagRule)",
            at: workingDirectory.span)
    }
}
