extension StarterRecipe {
    /// `copy`, `workdir`, `user`, `expose`, `entrypoint`, `command`.
    var application: [Entry] {
        var entries: [Entry] = []
        if !copies.isEmpty {
            entries.append(
                Entry("copy", .list(copies), comments: ["Check: code alone. Add other files that the program reads."]))
        }
        if facts.extensionSetup != nil, case .section(let build)? = self.build?.content,
            build.contains(where: { $0.key == "artifacts" })
        {
            entries.append(Entry("run", .lines(["pip install --no-cache-dir --no-deps /opt/wheels/*.whl"])))
        }
        if let folder = dockerfile(.workingDirectory)?.workingDirectory, folder != "/app" {
            entries.append(Entry("workdir", .text(folder), remark: "as in \(facts.dockerfile?.path ?? "")"))
        }
        if let user = dockerfile(.user)?.user {
            entries.append(Entry("user", .text(user), remark: "as in \(facts.dockerfile?.path ?? "")"))
        }
        return entries + ports + start
    }

    private var ports: [Entry] {
        if let dockerfile = dockerfile(.ports), !dockerfile.ports.isEmpty {
            return [
                Entry(
                    "expose", .list(dockerfile.ports.uniqued.map { Value(digits: $0) }),
                    remark: "as in \(dockerfile.path)")
            ]
        }
        if startsService { return [Entry("expose", .list([.number(8000)]))] }
        return []
    }

    /// Whether uvicorn is started.
    private var startsService: Bool {
        guard !hasStartOfDockerfile, plan.usesPython, case .service? = facts.code.entry else { return false }
        return true
    }

    private var hasStartOfDockerfile: Bool {
        dockerfile(.start).map { !$0.entrypoint.isEmpty || !$0.command.isEmpty } ?? false
    }

    /// What the container starts.
    private var start: [Entry] {
        if hasStartOfDockerfile, let dockerfile = dockerfile(.start) {
            let words = [("entrypoint", dockerfile.entrypoint), ("command", dockerfile.command)].filter {
                !$0.1.isEmpty
            }
            return words.map { Entry($0.0, .texts($0.1), remark: "as in \(dockerfile.path)") }
        }
        if let program = programs.first, !plan.usesPython {
            let others = programs.dropFirst().joined(separator: ", ")
            return [Entry("entrypoint", .texts([program]), remark: others.isEmpty ? nil : "also there: \(others)")]
        }
        guard plan.usesPython, let entry = facts.code.entry else {
            var comments = ["Check: what starts the application was not found."]
            if let script = facts.project?.scripts.first {
                comments = [
                    "Check: the script '\(script.name)' calls \(script.target), but the project itself is not installed."
                ]
            }
            return [
                Entry(
                    "entrypoint", .texts(plan.usesPython ? ["python3", "main.py"] : ["/usr/local/bin/app"]),
                    comments: comments, isOff: true)
            ]
        }
        switch entry {
        case .file(let name, let reason):
            // Python takes `-x.py` for an option.
            let path = name.hasPrefix("-") ? "./\(name)" : name
            return [Entry("entrypoint", .texts(["python3", path]), remark: reason)]
        case .module(let name, let reason):
            return [Entry("entrypoint", .texts(["python3", "-m", name]), remark: reason)]
        case .service(let name, let path):
            return [
                Entry(
                    "entrypoint", .texts(["uvicorn", name]),
                    comments: ["\(path) makes an ASGI application, and uvicorn is required."]),
                Entry("command", .texts(["--host", "0.0.0.0", "--port", "8000"])),
            ]
        }
    }

    // MARK: - Files

    /// `copy:`
    private var copies: [Value] {
        guard plan.usesPython else { return [] }
        if facts.code.modules.count > PythonCodeDetector.maximumModules { return [.text(".")] }
        let modules = facts.code.modules.filter(Self.isPlainPath)
        var copies: [Value] = []
        if modules.count == 1 { copies.append(.text(modules[0])) }
        if modules.count > 1 { copies.append(Self.copy(modules, to: "./")) }
        return copies + facts.code.packages.filter(Self.isPlainPath).map { Self.copy([$0], to: "\($0)/") }
    }

    /// `build.copy:` the sources, by folder.
    var buildCopies: [Value] {
        let files = buildFiles
        if files.names.count > PythonCodeDetector.maximumModules || files.names.isEmpty && files.folders.isEmpty {
            return [.text(".")]
        }
        var copies: [Value] = []
        if files.names.count == 1 { copies.append(.text(files.names[0])) }
        if files.names.count > 1 { copies.append(Self.copy(files.names, to: "./")) }
        return copies + files.folders.map { Self.copy([$0], to: "\($0)/") }
    }

    private var buildFiles: (names: [String], folders: [String]) {
        (facts.sources.names.filter(Self.isPlainPath), facts.sources.folders.filter(Self.isPlainPath))
    }

    /// Builders take some characters of a source as a pattern.
    private static func isPlainPath(_ path: String) -> Bool {
        !path.utf8.contains { "*?[]\\!".utf8.contains($0) } && path.trimmingBlanks == path
    }

    /// A `.dockerignore` that sends only what the recipe copies; empty if it copies everything.
    var dockerIgnore: [String] {
        var paths: [String] = []
        switch plan.dependencies {
        case .lock: paths += ["pyproject.toml", "uv.lock"]
        case .requirements(let file): paths += [file.path] + file.pins.includedFiles.filter { !$0.hasPrefix("../") }
        case .environment(let environment): paths.append(environment.path)
        case .listed, .frameworks, .none: break
        }
        for value in copies + (build == nil ? [] : buildCopies) {
            guard let sources = value.sources else { return [] }
            paths += sources
        }
        return paths.isEmpty ? [] : ["*"] + paths.uniqued.map { "!\($0)" }
    }
}

extension StarterDocument.Value {
    /// What an item of `copy` copies; `nil` for everything.
    fileprivate var sources: [String]? {
        switch self {
        case .text("."): nil
        case .text(let path): [path]
        case .mapping(let members):
            members.first { $0.key == "from" }.flatMap { member in
                switch member.value {
                case .text(let path): [path]
                case .list(let items): items.flatMap { $0.sources ?? [] }
                default: nil
                }
            }
        default: nil
        }
    }
}
