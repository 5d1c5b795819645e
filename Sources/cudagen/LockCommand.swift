import ArgumentParser
import CudaImageKit
import CudaImageRegistry

struct LockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock",
        abstract: "Write the digests of a recipe's images to cudagen.lock, so that Dockerfiles pin them.",
        discussion: """
            Examples:
              cudagen lock app.yaml
              cudagen lock app.yaml training.yaml
              cudagen lock --update app.yaml
              cudagen lock --check app.yaml
              cudagen lock --matrix matrix.yaml

            Asks the registries of the images that the Dockerfiles start from. The lock lies beside the recipe; 'generate' \
            and every command that renders then writes tag@digest, and --frozen makes it an error if the lock lacks \
            something. Entries that are there stay as they are, until --update moves them to what the tags mean now. \
            Credentials are those of 'docker login'. --check writes nothing and exits with 1 if the registries have \
            something else.
            """)

    @Option(
        help: ArgumentHelp("The lock (default: cudagen.lock beside the recipe).", valueName: "file"),
        completion: .file())
    var lock: String?

    @Option(help: ArgumentHelp("A matrix file: all its images.", valueName: "file"), completion: .file())
    var matrix: String?

    @Flag(help: "Compare the lock with the registries, and write nothing.")
    var check = false

    @Flag(help: "Ask for every image again, also for those that are locked.")
    var update = false

    @Flag(help: "Also lock the image that the smoke test is compiled in (recipes with 'smoke:' do it anyway).")
    var smoke = false

    @Flag(help: "Overwrite a lock that cudagen did not write, or that was edited by hand.")
    var force = false

    @OptionGroup var registry: RegistryArguments
    @OptionGroup var image: ImageArguments
    @OptionGroup var report: ReportArguments

    @Argument(help: "The recipes, all in one folder.", completion: .file())
    var recipes: [String] = []

    func validate() throws {
        if check, update || force { throw ValidationError("--check writes nothing: leave out --update and --force.") }
        if recipes.isEmpty, matrix == nil { throw ValidationError("Name a recipe, or a matrix file with --matrix.") }
        if matrix != nil, !recipes.isEmpty { throw ValidationError("Name recipes, or a matrix file with --matrix.") }
        if matrix != nil, !image.options.arguments.isEmpty {
            throw ValidationError("The matrix file says what its images are; options of images need a recipe.")
        }
        if lock == nil, Set(paths.map { LockUse().path(beside: $0) }).count > 1 {
            throw ValidationError("The recipes are in several folders: lock each folder's, or name a lock with --lock.")
        }
        if lock == nil, recipes.contains("-") {
            throw ValidationError("Standard input has no folder: name a lock with --lock.")
        }
    }

    private var paths: [String] { matrix.map { [$0] } ?? recipes }

    func run() throws {
        var session = Session(report: report.style, catalog: image.catalog)
        let use = LockUse(lock.map { .file($0) } ?? .besideRecipe)
        guard let path = use.path(beside: paths.first) else { throw ExitCode.invalid }
        let working = Environment.folder
        func name(_ recipe: String) -> String { Lockfile.name(ofRecipe: recipe, in: path, from: working) }
        let requests = LockRequest.merged(
            try matrix.map { try session.lockRequests(ofMatrix: $0, named: name($0), withSmoke: smoke) }
                ?? recipes.flatMap {
                    try session.lockRequests(of: $0, named: name($0), options: image.options, withSmoke: smoke)
                })
        let names = Set(paths.map(name))
        let existing = try existingLock(at: path, &session)
        var client = registry.client
        let wanted = requests.filter { request in
            check || update || existing.map { $0.isEdited || !$0.answers(request) } ?? true
        }
        let resolved = try session.resolve(wanted, with: &client)
        let folder = FilePath.folder(of: path)
        let lock = (existing ?? Lockfile()).updated(for: requests, of: names, resolved: resolved) { name in
            // Whether standard input still says the same nobody can tell.
            name == "-" || FileSystem.isFile(folder + name)
        }
        if check {
            try compare(existing ?? Lockfile(), with: lock, at: path, session, &client)
        } else {
            try session.write(lock.text, to: path, force: force)
            for case .changed(let before, let now) in (existing ?? lock).differences(from: lock)
            where before.digest != now.digest {
                Terminal.warn("cudagen: \(before.reference) moves from \(before.digest) to \(now.digest)\n")
            }
            let count = "\(requests.count) image\(requests.count == 1 ? "" : "s")"
            Terminal.warn("cudagen: \(count) in \(path), \(resolved.count) of them resolved now\n")
        }
    }

    /// The lock that is there; `nil` if there is none, or one that can't be read is to be overwritten.
    private func existingLock(at path: String, _ session: inout Session) throws -> Lockfile? {
        guard let text = try session.existingText(at: path), check || !text.isEmpty else {
            if check {
                throw session.fail(
                    Diagnostic(
                        .error, .lockMissing, "there is no lock '\(path)'", help: "write it: leave out --check"))
            }
            return nil
        }
        if !check {
            if force { return Lockfile.parse(RecipeSource(text: text, fileName: path)).lock }
            if var refusal = OutputFile.refusal(path: path, existing: text, force: false) {
                refusal.help = "'--check' tells how it differs from what the registries have; '--force' writes it anew"
                throw session.fail(refusal)
            }
        }
        let source = try session.source(at: path, as: .lock)
        let (lock, findings) = Lockfile.parse(source)
        session.show(findings)
        guard let lock else { throw ExitCode.invalid }
        if lock.isEdited { session.show(Diagnostics([ActiveLock.edited(path, .warning)])) }
        return lock
    }

    private func compare(
        _ locked: Lockfile, with now: Lockfile, at path: String, _ session: Session, _ client: inout RegistryClient
    ) throws {
        var report = LockReport(path: path, differences: locked.differences(from: now))
        for case .changed(let entry, let current) in report.differences where entry.digest != current.digest {
            do throws(RegistryError) {
                if try !client.has(entry.digest, of: entry.reference) { report.lost.insert(entry.digest) }
            } catch {
                session.show(Diagnostics([error.diagnostic]))
                throw error.exitCode
            }
        }
        if self.report.format == .json {
            Terminal.write(report.json.pretty + "\n")
        } else {
            Terminal.write(report.text)
        }
        guard report.differences.isEmpty else { throw ExitCode.no }
        Terminal.warn("cudagen: \(path) is current\n")
    }
}

