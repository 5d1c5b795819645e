internal import CLibYAML

/// What libyaml reports while it reads a text, one event at a time.
struct YAMLEvent {
    enum Kind {
        case documentStart, documentEnd, streamEnd
        case scalar(YAMLScalar)
        case alias(String)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
        /// Start and end of the stream, which say nothing.
        case other
    }

    var kind: Kind
    var anchor: String?
    var tag: String?
    /// Offsets in Unicode scalars.
    var start: Int
    var end: Int
}

/// Why libyaml gave up.
struct YAMLFailure: Error {
    enum Place {
        case scalar(Int)
        case byte(Int)
    }

    var problem: String
    var place: Place
}

/// libyaml's parser over one text.
struct YAMLEvents: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// - Parameter bytes: UTF-8; must outlive the parser.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        // Fails for want of memory only; the first event reports it then.
        _ = yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deinitialize(count: 1)
        parser.deallocate()
    }

    mutating func next() throws(YAMLFailure) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) != 0 else { throw failure }
        defer { yaml_event_delete(&event) }
        return Self.event(event)
    }

    private var failure: YAMLFailure {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
        let place: YAMLFailure.Place =
            parser.pointee.error == YAML_READER_ERROR
            ? .byte(Int(parser.pointee.problem_offset)) : .scalar(Int(parser.pointee.problem_mark.index))
        return YAMLFailure(problem: problem, place: place)
    }

    private static func event(_ event: yaml_event_t) -> YAMLEvent {
        var result = YAMLEvent(
            kind: .other, anchor: nil, tag: nil, start: Int(event.start_mark.index), end: Int(event.end_mark.index))
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
        case YAML_STREAM_END_EVENT: result.kind = .streamEnd
        case YAML_ALIAS_EVENT: result.kind = .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            result.kind = .scalar(YAMLScalar(text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE))
            (result.anchor, result.tag) = (string(scalar.anchor), string(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            result.kind = .sequenceStart
            (result.anchor, result.tag) = (
                string(event.data.sequence_start.anchor), string(event.data.sequence_start.tag)
            )
        case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            result.kind = .mappingStart
            (result.anchor, result.tag) = (
                string(event.data.mapping_start.anchor), string(event.data.mapping_start.tag)
            )
        case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
        default: break
        }
        return result
    }

    private static func string(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
