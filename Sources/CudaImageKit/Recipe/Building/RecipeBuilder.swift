/// A recipe written in Swift.
///
///     let trainer = RecipeBuilder(name: "trainer")
///         .image(cuda: "12.4", flavor: .runtime, os: "ubuntu22.04", cudnn: .any)
///         .python(manager: .uv, packages: ["numpy==2.1.0"])
///         .copy("train.py", to: "/app/")
///         .entrypoint("python3", "train.py")
///     let dockerfile = try Generator().generate(trainer).get()
///
/// It says what a recipe's file says, in the same words, and is read by the same reader: no rule of the file can be passed by.
/// Every mistake is reported at the line of the call that made it. Lists grow with each call, and so do `environment`,
/// `labels` and `arguments`; anything else replaces what an earlier call said.
public struct RecipeBuilder: Hashable, Sendable {
    /// The recipe as the reader gets it.
    private(set) var root: YAMLNode
    /// The official tag that was named as a whole.
    private(set) var tag: Located<CUDAImageTag>?
    /// The Swift file that the recipe is written in, as `#fileID` has it.
    let program: String

    /// A recipe that says nothing but its name.
    ///
    /// - Parameters:
    ///   - name: the recipe's `name`.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public init(name: String? = nil, fileID: String = #fileID, line: Int = #line) {
        program = fileID
        root = YAMLNode(.mapping([]), at: .code(fileID, line))
        if let name { root = root.setting(["name"], to: .text(name, at: root.span)) }
    }

    /// The recipe, or `nil` if there is an error; every mistake is reported in one run.
    ///
    /// - Parameter overrides: keys to set on top, in order.
    public func read(overrides: [RecipeOverride] = []) -> (recipe: Recipe?, diagnostics: Diagnostics) {
        let (recipe, diagnostics) = readDespiteErrors(overrides: overrides)
        return (diagnostics.hasErrors ? nil : recipe, diagnostics)
    }

    /// The recipe with gaps where there are errors, or `nil` if nothing of it can be relied upon.
    func readDespiteErrors(overrides: [RecipeOverride]) -> (recipe: Recipe?, diagnostics: Diagnostics) {
        let findings = FindingList()
        var recipe = Recipe.readDespiteErrors(root, overrides: overrides, findings: findings)
        recipe?.program = program
        recipe?.image.tag = tag
        return (recipe, findings.sorted)
    }

    /// The builder with a value at a path of keys; no value leaves it as it is.
    func setting(_ path: String..., to node: YAMLNode?) -> RecipeBuilder {
        guard let node else { return self }
        var builder = self
        builder.root = root.setting(path[...], to: node)
        return builder
    }

    /// The builder with an official tag as a whole.
    func naming(_ tag: Located<CUDAImageTag>?) -> RecipeBuilder {
        var builder = self
        builder.tag = tag
        return builder
    }

    /// The builder with more items in the list at a path of keys.
    func appending(_ nodes: [YAMLNode], to path: String...) -> RecipeBuilder {
        guard let first = nodes.first else { return self }
        var items: [YAMLNode] = []
        if case .sequence(let before)? = root.node(at: path[...])?.content { items = before }
        var builder = self
        builder.root = root.setting(path[...], to: YAMLNode(.sequence(items + nodes), at: first.span))
        return builder
    }
}

extension SourceSpan {
    /// The place of a call in Swift code.
    static func code(_ fileID: String, _ line: Int) -> SourceSpan {
        let start = SourcePosition(line: line, column: 1)
        return SourceSpan(source: fileID, start: start, end: start)
    }
}

extension YAMLNode {
    static func text(_ text: String, at span: SourceSpan) -> YAMLNode {
        YAMLNode(.scalar(YAMLScalar(text: text, isPlain: false)), at: span)
    }

    static func text(_ text: String?, at span: SourceSpan) -> YAMLNode? { text.map { .text($0, at: span) } }

    static func list(_ texts: [String], at span: SourceSpan) -> YAMLNode {
        YAMLNode(.sequence(texts.map { .text($0, at: span) }), at: span)
    }

    /// A mapping of the keys that have a value.
    static func mapping(_ members: KeyValuePairs<String, YAMLNode?>, at span: SourceSpan) -> YAMLNode {
        YAMLNode(
            .mapping(
                members.compactMap { member in
                    member.value.map { YAMLEntry(key: member.key, keySpan: span, value: $0) }
                }),
            at: span)
    }

    /// The value at a path of keys.
    fileprivate func node(at path: ArraySlice<String>) -> YAMLNode? {
        guard let key = path.first else { return self }
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value.node(at: path.dropFirst())
    }

    /// The mapping with another value at a path of keys; mappings on the way are made.
    fileprivate func setting(_ path: ArraySlice<String>, to node: YAMLNode) -> YAMLNode {
        guard let key = path.first else { return node }
        var entries: [YAMLEntry] = []
        if case .mapping(let before) = content { entries = before }
        let empty = YAMLNode(.mapping([]), at: node.span)
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index].value = entries[index].value.setting(path.dropFirst(), to: node)
        } else {
            entries.append(YAMLEntry(key: key, keySpan: node.span, value: empty.setting(path.dropFirst(), to: node)))
        }
        return YAMLNode(.mapping(entries), at: span)
    }
}
