extension MappingReader {
    /// `env:`: names and values, in order.
    func environment(_ key: Key) -> [Recipe.Variable] {
        variables(key, "an environment variable's name", rule: EnvironmentName.rule) { EnvironmentName($0) != nil }
    }

    /// `labels:`
    func labels(_ key: Key) -> [Recipe.Variable] {
        variables(key, "a label's name", rule: RecipeRules.labelRule, where: RecipeRules.isLabelName)
    }

    /// `args:`: a name without a value has no default.
    func arguments(_ key: Key) -> [Recipe.Argument] {
        guard let entries = pairs(key) else { return [] }
        return entries.compactMap { entry in
            let name: Located<EnvironmentName>? = findings.name(
                Located(entry.key, at: entry.keySpan), "a build argument's name")
            let path = "\(self.name(key)).\(entry.key)"
            let value = entry.value.isNull ? nil : findings.line(entry.value, path: path)
            guard let name, entry.value.isNull || value != nil else { return nil }
            return Recipe.Argument(name: name, value: value)
        }
    }

    private func variables(
        _ key: Key, _ noun: String, rule: String, where isName: (String) -> Bool
    ) -> [Recipe.Variable] {
        guard let entries = pairs(key) else { return [] }
        return entries.compactMap { entry in
            let name = Located(entry.key, at: entry.keySpan)
            let path = "\(self.name(key)).\(entry.key)"
            guard findings.check(name, noun, rule: rule, where: isName) else { return nil }
            guard !entry.value.isNull else {
                findings.missingValue(of: path, at: entry.keySpan, help: "write \"\" for an empty value")
                return nil
            }
            return findings.line(entry.value, path: path).map { Recipe.Variable(name: name, value: $0) }
        }
    }

    /// The entries of a mapping whose keys the user chooses.
    private func pairs(_ key: Key) -> [YAMLEntry]? {
        guard let node = node(key) else { return nil }
        guard case .mapping(let entries) = node.content else {
            findings.wrongType(
                node, expected: "a mapping", path: name(key), help: "write each as 'NAME: value' on a line of its own")
            return nil
        }
        return entries
    }
}
