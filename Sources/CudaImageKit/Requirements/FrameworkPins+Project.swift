extension FrameworkPins {
    /// Reads the dependencies of `pyproject.toml`: `[project]`, its optional dependencies, `[dependency-groups]` and
    /// `[tool.poetry.dependencies]`.
    mutating func readProject(_ source: RecipeSource) {
        var reader = TOMLReader(source)
        guard let entries = reader.entries() else {
            diagnostics.error(
                .unreadableRequirement, "not TOML that can be read here: \(reader.problem)", at: reader.span,
                help: "pass the versions as options, such as --torch 2.4")
            return
        }
        for entry in entries {
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
    }

    private mutating func addList(_ value: TOMLReader.Value) {
        guard case .array(let items) = value.content else {
            diagnostics.warning(.unreadableRequirement, "expected a list of requirements", at: value.span)
            return
        }
        // Tables among them include other groups, which are read where they stand.
        for item in items { if case .string(let text) = item.content { add(text, at: item.span) } }
    }

    /// `torch = "^2.4"`, `torch = {version = "^2.4", source = "pytorch"}`
    private mutating func addPoetry(name: String, key: String?, _ value: TOMLReader.Value) {
        guard let framework = Framework(package: name), key == nil || key == "version" else { return }
        switch value.content {
        case .string(let text):
            guard let specifiers = Self.poetry(text) else {
                diagnostics.warning(
                    .unreadableRequirement,
                    "\(text.quotedExcerpt) is not a version of \(framework) that can be read here",
                    at: value.span, help: "write it as PEP 440 does, such as >=2.1,<3")
                return
            }
            add(framework, specifiers, at: value.span)
        case .table(let entries):
            let version = entries.first { $0.path == ["version"] }?.value
            if let version {
                addPoetry(name: name, key: nil, version)
            } else {
                add(framework, VersionSpecifiers(), at: value.span)
            }
        case .array, .other:
            diagnostics.warning(
                .unreadableRequirement, "the version of \(framework) can't be read here", at: value.span,
                help: "write one version, such as \"^2.4\"")
        }
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
