extension Resolver {
    /// Refuses Python packages that no generated file can install where they stand.
    mutating func checkRequirements() {
        guard let python = recipe.python, isRead("python.manager") else { return }
        // Of what decides nothing only that pip would not find a file is said.
        diagnostics.add(contentsOf: recipe.frameworkPins.diagnostics)
        if recipe.frameworkPins.hasHashes, let line = recipe.frameworkPins.unhashed.first {
            let others = recipe.frameworkPins.unhashed.count - 1
            diagnostics.error(
                .hashMissing, "\(line.value.quotedExcerpt) has no hash, and other requirements have one", at: line.span,
                notes: (others > 0 ? ["nor \(others == 1 ? "has 1 other" : "have \(others) others")"] : [])
                    + ["pip and uv install from a file with hashes only what has one"],
                help: "add its --hash=sha256:…, as pip-compile --generate-hashes or uv export writes it")
        }
        for package in python.packages {
            switch PythonPackageEntry(package.value).source {
            case .local(let path, let extras) where python.decidedManager != .conda:
                diagnostics.error(
                    .localPackage,
                    "the Python package \(package.value.quotedExcerpt) is a file or folder, which is not in the image yet "
                        + "when packages are installed",
                    at: package.span,
                    help: Self.installation(of: path, extras: extras, with: python.decidedManager))
            case .repository where python.decidedManager == .conda:
                diagnostics.error(
                    .conflictingKeys, "conda installs packages of channels, not of repositories", at: package.span,
                    help: "use python.environment-file, which may have a pip section, or the manager pip")
            default: break
            }
        }
    }

    /// How the recipe's later steps install a file or folder.
    private static func installation(of path: String, extras: String, with manager: PythonManager) -> String {
        let install = manager == .uv ? "uv pip install --no-cache" : "pip install --no-cache-dir"
        let command = { (target: String) in
            "run: [\(JSONValue.string("\(install) \(ShellQuoting.quote(target + extras))").compact)]"
        }
        if path.hasPrefix("/") || path.hasPrefix("~") { return "install it later, with \(command(path))" }
        let parts = path.split(separator: "/").filter { $0 != "." && $0 != ".." }
        guard let name = parts.last else {
            return "copy it and install it later: copy: [.] and \(command(".")); "
                + "or use python.project with the manager uv"
        }
        let source = JSONValue.string(parts.joined(separator: "/")).compact
        let copy =
            PythonPackageEntry.isArchive(path)
            ? "[\(source)]" : "[{from: \(source), to: \(JSONValue.string("\(name)/").compact)}]"
        return "copy it and install it later: copy: \(copy) and \(command("./\(name)"))"
    }
}
