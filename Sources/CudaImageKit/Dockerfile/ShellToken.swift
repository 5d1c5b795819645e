/// A token of the part of the shell's language that user's commands are joined in.
struct ShellToken: Hashable {
    enum Kind: Hashable {
        case word(Word)
        /// `>`, `2>>`, `<&`: the next word is its target.
        case redirection
        case and, or, pipe, semicolon
        case lineBreak
        /// A backslash and a line break between two words: nothing to the shell.
        case continuation
        /// `#` and the rest of the line.
        case comment(String)
    }

    struct Word: Hashable {
        /// The word without its quotes; `nil` if the shell expands something in it.
        var literal: String?
        /// Whether any of its characters is quoted.
        var isQuoted: Bool
        /// What it starts with before anything is quoted or expanded.
        var prefix: String
    }

    var kind: Kind
    /// Its place in the text's bytes.
    var range: Range<Int>
}

/// Splits a shell text into tokens, as every POSIX shell and bash do.
///
/// Everything that is wrong, or only unusual, is refused: this reader has to be right about what it takes. Grammar: POSIX,
/// Shell Command Language, 2.2 Quoting, 2.3 Token Recognition, 2.6 Word Expansions.
struct ShellTokenReader {
    /// The text is not of that part of the language.
    struct Refusal: Error {}

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private func byte(at offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard position + length <= bytes.count,
            bytes[position..<(position + length)].elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: length))
        else { return false }
        position += length
        return true
    }

    private func text(from begin: Int) -> String { String(decoding: bytes[begin..<position], as: UTF8.self) }

    /// All tokens of the text.
    mutating func tokens() throws(Refusal) -> [ShellToken] {
        var tokens: [ShellToken] = []
        while let next = byte() {
            let begin = position
            let kind: ShellToken.Kind
            if next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") {
                position += 1
                continue
            } else if skip("\n") {
                kind = .lineBreak
            } else if skip("\\\n") {
                kind = .continuation
            } else if next == UInt8(ascii: "#") {
                while let next = byte(), next != UInt8(ascii: "\n") { position += 1 }
                kind = .comment(text(from: begin + 1))
            } else {
                kind = try command()
            }
            tokens.append(ShellToken(kind: kind, range: begin..<position))
        }
        return tokens
    }

    /// A word or an operator.
    private mutating func command() throws(Refusal) -> ShellToken.Kind {
        let begin = position
        if skip("&&") { return .and }
        if skip("||") { return .or }
        if skip("|") { return .pipe }
        if skip(";") { return .semicolon }
        while let next = byte(), ByteClass.isDigit(next) { position += 1 }
        if skip(">>") || skip(">|") || skip(">&") || skip("<>") || skip("<&") || skip(">") || skip("<") {
            return .redirection
        }
        position = begin
        return .word(try word())
    }

    // MARK: - Words

    private static let wordEnds = ASCIISet(" \t\n;&|<>()")

    private mutating func word() throws(Refusal) -> ShellToken.Word {
        var word = ShellToken.Word(literal: "", isQuoted: false, prefix: "")
        let begin = position
        while let next = byte(), !Self.wordEnds.contains(next) {
            let part = position
            switch next {
            case UInt8(ascii: "\\"):
                guard let escaped = byte(at: 1), escaped != UInt8(ascii: "\n") else { throw Refusal() }
                word.isQuoted = true
                position += 1
                skipCharacter()
                word.literal? += text(from: part + 1)
            case UInt8(ascii: "'"):
                word.isQuoted = true
                position += 1
                while let next = byte(), next != UInt8(ascii: "'"), next != UInt8(ascii: "\n") { position += 1 }
                word.literal? += text(from: part + 1)
                guard skip("'") else { throw Refusal() }
            case UInt8(ascii: "\""):
                word.isQuoted = true
                position += 1
                try doubleQuoted(&word)
            case UInt8(ascii: "$"), UInt8(ascii: "`"):
                if try expansion(inQuotes: false) { word.literal = nil } else { word.literal? += "$" }
            default:
                skipCharacter()
                if !word.isQuoted, word.literal != nil { word.prefix += text(from: part) }
                word.literal? += text(from: part)
            }
        }
        // An operator that this part of the language does not have.
        guard position > begin else { throw Refusal() }
        return word
    }

    /// To the closing quote.
    private mutating func doubleQuoted(_ word: inout ShellToken.Word) throws(Refusal) {
        while let next = byte() {
            let part = position
            switch next {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\n"): throw Refusal()
            case UInt8(ascii: "\\"):
                guard let escaped = byte(at: 1), escaped != UInt8(ascii: "\n") else { throw Refusal() }
                position += 1
                skipCharacter()
                word.literal? += text(from: part)
            case UInt8(ascii: "$"), UInt8(ascii: "`"):
                if try expansion(inQuotes: true) { word.literal = nil } else { word.literal? += "$" }
            default:
                skipCharacter()
                word.literal? += text(from: part)
            }
        }
        throw Refusal()
    }

    /// A whole character, of one byte or several.
    private mutating func skipCharacter() {
        position += 1
        while let next = byte(), next & 0xc0 == 0x80 { position += 1 }
    }

    // MARK: - Expansions

    /// What stands behind `$`, or between backquotes.
    ///
    /// - Returns: `false` for a dollar sign that means itself.
    private mutating func expansion(inQuotes: Bool) throws(Refusal) -> Bool {
        if skip("`") {
            try backquoted()
            return true
        }
        position += 1
        guard let next = byte() else { return false }
        switch next {
        case UInt8(ascii: "("):
            position += 1
            try substitution()
        case UInt8(ascii: "{"):
            position += 1
            try braced()
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            // Bash has `$'…'` and `$"…"`, others do not.
            if inQuotes { return false }
            throw Refusal()
        case UInt8(ascii: "["), UInt8(ascii: "-"): throw Refusal()
        case _ where Self.nameStarts.contains(next):
            let begin = position
            while let next = byte(), Self.nameCharacters.contains(next) { position += 1 }
            // The last word of the command before, which need not be the user's.
            if text(from: begin) == "_" { throw Refusal() }
        case _ where Self.specialParameters.contains(next): position += 1
        default: return false
        }
        return true
    }

    private static let nameCharacters = ASCIISet("_", and: .alphanumeric)
    private static let nameStarts = ASCIISet("_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    private static let specialParameters = ASCIISet("0123456789@*#?$!")

    /// `$(…)` on one line, behind its parenthesis; not `$((…))`.
    private mutating func substitution() throws(Refusal) {
        var tokens: [ShellToken] = []
        while let next = byte(), next != UInt8(ascii: ")") {
            if skip(" ") || skip("\t") { continue }
            guard next != UInt8(ascii: "\n"), next != UInt8(ascii: "#") else { throw Refusal() }
            let begin = position
            tokens.append(ShellToken(kind: try command(), range: begin..<begin))
        }
        guard skip(")"), !tokens.isEmpty else { throw Refusal() }
        try ShellGrammar.check(tokens)
    }

    /// `${NAME}`, `${#NAME}`, `${NAME:-word}` and the like, with nothing in the word that is quoted or expanded.
    private mutating func braced() throws(Refusal) {
        let isLength = skip("#")
        let begin = position
        while let next = byte(), Self.nameCharacters.contains(next) { position += 1 }
        let name = text(from: begin)
        guard !name.isEmpty, name != "_" else { throw Refusal() }
        if skip("}") { return }
        let isOperator = skip(":-") || skip(":=") || skip(":?") || skip(":+")
        guard !isLength, isOperator || byte().map(Self.operators.contains) == true else { throw Refusal() }
        while let next = byte(), next != UInt8(ascii: "}") {
            guard !Self.specialInBraces.contains(next) else { throw Refusal() }
            position += 1
        }
        guard skip("}") else { throw Refusal() }
    }

    private static let operators = ASCIISet("-=?+#%")
    private static let specialInBraces = ASCIISet("\n\\\"'$`{")

    /// `` `nproc` ``: words in which nothing is special.
    private mutating func backquoted() throws(Refusal) {
        let begin = position
        while let next = byte(), Self.plainCharacters.contains(next) { position += 1 }
        var inner = ShellTokenReader(Array(bytes[begin..<position]))
        let tokens = try inner.tokens()
        guard skip("`"), !tokens.isEmpty else { throw Refusal() }
        try ShellGrammar.check(tokens)
    }

    private static let plainCharacters = ASCIISet(" _./=,:+%@-", and: .alphanumeric)
}
