extension String {
    /// Appends a text in double quotes with JSON's escapes, which HCL has as well.
    ///
    /// Control characters are escaped, those beyond ASCII too: the text may end up on a terminal.
    /// - Parameter isEscaped: whether another character is written as `\uXXXX`; it gets the next one, too.
    mutating func appendQuoted(
        _ text: String,
        escaping isEscaped: (_ scalar: Unicode.Scalar, _ next: Unicode.Scalar?) -> Bool = { _, _ in false }
    ) {
        append("\"")
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\r": append("\\r")
            case "\t": append("\\t")
            case _ where ByteClass.isControl(scalar) || isEscaped(scalar, scalars.first):
                let digits = String(scalar.value, radix: 16)
                append("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
            default: unicodeScalars.append(scalar)
            }
        }
        append("\"")
    }
}
