import CudaImageKit
import SwiftSource

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `RenderRecipes OUTPUT.swift RECIPE…`: renders recipes and writes a Swift file with a constant for each Dockerfile.
///
/// Findings go to standard error as compilers print them, so that a build shows them at their line.
@main
struct RenderRecipes {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first else { fail("usage: RenderRecipes OUTPUT.swift RECIPE…") }
        let generator = Generator()
        var constants: [(name: String, file: String, text: String)] = []
        var hasErrors = false
        for path in arguments.dropFirst().sorted() {
            let file = FilePath.name(of: path)
            let base = file.hasSuffix(suffix) ? String(file.dropLast(suffix.count)) : file
            guard let name = SwiftSource.identifier(base) else {
                fail("\(path): no Swift name can be made of '\(base)'")
            }
            if name == listName {
                fail(
                    "\(path): '\(file)' and the list of all Dockerfiles would both be called \(name); rename the recipe"
                )
            }
            if let other = constants.first(where: { $0.name == name }) {
                fail("\(path): '\(file)' and '\(other.file)' would both be called \(name); rename one of them")
            }
            guard let text = render(path, with: generator) else {
                hasErrors = true
                continue
            }
            constants.append((name, file, text))
        }
        if hasErrors { exit(1) }
        do {
            try FileSystem.write(source(constants), to: output)
        } catch {
            fail("\(error)")
        }
    }

    /// The constant that has every text.
    private static let listName = "all"

    /// What the names of recipes end in.
    private static let suffix = ".cudagen.yaml"

    private static func render(_ path: String, with generator: Generator) -> String? {
        var source: RecipeSource?
        var diagnostics: Diagnostics
        var text: String?
        do throws(DiagnosticError) {
            let read = try RecipeSource.read(path: path)
            let output = generator.generate(read)
            (source, diagnostics, text) = (read, output.diagnostics, output.text)
        } catch {
            diagnostics = error.diagnostics
        }
        if !diagnostics.isEmpty { warn(DiagnosticFormatter(source).text(diagnostics)) }
        return text
    }

    private static func source(_ constants: [(name: String, file: String, text: String)]) -> String {
        var source = """
            // Made from recipes at build time by cudagen \(Generator.version).

            /// The Dockerfiles of this target's recipes.
            enum Dockerfiles {

            """
        for constant in constants {
            source += """
                    /// The Dockerfile of `\(constant.file)`.
                    static let \(constant.name) = \(SwiftSource.literal(constant.text))


                """
        }
        let all = constants.map { "\(literal($0.file)): \($0.name)" }.joined(separator: ", ")
        return source + """
                /// Every Dockerfile by the file name of its recipe.
                static let \(listName): [String: String] = [\(all.isEmpty ? ":" : all)]
            }

            """
    }

    private static func literal(_ text: String) -> String { JSONValue.string(text).compact }

    private static func fail(_ message: String) -> Never {
        warn("error: \(message)\n")
        exit(1)
    }

    private static func warn(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
