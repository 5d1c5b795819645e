import Foundation
import Testing

@testable import CudaImageKit

@Suite struct YAMLPrinterTests {
    @Test(
        arguments: [
            ("app", "app"), ("12.8.1-runtime", "12.8.1-runtime"), ("linux/amd64", "linux/amd64"),
            ("actions/checkout@v4", "actions/checkout@v4"), ("Name the image", "Name the image"),
            ("--host", "\"--host\""),
            ("", "\"\""), ("yes", "\"yes\""), ("On", "\"On\""), ("n", "\"n\""), ("NULL", "\"NULL\""), ("~", "\"~\""),
            ("1", "\"1\""), ("-1", "\"-1\""), ("1.5", "\"1.5\""), ("1e3", "\"1e3\""), ("0x1F", "\"0x1F\""),
            ("0o17", "\"0o17\""), ("1_000", "\"1_000\""), (".inf", "\".inf\""), ("2001-01-01", "\"2001-01-01\""),
            ("1:30", "\"1:30\""), ("8080:8080", "\"8080:8080\""), (".", "."), ("---", "\"---\""),
            ("...", "\"...\""),
            ("- a", "\"- a\""), (" a", "\" a\""), ("a ", "\"a \""), ("a: b", "\"a: b\""), ("a #b", "\"a #b\""),
            ("[a]", "\"[a]\""), ("{a}", "\"{a}\""), ("*a", "\"*a\""), ("&a", "\"&a\""), ("!a", "\"!a\""),
            ("%a", "\"%a\""),
            ("@a", "\"@a\""), ("`a", "\"`a\""), ("'a'", "\"'a'\""), ("a\"b\\", "\"a\\\"b\\\\\""), ("a\nb", "\"a\\nb\""),
            ("a\r\u{85}\u{2028}\u{feff}\u{0}", "\"a\\r\\x85\\u2028\\uFEFF\\x00\""), ("é", "\"é\""),
            ("\u{202e}a", "\"\\u202Ea\""), ("\u{e0001}", "\"\\U000E0001\""),
        ])
    func scalarIsQuotedWhereAReaderWouldTakeItForMore(text: String, expected: String) {
        #expect(YAMLText.scalar(text) == expected)
        #expect(parsed(YAMLPrinter.text(of: .list([.string(text)]))) == .sequence([text]))
    }

    @Test func commentsStandAboveTheirEntry() {
        let value = YAMLValue.mapping([
            .init("a", .integer(1), comment: "one\ntwo"),
            .init("b", .list([.mapping([.init("c", .bool(true), comment: "x: y"), .init("d", .mapping([]))])])),
        ])
        #expect(
            YAMLPrinter.text(of: value) == """
                # one
                # two
                a: 1
                b:
                  # x: y
                  - c: true
                    d: {}

                """)
    }

    @Test func scriptIsABlockOnlyWhereABlockCanHoldIt() {
        let print = { (text: String) in YAMLPrinter.text(of: .mapping([.init("run", .code(text))])) }
        #expect(print("a\n  b\n") == "run: |\n  a\n    b\n")
        #expect(print("a\n\nb") == "run: |-\n  a\n\n  b\n")
        #expect(print("one line") == "run: one line\n")
        for text in [" a\nb\n", "a\r\nb", "a\n\u{1}", "\na\n", "a\n\n"] {
            #expect(!print(text).contains("|"), "\(text.debugDescription)")
            #expect(parsed(print(text)) == .mapping([("run", .scalar(text))]))
        }
    }

    /// The same comes back, whatever stands in it; `scripts/check-emit` asks PyYAML and ruamel as well.
    @Test func printedDocumentsReadBackTheSame() throws {
        var generator = SeededGenerator(seed: SeededGenerator.seed)
        for number in 0..<200 {
            let value = Self.value(using: &generator, depth: 3)
            let text = YAMLPrinter.text(of: value)
            #expect(parsed(text) == Parsed(value), "seed \(SeededGenerator.seed)\n\(text)")
            try JudgeFolder.write(text, json: Self.json(value), name: "random-\(number)")
        }
    }

    private static func value(using generator: inout SeededGenerator, depth: Int) -> YAMLValue {
        switch generator.number(0...(depth > 0 ? 7 : 4)) {
        case 0: return .integer(generator.number(-5...70_000))
        case 1: return .bool(generator.chance(50))
        case 2: return .code(NastyText.text(using: &generator))
        case 3, 4: return .string(NastyText.text(using: &generator))
        case 5: return .list((0..<generator.number(0...4)).map { _ in value(using: &generator, depth: depth - 1) })
        default:
            var names = UniqueNames()
            return .mapping(
                (0..<generator.number(0...4)).map { _ in
                    let key = names.next(NastyText.text(using: &generator, atMost: 3))
                    let comment = generator.chance(30) ? NastyText.text(using: &generator) : nil
                    return .init(key, value(using: &generator, depth: depth - 1), comment: comment)
                })
        }
    }

    private static func json(_ value: YAMLValue) -> JSONValue {
        switch value {
        case .string(let text), .code(let text): .string(text)
        case .integer(let number): .integer(number)
        case .bool(let flag): .bool(flag)
        case .list(let items): .array(items.map(json))
        case .mapping(let members): .object(members.map { ($0.key, json($0.value)) })
        }
    }

    private func parsed(_ text: String) -> Parsed? {
        YAMLComposer.compose(text, fileName: "a", findings: FindingList()).map { Parsed($0) }
    }
}

