extension FrameworkPins {
    /// Reads pip's requirements file: one requirement a line; `\` at its end continues a line, `#` begins a comment.
    ///
    /// Options are left out. Files that `-r` and `-c` name are not followed, which is said.
    mutating func readRequirements(_ source: RecipeSource) {
        for line in Self.requirementLines(source) { read(line.value, at: line.span) }
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

    /// The option that a line begins with: `--extra-index-url`.
    static func option(of line: String) -> String? {
        guard line.startsWithBytes(of: "-") else { return nil }
        return line.split { " =".contains($0) }.first.map(String.init) ?? line
    }

    /// Options that name another file of requirements.
    static let includingOptions: Set<String> = ["-r", "--requirement", "-c", "--constraint"]

    /// The requirement of a line, without its options: `torch==2.4.0 --hash=sha256:…`.
    ///
    /// - Returns: `nil` for a file or address in place of a requirement.
    static func requirement(of line: String) -> String? {
        if isPath(line) { return nil }
        let options = line.firstRange(of: " --").map { line[..<$0.lowerBound] } ?? line[...]
        return String(options).trimmingBlanks
    }

    private mutating func read(_ line: String, at span: SourceSpan) {
        if let option = Self.option(of: line) {
            if Self.includingOptions.contains(option) {
                diagnostics.warning(
                    .unreadableRequirement, "files that \(option) names are not read", at: span,
                    help: "pass that file as well")
            }
        } else if let requirement = Self.requirement(of: line) {
            add(requirement, at: span)
        }
        if line.contains(" --hash") { hasHashes = true }
    }

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
