extension Explanation {
    /// Columns for people: names, values, and reasons in parentheses.
    public var text: String {
        var result = title + "\n"
        for section in sections {
            result += "\n\(section.title)\n"
            let width = min(40, section.rows.map(\.name.count).max() ?? 0)
            for row in section.rows {
                let padding = String(repeating: " ", count: max(1, width - row.name.count + 2))
                result += "  \(row.name)\(padding)\(row.value)" + (row.reason.map { "  (\($0))" } ?? "") + "\n"
            }
        }
        return result
    }

    /// `{"version": 1, "title": …, "sections": [{"title": …, "rows": [{"name": …, "value": …, "reason": …}]}]}`
    public var json: JSONValue {
        .object([("version", .integer(1)), ("title", .string(title)), ("sections", sectionsJSON)])
    }

    /// `[{"title": …, "rows": [{"name": …, "value": …, "reason": …}]}]`
    var sectionsJSON: JSONValue {
        .array(
            sections.map { section in
                .object([
                    ("title", .string(section.title)),
                    (
                        "rows",
                        .array(
                            section.rows.map { row in
                                .object(
                                    [("name", .string(row.name)), ("value", .string(row.value))]
                                        + (row.reason.map { [("reason", .string($0))] } ?? []))
                            })
                    ),
                ])
            })
    }
}
