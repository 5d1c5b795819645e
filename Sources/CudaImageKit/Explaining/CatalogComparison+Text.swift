extension CatalogComparison {
    /// One change a line: `+` added, `-` removed, `~` changed; details stand indented below.
    public var text: String {
        changes.map { change in
            let mark =
                switch change.kind {
                case .added: "+"
                case .removed: "-"
                case .changed: "~"
                }
            return "\(mark) \(change.subject.rawValue) \(change.name)\n"
                + change.details.map { "    \($0)\n" }.joined()
        }.joined()
    }

    /// `{"version": 1, "changes": [{"kind": "added", "subject": "tag", "name": …, "details": […]}]}`
    public var json: JSONValue {
        .object([
            ("version", .integer(1)),
            (
                "changes",
                .array(
                    changes.map { change in
                        .object([
                            ("kind", .string(change.kind.rawValue)), ("subject", .string(change.subject.rawValue)),
                            ("name", .string(change.name)),
                            ("details", .array(change.details.map { .string($0) })),
                        ])
                    })
            ),
        ])
    }
}
