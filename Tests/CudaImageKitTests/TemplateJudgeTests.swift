import Mustache
import Testing

@testable import CudaImageKit

/// swift-mustache as the judge of cudagen's own template engine: the same templates, the same values, the same text.
@Suite struct TemplateJudgeTests {
    @Test(arguments: [
        "{{name}}", "a {{name}} b", "{{{name}}}", "{{&name}}", "{{ name }}", "{{object.text}}", "{{object.inner.text}}",
        "{{#yes}}x{{/yes}}", "{{#no}}x{{/no}}", "{{^no}}x{{/no}}", "{{^yes}}x{{/yes}}", "{{^missing}}x{{/missing}}",
        "{{#missing}}x{{/missing}}", "{{#list}}[{{.}}]{{/list}}", "{{#empty}}x{{/empty}}", "{{^empty}}x{{/empty}}",
        "{{#objects}}{{text}}-{{name}};{{/objects}}", "{{#object}}{{text}}{{name}}{{/object}}",
        "a\n{{#yes}}\nb\n{{/yes}}\nc\n", "a\n  {{#yes}}  \n  b\n  {{/yes}}  \nc", "{{#list}}\n- {{.}}\n{{/list}}\n",
        "a {{! comment }} b", "a\n{{! comment }}\nb", "{{> part}}", "a\n{{> part}}\nb\n", "a\n  {{> part}}\nb\n",
        "{{#yes}}{{#no}}x{{/no}}{{^no}}y{{/no}}{{/yes}}", "{{#objects}}{{#inner}}{{text}}{{/inner}}{{/objects}}",
        "\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\n", "é{{name}}日", "{{#yes}}{{name}}{{/yes}}\n", "  {{#yes}}\n  x\n  {{/yes}}",
        "{{#yes}} {{/yes}}",
        "{{name}}\n\n{{name}}", "{ {name}", "}}{{name}}", "{{#list}}{{#yes}}{{.}}{{/yes}}{{/list}}",
        "\"{{quoted}}\" <&>",
    ])
    func tagsMeanTheSame(template: String) throws { try compare(template) }

    @Test(arguments: 0..<300)
    func randomTemplateMeansTheSame(number: Int) throws {
        var generator = SeededGenerator(seed: SeededGenerator.seed &+ UInt64(number))
        // A full stop, because swift-mustache drops blanks at the end of a template.
        try compare(Self.template(depth: 3, using: &generator) + ".")
    }

    /// The templates of the program, with every role of a stage and every kind of section.
    @Test(arguments: Dockerfile.Stage.Role.all)
    func shippedTemplatesMeanTheSame(role: Dockerfile.Stage.Role) throws {
        var templates: [String: MustacheTemplate] = [:]
        for source in EmbeddedResources.templates {
            templates[source.name] = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n\(source.text)")
        }
        let judge = MustacheLibrary(templates: templates)
        let own = try TemplateLibrary.embedded()
        for isShort in [true, false] {
            let value = Self.file(role, isShort: isShort)
            let found = try own.render("Dockerfile", value)
            #expect(found == judge.render(Self.plain(value), withTemplate: "Dockerfile"))
        }
    }

    private static func file(_ role: Dockerfile.Stage.Role, isShort: Bool) -> TemplateValue {
        let section: TemplateValue = [
            "instructions": "RUN <a> \\\n    && \"b\"", "version": "1", "url": "https://example.com", "origin": "o",
            "id": "k", "cuda": "12",
            "lint": ["rules": "DL3008", "upgrade": .bool(isShort), "pinning": .bool(!isShort)],
        ]
        let sections = Dockerfile.Section.Kind.allCases.map { ($0.rawValue, section) }
        let stage: [String: TemplateValue] = [
            role.rawValue: true, "named": .bool(!isShort), "from": "FROM a", "perArchitecture": .bool(!isShort),
            "unpinned": isShort ? false : ["rule": "DL3007"], "architecture": isShort ? false : "amd64",
            "sections": .object(Dictionary(uniqueKeysWithValues: sections)),
        ]
        return [
            "generator": "1", "recipe": isShort ? false : "app.yaml", "summary": "s & t", "command": "cudagen 'a b'",
            "checksum": "0", "stages": [.object(stage), .object(stage)],
        ]
    }

    private static let part = "one {{name}}\ntwo\n"

    private static let value: TemplateValue = [
        "name": "N <&> $", "yes": true, "no": false, "quoted": "a\"b'", "list": ["x", "y"], "empty": [],
        "object": ["text": "T", "inner": ["text": "I"]],
        "objects": [["text": "1", "inner": ["text": "i"]], ["text": "2", "inner": ["text": "j"]]],
    ]

    private func compare(_ template: String) throws {
        let own = try TemplateLibrary([("template", template), ("part", Self.part)])
        let judge = MustacheLibrary(templates: [
            "template": try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n\(template)"),
            "part": try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n\(Self.part)"),
        ])
        let found = try own.render("template", Self.value)
        #expect(found == judge.render(Self.plain(Self.value), withTemplate: "template"), "\(template)")
    }

    /// The value as swift-mustache takes it.
    private static func plain(_ value: TemplateValue) -> Any {
        switch value {
        case .text(let text): text
        case .bool(let bool): bool
        case .list(let values): values.map(plain)
        case .object(let members): members.mapValues(plain)
        }
    }

    private static func template(depth: Int, using generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<generator.number(1...4) {
            switch generator.number(0...(depth > 0 ? 6 : 3)) {
            case 0: text += generator.oneOf(["a", " ", "\n", "x\n", "  ", "é\n"])
            case 1:
                text += generator.oneOf(["{{name}}", "{{{quoted}}}", "{{object.text}}", "{{& object.inner.text }}"])
            case 2: text += "\n" + generator.oneOf(["  ", ""]) + "{{> part}}\n"
            // swift-mustache takes the blanks behind a comment that follows another tag; the specification does not.
            case 3: text += generator.oneOf(["x{{! c }}y", "\n{{! c }}\n"])
            default:
                let key = generator.oneOf(["yes", "no", "list", "empty", "object", "objects", "missing"])
                let sign = generator.oneOf(["#", "#", "^"])
                // Text between tags: where they follow each other, swift-mustache keeps a line break that the
                // specification takes away, or the other way round.
                let inner = Self.template(depth: depth - 1, using: &generator)
                text +=
                    generator.chance(50)
                    ? "\n{{\(sign)\(key)}}\n\(inner)z\n{{/\(key)}}\nz" : "{{\(sign)\(key)}}a\(inner)z{{/\(key)}}"
            }
        }
        return text
    }
}

extension Dockerfile.Stage.Role {
    static let all: [Dockerfile.Stage.Role] = [.key, .cuda, .toolchain, .build, .final]
}
