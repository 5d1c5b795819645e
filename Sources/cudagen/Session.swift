import ArgumentParser
import CudaImageKit

/// What every command does around the library: open inputs, report findings, write outputs, choose the exit code.
struct Session {
    let report: ReportStyle
    private let catalogPath: String?
    private let templatesPath: String?
    private var loadedCatalog: Catalog?
    private var loadedTemplates: TemplateLibrary?
    /// The texts that were opened, by the name that findings call them.
    private var sources: [String: String] = [:]

    init(report: ReportStyle, catalog: String?, templates: String? = nil) {
        self.report = report
        catalogPath = catalog
        templatesPath = templates
    }

    /// The catalogue: what the user names or has imported, else the embedded one.
    mutating func catalog() throws -> Catalog {
        if let loadedCatalog { return loadedCatalog }
        let catalog: Catalog
        switch CatalogChoice(option: catalogPath) {
        case .builtIn: catalog = .embedded
        case .file(let path):
            guard let read = try self.catalog(at: path) else {
                throw fail(Diagnostic(.error, .unreadableFile, "there is no catalogue '\(path)'"))
            }
            catalog = read
        case .user(let path): catalog = try self.catalog(at: path) ?? .embedded
        }
        loadedCatalog = catalog
        return catalog
    }

    /// Reads a catalogue; `nil` if there is no such file.
    mutating func catalog(at path: String) throws -> Catalog? {
        guard let text = try reading({ () throws(FileError) in try FileSystem.text(of: path) }) else { return nil }
        do {
            return try Catalog(parsing: text, fileName: path)
        } catch {
            sources[path] = text
            show(error.diagnostics)
            throw ExitCode.invalid
        }
    }

