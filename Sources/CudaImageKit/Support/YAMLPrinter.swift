/// Writes YAML that YAML 1.1 and 1.2 read alike: what one of them would take for something else than text is quoted.
///
/// Source: YAML 1.2.2, chapters 5.7 (escapes), 7.3 (flow scalars) and 8.1 (block scalars); YAML 1.1's types, of which
/// `yes`, `on`, `1:30` and dates are the known traps.
enum YAMLPrinter {
    /// A list of scalars that is not longer than this stands on one line.
    private static let widestList = 90

    /// The document, with a line break at its end.
    static func text(of value: YAMLValue) -> String {
        // Lines of a block need an indentation, which a document's root has none of.
        if case .code(let text) = value { return YAMLText.scalar(text) + "\n" }
        var lines: [String] = []
        write(value, after: "", indentation: 0, to: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    /// - Parameters:
    ///   - head: what stands before the value on its line: `key:` or `-`, indented.
    ///   - indentation: of the lines below.
    private static func write(_ value: YAMLValue, after head: String, indentation: Int, to lines: inout [String]) {
        if let scalar = inline(value) {
            lines.append(head.isEmpty ? scalar : "\(head) \(scalar)")
            return
        }
        switch value {
        case .code(let text):
            // `inline` leaves only texts that a literal block can hold.
            lines.append("\(head) |" + (text.hasSuffix("\n") ? "" : "-"))
            let body = text.hasSuffix("\n") ? text.dropLast() : text[...]
            let blanks = String(repeating: " ", count: indentation)
            lines += body.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : blanks + $0 }
        case .list(let items):
            if !head.isEmpty { lines.append(head) }
            let dash = String(repeating: " ", count: indentation) + "-"
            for item in items { write(item, inItemAfter: dash, indentation: indentation + 2, to: &lines) }
        case .mapping(let members):
            if !head.isEmpty { lines.append(head) }
            write(members, indentation: indentation, to: &lines)
        case .string, .integer, .bool: break
        }
    }

    /// A mapping that is an item of a list begins on the dash's own line.
    private static func write(
        _ item: YAMLValue, inItemAfter dash: String, indentation: Int, to lines: inout [String]
    ) {
        guard case .mapping(let members) = item, !members.isEmpty else {
            write(item, after: dash, indentation: indentation, to: &lines)
            return
        }
        var own: [String] = []
        write(members, indentation: indentation, to: &own)
        let comments = own.prefix { $0.drop { $0 == " " }.first == "#" }
        // Comments of the first member stand above the dash.
        lines += comments.map { String($0.dropFirst(2)) }
        own.removeFirst(comments.count)
        if let first = own.first { lines.append("\(dash) \(first.dropFirst(indentation))") }
        lines += own.dropFirst()
    }

    private static func write(_ members: [YAMLValue.Member], indentation: Int, to lines: inout [String]) {
        let blanks = String(repeating: " ", count: indentation)
        for member in members {
            if let comment = member.comment { lines += DockerfileComment.lines(comment).map { blanks + $0 } }
            write(
                member.value, after: "\(blanks)\(YAMLText.scalar(member.key)):", indentation: indentation + 2,
                to: &lines)
        }
    }

    /// A value that stands on one line; `nil` for those that take more.
    private static func inline(_ value: YAMLValue) -> String? {
        switch value {
        case .string(let text): return YAMLText.scalar(text)
        case .code(let text): return isBlock(text) ? nil : YAMLText.scalar(text)
        case .integer(let number): return String(number)
        case .bool(let flag): return flag ? "true" : "false"
        case .mapping(let members): return members.isEmpty ? "{}" : nil
        case .list(let items):
            var parts: [String] = []
            for item in items {
                switch item {
                case .string, .code, .integer, .bool:
                    guard let part = inline(item) else { return nil }
                    parts.append(part)
                case .list, .mapping: return nil
                }
            }
            let line = "[\(parts.joined(separator: ", "))]"
            return line.utf8.count <= widestList || items.isEmpty ? line : nil
        }
    }

    /// Whether a literal block can hold the text as it is: printable lines, the first of which begins with no blank.
    private static func isBlock(_ text: String) -> Bool {
        guard text.contains("\n"), !text.hasPrefix(" "), !text.hasPrefix("\n"), !text.hasSuffix("\n\n") else {
            return false
        }
        return text.unicodeScalars.allSatisfy { $0 == "\n" || YAMLText.isPrintable($0) }
    }
}
