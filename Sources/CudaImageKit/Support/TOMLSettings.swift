/// The settings of a TOML file, as far as engines' configurations need to be looked into: tables, and keys with values on
/// one line. What is more complicated than that is passed over, never misread as something else.
struct TOMLSettings {
    private(set) var values: [[String]: String] = [:]
    /// Every table that a heading names: `[plugins, io.containerd.grpc.v1.cri, …]`.
    private(set) var tables: Set<[String]> = []

    init(_ text: String) {
        var table: [String] = []
        for bytes in text.utf8.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
            let line = Self.trim(String(decoding: bytes, as: UTF8.self)[...])
            if line.first == "[" {
                let inner = line.drop { $0 == "[" }.prefix { $0 != "]" }
                table = Self.keys(Self.trim(inner)) ?? []
                tables.insert(table)
            } else if line.first != "#", let (left, right) = Self.assignment(line), let keys = Self.keys(left) {
                values[table + keys] = Self.value(right)
            }
        }
    }

    /// A value whatever the table's beginning is: containerd's tables differ between its versions.
    func values(endingIn suffix: [String]) -> [String] {
        values.filter { $0.key.suffix(suffix.count) == suffix[...] }.map(\.value).sorted()
    }

    func hasTable(endingIn suffix: [String]) -> Bool {
        tables.contains { $0.suffix(suffix.count) == suffix[...] }
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }

    /// Splits at the first `=` that is in no quotes.
    private static func assignment(_ line: Substring) -> (Substring, Substring)? {
        var quote: Character?
        for index in line.indices {
            let character = line[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "=" {
                return (trim(line[..<index]), trim(line[line.index(after: index)...]))
            }
        }
        return nil
    }

    /// `plugins."io.containerd.grpc.v1.cri".containerd` as its parts.
    private static func keys(_ text: Substring) -> [String]? {
        var keys: [String] = []
        var key = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { key.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "." {
                keys.append(key)
                key = ""
            } else if character != " ", character != "\t" {
                key.append(character)
            }
        }
        keys.append(key)
        return quote == nil && !keys.contains("") ? keys : nil
    }

    /// A string without its quotes; anything else up to a comment.
    private static func value(_ text: Substring) -> String {
        if let quote = text.first, quote == "\"" || quote == "'" {
            return String(text.dropFirst().prefix { $0 != quote })
        }
        return String(trim(text.prefix { $0 != "#" }))
    }
}