extension Session {
    /// What a recipe's image needs in a lock.
    ///
    /// - Parameter name: how the lock calls the recipe.
    mutating func lockRequests(
        of recipe: String, named name: String, options: ImageOptions, withSmoke: Bool
    ) throws -> [LockRequest] {
        var options = options
        options.lock.place = .none
        let output = try generate(recipe: recipe, options: options)
        guard let plan = output.plan, output.text != nil else { throw ExitCode.invalid }
        return try lockRequests(of: [plan], named: name, withSmoke: withSmoke)
    }

    /// What the images of a matrix file need in a lock.
    mutating func lockRequests(ofMatrix path: String, named name: String, withSmoke: Bool) throws -> [LockRequest] {
        let generator = try generator()
        let (matrix, reading) = try matrix(at: path)
        let outputs = matrix.entries.map { ($0.name, generator.generate($0)) }
        let findings = Diagnostics(
            reading.all + Diagnostics(ofImages: outputs.map { ($0.0, $0.1.diagnostics) }).all)
        show(findings)
        if findings.hasErrors { throw ExitCode.invalid }
        return try lockRequests(of: outputs.compactMap(\.1.plan), named: name, withSmoke: withSmoke)
    }

    private mutating func lockRequests(
        of plans: [ImagePlan], named name: String, withSmoke: Bool
    ) throws -> [LockRequest] {
        let catalog = try catalog()
        do throws(DiagnosticError) {
            var requests: [LockRequest] = []
            for plan in plans {
                requests += try LockRequest.requests(of: plan, recipe: name, withSmoke: withSmoke, catalog: catalog)
            }
            return requests
        } catch {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
    }

    /// Asks registries; every image that can't be had is reported.
    func resolve(
        _ requests: [LockRequest], with client: inout RegistryClient
    ) throws -> [ImageReference: Lockfile.Entry] {
        let answers = client.answers(to: requests)
        show(answers.diagnostics)
        if answers.failsForEnvironment { throw ExitCode.environment }
        if answers.diagnostics.hasErrors { throw ExitCode.invalid }
        return answers.entries
    }
}
