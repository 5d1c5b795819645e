extension String {
    /// The text in single quotes for a message: control characters are escaped, and long texts are cut.
    package var quotedExcerpt: String {
        var result = "'"
        var count = 0
        for scalar in unicodeScalars {
            count += 1
            if count > 60 { return result + "…'" }
            switch scalar {
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.isUnsafeOnTerminal: result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "'"
    }
}

extension String {
    /// Without characters that a terminal takes as commands, and on one line.
    package var printable: String {
        if !unicodeScalars.contains(where: \.isUnsafeOnTerminal) { return self }
        var result = ""
        for scalar in unicodeScalars {
            if scalar.isUnsafeOnTerminal {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Unicode.Scalar {
    /// Whether a terminal may take the character as a command, or show other text than what stands there: control
    /// characters, and the format characters that turn the direction of writing.
    var isUnsafeOnTerminal: Bool {
        ByteClass.isControl(self) || (0x202a...0x202e).contains(value) || (0x2066...0x2069).contains(value)
            || [0x061c, 0x200e, 0x200f, 0xfeff].contains(value)
    }
}
