/// Strings of HCL, the language of `docker-bake.hcl`.
///
/// Source: HCL native syntax specification, "Quoted templates".
enum HCLText {
    /// A quoted string in which nothing is interpolated.
    ///
    /// The `$` and `%` that would begin an interpolation are written as escapes: `$${` means the same, but is ambiguous
    /// behind another `$`.
    static func quoted(_ text: String) -> String {
        var result = ""
        result.appendQuoted(text) { scalar, next in
            scalar == "\u{FEFF}" || (scalar == "$" || scalar == "%") && next == "{"
        }
        return result
    }

    static func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }
}
