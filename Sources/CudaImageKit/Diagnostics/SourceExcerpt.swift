/// A line of a source as a terminal shows it, with the underline of a part of it.
struct SourceExcerpt {
    /// The line: tabs are blanks, characters that a terminal would obey are escaped, a long line is cut.
    private(set) var text = ""
    /// Blanks, a caret and tildes, which stand below the part.
    private(set) var underline = ""

    /// Columns of a terminal that an excerpt may take.
    private static let maximumWidth = 160
    /// Columns shown before the part if the line is cut.
    private static let lead = 40

    /// - Parameters:
    ///   - line: the line without its line break.
    ///   - start: the first column of the part, 1-based, in Unicode scalars.
    ///   - end: one past the last column, or `nil` for the rest of the line.
    init(_ line: ArraySlice<Unicode.Scalar>, from start: Int, to end: Int?) {
        let scalars = Array(line)
        let start = min(max(start - 1, 0), scalars.count)
        let end = min(max((end ?? scalars.count + 1) - 1, start + 1), scalars.count)
        let first = scalars.count > Self.maximumWidth ? max(0, start - Self.lead) : 0
        if first > 0 { append("…", width: 1, mark: " ") }
        var column = 0
        var isCut = false
        for index in first..<scalars.count {
            let (cell, width) = Self.cell(scalars[index], column: column)
            if column + width > Self.maximumWidth {
                isCut = true
                break
            }
            column += width
            append(cell, width: width, mark: index < start || index >= end ? " " : "~")
        }
        if isCut { text += "…" }
        underline = Self.withCaret(underline)
        if !underline.contains("^") { underline += "^" }
    }

    private mutating func append(_ cell: String, width: Int, mark: String) {
        text += cell
        underline += String(repeating: mark, count: width)
    }

    /// The first tilde is a caret, and no blanks stand behind the last.
    private static func withCaret(_ marks: String) -> String {
        let blanks = marks.prefix { $0 == " " }
        let tildes = marks.dropFirst(blanks.count).prefix { $0 == "~" }
        guard !tildes.isEmpty else { return String(blanks) }
        return blanks + "^" + tildes.dropFirst()
    }

    /// What is shown for a character, and how many columns it takes.
    private static func cell(_ scalar: Unicode.Scalar, column: Int) -> (text: String, width: Int) {
        if scalar == "\t" {
            let width = 4 - column % 4
            return (String(repeating: " ", count: width), width)
        }
        if scalar.isUnsafeOnTerminal {
            let text = "\\u{\(String(scalar.value, radix: 16))}"
            return (text, text.utf8.count)
        }
        return (String(scalar), scalar.terminalWidth)
    }
}

extension Unicode.Scalar {
    /// Columns of a terminal: 0 for marks that join the character before, 2 for East Asian wide characters and emoji.
    fileprivate var terminalWidth: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
            0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff,
            0x20000...0x3fffd:
            return 2
        default: return 1
        }
    }
}
