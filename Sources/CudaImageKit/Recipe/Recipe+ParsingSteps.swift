extension MappingReader {
    /// What the paths of a `copy:` are seen from.
    enum CopyOrigin {
        case context, stage
    }

    /// `copy:`, `artifacts:`: paths, or mappings with `from`, `to` and `owner`.
    func copies(_ key: String, from origin: CopyOrigin) -> [Recipe.CopyStep] {
        items(key, of: "paths or mappings with 'from' and 'to'").compactMap { item in
            if case .scalar = item.node.content {
                guard let path = findings.source(item.node, path: item.path, from: origin) else { return nil }
                return Recipe.CopyStep(span: item.node.span, from: [path], to: nil)
            }
            guard let keys = MappingReader(item.node, path: item.path, findings: findings) else { return nil }
            return keys.copy(from: origin)
        }
    }

    private func copy(from origin: CopyOrigin) -> Recipe.CopyStep? {
        require("from")
        var sources: [Located<ContainerPath>] = []
        if let from = node("from") {
            if case .sequence(let nodes) = from.content {
                for (index, node) in nodes.enumerated() {
                    findings.source(node, path: "\(name("from"))[\(index)]", from: origin).map { sources.append($0) }
                }
                if nodes.isEmpty { findings.error(.invalidValue, "'\(name("from"))' is empty", at: from.span) }
            } else {
                findings.source(from, path: name("from"), from: origin).map { sources.append($0) }
            }
        }
        let to: Located<ContainerPath>? = name("to", "a path")
        let owner: Located<UserIdentity>? = name("owner", "an owner")
        if let to, sources.count > 1, !to.value.text.hasSuffix("/") {
            findings.error(
                .invalidValue, "several files need a folder as target, and \(to.value.text.quotedExcerpt) is none",
                at: to.span, help: "end it with '/'")
        }
        finish(aliases: [
            "src": "from", "source": "from", "dest": "to", "destination": "to", "target": "to", "chown": "owner",
            "user": "owner",
        ])
        return sources.isEmpty ? nil : Recipe.CopyStep(span: span, from: sources, to: to, owner: owner)
    }

    /// `secrets:`: ids, or mappings with `id` and `target`.
    func secrets(_ key: String) -> [Recipe.Secret] {
        let secrets = items(key, of: "ids or mappings with 'id' and 'target'").compactMap { item -> Recipe.Secret? in
            var id: Located<String>?
            var target: Located<ContainerPath>?
            if case .scalar = item.node.content {
                id = findings.line(item.node, path: item.path)
            } else if let keys = MappingReader(item.node, path: item.path, findings: findings) {
                keys.require("id")
                id = keys.line("id")
                target = keys.absolutePath("target").flatMap { findings.flagSafe($0) ? $0 : nil }
                keys.finish(aliases: ["name": "id", "to": "target", "path": "target", "dst": "target"])
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
    func healthcheck(_ key: String) -> Recipe.HealthcheckStep? {
        guard let node = node(key) else { return nil }
        if case .scalar(let scalar) = node.content, ["none", "NONE"].contains(scalar.text) {
            return Recipe.HealthcheckStep(span: node.span, value: Healthcheck(command: []))
        }
        guard let keys = mapping(key) else { return nil }
        keys.require("command")
        let command = keys.words("command")
        let duration = "a duration"
        let interval: Located<GoDuration>? = keys.name("interval", duration)
        let timeout: Located<GoDuration>? = keys.name("timeout", duration)
        let startPeriod: Located<GoDuration>? = keys.name("start-period", duration)
        let retries = keys.number("retries", in: 1...1000)
        keys.finish(aliases: ["test": "command", "cmd": "command", "start_period": "start-period"])
        guard let command else { return nil }
        return Recipe.HealthcheckStep(
            span: keySpan(key),
            value: Healthcheck(
                command: command.value, interval: interval?.value, timeout: timeout?.value,
                startPeriod: startPeriod?.value, retries: retries?.value))
    }
}

extension FindingList {
    fileprivate func source(
        _ node: YAMLNode, path: String, from origin: MappingReader.CopyOrigin
    ) -> Located<ContainerPath>? {
        guard let line = line(node, path: path), let source: Located<ContainerPath> = name(line, "a path") else {
            return nil
        }
        return origin == .context ? inContext(source) : source
    }
}
