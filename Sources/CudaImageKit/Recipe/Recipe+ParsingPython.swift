extension Recipe.Python {
    /// `python:`
    init(reading keys: MappingReader, span: SourceSpan) {
        self.init(span: span)
        version = keys.value("version", "a Python release", rule: "major and minor version such as 3.12")
        manager = keys.choice("manager", "a Python package manager")
        requirements = keys.contextPath("requirements")
        packages = keys.requirements("packages")
        index = keys.line("index", "a package index", rule: RecipeRules.indexRule, where: RecipeRules.isIndex)
        extraIndexes = keys.lines(
            "extra-indexes", "a package index", rule: RecipeRules.indexRule, where: RecipeRules.isIndex)
        project = keys.contextPath("project")
        environmentFile = keys.contextPath("environment-file")
        channels = keys.lines(
            "channels", "a conda channel", rule: RecipeRules.channelRule, where: RecipeRules.isChannel)
        keys.finish(aliases: [
            "index-url": "index", "extra-index-url": "extra-indexes", "extra-index": "extra-indexes",
            "extra_index_url": "extra-indexes", "index_url": "index", "environment": "environment-file",
            "pip": "packages", "requires": "packages",
        ])
    }
}

extension Recipe.Build {
    /// `build:`
    init(reading keys: MappingReader, span: SourceSpan) {
        self.init(span: span)
        packages = keys.names("packages", "a package name")
        copies = keys.copies("copy", from: .context)
        environment = keys.environment("env")
        commands = keys.commands("run")
        artifacts = keys.copies("artifacts", from: .stage)
        workingDirectory = keys.absolutePath("workdir")
        keys.finish(aliases: [
            "environment": "env", "commands": "run", "artifact": "artifacts", "files": "copy",
            "working-directory": "workdir",
        ])
    }
}

extension Recipe.Smoke {
    /// `smoke:`
    init(reading keys: MappingReader, span: SourceSpan) {
        self.init(span: span)
        kernels = keys.kernels("kernels")
        libraries = keys.lines("libraries", "a library", rule: RecipeRules.kernelRule, where: RecipeRules.isName)
        command = keys.words("command")
        keys.finish(aliases: ["cmd": "command"])
    }
}

extension MappingReader {
    /// Python packages; an option of the installer gets the key that means the same as help.
    fileprivate func requirements(_ key: String) -> [Located<String>] {
        lines(key).filter { line in
            if RecipeRules.isRequirement(line.value) { return true }
            findings.error(
                .invalidValue, "\(line.value.quotedExcerpt) is not a Python package: \(RecipeRules.requirementRule)",
                at: line.span, help: RecipeRules.helpForOption(line.value))
            return false
        }
    }

    /// Names of kernels, or the one word `all`.
    fileprivate func kernels(_ key: String) -> [Located<String>] {
        guard let node = node(key) else { return [] }
        if case .scalar(let scalar) = node.content, scalar.text == "all" { return [Located("all", at: node.span)] }
        return lines(key, "a kernel", rule: RecipeRules.kernelRule, where: RecipeRules.isName)
    }
}
