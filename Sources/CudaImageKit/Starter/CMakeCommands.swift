/// The commands of a CMake file with their arguments, in order.
///
/// It knows the language's words, quotes and comments, and runs nothing: variables stay as they are written, and every
/// branch of a condition counts.
struct CMakeCommands {
    struct Command {
        /// In lower case.
        var name: String
        var arguments: [String]
        /// The line that it begins on.
        var line: Int
    }

    private(set) var commands: [Command] = []
    private var bytes: [UInt8]
    private var index = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        while let byte = peek {
            if byte == UInt8(ascii: "#") {
                skipComment()
            } else if Self.name.contains(byte) {
                readCommand()
            } else {
                advance()
            }
        }
    }

    private static let name = ASCIISet("_", and: .alphanumeric)

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func advance() {
        if peek == 0x0a { line += 1 }
        index += 1
    }

    private mutating func readCommand() {
        let start = index
        let first = line
        while let byte = peek, Self.name.contains(byte) { advance() }
        let name = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
        while peek == 0x20 || peek == 0x09 { advance() }
        guard peek == UInt8(ascii: "(") else { return }
        advance()
        commands.append(Command(name: name, arguments: arguments(), line: first))
    }

    /// Up to the closing parenthesis; inner ones are left out.
    private mutating func arguments() -> [String] {
        var arguments: [String] = []
        var depth = 1
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "("):
                depth += 1
                advance()
            case UInt8(ascii: ")"):
                depth -= 1
                advance()
                if depth == 0 { return arguments }
            case UInt8(ascii: "#"): skipComment()
            case UInt8(ascii: "\""): arguments.append(quoted())
            case UInt8(ascii: "[") where bracketLength != nil: arguments.append(bracket())
            case 0x20, 0x09, 0x0a, 0x0d: advance()
            default:
                let start = index
                while let byte = peek, ![0x20, 0x09, 0x0a, 0x0d, 0x22, 0x23, 0x28, 0x29].contains(byte) { advance() }
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                // Lists are written with `;` as well.
                arguments += text.split(separator: ";").map(String.init)
            }
        }
        return arguments
    }

    private mutating func quoted() -> String {
        advance()
        let start = index
        while let byte = peek, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") { advance() }
            advance()
        }
        let text = String(decoding: bytes[min(start, bytes.count)..<min(index, bytes.count)], as: UTF8.self)
        advance()
        return text
    }

    /// How many `=` a bracket argument or comment that begins here has.
    private var bracketLength: Int? {
        let equals = bytes[(index + 1)...].prefix { $0 == UInt8(ascii: "=") }.count
        let next = index + 1 + equals
        return next < bytes.count && bytes[next] == UInt8(ascii: "[") ? equals : nil
    }

    private mutating func bracket() -> String {
        let length = bracketLength ?? 0
        for _ in 0..<(length + 2) { advance() }
        let start = min(index, bytes.count)
        let closing = [UInt8(ascii: "]")] + [UInt8](repeating: UInt8(ascii: "="), count: length) + [UInt8(ascii: "]")]
        while index < bytes.count, !bytes[index...].starts(with: closing) { advance() }
        let text = String(decoding: bytes[start..<min(index, bytes.count)], as: UTF8.self)
        for _ in closing where index < bytes.count { advance() }
        return text
    }

    private mutating func skipComment() {
        advance()
        if peek == UInt8(ascii: "["), bracketLength != nil {
            _ = bracket()
        } else {
            while let byte = peek, byte != 0x0a { advance() }
        }
    }
}
