extension Recipe.Python {
    /// `python:`
    init(reading keys: MappingReader<Key>, span: SourceSpan) {
        self.init(span: span)
        version = keys.value(.version, "a Python release", rule: "major and minor version such as 3.12")
        manager = keys.choice(.manager, "a Python package manager")
        requirements = keys.contextPath(.requirements)
        packages = keys.lines(
            .packages, "a Python package", rule: RecipeRules.requirementRule, where: RecipeRules.isRequirement)
        index = keys.line(.index, "a package index", rule: RecipeRules.indexRule, where: RecipeRules.isIndex)
        extraIndexes = keys.lines(
            .extraIndexes, "a package index", rule: RecipeRules.indexRule, where: RecipeRules.isIndex)
        project = keys.contextPath(.project)
        environmentFile = keys.contextPath(.environmentFile)
        channels = keys.lines(
            .channels, "a conda channel", rule: RecipeRules.channelRule, where: RecipeRules.isChannel)
    }
}

extension Recipe.Build {
    /// `build:`
    init(reading keys: MappingReader<Key>, span: SourceSpan) {
        self.init(span: span)
        packages = keys.names(.packages, "a package name")
        copies = keys.copies(.copy, from: .context)
        environment = keys.environment(.env)
        commands = keys.commands(.run)
        artifacts = keys.copies(.artifacts, from: .stage)
        workingDirectory = keys.absolutePath(.workdir)
    }
}

extension Recipe.Smoke {
    /// `smoke:`
    init(reading keys: MappingReader<Key>, span: SourceSpan) {
        self.init(span: span)
        kernels = keys.kernels(.kernels)
        libraries = keys.node(.libraries).map { node in
            Located(
                keys.lines(.libraries, "a library", rule: RecipeRules.kernelRule, where: RecipeRules.isName),
                at: node.span)
        }
        command = keys.words(.command)
    }
}

extension MappingReader {
    /// Names of kernels, or the one word `all`.
    fileprivate func kernels(_ key: Key) -> Located<[Located<String>]>? {
        guard let node = node(key) else { return nil }
        if case .scalar(let scalar) = node.content, scalar.text == "all" {
            return Located([Located("all", at: node.span)], at: node.span)
        }
        return Located(
            lines(key, "a kernel", rule: RecipeRules.kernelRule, where: RecipeRules.isName), at: node.span)
    }
}
