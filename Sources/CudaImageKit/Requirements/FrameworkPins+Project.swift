extension FrameworkPins {
    /// Reads the dependencies of `pyproject.toml`: `[project]`, its optional dependencies, `[dependency-groups]` and
    /// `[tool.poetry.dependencies]`; and where PyTorch's packages come from, as uv and Poetry are told.
    mutating func readProject(_ source: RecipeSource) {
        var reader = TOMLReader(source)
        guard let entries = reader.entries() else {
            diagnostics.error(
                .unreadableRequirement, "not TOML that can be read here: \(reader.problem)", at: reader.span,
                help: "pass the versions as options, such as --torch 2.4")
            return
        }
        var sources = ProjectSources()
        for entry in entries {
            sources.read(entry)
            switch entry.path.first {
            case "project"? where entry.path == ["project", "dependencies"]: addList(entry.value)
            case "project"? where entry.path.count == 3 && entry.path[1] == "optional-dependencies":
                addList(entry.value)
            case "dependency-groups"? where entry.path.count == 2: addList(entry.value)
            case "tool"?
            where entry.path.count >= 4 && Array(entry.path.prefix(3)) == ["tool", "poetry", "dependencies"]:
                addPoetry(name: entry.path[3], key: entry.path.dropFirst(4).first, entry.value)
            default: break
            }
        }
        indexes += sources.indexes
        mainIndex = sources.mainIndex
        furtherIndexes = sources.furtherIndexes
    }

    private mutating func addList(_ value: TOMLReader.Value) {
        guard case .array(let items) = value.content else {
            return warn("expected a list of requirements", at: value.span)
        }
        // Tables among them include other groups, which are read where they stand.
        for item in items { if case .string(let text) = item.content { add(text, at: item.span) } }
    }

    /// `torch = "^2.4"`, `torch = {version = "^2.4", source = "pytorch"}`, or a list of such tables with markers.
    private mutating func addPoetry(name: String, key: String?, _ value: TOMLReader.Value, marker: String? = nil) {
        guard let framework = Framework(package: name), key == nil || key == "version" else { return }
        if let marker, EnvironmentMarker.holds(marker, python: nil, platforms: Platform.allCases) == false { return }
        switch value.content {
        case .string(let text):
            guard let specifiers = Self.poetry(text) else {
                warn(
                    "\(text.quotedExcerpt) is not a version of \(framework) that can be read here",
                    at: value.span, help: "write it as PEP 440 does, such as >=2.1,<3")
                return
            }
            add(framework, specifiers, at: value.span, marker: marker)
        case .table(let entries):
            let version = entries.first { $0.path == ["version"] }?.value
            let marker = Self.poetryMarker(entries)
            if let version {
                addPoetry(name: name, key: nil, version, marker: marker)
            } else {
                add(framework, VersionSpecifiers(), at: value.span, marker: marker)
            }
        case .array(let items) where items.allSatisfy(\.isTable):
            for item in items { addPoetry(name: name, key: nil, item) }
        case .array, .other:
            warn(
                "the version of \(framework) can't be read here", at: value.span,
                help: "write one version, such as \"^2.4\"")
        }
    }

    /// The marker of `markers`, `python` and `platform` together; `nil` without any.
    ///
    /// Source: Poetry's documentation of dependency specifications.
    static func poetryMarker(_ entries: [TOMLReader.Entry]) -> String? {
        var parts: [String] = []
        for entry in entries {
            guard case .string(let text) = entry.value.content else { continue }
            switch entry.path {
            case ["markers"]: parts.append("(\(text))")
            case ["platform"]: parts.append("sys_platform == \"\(text)\"")
            case ["python"]:
                parts += (poetry(text)?.clauses ?? []).map { clause in
                    "python_version \(clause.operator.rawValue) \"\(clause.version)\(clause.isPrefix ? ".*" : "")\""
                }
            default: break
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    /// Poetry's own operators beside PEP 440's: `^2.4`, `~2.4`, `2.4`, `*`.
    ///
    /// Source: Poetry's documentation of dependency specifications.
    static func poetry(_ text: String) -> VersionSpecifiers? {
        var clauses: [VersionSpecifier] = []
        for part in text.split(separator: ",") {
            let part = String(part).trimmingBlanks
            if part == "*" { continue }
            if let sign = part.first, sign == "^" || sign == "~", !part.hasPrefix("~=") {
                guard let version = PythonPackageVersion(String(part.dropFirst()).trimmingBlanks) else { return nil }
                let kept =
                    sign == "~"
                    ? min(2, version.release.count)
                    : (version.release.firstIndex { $0 != 0 }.map { $0 + 1 } ?? version.release.count)
                var next = Array(version.release.prefix(kept))
                next[next.count - 1] += 1
                guard let end = PythonPackageVersion(next.map(String.init).joined(separator: ".")) else { return nil }
                clauses += [VersionSpecifier(.atLeast, version), VersionSpecifier(.less, end)]
            } else if let version = PythonPackageVersion(part) {
                clauses.append(VersionSpecifier(.equal, version))
            } else if part.hasSuffix(".*"), let clause = VersionSpecifier("==" + part) {
                clauses.append(clause)
            } else if let clause = VersionSpecifier(part) {
                clauses.append(clause)
            } else {
                return nil
            }
        }
        return VersionSpecifiers(clauses)
    }
}

extension TOMLReader.Value {
    fileprivate var isTable: Bool { if case .table = content { true } else { false } }

    var string: String? { if case .string(let text) = content { text } else { nil } }
}
