/// Python files: what belongs to the application, what starts it, and the frameworks it imports.
struct PythonCodeDetector: ProjectDetector {
    /// Each of these is enough, so that a folder of many scripts is copied as a whole.
    static let maximumModules = 20

    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        let root = folder.files(in: "").filter { ProjectFolder.ending(of: $0) == "py" }
        facts.code.modules = root.filter { !Self.isTool($0) }
        facts.code.packages = folder.folders(withEndings: ["py"]).filter { !Self.isTool($0) }
        guard !root.isEmpty || !facts.code.packages.isEmpty else { return }
        let own = folder.files.filter { path in
            ProjectFolder.ending(of: path) == "py"
                && !Self.isTool(String(path.prefix { $0 != "/" }))
                && !Self.isTool(FilePath.name(of: path))
        }
        findFrameworks(own, in: folder, facts: &facts)
        findEntry(own, in: folder, facts: &facts)
    }

    /// What is for developers: tests, settings of build tools.
    private static func isTool(_ name: String) -> Bool {
        tools.contains(name) || name.hasPrefix("test_") || name.hasSuffix("_test.py")
    }

    private static let tools: Set<String> = [
        "setup.py", "conftest.py", "noxfile.py", "tasks.py", "fabfile.py", "dodo.py", "versioneer.py", "test", "tests",
        "docs", "doc", "examples", "scripts", "benchmarks", "notebooks",
    ]

    // MARK: - Imports

    private func findFrameworks(_ paths: [String], in folder: ProjectFolder, facts: inout ProjectFacts) {
        var seen: [Framework: String] = [:]
        for path in paths {
            for module in Self.imports(folder.source(path)) {
                if let framework = Self.frameworks[module], seen[framework] == nil { seen[framework] = path }
            }
        }
        facts.code.frameworks = Framework.allCases.compactMap { framework in
            seen[framework].map { PythonCode.Import(framework: framework, path: $0) }
        }
        for found in facts.code.frameworks { facts.note(found.path, "imports \(found.framework)") }
    }

    private static let frameworks: [String: Framework] = [
        "torch": .torch, "tensorflow": .tensorflow, "jax": .jax, "onnxruntime": .onnxruntimeGPU, "vllm": .vllm,
    ]

    /// The first names of imported modules: `import a.b as c, d`, `from a import b`.
    private static func imports(_ source: RecipeSource?) -> [String] {
        lines(source).flatMap { line -> [String] in
            let words = line.trimmingBlanks.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0] == "import" || words[0] == "from" else { return [] }
            let modules = words[0] == "from" ? [words[1]] : words[1].split(separator: ",")
            return modules.map { module in
                String(String(module).trimmingBlanks.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            }
        }
    }

    private static func lines(_ source: RecipeSource?) -> [String] {
        guard let source else { return [] }
        return source.text.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    // MARK: - What starts the application

    private func findEntry(_ own: [String], in folder: ProjectFolder, facts: inout ProjectFacts) {
        let asksUvicorn =
            facts.requirements.first?.packages.contains("uvicorn")
            ?? facts.project?.dependencies.contains { PythonRequirement($0)?.name.lowercased() == "uvicorn" }
            ?? facts.environment?.packages.contains("uvicorn") ?? false
        if asksUvicorn, let (path, name) = service(own, in: folder) {
            facts.code.entry = .service("\(Self.module(path)):\(name)", path: path)
            return facts.note(path, "makes an ASGI application '\(name)', and uvicorn is required")
        }
        if let package = facts.code.packages.first(where: { folder.has("\($0)/__main__.py") }), Self.isModule(package) {
            facts.code.entry = .module(package, because: "\(package)/__main__.py is there")
            return facts.note("\(package)/__main__.py", "starts the package")
        }
        let names = ["main.py", "app.py", "__main__.py", "run.py", "serve.py", "server.py", "train.py", "inference.py"]
        if let name = names.first(where: folder.has) {
            facts.code.entry = .file(name, because: "by its name")
            return facts.note(name, "starts the application, by its name")
        }
        let scripts = facts.code.modules.filter { path in
            Self.lines(folder.source(path)).contains { $0.hasPrefix("if __name__ ==") && $0.contains("__main__") }
        }
        if scripts.count == 1 {
            facts.code.entry = .file(scripts[0], because: "it alone tests for __main__")
            return facts.note(scripts[0], "starts the application: it alone tests for __main__")
        }
        if facts.code.modules.count == 1 {
            facts.code.entry = .file(facts.code.modules[0], because: "the only file of Python here")
            facts.note(facts.code.modules[0], "the only file of Python in the folder")
        }
    }

    /// `app = FastAPI(…)` at the start of a line.
    private func service(_ paths: [String], in folder: ProjectFolder) -> (path: String, name: String)? {
        for path in paths where Self.isModule(Self.module(path)) {
            for line in Self.lines(folder.source(path)) {
                let name = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
                let rest = line.dropFirst(name.count).drop { $0 == " " }
                guard !name.isEmpty, rest.first == "=" else { continue }
                let value = String(rest.dropFirst()).trimmingBlanks
                if value.hasPrefix("FastAPI(") || value.hasPrefix("Starlette(") { return (path, String(name)) }
            }
        }
        return nil
    }

    /// `pkg.service` of `pkg/service.py`
    private static func module(_ path: String) -> String {
        path.dropLast(".py".count).split(separator: "/").joined(separator: ".")
    }

    private static func isModule(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || $0 == 0x5f || $0 == 0x2e }
    }
}
