/// A makefile that calls nvcc.
struct MakefileDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        // In the order that GNU make looks for them.
        let names = ["GNUmakefile", "makefile", "Makefile"]
        guard let source = names.lazy.compactMap({ folder.source($0) }).first, source.text.containsBytes(of: "nvcc")
        else { return }
        var reader = MakefileReader()
        reader.read(source.text)
        var project = MakeProject(path: source.fileName)
        project.programs = reader.programs
        for word in reader.words where word.hasPrefix("-l") { project.linked.add(word.dropFirst(2)) }
        facts.makefile = project
        facts.note(
            source.fileName,
            "calls nvcc" + (project.programs.isEmpty ? "" : " and makes " + project.programs.joined(separator: ", "))
                + (project.linked.names.isEmpty ? "" : ", linked with " + project.linked.names.joined(separator: ", ")))
    }
}

/// Variables and rules of a makefile, as far as they are plain words.
private struct MakefileReader {
    private var variables: [String: String] = [:]
    private var rules: [(target: String, needs: [String])] = []
    /// Every word of the file.
    private(set) var words: [String] = []

    mutating func read(_ text: String) {
        var line = ""
        for part in text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false) {
            let text = String(decoding: part.last == 0x0d ? part.dropLast() : part, as: UTF8.self)
            if text.utf8.last == UInt8(ascii: "\\") {
                line += text.dropLast() + " "
                continue
            }
            line += text
            readLine(line)
            line = ""
        }
        readLine(line)
    }

    private mutating func readLine(_ line: String) {
        let text = line.prefix { $0 != "#" }
        words += text.split { $0 == " " || $0 == "\t" || $0 == "=" }.map(String.init)
        guard text.utf8.first != 0x09 else { return }
        if let equals = text.firstIndex(of: "=") {
            let name = String(text[..<equals].filter { !":?+ \t".contains($0) })
            // What is appended or set again can't be told without running make.
            if variables[name] == nil { variables[name] = String(text[text.index(after: equals)...]).trimmingBlanks }
        } else if let colon = text.firstIndex(of: ":") {
            let needs = text[text.index(after: colon)...].split { $0 == " " || $0 == "\t" }.map(String.init)
            for target in text[..<colon].split(whereSeparator: { $0 == " " || $0 == "\t" }) {
                rules.append((String(target), needs))
            }
        }
    }

    /// What the first target makes: itself, or what it needs if it is `all`.
    var programs: [String] {
        guard let first = rules.first(where: { !$0.target.hasPrefix(".") && !$0.target.contains("%") }) else {
            return []
        }
        let phony = Set(rules.filter { $0.target == ".PHONY" }.flatMap(\.needs)).union(["all", "default", "build"])
        let target = expanded(first.target)
        let names =
            phony.contains(target)
            ? first.needs.flatMap { expanded($0).split(separator: " ").map(String.init) } : [target]
        return names.filter { name in
            RecipeRules.isInside(name) && !["o", "a", "so", "cu", "h", "d"].contains(ProjectFolder.ending(of: name))
                && !phony.contains(name) && name.utf8.allSatisfy(Self.plain.contains)
        }
    }

    private static let plain = ASCIISet("._-/", and: .alphanumeric)

    /// With variables in place of `$(NAME)`; what stays unknown is no plain name.
    private func expanded(_ text: String) -> String {
        var text = text
        for _ in 0..<8 {
            guard let start = text.firstIndex(of: "$"),
                let end = text[start...].firstIndex(where: { $0 == ")" || $0 == "}" })
            else { break }
            let name = String(text[start..<end].dropFirst(2))
            guard let value = variables[name], value.utf8.count < 256 else { break }
            text.replaceSubrange(start...end, with: value)
        }
        return text
    }
}