    /// The program's templates with the user's in their place; `nil` if the user has none.
    mutating func templates() throws -> TemplateLibrary? {
        if let loadedTemplates { return loadedTemplates }
        guard let templatesPath else { return nil }
        do throws(DiagnosticError) {
            let folder = try TemplateFolder.read(path: templatesPath)
            remember(folder.sources)
            loadedTemplates = try TemplateLibrary(folder)
        } catch {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
        return loadedTemplates
    }

    /// Reports what is wrong with a template.
    func fail(_ error: TemplateError) -> ExitCode {
        show((loadedTemplates ?? TemplateLibrary()).findings(for: error))
        return .invalid
    }

    mutating func generator() throws -> Generator { Generator(catalog: try catalog(), templates: try templates()) }

    /// Reads a recipe, decides and renders; findings are reported. Without a text the exit code is settled.
    mutating func generate(
        recipe path: String?, options: ImageOptions, findingsAreResult: Bool = false
    ) throws -> Generator.Output {
        noteUnnamedRecipe(unless: path)
        let source = try path.map { try self.source(at: $0) }
        let output = try generator().generate(source, options: options)
        remember(output.sources)
        show(output.diagnostics, isResult: findingsAreResult)
        return output
    }

    /// The recipe that lies in this folder by the name that they have everywhere.
    static var unnamedRecipe: String? { FileSystem.isFile("app.yaml") ? "app.yaml" : nil }

    /// Says that a recipe lies here which the command line does not name: without one the options alone count.
    func noteUnnamedRecipe(unless path: String?) {
        guard path == nil, report.format == .text, let name = Self.unnamedRecipe else { return }
        Terminal.warn("cudagen: \(name) lies here and was not named: the image is that of the options alone\n")
    }

    /// What a tag or a recipe's image contains. A file that exists is a recipe, whatever its name looks like.
    mutating func explanation(of subject: String?, options: ImageOptions) throws -> Explanation {
        Explanation(try plan(of: subject, options: options), catalog: try catalog())
    }

    /// The plan of a tag's or a recipe's image.
    mutating func plan(of subject: String?, options: ImageOptions) throws -> ImagePlan {
        let catalog = try catalog()
        if let subject, let tag = try tag(spelled: subject) {
            if let option = options.firstThatATagExcludes {
                throw ValidationError("'\(subject)' is a whole tag, with which \(option) says nothing: leave it out.")
            }
            let (plan, diagnostics) = catalog.plan(Recipe().applying(options), tag: tag)
            show(diagnostics)
            guard let plan else { throw ExitCode.invalid }
            return plan
        }
        let output = try generate(recipe: subject, options: options)
        guard let plan = output.plan, output.text != nil else { throw ExitCode.invalid }
        return plan
    }

    /// A subject that is an official tag, in full, short or as an image reference, rather than a recipe's path.
    mutating func tag(spelled subject: String) throws -> TagFacts? {
        if subject == "-" || FileSystem.isFile(subject) { return nil }
        do {
            return try catalog().tag(spelled: subject)
        } catch let error as DiagnosticError {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
    }

    /// Reads a matrix file; its recipe is named from the file's own folder.
    mutating func matrix(at path: String) throws -> (matrix: Matrix, findings: Diagnostics) {
        let source = try source(at: path)
        let (matrix, diagnostics, texts) = Matrix.parse(source)
        remember(texts)
        guard let matrix else {
            show(diagnostics)
            throw ExitCode.invalid
        }
        return (matrix, diagnostics)
    }

    /// The lock of a matrix file's images; what is wrong with it is reported.
    mutating func lock(_ use: LockUse, beside path: String?) throws -> ActiveLock? {
        let (lock, findings, source) = ActiveLock.read(use, beside: path)
        if let source { remember([source.fileName: source.text]) }
        show(findings)
        if findings.hasErrors { throw ExitCode.invalid }
        return lock
    }

    // MARK: - Output

    func existingText(at path: String) throws -> String? {
        try reading { () throws(FileError) in try FileSystem.text(of: path) }
    }

    /// Prints how a file differs from what would be generated.
    ///
    /// - Throws: `ExitCode.no` if it does.
    func compare(_ text: String, with path: String) throws {
        let existing = try existingText(at: path) ?? ""
        let diff = UnifiedDiff.between((path, existing), ("\(path) (as it would be generated)", text))
        guard !diff.isEmpty else { return }
        Terminal.write(diff)
        throw ExitCode.no
    }

    func write(_ text: String, to path: String, force: Bool, isExecutable: Bool = false) throws {
        let existing: String?
        do {
            existing = try FileSystem.text(of: path)
        } catch {
            var finding = error.diagnostic
            if error.reason == FileError.notRegular {
                finding.help =
                    FileSystem.isFile(path)
                    ? "leave out -o, and the Dockerfile goes to standard output"
                    : "name a file in that folder: \(path)/Dockerfile"
            }
            throw fail(finding)
        }
        if let refusal = OutputFile.refusal(path: path, existing: existing, force: force) { throw fail(refusal) }
        if let existing, existing.utf8.elementsEqual(text.utf8) { return }
        _ = try reading { () throws(FileError) in try FileSystem.write(text, to: path, isExecutable: isExecutable) }
    }

    /// Generates everything first: nothing is written if one image, or what was read for all of them, has an error.
    mutating func write(
        _ matrix: Matrix, lock: ActiveLock?, reading: Diagnostics, to folder: String, force: Bool
    ) throws {
        let generator = try generator()
        progress("generating \(matrix.entries.count)", at: 0)
        let outputs = matrix.entries.concurrentMap { entry in
            let output = generator.generate(entry, lock: lock)
            return (text: output.text, diagnostics: output.diagnostics)
        }
        var findings = reading
        findings.add(
            contentsOf: Diagnostics(ofImages: zip(matrix.entries, outputs).map { ($0.name, $1.diagnostics) }))
        var files: [(path: String, text: String)] = []
        for (entry, output) in zip(matrix.entries, outputs) {
            guard let text = output.text else { continue }
            let path = "\(folder)/\(entry.name)/Dockerfile"
            files.append((path, text))
            let existing = try existingText(at: path)
            if let refusal = OutputFile.refusal(path: path, existing: existing, force: force) { findings.add(refusal) }
        }
        endProgress()
        show(findings)
        if findings.hasErrors { throw ExitCode.invalid }
        for (index, file) in files.enumerated() {
            progress("writing \(index + 1) of \(files.count)", at: index)
            let parent = String(file.path.dropLast("/Dockerfile".count))
            try self.reading { () throws(FileError) in
                try FileSystem.makeFolder(parent)
                try FileSystem.write(file.text, to: file.path)
            }
        }
        endProgress()
        Terminal.warn("cudagen: \(files.count) Dockerfile\(files.count == 1 ? "" : "s") in \(folder)\n")
        if !matrix.omissions.isEmpty {
            Terminal.warn("cudagen: left out: \(matrix.omissions.joined(separator: "; "))\n")
        }
    }

    private func progress(_ text: @autoclosure () -> String, at index: Int) {
        if index.isMultiple(of: 50), Terminal.isInteractive { Terminal.warn("\r\u{1B}[K\(text())") }
    }

    private func endProgress() {
        if Terminal.isInteractive { Terminal.warn("\r\u{1B}[K") }
    }

    // MARK: - Findings

    mutating func source(at path: String, as kind: RecipeSource.Kind = .recipe) throws -> RecipeSource {
        do {
            let source = try RecipeSource.read(path: path, as: kind)
            sources[source.fileName] = source.text
            return source
        } catch {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
    }

    /// Keeps texts that findings point into, by the name that they are called.
    mutating func remember(_ texts: [String: String]) { sources.merge(texts) { known, _ in known } }

    /// What lies in a project's folder.
    func folder(at path: String) throws -> ProjectFolder {
        do {
            return try ProjectFolder.read(path: path)
        } catch {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
    }

    func reading<Value>(_ body: () throws(FileError) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw fail(error.diagnostic)
        }
    }

    func fail(_ diagnostic: Diagnostic) -> ExitCode {
        show(Diagnostics([diagnostic]))
        return .invalid
    }

    func show(_ diagnostics: Diagnostics, isResult: Bool = false) {
        switch report.format {
        case .json:
            if isResult {
                Terminal.write(diagnostics.json.pretty + "\n")
            } else if !diagnostics.isEmpty {
                Terminal.warn(diagnostics.json.pretty + "\n")
            }
        case .text:
            if diagnostics.isEmpty { return }
            Terminal.warn(DiagnosticFormatter(sources: sources, color: report.hasColor).text(diagnostics))
        }
    }
}

extension ImageOptions {
    /// The first option that has no say in the image of a whole tag: it is neither where CUDA comes from nor a platform.
    fileprivate var firstThatATagExcludes: String? {
        var others = self
        (others.source, others.platforms, others.lock) = (nil, [], LockUse())
        if case .file = lock.place { return "--lock" }
        return others.arguments.first { $0.hasPrefix("--") } ?? (lock.isFrozen ? "--frozen" : nil)
    }
}
