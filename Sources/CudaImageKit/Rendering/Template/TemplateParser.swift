/// Turns a template's text into tokens in one pass over its bytes.
struct TemplateParser {
    private struct OpenSection {
        var key: TemplateKey
        var isInverted: Bool
        /// What was collected outside the section.
        var outer: [TemplateToken]
    }

    /// Sections in sections; rendering recurses as deep.
    private static let maximumDepth = 100

    private let bytes: [UInt8]
    private let name: String
    /// What stands before it has been turned into tokens.
    private var done = 0
    private var tokens: [TemplateToken] = []
    private var open: [OpenSection] = []
    /// The line of `countedTo`, so that every line is counted once.
    private var line = 1
    private var lineStart = 0
    private var countedTo = 0

    init(text: String, name: String) {
        bytes = Array(text.utf8)
        self.name = name
    }

    mutating func parse() throws(TemplateError) -> [TemplateToken] {
        while let start = find("{{", from: done) {
            let position = self.position(of: start)
            let tag = try TemplateTag(bytes, at: start) { message in
                TemplateError(template: name, position: position, message: message)
            }
            try append(tag, at: position)
        }
        appendText(upTo: bytes.count)
        if let section = open.last {
            throw error("section '\(section.key.text)' is not closed", at: section.key.position)
        }
        return tokens
    }

    private mutating func append(_ tag: TemplateTag, at position: SourcePosition) throws(TemplateError) {
        let indent = openTag(tag)
        let key = TemplateKey(parts: tag.name == "." ? [] : Self.parts(of: tag.name), position: position)
        switch tag.kind {
        case .comment: break
        case .variable: tokens.append(.variable(key))
        case .partial: tokens.append(.partial(name: tag.name, indent: indent ?? "", position: position))
        case .section, .invertedSection:
            if open.count == Self.maximumDepth { throw error("sections are nested too deeply", at: position) }
            open.append(OpenSection(key: key, isInverted: tag.kind == .invertedSection, outer: tokens))
            tokens = []
        case .close:
            guard let section = open.popLast() else {
                throw error("'{{/\(tag.name)}}' closes a section that is not open", at: position)
            }
            guard section.key.parts == key.parts else {
                let opened = section.key.position.line
                throw error(
                    "'{{/\(tag.name)}}' does not close section '\(section.key.text)' of line \(opened)", at: position)
            }
            let inner = tokens
            tokens = section.outer
            tokens.append(section.isInverted ? .invertedSection(section.key, inner) : .section(section.key, inner))
        }
    }

    /// Takes the text before a tag, and with a tag that stands alone its whole line.
    ///
    /// - Returns: the blanks before a tag that stands alone, else `nil`.
    private mutating func openTag(_ tag: TemplateTag) -> String? {
        if tag.kind != .variable, let (lineStart, next) = standaloneLine(of: tag) {
            appendText(upTo: lineStart)
            done = next
            return String(decoding: bytes[lineStart..<tag.start], as: UTF8.self)
        }
        let startsLine = done == tag.start && isLineStart(done)
        appendText(upTo: tag.start)
        if startsLine { tokens.append(.text("", startsLine: true)) }
        done = tag.end
        return nil
    }

    /// The start of the tag's line and of the line after it, if nothing but blanks stands around the tag.
    private func standaloneLine(of tag: TemplateTag) -> (start: Int, next: Int)? {
        var start = tag.start
        while start > done, Self.isBlank(bytes[start - 1]) { start -= 1 }
        guard isLineStart(start) else { return nil }
        var end = tag.end
        while end < bytes.count, Self.isBlank(bytes[end]) { end += 1 }
        if end == bytes.count { return (start, end) }
        if bytes[end] == UInt8(ascii: "\n") { return (start, end + 1) }
        let isCarriageReturn = bytes[end] == UInt8(ascii: "\r")
        return isCarriageReturn && end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "\n")
            ? (start, end + 2) : nil
    }

    private mutating func appendText(upTo end: Int) {
        guard done < end else { return }
        tokens.append(.text(String(decoding: bytes[done..<end], as: UTF8.self), startsLine: isLineStart(done)))
        done = end
    }

    private static func parts(of name: String) -> [String] {
        name.split(separator: ".").map(String.init)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private func isLineStart(_ index: Int) -> Bool { index == 0 || bytes[index - 1] == UInt8(ascii: "\n") }

    private func find(_ text: StaticString, from start: Int) -> Int? {
        bytes.firstRange(of: text, from: start)
    }

    private mutating func position(of index: Int) -> SourcePosition {
        for position in countedTo..<index where bytes[position] == UInt8(ascii: "\n") {
            line += 1
            lineStart = position + 1
        }
        countedTo = index
        // Continuation bytes of UTF-8 are no columns.
        let column = bytes[lineStart..<index].count { $0 & 0xc0 != 0x80 } + 1
        return SourcePosition(line: line, column: column)
    }

    private func error(_ message: String, at position: SourcePosition) -> TemplateError {
        TemplateError(template: name, position: position, message: message)
    }
}

extension [UInt8] {
    /// Where a text of two or three ASCII characters begins.
    func firstRange(of text: StaticString, from start: Int) -> Int? {
        let length = text.utf8CodeUnitCount
        return withUnsafeBufferPointer { bytes in
            var index = start
            while index + length <= bytes.count {
                var matched = 0
                while matched < length, bytes[index + matched] == text.utf8Start[matched] { matched += 1 }
                if matched == length { return index }
                index += 1
            }
            return nil
        }
    }
}
