import CudaImageKit

extension PackageIndex {
    /// Reads a Debian `Packages` file (deb-control: paragraphs of `Field: value`, separated by blank lines).
    ///
    /// - Throws: `DiagnosticError` with every paragraph that is no package.
    public init(aptPackages bytes: [UInt8], fileName: String) throws(DiagnosticError) {
        var reader = AptReader(fileName: fileName)
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            reader.read(line)
            if reader.diagnostics.errorCount >= Self.maximumProblems { break }
        }
        reader.endParagraph()
        if !reader.diagnostics.hasErrors, reader.packages.isEmpty {
            reader.diagnostics.error(.invalidIndex, "'\(fileName)' lists no packages")
        }
        if reader.diagnostics.hasErrors { throw DiagnosticError(reader.diagnostics) }
        self.init(reader.packages)
    }
}

/// The paragraphs of a `Packages` file, line by line.
private struct AptReader {
    let fileName: String
    var packages: [PackageIndex.Package] = []
    var diagnostics = Diagnostics()

    private var line = 0
    private var firstLine = 0
    private var fields: [String: String] = [:]
    private var lastField: String?
    private static let wanted: Set = ["Package", "Version", "Depends", "Pre-Depends"]
    /// The longest `Depends` of NVIDIA's has two kilobytes.
    private static let maximumValue = 1 << 18

    init(fileName: String) { self.fileName = fileName }

    mutating func read(_ bytes: ArraySlice<UInt8>) {
        line += 1
        var bytes = bytes
        if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
        guard let first = bytes.first, bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) else {
            endParagraph()
            return
        }
        if fields.isEmpty, lastField == nil { firstLine = line }
        if first == 0x20 || first == 0x09 {
            if let lastField { append(bytes, to: lastField) } else { report(line, "a continuation without a field") }
            return
        }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > bytes.startIndex else {
            report(line, "expected 'Field: value'")
            return
        }
        let name = String(decoding: bytes[..<colon], as: UTF8.self)
        lastField = name
        guard Self.wanted.contains(name) else { return }
        guard fields[name] == nil else {
            report(line, "the field '\(name)' stands here twice")
            return
        }
        fields[name] = ""
        append(bytes[(colon + 1)...], to: name)
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>, to name: String) {
        guard let value = fields[name] else { return }
        guard value.utf8.count + bytes.count <= Self.maximumValue else {
            report(line, "the field '\(name)' is too long")
            return
        }
        fields[name] = value + String(decoding: bytes, as: UTF8.self)
    }

    mutating func endParagraph() {
        defer {
            fields = [:]
            lastField = nil
        }
        guard lastField != nil else { return }
        let name = trimmed(fields["Package"] ?? ""), text = trimmed(fields["Version"] ?? "")
        guard PackageIndex.isName(name) else {
            report(firstLine, "expected a package's name in 'Package', found \(quoted(name))")
            return
        }
        guard let version = PackageVersion(text) else {
            report(firstLine, "expected a version in 'Version' of \(name), found \(quoted(text))")
            return
        }
        let dependencies = ["Pre-Depends", "Depends"].compactMap { fields[$0] }.flatMap(Self.dependencies)
        packages.append(PackageIndex.Package(name: name, version: version, dependencies: dependencies))
    }

    /// `a (>= 1), b | c, d:any`: of alternatives none is certain.
    private static func dependencies(in text: String) -> [PackageIndex.Dependency] {
        text.split(separator: ",").compactMap { entry in
            guard !entry.contains("|") else { return nil }
            let words = entry.split(whereSeparator: { " \t()[]".contains($0) })
            guard let name = words.first?.split(separator: ":").first, PackageIndex.isName(name) else { return nil }
            let names = words.count >= 3 && (words[1] == ">=" || words[1] == "=")
            return PackageIndex.Dependency(
                name: String(name), version: names ? PackageVersion(words[2]) : nil)
        }
    }

    private func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    private func quoted(_ text: String) -> String { text.isEmpty ? "nothing" : "'\(text.prefix(60))'" }

    private mutating func report(_ line: Int, _ message: String) {
        let start = SourcePosition(line: line, column: 1)
        diagnostics.error(.invalidIndex, message, at: SourceSpan(source: fileName, start: start, end: start))
    }
}
