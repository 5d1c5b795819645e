extension RecipeOverride {
    /// The tree with this key set; a mistake in the path or value is reported, and leaves the tree as it is.
    func applied(to root: YAMLNode, findings: FindingList) -> YAMLNode {
        guard let value = node(findings: findings) else {
            findings.replaced(segments.joined(separator: "."))
            return root
        }
        do {
            return try Self.set(segments[...], to: value, in: root, span: span)
        } catch {
            findings.error(.invalidOption, error.message, at: span)
            findings.replaced(segments.joined(separator: "."))
            return root
        }
    }

    /// The value: YAML where it starts like a list, a mapping or a quoted text, else text as it stands.
    private func node(findings: FindingList) -> YAMLNode? {
        guard let first = value.unicodeScalars.first, "[{\"'".unicodeScalars.contains(first) else {
            return YAMLNode(.scalar(YAMLScalar(text: value, isPlain: !value.isEmpty)), at: span)
        }
        let own = FindingList()
        let node = YAMLComposer.compose(value, fileName: "value", findings: own)
        for finding in own.sorted.all {
            findings.error(finding.code, "\(value.quotedExcerpt): \(finding.message)", at: span)
        }
        return own.hasErrors ? nil : node?.relocated(to: span)
    }

    private struct PathError: Error {
        var message: String
    }

    private static func set(
        _ path: ArraySlice<String>, to value: YAMLNode, in node: YAMLNode?, span: SourceSpan
    ) throws(PathError) -> YAMLNode {
        guard let key = path.first else { return value }
        let rest = path.dropFirst()
        switch node?.content {
        case .mapping(var entries)?:
            if let index = entries.firstIndex(where: { $0.key == key }) {
                entries[index].value = try set(rest, to: value, in: entries[index].value, span: span)
            } else {
                let new = try set(rest, to: value, in: nil, span: span)
                entries.append(YAMLEntry(key: key, keySpan: span, value: new))
            }
            return YAMLNode(.mapping(entries), at: node?.span ?? span)
        case .sequence(var items)?:
            guard let index = Int(key), (0...items.count).contains(index) else {
                throw PathError(
                    message: "\(key.quotedExcerpt) is not an index of this list; expected 0 to \(items.count)")
            }
            let new = try set(rest, to: value, in: index < items.count ? items[index] : nil, span: span)
            if index < items.count { items[index] = new } else { items.append(new) }
            return YAMLNode(.sequence(items), at: node?.span ?? span)
        case .scalar(let scalar)? where !scalar.isNull:
            throw PathError(message: "\(scalar.text.quotedExcerpt) is a text and has no key \(key.quotedExcerpt)")
        case .scalar?, nil:
            let new = try set(rest, to: value, in: nil, span: span)
            if key == "0" { return YAMLNode(.sequence([new]), at: span) }
            return YAMLNode(.mapping([YAMLEntry(key: key, keySpan: span, value: new)]), at: span)
        }
    }
}
