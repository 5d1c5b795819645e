/// What the header of a generated file says.
public struct GeneratedHeader: Hashable, Sendable {
    /// The recipe's file name without folders; `nil` without a recipe.
    public var recipe: String?
    /// One phrase: `CUDA 11.4.0 runtime on ubuntu20.04`.
    public var summary: String
    /// The command that makes the file again, without the program's name and the recipe.
    public var arguments: [String]

    public init(recipe: String?, summary: String, arguments: [String]) {
        self.recipe = recipe
        self.summary = summary
        self.arguments = arguments
    }

    /// The command that makes the file again, for a shell.
    var command: String { Self.command(arguments + (recipe.map { [$0] } ?? [])) }

    static func command(_ arguments: [String]) -> String {
        (["cudagen"] + arguments).map(ShellQuoting.quote).joined(separator: " ")
    }
}
