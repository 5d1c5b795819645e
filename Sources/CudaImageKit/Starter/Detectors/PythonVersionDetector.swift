/// `.python-version`, as pyenv and uv read it.
struct PythonVersionDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        guard let source = folder.source(".python-version") else { return }
        let map = LineMap(source.text)
        var number = 1
        while let line = map.line(number) {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: line)
            let text = String(view).trimmingBlanks
            if !text.isEmpty, !text.hasPrefix("#") {
                // `3.12.4`, `cpython-3.12`
                let name = text.hasPrefix("cpython-") ? text.dropFirst("cpython-".count) : text[...]
                guard let version = PythonVersion(name.split(separator: ".").prefix(2).joined(separator: ".")),
                    version.major == 3
                else { break }
                let end = SourcePosition(line: number, column: line.count + 1)
                let span = SourceSpan(
                    source: source.fileName, start: SourcePosition(line: number, column: 1), end: end)
                facts.pythonVersion = Located(version, at: span)
                return facts.note(source.fileName, "Python \(version)")
            }
            number += 1
        }
        facts.note(source.fileName, "not read: it names no version such as 3.12")
    }
}
