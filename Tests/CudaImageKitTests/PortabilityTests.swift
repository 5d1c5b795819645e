import Foundation
import Testing

/// What importers can rely on: the libraries use no Foundation, and no platform's own library without asking for it.
@Suite struct PortabilityTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources")

    @Test(arguments: ["CudaImageKit", "CudaImageKitTesting", "CudaCatalogImport", "SwiftSource"])
    func platformLibrariesAreAskedFor(target: String) throws {
        let folder = Self.sources.appendingPathComponent(target)
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(!files.isEmpty)
        for file in files {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            // The conditions around each line, the innermost last.
            var conditions: [String] = []
            for line in text.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) }) {
                if line.hasPrefix("#if ") { conditions.append(line) }
                if line.hasPrefix("#elseif ") || line == "#else" { conditions[conditions.count - 1] += " " + line }
                if line == "#endif" { conditions.removeLast() }
                guard let module = Self.imported(by: line) else { continue }
                #expect(module != "Foundation" && module != "Dispatch", "\(target)/\(file)")
                guard ["Glibc", "Musl", "Darwin", "Testing", "XCTest"].contains(module) else { continue }
                #expect(conditions.last?.contains("canImport") == true, "\(target)/\(file): import \(module)")
            }
        }
    }

    private static func imported(by line: String) -> String? {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index <= 2, !line.hasPrefix("//"), words.count == index + 2
        else { return nil }
        return String(words[index + 1])
    }
}
