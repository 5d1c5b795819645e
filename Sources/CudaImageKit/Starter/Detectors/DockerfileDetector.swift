/// A `Dockerfile` that somebody wrote: what of it a recipe can say.
struct DockerfileDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        guard let source = ["Dockerfile", "Containerfile"].lazy.compactMap({ folder.source($0) }).first else { return }
        guard Checksum.state(of: source.text) == .foreign else {
            return facts.note(source.fileName, "written by cudagen: not looked at")
        }
        var reader = DockerfileReader(source)
        reader.read()
        facts.dockerfile = reader.facts
        let base = reader.facts.base.map { "starts from \($0.value)" } ?? "its base can't be told"
        facts.note(source.fileName, base)
    }
}

/// Reads the final stage; what stands before it is for building.
private struct DockerfileReader {
    private(set) var facts: DockerfileFacts
    private let source: RecipeSource
    /// Defaults of `ARG` before the first `FROM`.
    private var arguments: [String: String] = [:]
    /// What stages start from, by name and number.
    private var stages: [String: Located<ImageReference>] = [:]
    private var count = 0

    init(_ source: RecipeSource) {
        self.source = source
        facts = DockerfileFacts(path: source.fileName)
    }

    mutating func read() {
        for item in DockerfileInstructions(source.text).items { read(item) }
    }

    private mutating func read(_ item: DockerfileInstructions.Item) {
        switch item.name {
        case "FROM": beginStage(item)
        case "ARG" where count == 0:
            let parts = item.text.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { arguments[parts[0]] = parts[1].filter { $0 != "\"" && $0 != "'" } }
        case _ where count == 0: break
        case "EXPOSE":
            for word in item.text.split(separator: " ").map(String.init) {
                if Port(word) != nil { facts.ports.append(word) } else { facts.leave(item.name, line: item.line) }
            }
        case "WORKDIR":
            if item.text.hasPrefix("/"), Self.isPlain(item.text) {
                facts.workingDirectory = item.text
            } else {
                facts.leave(item.name, line: item.line)
            }
        case "USER": readUser(item)
        case "ENTRYPOINT": facts.entrypoint = words(of: item)
        case "CMD": facts.command = words(of: item)
        case "RUN": readRun(item)
        case "MAINTAINER": break
        default: facts.leave(item.name, line: item.line)
        }
    }

    /// `FROM --platform=$BUILDPLATFORM nvidia/cuda:${VERSION}-base-ubuntu22.04 AS build`
    private mutating func beginStage(_ item: DockerfileInstructions.Item) {
        let words = item.text.split { $0 == " " || $0 == "\t" }.map(String.init).filter { !$0.hasPrefix("--") }
        let path = facts.path
        facts = DockerfileFacts(path: path)
        let place = SourcePosition(line: item.line, column: 1)
        let span = SourceSpan(
            source: source.fileName, start: place,
            end: SourcePosition(line: item.line, column: "FROM".count + 2 + item.text.unicodeScalars.count))
        if let name = words.first {
            if let stage = stages[name.lowercased()] {
                facts.base = stage
            } else if let reference = expanded(name).flatMap({ ImageReference($0) }) {
                facts.base = Located(reference, at: span)
            } else {
                facts.leave("FROM", line: item.line)
            }
        }
        if words.count == 3, words[1].lowercased() == "as" { stages[words[2].lowercased()] = facts.base }
        stages["\(count)"] = facts.base
        count += 1
    }

    /// With the defaults of arguments; `nil` if one has none.
    private func expanded(_ text: String) -> String? {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            let isBraced = rest.first == "{"
            if isBraced { rest = rest.dropFirst() }
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            rest = rest[name.endIndex...]
            guard let value = arguments[String(name)], !isBraced || rest.first == "}" else { return nil }
            if isBraced { rest = rest.dropFirst() }
            result += value
        }
        result += rest
        return result.containsBytes(of: "$") ? nil : result
    }

    private static func isPlain(_ text: String) -> Bool {
        ContainerPath(text) != nil && !text.utf8.contains { "$\"'\\".utf8.contains($0) }
    }

    private mutating func readUser(_ item: DockerfileInstructions.Item) {
        if ["root", "0", "0:0", "root:root"].contains(item.text) {
            facts.user = nil
        } else if RecipeRules.isAccountName(item.text)
            || item.text.split(separator: ":").allSatisfy({ RecipeRules.wholeNumber($0) != nil })
        {
            facts.user = item.text
        } else {
            facts.leave(item.name, line: item.line)
        }
    }

    /// The words of an exec form; a shell form is left.
    private mutating func words(of item: DockerfileInstructions.Item) -> [String] {
        guard let value = try? JSONValue(parsing: item.text), case .array(let elements) = value,
            !elements.isEmpty, elements.count == elements.compactMap(\.text).count,
            // A shell as program says nothing of the application.
            !["bash", "sh", "/bin/bash", "/bin/sh"].contains(elements[0].text ?? "")
        else {
            facts.leave(item.name, line: item.line)
            return []
        }
        return elements.compactMap(\.text)
    }

    // MARK: - RUN

    private mutating func readRun(_ item: DockerfileInstructions.Item) {
        var isUnderstood = true
        for command in Self.commands(item.text) {
            let words = command.split { $0 == " " || $0 == "\t" }.map(String.init)
            switch words.first {
            case "apt-get"?, "apt"?:
                guard let verb = words.firstIndex(of: "install") else { continue }
                for word in words[(verb + 1)...] where !word.hasPrefix("-") {
                    isUnderstood = take(package: word) && isUnderstood
                }
            // What belongs to installing packages.
            case "rm"? where words.allSatisfy({ $0 == "rm" || $0.hasPrefix("-") || $0.hasPrefix("/var/") }): continue
            case nil: continue
            default: isUnderstood = false
            }
        }
        if !isUnderstood { facts.leave(item.name, line: item.line) }
    }

    /// Splits at `&&` and `;`; what is more complicated stays one command.
    private static func commands(_ text: String) -> [String] {
        var parts: [String] = [""]
        for word in text.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            if word == "&&" || word == ";" {
                parts.append("")
            } else if word.hasSuffix(";") {
                parts[parts.count - 1] += " " + word.dropLast()
                parts.append("")
            } else {
                parts[parts.count - 1] += " " + word
            }
        }
        return parts
    }

    /// - Returns: whether the word is dealt with.
    private mutating func take(package word: String) -> Bool {
        // A version belongs to the operating system of the Dockerfile.
        let name = word.split(separator: "=").first.map(String.init) ?? word
        guard PackageName(name) != nil else { return false }
        // What the key `python` brings.
        if ["python3", "python3-pip", "python3-venv", "python3-dev", "python-is-python3"].contains(name) {
            return true
        }
        let isCUDA = ["cuda", "libcud", "libnv", "libcublas", "libnccl", "nvidia", "tensorrt"].contains {
            name.hasPrefix($0)
        }
        if isCUDA { return false }
        if !facts.packages.contains(name) { facts.packages.append(name) }
        return true
    }
}
