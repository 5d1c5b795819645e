/// A JSON document to print; the members of an object keep their order.
public enum JSONValue: Sendable, Equatable {
    /// Text, which is escaped when it is printed.
    case string(String)
    /// A whole number; no others are written.
    case integer(Int)
    /// `true` or `false`.
    case bool(Bool)
    /// `null`.
    case null
    /// Values in their order.
    case array([JSONValue])
    /// Members in their order; that no name occurs twice is the caller's matter.
    case object([(String, JSONValue)])

    /// The same value, with the members of objects in the same order.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left.elementsEqual(right) { $0 == $1 }
        default: false
        }
    }

    /// One line without blanks.
    public var compact: String {
        var text = ""
        write(to: &text, indentation: nil)
        return text
    }

    /// One member a line, indented by two blanks, without a line break at the end.
    public var pretty: String {
        var text = ""
        write(to: &text, indentation: 0)
        return text
    }

    /// - Parameter indentation: the level of the line that the value starts on; `nil` for everything on one line.
    private func write(to text: inout String, indentation: Int?) {
        switch self {
        case .string(let value): text.appendQuoted(value)
        case .integer(let value): text += String(value)
        case .bool(let value): text += value ? "true" : "false"
        case .null: text += "null"
        case .array(let elements):
            Self.writeList(elements, in: ("[", "]"), to: &text, indentation: indentation) { element, text, level in
                element.write(to: &text, indentation: level)
            }
        case .object(let members):
            Self.writeList(members, in: ("{", "}"), to: &text, indentation: indentation) { member, text, level in
                text.appendQuoted(member.0)
                text += level == nil ? ":" : ": "
                member.1.write(to: &text, indentation: level)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], in brackets: (String, String), to text: inout String, indentation: Int?,
        write: (Element, inout String, Int?) -> Void
    ) {
        text += brackets.0
        let level = indentation.map { $0 + 1 }
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            if let level { text += "\n" + String(repeating: "  ", count: level) }
            write(element, &text, level)
        }
        if let indentation, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indentation) }
        text += brackets.1
    }
}
