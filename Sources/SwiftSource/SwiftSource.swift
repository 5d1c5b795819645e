/// Text as Swift source, for the tools that write source files at build time.
package enum SwiftSource {
    /// A literal of the text: several lines, raw, with the shortest run of `#` that makes it safe.
    ///
    /// A literal of 1.5 MB compiles in under two seconds and costs no start-up time, which neither `.embedInCode` nor
    /// `Bundle.module` manages.
    package static func literal(_ text: String) -> String {
        var mark = "#"
        while text.contains("\"\"\"" + mark) || text.contains("\\" + mark) { mark += "#" }
        return "\(mark)\"\"\"\n\(text)\n\"\"\"\(mark)"
    }

    /// A name for a constant: `cuda-12.runtime` becomes `cuda12Runtime`, `12` becomes `_12`, `default` becomes `` `default` ``.
    ///
    /// - Returns: `nil` if nothing of the text can stand in a name.
    package static func identifier(_ text: String) -> String? {
        let words = text.split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
        guard let first = words.first else { return nil }
        let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        let name = first.prefix(1).lowercased() + first.dropFirst() + rest
        if name.first?.isNumber == true { return "_" + name }
        return keywords.contains(name) ? "`\(name)`" : name
    }

    /// Words that can't be the name of a constant as they are.
    private static let keywords: Set<String> = [
        "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
        "else",
        "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import", "in",
        "init",
        "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol", "public",
        "repeat",
        "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true",
        "try", "typealias", "var", "where", "while",
    ]
}
