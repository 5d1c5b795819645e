/// Templates that can include each other, compiled and checked once.
public struct TemplateLibrary: Hashable, Sendable {
    private var templates: [String: Template] = [:]

    /// A library without templates.
    public init() {}

    /// Compiles templates; a later one replaces an earlier one of the same name.
    ///
    /// - Throws: ``TemplateError`` for a template that can't be compiled or that includes one that does not exist.
    public init(_ sources: [(name: String, text: String)]) throws(TemplateError) {
        self = try TemplateLibrary().replacing(sources)
    }

    /// The templates that are part of the program, compiled at the first use.
    ///
    /// - Throws: ``TemplateError``; the tests make sure that it never does.
    public static func embedded() throws(TemplateError) -> TemplateLibrary { try compiled.get() }

    private static let compiled = Result { () throws(TemplateError) in
        try TemplateLibrary(EmbeddedResources.templates.map { ($0.name, $0.text.description) })
    }

    /// The embedded templates that rendering some of them needs: a short command does not wait for the compilation of
    /// the others.
    ///
    /// - Parameter roots: the templates that are rendered; their partials come along.
    /// - Throws: ``TemplateError``; the tests make sure that it never does.
    public static func embedded(for roots: [String]) throws(TemplateError) -> TemplateLibrary {
        var library = TemplateLibrary()
        var needed = roots
        while let name = needed.popLast() {
            guard library.templates[name] == nil,
                let source = EmbeddedResources.templates.first(where: { $0.name == name })
            else { continue }
            let template = try Template(parsing: source.text.description, name: name)
            library.templates[name] = template
            needed += template.partials.map(\.name)
        }
        try library.checkPartials()
        return library
    }

    /// The library with some templates replaced or added, as a user's folder of templates does.
    ///
    /// - Throws: ``TemplateError`` for a template that can't be compiled or that includes one that does not exist.
    public func replacing(_ sources: [(name: String, text: String)]) throws(TemplateError) -> TemplateLibrary {
        var library = self
        for source in sources {
            library.templates[source.name] = try Template(parsing: source.text, name: source.name)
        }
        try library.checkPartials()
        return library
    }

    /// The names of all templates, sorted.
    public var names: [String] { templates.keys.sorted() }

    public subscript(name: String) -> Template? { templates[name] }

    /// Renders a template of the library.
    ///
    /// - Throws: ``TemplateError`` if there is no such template, or as `Template.render` does.
    public func render(_ name: String, _ value: TemplateValue) throws(TemplateError) -> String {
        guard let template = templates[name] else {
            throw TemplateError(
                template: name, position: SourcePosition(line: 1, column: 1), message: "there is no such template")
        }
        return try template.render(value, partials: self)
    }

    private func checkPartials() throws(TemplateError) {
        for name in names {
            for partial in templates[name]?.partials ?? [] where templates[partial.name] == nil {
                throw TemplateError.missingPartial(
                    partial.name, in: name, at: partial.position, known: templates.keys.sorted())
            }
        }
    }
}

extension TemplateError {
    static func missingPartial(
        _ name: String, in template: String, at position: SourcePosition, known: [String]
    ) -> TemplateError {
        let hint = Suggestion.nearest(to: name, in: known).map { ", did you mean '\($0)'?" } ?? ""
        return TemplateError(template: template, position: position, message: "no template '\(name)'" + hint)
    }
}
