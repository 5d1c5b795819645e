// EmbedTool OUTPUT.swift FOLDER…
//
// Writes one Swift file with a static string literal for each template and catalogue of the folders. A literal of 1.5 MB compiles in under two
// seconds and costs no start-up time, which neither `.embedInCode` nor `Bundle.module` manages.
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

func fail(_ message: String) -> Never {
    let line = Array("EmbedTool: \(message)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(1)
}

func read(_ path: String) -> String {
    guard let file = fopen(path, "rb") else { fail("cannot open \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
        bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// The templates and catalogues in a folder, sorted.
func resources(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { fail("cannot open the folder \(folder)") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                String(cString: $0)
            }
        }
        if name.hasSuffix(".mustache") || name.hasSuffix(".catalog") { names.append(name) }
    }
    return names.sorted().map { folder + "/" + $0 }
}

/// The shortest run of `#` that makes a raw literal safe for `text`.
func delimiter(for text: String) -> String {
    var delimiter = "#"
    while text.contains("\"\"\"" + delimiter) || text.contains("\\" + delimiter) { delimiter += "#" }
    return delimiter
}

func save(_ text: String, to path: String) {
    guard let file = fopen(path, "wb") else { fail("cannot write \(path)") }
    fputs(text, file)
    fclose(file)
}

guard CommandLine.arguments.count > 1 else { fail("usage: EmbedTool OUTPUT.swift FOLDER…") }
var source = "// Made by EmbedTool at build time.\n\nenum EmbeddedResources {\n"
var templates: [String] = []
for path in CommandLine.arguments.dropFirst(2).flatMap(resources) {
    let text = read(path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: ".") else { fail("\(path) has no extension") }
    let identifier = String(name[..<dot]).split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        .enumerated().map {
            $0.offset == 0 ? String($0.element) : $0.element.prefix(1).uppercased() + $0.element.dropFirst()
        }
        .joined()
    let mark = delimiter(for: text)
    let kind = name[dot...].dropFirst()
    let constant = "\(identifier)\(kind.prefix(1).uppercased())\(kind.dropFirst())"
    if kind == "mustache" { templates.append("        (\"\(name[..<dot])\", \(constant)),") }
    source += "    static let \(constant): StaticString = \(mark)\"\"\"\n\(text)\n\"\"\"\(mark)\n\n"
}
source += "    /// Every template by its file name without extension.\n"
source += "    static let templates: [(name: String, text: StaticString)] = [\n"
source += templates.joined(separator: "\n") + "\n    ]\n}\n"
save(source, to: CommandLine.arguments[1])
