/// `setup.py`: what `install_requires` lists, and whether it compiles a CUDA extension of PyTorch.
struct ExtensionDetector: ProjectDetector {
    func examine(_ folder: ProjectFolder, facts: inout ProjectFacts) {
        guard let source = folder.source("setup.py") else { return }
        var pins = FrameworkPins()
        for text in Self.strings(ofList: "install_requires", in: source) { pins.add(text.value, at: text.span) }
        let isExtension = source.text.containsBytes(of: "CUDAExtension")
        if !pins.requirements.isEmpty { facts.setup = SetupFile(path: source.fileName, pins: pins) }
        if isExtension { facts.extensionSetup = source.fileName }
        let list = RequirementsDetector.list(of: pins)
        if isExtension {
            facts.note(source.fileName, "compiles a CUDA extension of PyTorch (CUDAExtension)" + list)
        } else if !pins.requirements.isEmpty {
            let count = pins.requirements.count
            facts.note(source.fileName, (count == 1 ? "1 requirement" : "\(count) requirements") + list)
        }
    }

    /// The strings of `name=[…]`, if nothing else stands in the list: Python is not run.
    private static func strings(ofList name: String, in source: RecipeSource) -> [Located<String>] {
        let map = LineMap(source.text)
        let scalars = map.scalars
        let wanted = Array(name.unicodeScalars)
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { [" ", "\t", "\n", "\r"].contains(scalar) }
        var index = 0
        while index + wanted.count < scalars.count {
            guard scalars[index..<(index + wanted.count)].elementsEqual(wanted) else {
                index += 1
                continue
            }
            index += wanted.count
            while index < scalars.count, isBlank(scalars[index]) || scalars[index] == "=" { index += 1 }
            guard index < scalars.count, scalars[index] == "[" else { continue }
            index += 1
            var strings: [Located<String>] = []
            while index < scalars.count, scalars[index] != "]" {
                let scalar = scalars[index]
                if scalar == "#" {
                    while index < scalars.count, scalars[index] != "\n" { index += 1 }
                } else if scalar == "\"" || scalar == "'" {
                    let start = index
                    index += 1
                    var text = String.UnicodeScalarView()
                    while index < scalars.count, scalars[index] != scalar, scalars[index] != "\n" {
                        text.append(scalars[index])
                        index += 1
                    }
                    guard index < scalars.count, scalars[index] == scalar else { return strings }
                    index += 1
                    let end = map.position(ofScalar: index)
                    let span = SourceSpan(source: source.fileName, start: map.position(ofScalar: start), end: end)
                    strings.append(Located(String(text), at: span))
                } else if isBlank(scalar) || scalar == "," {
                    index += 1
                } else {
                    return strings
                }
            }
            return strings
        }
        return []
    }
}
