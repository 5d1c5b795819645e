import ArgumentParser
import CudaImageKit

/// What every command does around the library: open inputs, report findings, write outputs, choose the exit code.
struct Session {
    let report: ReportStyle
    private let catalogPath: String?
    private var loadedCatalog: Catalog?

    init(report: ReportStyle, catalog: String?) {
        self.report = report
        catalogPath = catalog
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
    func catalog(at path: String) throws -> Catalog? {
        guard let text = try reading({ () throws(FileError) in try FileSystem.text(of: path) }) else { return nil }
        do {
            return try Catalog(parsing: text, fileName: path)
        } catch {
            show(error.diagnostics, sources: [path: text])
            throw ExitCode.invalid
        }
    }

    mutating func generator() throws -> Generator { Generator(catalog: try catalog()) }

    /// Reads a recipe, decides and renders; findings are reported. Without a text the exit code is settled.
    mutating func generate(
        recipe path: String?, options: ImageOptions, findingsAreResult: Bool = false
    ) throws -> Generator.Output {
        let source = try path.map(source(at:))
        let output = try generator().generate(source, options: options)
        let own = source.map { [$0.fileName: $0.text] } ?? [:]
        show(
            output.diagnostics, sources: own.merging(output.sources) { recipe, _ in recipe },
            isResult: findingsAreResult)
        return output
    }

    /// What a tag or a recipe's image contains.
    mutating func explanation(of subject: String?, options: ImageOptions) throws -> Explanation {
        Explanation(try plan(of: subject, options: options), catalog: try catalog())
    }

    /// The plan of a tag's or a recipe's image.
    mutating func plan(of subject: String?, options: ImageOptions) throws -> ImagePlan {
        let catalog = try catalog()
        if let subject, let tag = try tag(named: subject, in: catalog) {
            var options = options
            options.overrides = []
            let (plan, diagnostics) = catalog.plan(Recipe().applying(options), tag: tag)
            show(diagnostics, sources: [:])
            guard let plan else { throw ExitCode.invalid }
            return plan
        }
        let output = try generate(recipe: subject, options: options)
        guard let plan = output.plan, output.text != nil else { throw ExitCode.invalid }
        return plan
    }

    /// A subject that is an official tag, in full, short or as an image reference, rather than a recipe's path.
    func tag(named subject: String, in catalog: Catalog) throws -> TagFacts? {
        do {
            return try catalog.tag(named: subject)
        } catch {
            show(error.diagnostics, sources: [:])
            throw ExitCode.invalid
        }
    }

    /// Reads a matrix file; its recipe is named from the file's own folder.
    mutating func matrix(at path: String) throws -> Matrix {
        let source = try source(at: path)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let (matrix, diagnostics) = Matrix.parse(source) { (recipe) throws(DiagnosticError) in
            try RecipeSource.read(path: recipe.hasPrefix("/") ? recipe : folder + recipe)
        }
        show(diagnostics, source: source)
        guard let matrix else { throw ExitCode.invalid }
        return matrix
    }

    // MARK: - Output

    func existingText(at path: String) throws -> String? {
        try reading { () throws(FileError) in try FileSystem.text(of: path) }
    }

    func write(_ text: String, to path: String, force: Bool) throws {
        let existing = try existingText(at: path)
        if let refusal = OutputFile.refusal(path: path, existing: existing, force: force) { throw fail(refusal) }
        if let existing, existing.utf8.elementsEqual(text.utf8) { return }
        _ = try reading { () throws(FileError) in try FileSystem.write(text, to: path) }
    }

    /// Generates everything first: nothing is written if one image has an error.
    mutating func write(_ matrix: Matrix, to folder: String, force: Bool) throws {
        let generator = try generator()
        var files: [(path: String, text: String)] = []
        var findings = Diagnostics()
        progress("generating \(matrix.entries.count)", at: 0)
        let outputs = matrix.entries.concurrentMap { entry in
            let output = generator.generate(entry)
            return (text: output.text, diagnostics: output.diagnostics.labelled(entry.name))
        }
        for (entry, output) in zip(matrix.entries, outputs) {
            if let text = output.text { files.append(("\(folder)/\(entry.name)/Dockerfile", text)) }
            findings.add(contentsOf: output.diagnostics)
        }
        for file in files {
            let existing = try existingText(at: file.path)
            if let refusal = OutputFile.refusal(path: file.path, existing: existing, force: force) {
                findings.add(refusal)
            }
        }
        endProgress()
        show(findings, sources: [:])
        if findings.hasErrors { throw ExitCode.invalid }
        for (index, file) in files.enumerated() {
            progress("writing \(index + 1) of \(files.count)", at: index)
            let parent = String(file.path.dropLast("/Dockerfile".count))
            try reading { () throws(FileError) in
                try FileSystem.makeFolder(parent)
                try FileSystem.write(file.text, to: file.path)
            }
        }
        endProgress()
        Terminal.warn("cudagen: \(files.count) Dockerfiles in \(folder)\n")
    }

    private func progress(_ text: @autoclosure () -> String, at index: Int) {
        if index.isMultiple(of: 50), Terminal.isInteractive { Terminal.warn("\r\u{1B}[K\(text())") }
    }

    private func endProgress() {
        if Terminal.isInteractive { Terminal.warn("\r\u{1B}[K") }
    }

    // MARK: - Findings

    func source(at path: String) throws -> RecipeSource {
        do {
            return try RecipeSource.read(path: path)
        } catch {
            show(error.diagnostics, sources: [:])
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
        show(Diagnostics([diagnostic]), sources: [:])
        return .invalid
    }

    func show(_ diagnostics: Diagnostics, source: RecipeSource?, isResult: Bool = false) {
        show(diagnostics, sources: source.map { [$0.fileName: $0.text] } ?? [:], isResult: isResult)
    }

    func show(_ diagnostics: Diagnostics, sources: [String: String], isResult: Bool = false) {
        switch report.format {
        case .json:
            if isResult {
                Terminal.write(diagnostics.json.pretty + "\n")
            } else if !diagnostics.isEmpty {
                Terminal.warn(diagnostics.json.pretty + "\n")
            }
        case .text:
            if diagnostics.isEmpty { return }
            Terminal.warn(
                DiagnosticFormatter(sources: sources, color: report.hasColor).text(diagnostics))
        }
    }
}
