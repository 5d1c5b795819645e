extension FrameworkPins {
    /// Reads pip's requirements file: one requirement a line; `\` at its end continues a line, `#` begins a comment.
    ///
    /// Of the options, files that `-r` and `-c` name are read if somebody opens them, and indexes are kept.
    /// - Parameters:
    ///   - path: where the file is, for the paths in it.
    ///   - bounds: gets what files of constraints say.
    mutating func readRequirements(
        _ source: RecipeSource, path: String, including include: ((String) throws(DiagnosticError) -> RecipeSource)?,
        bounds: inout FrameworkPins
    ) {
        var reader = RequirementsReader(include: include, seen: [FilePath.normalized(path) ?? path])
        reader.read(source, path: path, pins: &self, bounds: &bounds, isBound: false)
        // A file of constraints may have the hashes of what another file installs.
        unhashed.removeAll { line in
            PythonRequirement(line.value).map { reader.hashedBounds.contains(PythonRequirement.normalized($0.name)) }
                ?? false
        }
    }

    /// The lines of a requirements file that say something, each with what `\` continues it by, without comments.
    static func requirementLines(_ source: RecipeSource) -> [Located<String>] {
        let map = LineMap(source.text)
        var lines: [Located<String>] = []
        var number = 1
        while let line = map.line(number) {
            let first = number
            var text = withoutComment(line)
            while text.hasSuffix("\\"), let next = map.line(number + 1) {
                number += 1
                text = String(text.dropLast()) + withoutComment(next)
            }
            number += 1
            let blanks = line.prefix { $0 == " " || $0 == "\t" }.count
            let requirement = text.trimmingBlanks
            if requirement.isEmpty || requirement == "\\" { continue }
            let visible = withoutComment(line).trimmingBlanks.unicodeScalars.count
            let span = SourceSpan(
                source: source.fileName, start: SourcePosition(line: first, column: blanks + 1),
                end: SourcePosition(line: first, column: blanks + 1 + visible))
            lines.append(Located(requirement, at: span))
        }
        return lines
    }

    /// The options of a line that begins with one, each with its value: `--extra-index-url URL`, `-rbase.txt`.
    static func options(of line: String) -> [(name: String, value: String)] {
        guard line.startsWithBytes(of: "-") else { return [] }
        var options: [(name: String, value: String)] = []
        for quoted in line.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            let word = quoted.filter { $0 != "\"" && $0 != "'" }
            if word.hasPrefix("--") {
                let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
                options.append((parts.first ?? word, parts.count > 1 ? parts[1] : ""))
            } else if word.hasPrefix("-"), word.utf8.count > 1 {
                let value = word.dropFirst(2)
                options.append((String(word.prefix(2)), String(value.first == "=" ? value.dropFirst() : value)))
            } else if let last = options.indices.last, options[last].value.isEmpty {
                options[last].value = word
            }
        }
        return options
    }

    /// Options that name another file of requirements.
    static let includingOptions: Set<String> = ["-r", "--requirement", "-c", "--constraint"]

    /// Options that name an index, or a page of links.
    static let indexOptions: Set<String> = ["-i", "--index-url", "--extra-index-url", "-f", "--find-links"]

    /// The requirement of a line, without its options: `torch==2.4.0 --hash=sha256:…`.
    ///
    /// - Returns: `nil` for a file or address in place of a requirement.
    static func requirement(of line: String) -> String? {
        if isPath(line) { return nil }
        let options = line.firstRange(of: " --").map { line[..<$0.lowerBound] } ?? line[...]
        return String(options).trimmingBlanks
    }

    /// Whether pip checks the file that a line of requirements names: `--hash=sha256:…`.
    static func hasHash(_ line: String) -> Bool { line.contains(" --hash=") || line.contains(" --hash ") }

    /// A file or address in place of a requirement.
    private static func isPath(_ line: String) -> Bool {
        let word = line.prefix { $0 != " " && $0 != ";" }
        return line.hasPrefix(".") || line.hasPrefix("/")
            || !line.contains("@") && (word.contains("://") || [".whl", ".zip", ".gz"].contains { word.hasSuffix($0) })
    }

    /// A comment begins at the start of a line or behind a blank.
    private static func withoutComment(_ line: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in line {
            if scalar == "#", previous == " " || previous == "\t" { break }
            text.append(scalar)
            previous = scalar
        }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}

/// Reads a file of requirements and those that it names.
private struct RequirementsReader {
    let include: ((String) throws(DiagnosticError) -> RecipeSource)?
    /// Paths of the files that were read.
    var seen: Set<String>
    /// The names that constraints with hashes are about.
    var hashedBounds: Set<String> = []
    private static let maximumFiles = 64

    /// - Parameter isBound: whether it is a file of constraints.
    mutating func read(
        _ source: RecipeSource, path: String, pins: inout FrameworkPins, bounds: inout FrameworkPins, isBound: Bool
    ) {
        for line in FrameworkPins.requirementLines(source) {
            let options = FrameworkPins.options(of: line.value)
            if line.value.contains("://") {
                let words = line.value.split { $0 == " " || $0 == "\t" || $0 == "=" }.map(String.init)
                pins.addresses += words.compactMap { word in
                    PythonRequirement.address(in: word).map { Located($0, at: line.span) }
                }
            }
            for option in options {
                if FrameworkPins.includingOptions.contains(option.name) {
                    let isConstraint = isBound || option.name == "-c" || option.name == "--constraint"
                    follow(option, at: line.span, from: path, pins: &pins, bounds: &bounds, isBound: isConstraint)
                } else if FrameworkPins.indexOptions.contains(option.name), !option.value.isEmpty {
                    pins.indexes.append(FrameworkPins.Index(url: Located(option.value, at: line.span)))
                }
            }
            guard options.isEmpty else { continue }
            let hasHash = FrameworkPins.hasHash(line.value)
            if hasHash { pins.hasHashes = true }
            if !hasHash, !isBound { pins.unhashed.append(line) }
            guard let requirement = FrameworkPins.requirement(of: line.value) else { continue }
            if isBound, hasHash, let name = PythonRequirement(requirement)?.name {
                hashedBounds.insert(PythonRequirement.normalized(name))
            }
            if isBound { bounds.add(requirement, at: line.span) } else { pins.add(requirement, at: line.span) }
        }
    }

    private mutating func follow(
        _ option: (name: String, value: String), at span: SourceSpan, from path: String, pins: inout FrameworkPins,
        bounds: inout FrameworkPins, isBound: Bool
    ) {
        let named = option.value.hasPrefix("/") ? option.value : FilePath.folder(of: path) + option.value
        guard let include, !option.value.contains("://"), !option.value.contains("$"),
            let file = FilePath.normalized(named)
        else {
            return pins.warn(
                "files that \(option.name) names are not read", at: span, help: "pass that file as well")
        }
        if seen.contains(file) { return }
        guard seen.count < Self.maximumFiles else {
            return pins.warn("more than \(Self.maximumFiles) files: the others are not read", at: span)
        }
        seen.insert(file)
        do {
            let source = try include(file)
            pins.includedFiles.append(file)
            pins.includedTexts[source.fileName] = source.text
            read(source, path: file, pins: &pins, bounds: &bounds, isBound: isBound)
        } catch {
            if error.isOfEmptyFile { return pins.includedFiles.append(file) }
            for var finding in error.diagnostics.all {
                finding.span = finding.span ?? span
                pins.diagnostics.addBounded(finding)
            }
        }
    }
}
