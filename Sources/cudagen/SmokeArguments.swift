import ArgumentParser
import CudaImageKit

/// What a smoke test is made for: a recipe's image, an image that exists, or both.
struct SmokeArguments: ParsableArguments {
    @Option(
        name: .customLong("image"),
        help: ArgumentHelp(
            "An image that exists already. With a recipe, the recipe says what is tested in it; without one, --cuda, "
                + "--os, --flavor and --cudnn say what its name does not.", valueName: "ref"),
        transform: ImageReference.init(argument:))
    var reference: ImageReference?

    @Option(help: ArgumentHelp("Seconds after which the test ends itself (default: 120).", valueName: "seconds"))
    var timeout: Int?

    @Argument(help: "The recipe (app.yaml), or - for standard input.", completion: .file())
    var recipe: String?

    func validate() throws {
        if let timeout, !SmokeTestPlan.timeouts.contains(timeout) {
            throw ValidationError("--timeout takes 1 to \(SmokeTestPlan.timeouts.upperBound) seconds.")
        }
    }

    /// Options that say how cudagen makes an image have no meaning for one that exists.
    func validate(with image: ImageArguments) throws {
        guard reference != nil, recipe == nil else { return }
        let isMisplaced =
            image.source != nil || image.base != nil || !image.set.isEmpty || !image.platform.isEmpty
            || image.repositoryMirror != nil || image.airGap
        if isMisplaced {
            throw ValidationError(
                "--image takes --cuda, --os, --flavor and --cudnn; the other options, mirrors among them, need a recipe."
            )
        }
    }
}

extension Session {
    /// The smoke test, and the image that it is for if cudagen makes it.
    mutating func smokeTest(
        _ smoke: SmokeArguments, options: ImageOptions, timeout: Int?
    ) throws -> (plan: SmokeTestPlan, image: Generator.Output?) {
        let catalog = try catalog()
        let source = try smoke.recipe.map { try self.source(at: $0) }
        do throws(DiagnosticError) {
            if let image = smoke.reference, source == nil {
                let plan = try SmokeTestPlan(
                    image: image, cuda: options.cuda, os: options.os, flavor: options.flavor, cudnn: options.cudnn,
                    timeoutSeconds: timeout, catalog: catalog)
                return (plan, nil)
            }
        } catch {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
        noteUnnamedRecipe(unless: smoke.recipe)
        let output = try generator().generate(source, options: options)
        show(output.diagnostics)
        guard let image = output.plan, output.text != nil else { throw ExitCode.invalid }
        do throws(DiagnosticError) {
            var plan = try SmokeTestPlan(
                image, image: smoke.reference, timeoutSeconds: timeout, catalog: catalog)
            if let lock = output.lock {
                let (pinned, findings) = plan.pinned(by: lock)
                if findings.hasErrors { throw DiagnosticError(findings) }
                show(findings)
                plan = pinned
            }
            return (plan, output)
        } catch {
            show(error.diagnostics)
            throw ExitCode.invalid
        }
    }

    /// The smoke test's files.
    mutating func files(
        of plan: SmokeTestPlan, arguments: [String], folder: String, extras: SmokeTest.Extras = []
    ) throws -> [SmokeTest.File] {
        let templates = try templates()
        do throws(TemplateError) {
            return try SmokeTest.files(plan, templates: templates, arguments: arguments, folder: folder, extras: extras)
        } catch {
            throw fail(error)
        }
    }

    /// Writes all files, or none if one of them may not be overwritten.
    func write(_ files: [SmokeTest.File], to folder: String, force: Bool) throws {
        var refusals = Diagnostics()
        for file in files {
            let path = "\(folder)/\(file.path)"
            let refusal = OutputFile.refusal(path: path, existing: try existingText(at: path), force: force)
            if let refusal { refusals.add(refusal) }
        }
        guard !refusals.hasErrors else {
            show(refusals)
            throw ExitCode.invalid
        }
        try reading { () throws(FileError) in
            try FileSystem.makeFolder(folder)
            for file in files {
                try FileSystem.write(file.text, to: "\(folder)/\(file.path)", isExecutable: file.isExecutable)
            }
        }
    }
}
