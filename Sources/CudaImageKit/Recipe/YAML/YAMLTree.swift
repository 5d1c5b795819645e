/// A YAML document for this package's other modules: what stands there, without a meaning.
package struct YAMLTree {
    private let node: YAMLNode

    private init(_ node: YAMLNode) { self.node = node }

    /// Reads a file of another program, which may be larger than a recipe and have merge keys.
    ///
    /// - Throws: ``DiagnosticError`` if the text is not YAML, or passes what such a file may have.
    package init(parsing text: String, fileName: String) throws(DiagnosticError) {
        let findings = FindingList()
        let bounds = YAMLComposer.Bounds(aliases: 20_000, nodes: 2_000_000, takesMergeKeys: true)
        let node = YAMLComposer.compose(text, fileName: fileName, findings: findings, bounds: bounds)
        if node == nil, !findings.hasErrors { findings.error(.emptyFile, "'\(fileName)' is empty") }
        guard let node, !findings.hasErrors else { throw DiagnosticError(findings.sorted) }
        self.node = node
    }

    package var span: SourceSpan { node.span }

    /// A scalar's text; `nil` for other values and for nothing.
    package var text: String? {
        if case .scalar(let scalar) = node.content, !scalar.isNull { scalar.text } else { nil }
    }

    /// A mapping's keys and values; empty for other values.
    package var entries: [(key: String, value: YAMLTree)] {
        if case .mapping(let entries) = node.content { entries.map { ($0.key, YAMLTree($0.value)) } } else { [] }
    }

    /// A list's elements; empty for other values.
    package var items: [YAMLTree] {
        if case .sequence(let items) = node.content { items.map(YAMLTree.init) } else { [] }
    }

    /// The value of a key: the mapping's own, else one of a mapping that it merges in with `<<`.
    package subscript(key: String) -> YAMLTree? {
        guard case .mapping(let entries) = node.content else { return nil }
        if let own = entries.first(where: { $0.key == key }) { return YAMLTree(own.value) }
        guard let merged = entries.first(where: { $0.key == "<<" }).map({ YAMLTree($0.value) }) else { return nil }
        return ([merged] + merged.items).lazy.compactMap { $0[key] }.first
    }
}
