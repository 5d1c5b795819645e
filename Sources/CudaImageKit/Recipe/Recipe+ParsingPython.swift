extension Recipe.Python {
    /// `python:`
    init(reading keys: MappingReader<Key>, span: SourceSpan) {
        self.init(span: span)
        version = keys.value(.version, "a Python release", rule: "major and minor version such as 3.12")
        manager = keys.choice(.manager, "a Python package manager")
        requirements = keys.contextPath(.requirements)
        packages = keys.requirements(.packages)
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
    /// Python packages; an option of the installer gets the key that means the same as help.
    fileprivate func requirements(_ key: Key) -> [Located<String>] {
        lines(key).filter { line in
            if RecipeRules.isRequirement(line.value) { return true }
            findings.error(
                .invalidValue, "\(line.value.quotedExcerpt) is not a Python package: \(RecipeRules.requirementRule)",
                at: line.span, help: RecipeRules.helpForOption(line.value))
            return false
        }
    }

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
