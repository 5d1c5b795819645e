extension MappingReader {
    /// `copy:`, `artifacts:`: paths, or mappings with `from`, `to` and `owner`.
    func copies(_ key: Key, from origin: Recipe.CopyStep.Origin) -> [Recipe.CopyStep] {
        items(key, of: "paths or mappings with 'from' and 'to'").compactMap { item in
            if case .scalar = item.node.content {
                guard let path = findings.source(item.node, path: item.path, from: origin) else { return nil }
                return Recipe.CopyStep(span: item.node.span, from: [path], to: nil)
            }
            return MappingReader<Recipe.CopyStep.Key>(item.node, path: item.path, findings: findings)
                .flatMap { Recipe.CopyStep(reading: $0, from: origin) }
        }
    }

    /// `secrets:`: ids, or mappings with `id` and `target`.
    func secrets(_ key: Key) -> [Recipe.Secret] {
        let secrets = items(key, of: "ids or mappings with 'id' and 'target'").compactMap { item -> Recipe.Secret? in
            var id: Located<String>?
            var target: Located<ContainerPath>?
            if case .scalar = item.node.content {
                id = findings.line(item.node, path: item.path)
            } else if let keys = MappingReader<Recipe.Secret.Key>(
                item.node, path: item.path, findings: findings)
            {
                id = keys.line(.id)
                target = keys.absolutePath(.target).flatMap { findings.flagSafe($0) ? $0 : nil }
                if let path = target, !RecipeRules.isFileOfImage(path.value.text) {
                    findings.error(
                        .invalidValue, "\(path.value.text.quotedExcerpt) is not the path of a file", at: path.span,
                        help: "name the file that is to hold the secret, without '..'")
                    target = nil
                }
            }
            guard let id,
                findings.check(id, "a secret's id", rule: RecipeRules.nameRule, where: RecipeRules.isName)
            else { return nil }
            return Recipe.Secret(id: id, target: target)
        }
        let ids = distinct(secrets.map(\.id), "secret").map(\.span)
        _ = distinct(secrets.compactMap(\.target), "secret's target") { $0.text }
        return secrets.filter { ids.contains($0.id.span) }
    }

    /// `healthcheck:`: a mapping, or `none` to switch an inherited check off.
    func healthcheck(_ key: Key) -> Recipe.HealthcheckStep? {
        guard let node = node(key) else { return nil }
        if case .scalar(let scalar) = node.content, ["none", "NONE"].contains(scalar.text) {
            return Recipe.HealthcheckStep(span: node.span, value: Healthcheck(command: []))
        }
        guard let keys = mapping(key, of: Recipe.HealthcheckStep.Key.self) else { return nil }
        let command = keys.words(.command)
        let duration = "a duration"
        let interval: Located<GoDuration>? = keys.name(.interval, duration)
        let timeout: Located<GoDuration>? = keys.name(.timeout, duration)
        let startPeriod: Located<GoDuration>? = keys.name(.startPeriod, duration)
        let retries = keys.number(.retries, in: RecipeRules.retries)
        guard let command else { return nil }
        return Recipe.HealthcheckStep(
            span: keySpan(key),
            value: Healthcheck(
                command: command.value, interval: interval?.value, timeout: timeout?.value,
                startPeriod: startPeriod?.value, retries: retries?.value))
    }
}

extension Recipe.CopyStep {
    /// What the paths of a `copy:` are seen from.
    enum Origin {
        case context, stage
    }

    fileprivate init?(reading keys: MappingReader<Key>, from origin: Origin) {
        let findings = keys.findings
        var sources: [Located<ContainerPath>] = []
        if let from = keys.node(.from) {
            let path = keys.name(.from)
            if case .sequence(let nodes) = from.content {
                for (index, node) in nodes.enumerated() {
                    findings.source(node, path: "\(path)[\(index)]", from: origin).map { sources.append($0) }
                }
                if nodes.isEmpty { findings.error(.invalidValue, "'\(path)' is empty", at: from.span) }
            } else {
                findings.source(from, path: path, from: origin).map { sources.append($0) }
            }
        }
        let to: Located<ContainerPath>? = keys.name(.to, "a path")
        let owner: Located<UserIdentity>? = keys.name(.owner, "an owner")
        if let to, sources.count > 1, !to.value.text.hasSuffix("/") {
            findings.error(
                .invalidValue, "several files need a folder as target, and \(to.value.text.quotedExcerpt) is none",
                at: to.span, help: "end it with '/'")
        }
        if sources.isEmpty { return nil }
        self.init(span: keys.span, from: sources, to: to, owner: owner)
    }
}

extension FindingList {
    fileprivate func source(
        _ node: YAMLNode, path: String, from origin: Recipe.CopyStep.Origin
    ) -> Located<ContainerPath>? {
        guard let line = line(node, path: path), let source: Located<ContainerPath> = name(line, "a path") else {
            return nil
        }
        return origin == .context ? inContext(source) : source
    }
}
