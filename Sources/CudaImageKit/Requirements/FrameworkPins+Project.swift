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
    }

    private mutating func addList(_ value: TOMLReader.Value) {
        guard case .array(let items) = value.content else {
            diagnostics.warning(.unreadableRequirement, "expected a list of requirements", at: value.span)
            return
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
                diagnostics.warning(
                    .unreadableRequirement,
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
            diagnostics.warning(
                .unreadableRequirement, "the version of \(framework) can't be read here", at: value.span,
                help: "write one version, such as \"^2.4\"")
        }
    }

    /// The marker of `markers`, `python` and `platform` together; `nil` without any.
    ///
    /// Source: Poetry's documentation of dependency specifications.
    fileprivate static func poetryMarker(_ entries: [TOMLReader.Entry]) -> String? {
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

    fileprivate var string: String? { if case .string(let text) = content { text } else { nil } }
}

/// Where a project's packages come from: the indexes of uv and Poetry, and the packages that name one of them.
///
/// Sources: uv's documentation ("Package indexes", "Using uv with PyTorch"), Poetry's ("Repositories").
private struct ProjectSources {
    private struct Index {
        var name: String?
        var url: Located<String>?
        /// Whether only packages that name it come from it.
        var isExplicit = false
    }

    /// By the heading, or the number in a list, that an index stands under.
    private var named: [Int: Index] = [:]
    /// What PyTorch's packages name, with the marker of that.
    private var uses: [(index: String, marker: String?)] = []
    private var unnamed: [FrameworkPins.Index] = []

    mutating func read(_ entry: TOMLReader.Entry) {
        guard entry.path.first == "tool", entry.path.count > 2 else { return }
        switch (entry.path[1], entry.path[2]) {
        case ("uv", "index") where entry.path.count == 3:
            guard case .array(let items) = entry.value.content else { break }
            for (offset, item) in items.enumerated() {
                guard case .table(let entries) = item.content else { continue }
                // Numbers that no heading has.
                for member in entries { read(member.path.last ?? "", member.value, ofIndex: -1 - offset) }
            }
        case ("uv", "index"), ("poetry", "source"):
            read(entry.path[3], entry.value, ofIndex: entry.heading)
        case ("uv", "index-url"), ("uv", "extra-index-url"), ("uv", "find-links"):
            let values: [TOMLReader.Value]
            if case .array(let items) = entry.value.content { values = items } else { values = [entry.value] }
            for value in values {
                if let url = value.string { unnamed.append(FrameworkPins.Index(url: Located(url, at: value.span))) }
            }
        case ("uv", "sources") where entry.path.count > 3 && isPyTorch(entry.path[3]):
            readUse(entry.path.dropFirst(4).first, entry.value, key: "index") { entries in
                entries.first { $0.path == ["marker"] }?.value.string
            }
        case ("poetry", "dependencies") where entry.path.count > 3 && isPyTorch(entry.path[3]):
            readUse(entry.path.dropFirst(4).first, entry.value, key: "source", marker: FrameworkPins.poetryMarker)
        default: break
        }
    }

    private func isPyTorch(_ name: String) -> Bool {
        FrameworkPins.packagesOfPyTorch.contains(PythonRequirement.normalized(name))
    }

    private mutating func read(_ key: String, _ value: TOMLReader.Value, ofIndex number: Int) {
        var index = named[number] ?? Index()
        switch (key, value.content) {
        case ("name", .string(let name)): index.name = name
        case ("url", .string(let url)): index.url = Located(url, at: value.span)
        case ("explicit", .other(let flag)): index.isExplicit = flag == "true"
        case ("priority", .string(let priority)): index.isExplicit = priority == "explicit"
        default: break
        }
        named[number] = index
    }

    /// `torch = {index = "x"}`, `torch.index = "x"`, or a list of such tables with markers.
    private mutating func readUse(
        _ inner: String?, _ value: TOMLReader.Value, key: String, marker: ([TOMLReader.Entry]) -> String?
    ) {
        switch value.content {
        case .string(let name) where inner == key: uses.append((name, nil))
        case .table(let entries) where inner == nil:
            if let name = entries.first(where: { $0.path == [key] })?.value.string {
                uses.append((name, marker(entries)))
            }
        case .array(let items) where inner == nil:
            for item in items { readUse(nil, item, key: key, marker: marker) }
        default: break
        }
    }

    /// What PyTorch's packages come from: what they name, else every index that is not explicit.
    var indexes: [FrameworkPins.Index] {
        let all = named.sorted { $0.key < $1.key }.map(\.value)
        var result: [FrameworkPins.Index] = []
        for use in uses {
            guard let url = all.first(where: { $0.name == use.index })?.url else { continue }
            let index = FrameworkPins.Index(url: url, marker: use.marker)
            if !result.contains(index) { result.append(index) }
        }
        if !uses.isEmpty { return result }
        return all.filter { !$0.isExplicit }.compactMap { $0.url.map { FrameworkPins.Index(url: $0) } } + unnamed
    }
}
