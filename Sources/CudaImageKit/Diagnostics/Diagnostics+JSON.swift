extension Diagnostics {
    /// `{"version": 1, "diagnostics": [{"severity": …, "code": …, "message": …, "file": …, "line": …, "column": …,
    /// "endLine": …, "endColumn": …, "notes": […], "help": …, "fix": {…}}]}`
    ///
    /// A finding about an option has `option` in place of `file` and the positions; what is unknown is left out.
    public var json: JSONValue {
        .object([("version", .integer(1)), ("diagnostics", .array(all.map(\.json)))])
    }
}

extension Diagnostic {
    /// One element of `diagnostics`.
    public var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("severity", .string(severity.rawValue)), ("code", .string(code.rawValue)), ("message", .string(message)),
        ]
        members += span?.jsonMembers ?? []
        members.append(("notes", .array(notes.map { .string($0) })))
        if let help { members.append(("help", .string(help))) }
        if let fix {
            members.append(("fix", .object(fix.span.jsonMembers + [("replacement", .string(fix.replacement))])))
        }
        return .object(members)
    }
}

extension SourceSpan {
    fileprivate var jsonMembers: [(String, JSONValue)] {
        if isOption { return source.isEmpty ? [] : [("option", .string(source))] }
        return [
            ("file", .string(source)), ("line", .integer(start.line)), ("column", .integer(start.column)),
            ("endLine", .integer(end.line)), ("endColumn", .integer(end.column)),
        ]
    }
}