/// What a document means, with scalars as text.
indirect enum Parsed: Equatable, ExpressibleByStringLiteral {
    case scalar(String)
    case list([Parsed])
    case entries([Pair])

    struct Pair: Equatable {
        var key: [UInt8]
        var value: Parsed
    }

    init(stringLiteral value: String) { self = .scalar(value) }

    static func sequence(_ texts: [String]) -> Parsed { .list(texts.map { .scalar($0) }) }

    static func mapping(_ pairs: [(String, Parsed)]) -> Parsed {
        .entries(pairs.map { Pair(key: Array($0.0.utf8), value: $0.1) })
    }

    init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let scalar): self = .scalar(scalar.text)
        case .sequence(let items): self = .list(items.map { Parsed($0) })
        case .mapping(let entries): self = .mapping(entries.map { ($0.key, Parsed($0.value)) })
        }
    }

    init(_ value: YAMLValue) {
        switch value {
        case .string(let text), .code(let text): self = .scalar(text)
        case .integer(let number): self = .scalar("\(number)")
        case .bool(let flag): self = .scalar("\(flag)")
        case .list(let items): self = .list(items.map { Parsed($0) })
        case .mapping(let members): self = .mapping(members.map { ($0.key, Parsed($0.value)) })
        }
    }

    /// Byte by byte: equal strings may differ in how they are composed.
    static func == (left: Parsed, right: Parsed) -> Bool {
        switch (left, right) {
        case (.scalar(let left), .scalar(let right)): Array(left.utf8) == Array(right.utf8)
        case (.list(let left), .list(let right)): left == right
        case (.entries(let left), .entries(let right)): left == right
        default: false
        }
    }

    /// The value of a path of keys and indices.
    subscript(path: String...) -> Parsed? {
        var value: Parsed? = self
        for step in path {
            switch value {
            case .entries(let pairs)?: value = pairs.first { $0.key == Array(step.utf8) }?.value
            case .list(let items)?: value = Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
            default: value = nil
            }
        }
        return value
    }
}

/// The folder that `scripts/check-emit` reads: `<name>.yaml` with `<name>.json`.
///
/// `CUDAGEN_EMIT_OUT` names it, as `scripts/test` does; without it nothing is written.
enum JudgeFolder {
    private static let path = ProcessInfo.processInfo.environment["CUDAGEN_EMIT_OUT"]

    static func write(_ text: String, json: JSONValue, name: String) throws {
        guard let path else { return }
        let folder = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).yaml"))
        try Data(json.compact.utf8).write(to: folder.appendingPathComponent("\(name).json"))
    }
}
