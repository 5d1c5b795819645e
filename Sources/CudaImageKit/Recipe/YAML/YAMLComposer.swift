/// Builds the node tree of a text from libyaml's events, within bounds that keep hostile files harmless.
///
/// Tags that ask for a type and several documents are refused: a recipe has no use for them, nor for merge keys.
struct YAMLComposer: ~Copyable {
    /// Levels of lists and mappings.
    static let maximumDepth = 32

    /// What a text may have.
    struct Bounds {
        var aliases: Int
        /// Values of the whole tree with aliases written out.
        var nodes: Int
        /// Whether `<<` is a key like others, whose meaning is the reader's affair.
        var takesMergeKeys = false

        static let recipe = Bounds(aliases: 64, nodes: 50_000)
    }

    private var events: YAMLEvents
    private let map: LineMap
    private let fileName: String
    private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
    private var aliases = 0
    private var nodes = 0
    private var findings: FindingList
    private let bounds: Bounds

    /// Reads a text's only document.
    ///
    /// - Returns: the tree, or `nil` after an error that leaves none or if the text holds no value.
    static func compose(
        _ text: String, fileName: String, findings: FindingList, bounds: Bounds = .recipe
    ) -> YAMLNode? {
        let bytes = Array(text.utf8)
        // libyaml compares each tag directive with all before it.
        guard bytes.split(separator: 0x0a).count(where: { $0.first == 0x25 }) <= 16 else {
            findings.error(.yamlSyntax, "more than 16 lines start with '%', as YAML directives do")
            return nil
        }
        return bytes.withUnsafeBufferPointer { buffer -> YAMLNode? in
            var composer = YAMLComposer(
                events: YAMLEvents(buffer), map: LineMap(text), fileName: fileName, findings: findings,
                bounds: bounds)
            do throws(Failure) {
                return try composer.document()
            } catch {
                switch error {
                case .syntax(let failure): composer.report(failure)
                case .finding(let diagnostic): findings.add(diagnostic)
                }
                return nil
            }
        }
    }

    private init(
        events: consuming YAMLEvents, map: LineMap, fileName: String, findings: FindingList, bounds: Bounds
    ) {
        self.bounds = bounds
        self.events = events
        self.map = map
        self.fileName = fileName
        self.findings = findings
    }

    private enum Failure: Error {
        case syntax(YAMLFailure)
        case finding(Diagnostic)
    }

    private mutating func next() throws(Failure) -> YAMLEvent {
        do { return try events.next() } catch { throw .syntax(error) }
    }

    private mutating func document() throws(Failure) -> YAMLNode? {
        var root: YAMLNode?
        while true {
            let event = try next()
            switch event.kind {
            case .other, .documentEnd: continue
            case .streamEnd: return root
            case .documentStart:
                if root != nil {
                    throw .finding(
                        Diagnostic(
                            .error, .severalDocuments, "a second YAML document starts here", at: span(event),
                            help: "a recipe is one document: remove the '---', or use a file for each image"))
                }
                root = try node(next(), depth: 0)
            default: continue
            }
        }
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Failure) -> YAMLNode {
        guard depth <= Self.maximumDepth else {
            throw .finding(
                Diagnostic(
                    .error, .tooLarge, "lists and mappings are nested more than \(Self.maximumDepth) levels deep",
                    at: span(event)))
        }
        let sizeBefore = nodes
        var node: YAMLNode
        switch event.kind {
        case .alias(let name): return try alias(name, event)
        case .scalar(var scalar):
            try count(1, event)
            if event.tag == "tag:yaml.org,2002:str" { scalar.isPlain = false }
            node = YAMLNode(.scalar(scalar), at: span(event))
        case .sequenceStart:
            try count(1, event)
            node = try sequence(event, depth: depth)
        case .mappingStart:
            try count(1, event)
            node = try mapping(event, depth: depth)
        default:
            throw .syntax(YAMLFailure(problem: "unexpected end", place: .scalar(event.start)))
        }
        if let tag = event.tag, !["!", "str", "map", "seq"].contains(tag.dropPrefix("tag:yaml.org,2002:")) {
            let shown = tag.hasPrefix("!") ? tag : "!!" + tag.dropPrefix("tag:yaml.org,2002:")
            findings.error(
                .yamlSyntax, "the tag \(shown.quotedExcerpt) is not supported", at: node.span,
                help: "remove it: a recipe's values are texts, lists and mappings")
        }
        if let anchor = event.anchor { anchors[anchor] = (node, nodes - sizeBefore) }
        return node
    }

