extension Starter.Output {
    /// What was found and chosen, for people: a line each.
    ///
    /// - Parameter path: where the recipe was written; `nil` if it was not.
    public func report(written path: String?) -> String {
        let found = facts.findings.map { ["found  ", Self.shown($0.path), Self.shown($0.what)] }
        let skipped = omissions.map { ["skipped", Self.shown($0.path), Self.shown($0.reason)] }
        var text = TextTable(rows: found + skipped).text
        if found.isEmpty { text += "found nothing that says what the image needs\n" }
        if let choice { text += "chosen   \(choice)\n" }
        if let path, self.text != nil { text += "wrote    \(path)\n" }
        if !dockerIgnore.isEmpty {
            text += "There is no .dockerignore. This one sends the builder only what the recipe copies:\n"
            text += dockerIgnore.map { "  \(Self.shown($0))\n" }.joined()
        }
        return text
    }

    /// The result for programs; `version` is 1, members may be added.
    public var json: JSONValue {
        func list(_ rows: [(String, String)]) -> JSONValue {
            .array(rows.map { .object([("path", .string($0.0)), ("what", .string($0.1))]) })
        }
        var members: [(String, JSONValue)] = [
            ("version", .integer(1)),
            ("found", list(facts.findings.map { ($0.path, $0.what) })),
            ("skipped", list(omissions.map { ($0.path, $0.reason) })),
        ]
        if let choice { members.append(("chosen", .string(choice))) }
        if let text { members.append(("recipe", .string(text))) }
        members.append(("dockerignore", .array(dockerIgnore.map(JSONValue.string))))
        return .object(members)
    }

    /// A text of a file for a terminal.
    private static func shown(_ text: String) -> String { YAMLText.comment(text) }
}
