extension FrameworkPins {
    /// Reads pip's requirements file: one requirement a line; `\` at its end continues a line, `#` begins a comment.
    ///
    /// Options are left out. Files that `-r` and `-c` name are not followed, which is said.
    mutating func readRequirements(_ source: RecipeSource) {
        let map = LineMap(source.text)
        var number = 1
        while let line = map.line(number) {
            let first = number
            var text = Self.withoutComment(line)
            while text.hasSuffix("\\"), let next = map.line(number + 1) {
                number += 1
                text = String(text.dropLast()) + Self.withoutComment(next)
            }
            number += 1
            let blanks = line.prefix { $0 == " " || $0 == "\t" }.count
            let requirement = text.trimmingBlanks
            if requirement.isEmpty || requirement == "\\" { continue }
            let visible = Self.withoutComment(line).trimmingBlanks.unicodeScalars.count
            let span = SourceSpan(
                source: source.fileName, start: SourcePosition(line: first, column: blanks + 1),
                end: SourcePosition(line: first, column: blanks + 1 + visible))
            read(requirement, at: span)
        }
    }

    private mutating func read(_ line: String, at span: SourceSpan) {
        if line.startsWithBytes(of: "-") {
            let option = line.split { " =".contains($0) }.first.map(String.init) ?? line
            if ["-r", "--requirement", "-c", "--constraint"].contains(option) {
                diagnostics.warning(
                    .unreadableRequirement, "files that \(option) names are not read", at: span,
                    help: "pass that file as well")
            }
            return
        }
        if Self.isPath(line) { return }
        // `torch==2.4.0 --hash=sha256:…`
        let options = line.firstRange(of: " --").map { line[..<$0.lowerBound] } ?? line[...]
        if line.contains("--hash") { hasHashes = true }
        add(String(options).trimmingBlanks, at: span)
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
