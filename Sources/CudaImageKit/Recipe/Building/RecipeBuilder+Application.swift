extension RecipeBuilder {
    /// `system.packages:` packages of the operating system.
    public func systemPackages(_ names: String..., fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        systemPackages(names, fileID: fileID, line: line)
    }

    /// `system.packages:` packages of the operating system.
    public func systemPackages(_ names: [String], fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return appending(names.map { .text($0, at: here) }, to: "system", "packages")
    }

    /// `python:`
    ///
    /// - Parameters:
    ///   - version: major and minor: `3.12`.
    ///   - manager: what installs packages; pip if left out, uv with a project.
    ///   - requirements: a requirements file of the build context.
    ///   - packages: requirements such as `numpy==2.1.0`.
    ///   - index: the package index, in place of the installer's own.
    ///   - extraIndexes: URLs of indexes that are searched as well.
    ///   - project: uv: the folder with `pyproject.toml` and `uv.lock`.
    ///   - environmentFile: conda: the environment's file.
    ///   - channels: conda: where it searches, in order.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func python(
        version: String? = nil, manager: PythonManager? = nil, requirements: String? = nil, packages: [String] = [],
        index: String? = nil, extraIndexes: [String] = [], project: String? = nil, environmentFile: String? = nil,
        channels: [String] = [], fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        // A call without arguments asks for Python alone.
        let begun = setting("python", to: root.has("python") ? nil : .mapping([:], at: here))
        return begun.setting("python", "version", to: .text(version, at: here))
            .setting("python", "manager", to: .text(manager?.rawValue, at: here))
            .setting("python", "requirements", to: .text(requirements, at: here))
            .appending(packages.map { .text($0, at: here) }, to: "python", "packages")
            .setting("python", "index", to: .text(index, at: here))
            .appending(extraIndexes.map { .text($0, at: here) }, to: "python", "extra-indexes")
            .setting("python", "project", to: .text(project, at: here))
            .setting("python", "environment-file", to: .text(environmentFile, at: here))
            .appending(channels.map { .text($0, at: here) }, to: "python", "channels")
    }

    /// `build:` a stage that compiles; only its artifacts reach the image.
    ///
    /// - Parameters:
    ///   - packages: packages of the operating system.
    ///   - copy: files of the build context.
    ///   - environment: the stage's variables, in order.
    ///   - run: shell commands, in order.
    ///   - artifacts: what is copied into the image, seen from the working directory.
    ///   - workingDirectory: where commands run; `/src` if left out.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func build(
        packages: [String] = [], copy: [FileCopy] = [], environment: KeyValuePairs<String, String> = [:],
        run: [String] = [], artifacts: [FileCopy] = [], workingDirectory: String? = nil, fileID: String = #fileID,
        line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        let begun = setting("build", to: root.has("build") ? nil : .mapping([:], at: here))
        return environment.reduce(begun) { $0.setting("build", "env", $1.key, to: .text($1.value, at: here)) }
            .appending(packages.map { .text($0, at: here) }, to: "build", "packages")
            .appending(copy.map { $0.node(at: here) }, to: "build", "copy")
            .appending(run.map { .text($0, at: here) }, to: "build", "run")
            .appending(artifacts.map { $0.node(at: here) }, to: "build", "artifacts")
            .setting("build", "workdir", to: .text(workingDirectory, at: here))
    }

    /// `copy:` files of the build context.
    ///
    /// - Parameters:
    ///   - sources: paths in the build context.
    ///   - target: a path in the image; the working directory if left out.
    ///   - owner: `user`, `user:group`, or numbers.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func copy(
        _ sources: String..., to target: String? = nil, owner: String? = nil, fileID: String = #fileID,
        line: Int = #line
    ) -> RecipeBuilder {
        copy([FileCopy(sources, to: target, owner: owner)], fileID: fileID, line: line)
    }

    /// `copy:` files of the build context.
    public func copy(_ copies: [FileCopy], fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return appending(copies.map { $0.node(at: here) }, to: "copy")
    }

    /// `run:` shell commands, each a layer of its own.
    public func run(_ commands: String..., fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        run(commands, fileID: fileID, line: line)
    }

    /// `run:` shell commands, each a layer of its own.
    public func run(_ commands: [String], fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return appending(commands.map { .text($0, at: here) }, to: "run")
    }

    /// `smoke:` what the GPU smoke test tests.
    ///
    /// - Parameters:
    ///   - kernels: what runs besides the vector addition; all if left out, nothing more if empty.
    ///   - libraries: what is opened and called; those of the flavor if left out, none if empty.
    ///   - command: a program and its arguments.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func smoke(
        kernels: [SmokeKernel]? = nil, libraries: [SmokeLibrary]? = nil, command: [String] = [],
        fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return setting("smoke", "kernels", to: kernels == [] ? .list([], at: here) : nil)
            .setting("smoke", "libraries", to: libraries == [] ? .list([], at: here) : nil)
            .appending((kernels ?? []).map { .text($0.rawValue, at: here) }, to: "smoke", "kernels")
            .appending((libraries ?? []).map { .text($0.rawValue, at: here) }, to: "smoke", "libraries")
            .setting("smoke", "command", to: command.isEmpty ? nil : .list(command, at: here))
    }

    /// An entry of `copy`, or of a build stage's files and artifacts.
    public struct FileCopy: Hashable, Sendable, ExpressibleByStringLiteral {
        var sources: [String]
        var target: String?
        var owner: String?

        /// Several files.
        ///
        /// - Parameters:
        ///   - sources: paths in the build context, or in the stage of an artifact.
        ///   - target: a path in the image; the working directory if left out.
        ///   - owner: `user`, `user:group`, or numbers.
        public init(_ sources: [String], to target: String? = nil, owner: String? = nil) {
            self.sources = sources
            self.target = target
            self.owner = owner
        }

        /// One file or folder.
        public init(_ source: String, to target: String? = nil, owner: String? = nil) {
            self.init([source], to: target, owner: owner)
        }

        /// One file, into the working directory.
        public init(stringLiteral value: String) { self.init(value) }

        fileprivate func node(at span: SourceSpan) -> YAMLNode {
            .mapping(
                ["from": .list(sources, at: span), "to": .text(target, at: span), "owner": .text(owner, at: span)],
                at: span)
        }
    }
}

extension YAMLNode {
    fileprivate func has(_ key: String) -> Bool {
        if case .mapping(let entries) = content { entries.contains { $0.key == key } } else { false }
    }
}
