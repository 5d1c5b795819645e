/// The instructions of a Dockerfile as text, in order: comments left out, lines joined, here-documents passed over.
struct DockerfileInstructions {
    struct Item {
        /// In upper case: `FROM`.
        var name: String
        /// Everything behind the name.
        var text: String
        var line: Int
    }

    private(set) var items: [Item] = []

    /// Whether a text begins as a Dockerfile does: only its first lines are looked at.
    static func startAnImage(_ text: String) -> Bool {
        let beginning = String(String.UnicodeScalarView(text.unicodeScalars.prefix(4096)))
        let lines = beginning.split(whereSeparator: \.isNewline).lazy.map { String($0).trimmingBlanks }
        guard let line = lines.first(where: { !$0.isEmpty && !$0.hasPrefix("#") }) else { return false }
        let name = line.prefix { $0 != " " && $0 != "\t" }
        return ["FROM", "ARG"].contains(name.uppercased()) && name.count < line.count
    }

    init(_ text: String) {
        let map = LineMap(text)
        var escape: Character = "\\"
        var number = 1
        var collected = ""
        var first = 0
        while let scalars = map.line(number) {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let line = String(view)
            let trimmed = line.trimmingBlanks
            if trimmed.hasPrefix("#") {
                if items.isEmpty, collected.isEmpty, Self.isEscapeDirective(trimmed) { escape = "`" }
                number += 1
                continue
            }
            number += 1
            if collected.isEmpty { first = number - 1 }
            var end = line[...]
            while let last = end.last, last == " " || last == "\t" { end.removeLast() }
            if end.last == escape {
                collected += end.dropLast() + " "
                continue
            }
            // A blank line does not end an instruction that goes on.
            if trimmed.isEmpty, !collected.isEmpty { continue }
            collected += line
            if let item = Self.item(collected, line: first) {
                for delimiter in Self.hereDocuments(of: item) {
                    while let scalars = map.line(number) {
                        number += 1
                        var view = String.UnicodeScalarView()
                        view.append(contentsOf: scalars.drop { $0 == "\t" })
                        if String(view) == delimiter { break }
                    }
                }
                items.append(item)
            }
            collected = ""
        }
        if let item = Self.item(collected, line: first) { items.append(item) }
    }

    /// `# escape=` and a backtick.
    private static func isEscapeDirective(_ comment: String) -> Bool {
        comment.dropFirst().filter { $0 != " " }.lowercased() == "escape=`"
    }

    private static func item(_ text: String, line: Int) -> Item? {
        let text = text.trimmingBlanks
        let name = text.prefix { $0 != " " && $0 != "\t" }
        guard !name.isEmpty else { return nil }
        return Item(name: name.uppercased(), text: String(text.dropFirst(name.count)).trimmingBlanks, line: line)
    }

    /// The words that end the here-documents of `RUN`, `COPY` and `ADD`.
    private static func hereDocuments(of item: Item) -> [String] {
        guard ["RUN", "COPY", "ADD"].contains(item.name) else { return [] }
        return item.text.split(separator: " ").compactMap { word in
            guard word.hasPrefix("<<"), !word.hasPrefix("<<<") else { return nil }
            let delimiter = word.dropFirst(2).drop { $0 == "-" }.filter { $0 != "\"" && $0 != "'" }
            let isName = delimiter.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || $0 == 0x5f }
            return delimiter.isEmpty || !isName ? nil : String(delimiter)
        }
    }
}
