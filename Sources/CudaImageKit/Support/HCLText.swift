/// Strings of HCL, the language of `docker-bake.hcl`.
///
/// Source: HCL native syntax specification, "Quoted templates".
enum HCLText {
    /// A quoted string in which nothing is interpolated.
    ///
    /// The `$` and `%` that would begin an interpolation are written as escapes: `$${` means the same, but is ambiguous
    /// behind another `$`.
    static func quoted(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = "\""
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "$", "%":
                let opens = index + 1 < scalars.count && scalars[index + 1] == "{"
                result += opens ? (scalar == "$" ? "\\u0024" : "\\u0025") : String(scalar)
            case _ where ByteClass.isControl(scalar) || scalar == "\u{FEFF}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    static func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }
}
