/// `environment.yml`.
struct CondaDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        guard let source = ["environment.yml", "environment.yaml"].lazy.compactMap({ folder.source($0) }).first else {
            return
        }
        let root = YAMLComposer.compose(source.text, fileName: source.fileName, findings: FindingList())
        guard case .mapping(let entries)? = root?.content,
            case .sequence(let items)? = entries.first(where: { $0.key == "dependencies" })?.value.content
        else {
            facts.note(source.fileName, "not read: not an environment of conda")
            return
        }
        var environment = CondaEnvironment(path: source.fileName)
        for item in items {
            guard case .scalar(let scalar) = item.content else { continue }
            Self.read(Located(scalar.text, at: item.span), into: &environment)
        }
        if case .scalar(let scalar)? = entries.first(where: { $0.key == "name" })?.value.content {
            facts.names.append(scalar.text)
        }
        facts.environment = environment
        facts.note(
            source.fileName,
            (items.count == 1 ? "1 dependency" : "\(items.count) dependencies")
                + (environment.python.map { ", Python \($0)" } ?? "")
                + (environment.cuda.map { ", CUDA \($0.value)" } ?? ""))
    }

    /// `conda-forge::cuda-version=12.4`, `python >=3.12`
    private static func read(_ item: Located<String>, into environment: inout CondaEnvironment) {
        let text = item.value.firstRange(of: "::").map { item.value[$0.upperBound...] } ?? item.value[...]
        let name = text.prefix { !" =<>!~[".contains($0) }.lowercased()
        environment.packages.insert(name)
        var version = text.dropFirst(name.count).drop { $0 == " " || $0 == "=" }
            .prefix { !" =,|".contains($0) }
        if version.hasSuffix(".*") { version = version.dropLast(2) }
        // What begins with `<` or `>` names no release.
        switch name {
        case "python":
            environment.python = PythonVersion(version.split(separator: ".").prefix(2).joined(separator: "."))
        case "cuda-version", "cudatoolkit", "pytorch-cuda":
            environment.cuda =
                environment.cuda
                ?? CUDAVersionPattern(String(version)).map { Located($0, at: item.span) }
        default: break
        }
    }
}
