/// Templates that can include each other, compiled and checked once.
public struct TemplateLibrary: Hashable, Sendable {
    private var templates: [String: Template] = [:]
    /// The folder whose templates took the place of the program's own.
    private(set) var folder: TemplateFolder?

    /// A library without templates.
    public init() {}

    /// Compiles templates; a later one replaces an earlier one of the same name.
    ///
    /// - Throws: ``TemplateError`` for a template that can't be compiled or that includes one that does not exist.
    public init(_ sources: [(name: String, text: String)]) throws(TemplateError) {
        for source in sources { templates[source.name] = try Template(parsing: source.text, name: source.name) }
        try checkPartials()
    }

    /// The templates that are part of the program, compiled at the first use.
    ///
    /// - Throws: ``TemplateError``; the tests make sure that it never does.
    public static func embedded() throws(TemplateError) -> TemplateLibrary { try compiled.get() }

    private static let compiled = Result { () throws(TemplateError) in
        try TemplateLibrary(EmbeddedResources.templates.map { ($0.name, $0.text.description) })
    }

    /// The names of the templates that are part of the program, sorted.
    public static var embeddedNames: [String] { EmbeddedResources.templates.map(\.name).sorted() }

    /// The text of a template that is part of the program; `nil` if there is no such one.
    public static func embeddedText(of name: String) -> String? {
        EmbeddedResources.templates.first { $0.name == name }?.text.description
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

    /// The embedded templates with those of a folder in their place.
    ///
    /// - Throws: ``DiagnosticError`` with all that is wrong with the folder's templates.
    public init(_ folder: TemplateFolder) throws(DiagnosticError) {
        var findings = Diagnostics()
        do throws(TemplateError) {
            self = try .embedded()
        } catch {
            throw DiagnosticError(error.findings(in: nil))
        }
        self.folder = folder
        let own = names
        for file in folder.files {
            do throws(TemplateError) {
                try folder.checkContext(of: file)
                templates[file.name] = try Template(parsing: file.text, name: file.name)
            } catch {
                findings.add(contentsOf: error.findings(in: folder))
            }
        }
        // One that can't be compiled includes nobody knows what.
        if !findings.hasErrors {
            do throws(TemplateError) { try checkPartials() } catch {
                findings.add(contentsOf: error.findings(in: folder))
            }
            let included = Set(templates.values.flatMap { $0.partials.map(\.name) })
            for file in folder.files where !own.contains(file.name) && !included.contains(file.name) {
                findings.add(folder.uselessness(of: file, known: own))
            }
        }
        if findings.hasErrors { throw DiagnosticError(findings) }
    }

    /// The names of all templates, sorted.
    public var names: [String] { templates.keys.sorted() }

    /// The compiled template of a name, without extension; `nil` if there is none.
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

    /// What went wrong as findings, with the places in the user's files.
    public func findings(for error: TemplateError) -> Diagnostics { error.findings(in: folder) }

    /// Renders a file that has a header, and fills in its checksum.
    ///
    /// - Throws: ``TemplateError`` as ``render(_:_:)`` does, or if custom templates leave the header out: cudagen would not
    ///   know the file as its own again, and refuse to write it a second time.
    func renderFile(_ name: String, _ value: TemplateValue) throws(TemplateError) -> String {
        let text = Checksum.sealed(try render(name, value))
        guard folder == nil || Checksum.state(of: text) == .untouched else {
            throw TemplateError(
                template: name, position: SourcePosition(line: 1, column: 1),
                message: "the file must begin with a comment that has the lines 'Generated by cudagen …' and "
                    + "'checksum {{checksum}}'")
        }
        return text
    }

    private func checkPartials() throws(TemplateError) {
        var errors: [TemplateError] = []
        for name in names {
            for partial in templates[name]?.partials ?? [] where templates[partial.name] == nil {
                errors.append(.missingPartial(partial.name, in: name, at: partial.position, known: names))
            }
        }
        if let error = TemplateError(errors) { throw error }
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
