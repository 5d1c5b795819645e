extension HostInspector {
    private static let programs = [
        "nvidia-ctk", "nvidia-container-runtime", "nvidia-container-runtime-hook", "nvidia-container-cli",
        "nvidia-cdi-hook",
    ]

    /// Folders of package managers' repository files.
    private static let repositoryFolders = ["/etc/apt/sources.list.d", "/etc/yum.repos.d", "/etc/zypp/repos.d"]

    private mutating func inspectRepositories(_ facts: ContainerToolkitFacts) {
        var paths = ["/etc/apt/sources.list"]
        for folder in Self.repositoryFolders {
            paths += tree.names(in: folder).filter { name in
                [".list", ".sources", ".repo"].contains(where: name.hasSuffix)
            }.map { "\(folder)/\($0)" }
        }
        for path in paths {
            let lines = Self.enabledLines(of: text(of: path) ?? "", path: path)
            if lines.contains(where: facts.isDeprecated(repositoryLine:)) { host.toolkit.deprecatedLists.append(path) }
        }
    }

    /// The lines of a repository file without the sections that are switched off.
    private static func enabledLines(of text: String, path: String) -> [String] {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard !path.hasSuffix(".list") else { return lines.map(String.init) }
        let isStanza = path.hasSuffix(".sources")
        var enabled: [String] = []
        var section: [String] = []
        for line in lines + [isStanza ? "" : "["] {
            let line = String(line.drop(while: \.isWhitespace))
            if isStanza ? line.isEmpty : line.hasPrefix("[") {
                let isOff = section.contains { line in
                    guard let (key, value) = line.splitOnce(at: isStanza ? ":" : "=") else { return false }
                    return key.trimmingBlanks.lowercased() == "enabled"
                        && ["0", "no", "false"].contains(value.trimmingBlanks.lowercased())
                }
                if !isOff { enabled += section }
                section = []
            }
            section.append(line)
        }
        return enabled
    }

    mutating func inspectToolkit() {
        for name in Self.programs { host.toolkit.programs[name] = tree.program(name) }
        // Before 1.13 the hook had the name of the package.
        if !host.toolkit.hasHook, let old = tree.program("nvidia-container-toolkit") {
            host.toolkit.programs["nvidia-container-runtime-hook"] = old
        }
        let installed = installedPackages()
        let facts = catalog.containerToolkit
        host.toolkit.version =
            answer(of: .nvidiaCTK).flatMap { Self.version(after: "version", in: $0.text) }
            ?? installed[facts?.package ?? ""]
        host.toolkit.libraryVersion =
            answer(of: .containerCLI).flatMap { Self.version(after: "lib-version:", in: $0.text) }
            ?? installed["libnvidia-container1"]
        host.toolkit.deprecatedPackages = (facts?.deprecatedPackages ?? []).filter { installed[$0] != nil }
        inspectConfiguration(facts)
        if let facts { inspectRepositories(facts) }
    }

    private mutating func inspectConfiguration(_ facts: ContainerToolkitFacts?) {
        guard let facts, let text = text(of: facts[.configuration]) else { return }
        let settings = TOMLSettings(text)
        if let problem = settings.problem {
            noteUnread(FileError(path: facts[.configuration], reason: "Not TOML, \(problem)"))
            return
        }
        host.toolkit.leavesCgroups = settings.values[["nvidia-container-cli", "no-cgroups"]] == "true"
        host.toolkit.mode = settings.values[["nvidia-container-runtime", "mode"]]
        host.toolkit.disablesRequire = settings.values[["disable-require"]] == "true"
    }

    /// Versions of the packages that matter, by name.
    private mutating func installedPackages() -> [String: String] {
        var found: [String: String] = [:]
        if let text = text(of: "/var/lib/dpkg/status", limit: 64 << 20) {
            let wanted = Set(
                (catalog.containerToolkit?.packages ?? []) + (catalog.containerToolkit?.deprecatedPackages ?? []))
            Self.forEachStanza(of: text) { stanza in
                guard let name = stanza["Package"], wanted.contains(name), let version = stanza["Version"],
                    stanza["Status"]?.hasSuffix(" installed") == true
                else { return }
                found[name] = String(version.prefix { $0 != "-" })
            }
        } else if let output = answer(of: .rpm) {
            // `package nvidia-docker2 is not installed` has more words.
            for line in output.text.split(whereSeparator: \.isNewline) {
                let words = line.split(separator: " ").map(String.init)
                if words.count == 2 { found[words[0]] = words[1] }
            }
        }
        return found
    }

    /// The stanzas of dpkg's status that NVIDIA's packages have: only these are taken apart, as the file is large.
    private static func forEachStanza(of text: String, _ body: ([String: String]) -> Void) {
        var stanza: [String: String] = [:]
        var isWanted = false
        for line in text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false) {
            if line.isEmpty {
                if isWanted { body(stanza) }
                stanza = [:]
                isWanted = false
            } else if line.starts(with: "Package: ".utf8) {
                let name = String(decoding: line.dropFirst(9), as: UTF8.self)
                isWanted = name.containsBytes(of: "nvidia")
                stanza["Package"] = name
            } else if isWanted, let (name, value) = String(decoding: line, as: UTF8.self).splitOnce(at: ":") {
                stanza[name] = String(value.drop { $0 == " " })
            }
        }
        if isWanted { body(stanza) }
    }

    /// A version behind a word: `1.17.4` of `NVIDIA Container Toolkit CLI version 1.17.4`.
    static func version(after label: String, in text: String) -> String? {
        guard let range = text.firstRange(of: label) else { return nil }
        let word = text[range.upperBound...].drop { $0 == " " || $0 == "v" }
            .prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        return word.isEmpty ? nil : String(word)
    }
}