    private mutating func sequence(_ start: YAMLEvent, depth: Int) throws(Failure) -> YAMLNode {
        var items: [YAMLNode] = []
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind {
                return YAMLNode(.sequence(items), at: span(from: start, to: event, last: items.last?.span))
            }
            items.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func mapping(_ start: YAMLEvent, depth: Int) throws(Failure) -> YAMLNode {
        var entries: [YAMLEntry] = []
        var places: [String: SourceSpan] = [:]
        while true {
            let event = try next()
            if case .mappingEnd = event.kind {
                return YAMLNode(.mapping(entries), at: span(from: start, to: event, last: entries.last?.value.span))
            }
            let key = try node(event, depth: depth + 1)
            let value = try node(next(), depth: depth + 1)
            guard case .scalar(let name) = key.content else {
                findings.error(.wrongType, "expected a text as key, found \(key.kind)", at: key.span)
                continue
            }
            if name.isPlain, name.text == "<<", !bounds.takesMergeKeys {
                findings.error(
                    .notSupported, "merge keys ('<<') are not supported", at: key.span,
                    help: "write the keys out, or use an alias for a whole value")
            } else if let first = places[name.text] {
                findings.add(
                    Diagnostic(
                        .error, .duplicateKey, "the key \(name.text.quotedExcerpt) occurs twice", at: key.span,
                        notes: ["first at line \(first.start.line), column \(first.start.column)"],
                        help: "remove one of them"))
            } else {
                places[name.text] = key.span
                entries.append(YAMLEntry(key: name.text, keySpan: key.span, value: value))
            }
        }
    }

    /// An anchor is known when its value is complete, so an alias can't name a value that it is part of.
    private mutating func alias(_ name: String, _ event: YAMLEvent) throws(Failure) -> YAMLNode {
        guard let anchor = anchors[name] else {
            throw .finding(
                Diagnostic(
                    .error, .yamlSyntax, "there is no anchor \(("&" + name).quotedExcerpt) before this alias",
                    at: span(event)))
        }
        aliases += 1
        guard aliases <= bounds.aliases else {
            throw .finding(
                Diagnostic(.error, .tooManyAliases, "more than \(bounds.aliases) aliases", at: span(event)))
        }
        try count(anchor.size, event)
        return anchor.node.relocated(to: span(event))
    }

    private mutating func count(_ size: Int, _ event: YAMLEvent) throws(Failure) {
        nodes += size
        guard nodes > bounds.nodes else { return }
        let isAlias = if case .alias = event.kind { true } else { false }
        throw .finding(
            Diagnostic(
                .error, isAlias ? .tooManyAliases : .tooLarge,
                "more than \(bounds.nodes) values" + (isAlias ? " when the aliases are written out" : ""),
                at: span(event)))
    }
}

// MARK: - Places

extension YAMLComposer {
    private func span(_ event: YAMLEvent) -> SourceSpan { span(event.start, event.end) }

    private func span(_ start: Int, _ end: Int) -> SourceSpan {
        SourceSpan(source: fileName, start: map.position(ofScalar: start), end: map.position(ofScalar: end))
    }

    /// A block ends where its last value does; libyaml reports the start of what follows.
    private func span(from start: YAMLEvent, to end: YAMLEvent, last: SourceSpan?) -> SourceSpan {
        var span = span(start.start, end.end)
        if end.start == end.end, let last { span.end = max(span.start, last.end) }
        return span
    }

    private func report(_ failure: YAMLFailure) {
        let position: SourcePosition
        switch failure.place {
        case .scalar(let index): position = map.position(ofScalar: index)
        case .byte(let offset): position = map.position(ofByte: offset)
        }
        let line = Array(map.line(position.line) ?? [])
        let indentation = line.prefix { $0 == " " || $0 == "\t" }
        if let tab = indentation.firstIndex(of: "\t"), position.column <= indentation.count + 1 {
            findings.error(
                .tabIndentation, "a tab indents this line; YAML allows blanks only",
                at: span(at: SourcePosition(line: position.line, column: tab + 1)), help: "replace the tab by blanks")
            return
        }
        findings.error(.yamlSyntax, "not YAML: \(failure.problem)", at: span(at: position))
    }

    private func span(at position: SourcePosition) -> SourceSpan {
        SourceSpan(
            source: fileName, start: position, end: SourcePosition(line: position.line, column: position.column + 1))
    }
}

extension String {
    fileprivate func dropPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
