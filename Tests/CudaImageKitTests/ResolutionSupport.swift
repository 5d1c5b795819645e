import Testing

@testable import CudaImageKit

/// Decides a recipe's image as the program does.
func resolve(
    _ recipe: String = "{}", _ options: ImageOptions = ImageOptions()
) -> (plan: ImagePlan?, diagnostics: Diagnostics) {
    let (parsed, reading) = Recipe.parse(RecipeSource(text: recipe, fileName: "app.yaml"))
    guard let parsed else { return (nil, reading) }
    let (plan, deciding) = Catalog.embedded.plan(parsed.applying(options))
    return (plan, Diagnostics(reading.all + deciding.all))
}

/// A request and the finding that it has to lead to.
struct Refusal: Sendable, CustomTestStringConvertible {
    var recipe: String
    var options: ImageOptions
    /// `line:column code message`
    var finding: String
    /// A part of the help.
    var help: String

    init(_ recipe: String, _ finding: String, help: String) {
        self.init(recipe, ImageOptions(), finding, help: help)
    }

    init(_ recipe: String, _ options: ImageOptions, _ finding: String, help: String) {
        self.recipe = recipe
        self.options = options
        self.finding = finding
        self.help = help
    }

    var testDescription: String { finding }

    func check(severity: Diagnostic.Severity) throws {
        let (plan, diagnostics) = resolve(recipe, options)
        let all = DiagnosticFormatter().text(diagnostics)
        let found = try #require(diagnostics.all.first { summary($0) == finding }, "\(finding) is not among:\n\(all)")
        #expect(found.severity == severity)
        #expect(help.isEmpty || found.help?.contains(help) == true, "\(found.help ?? "no help")")
        #expect((plan == nil) == diagnostics.hasErrors)
        #expect(plan == nil || severity != .error)
    }
}
