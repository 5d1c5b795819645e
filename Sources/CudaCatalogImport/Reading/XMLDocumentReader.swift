import CExpat
import CudaImageKit

/// What reads the elements of a document.
protocol XMLElementReader {
    /// - Parameter path: the names of the elements around this one, without prefixes, and its own.
    mutating func start(_ path: [String], attributes: [String: String])
    mutating func end(_ path: [String], text: String)
    /// Why reading has to stop, if it has to.
    var problem: String? { get }
}

/// Reads XML with expat, element by element.
///
/// Package lists need neither a document type nor entities: a document with either is refused, so that nothing in it can
/// grow or fetch anything.
enum XMLDocumentReader {
    private static let maximumDepth = 32
    private static let maximumText = 1 << 16

    /// - Throws: `DiagnosticError` with the line of what is no XML, or what `reader` has refused.
    static func read<Reader: XMLElementReader>(
        _ bytes: [UInt8], fileName: String, into reader: inout Reader
    ) throws(DiagnosticError) {
        guard let parser = XML_ParserCreateNS("UTF-8", CChar(bitPattern: UInt8(ascii: "|"))) else {
            throw failure("'\(fileName)' can't be read: out of memory", fileName, 1)
        }
        defer { XML_ParserFree(parser) }
        let state = State(parser: parser, reader: reader)
        XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let name, let state = State.of(data) else { return }
                state.start(name, attributes)
            },
            { data, _ in State.of(data)?.end() })
        XML_SetCharacterDataHandler(parser) { data, text, count in
            guard let text, let state = State.of(data) else { return }
            state.append(UnsafeBufferPointer(start: text, count: Int(count)))
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            State.of(data)?.stop("a package list has no document type")
        }
        let isParsed = withExtendedLifetime(state) {
            bytes.withUnsafeBytes { buffer in
                var start = 0
                repeat {
                    let count = min(buffer.count - start, 1 << 24)
                    let chunk = buffer.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
                    start += count
                    let isLast: Int32 = start == buffer.count ? 1 : 0
                    guard XML_Parse(parser, chunk, Int32(count), isLast) == XML_STATUS_OK else { return false }
                } while start < buffer.count
                return true
            }
        }
        guard let read = state.reader as? Reader, isParsed else {
            let problem =
                state.problem ?? XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "no XML"
            throw failure("'\(fileName)' can't be read: \(problem)", fileName, Int(XML_GetCurrentLineNumber(parser)))
        }
        reader = read
    }

    private static func failure(_ message: String, _ fileName: String, _ line: Int) -> DiagnosticError {
        let start = SourcePosition(line: max(line, 1), column: 1)
        return DiagnosticError(
            Diagnostics([
                Diagnostic(
                    .error, .invalidIndex, message, at: SourceSpan(source: fileName, start: start, end: start))
            ]))
    }

    /// What expat's handlers share.
    private final class State {
        let parser: XML_Parser
        var reader: any XMLElementReader
        var problem: String?
        private var path: [String] = []
        private var text: [[UInt8]] = []

        init(parser: XML_Parser, reader: any XMLElementReader) {
            self.parser = parser
            self.reader = reader
        }

        static func of(_ data: UnsafeMutableRawPointer?) -> State? {
            data.map { Unmanaged<State>.fromOpaque($0).takeUnretainedValue() }
        }

        func stop(_ reason: String) {
            if problem == nil { problem = reason }
            XML_StopParser(parser, XML_Bool(XML_FALSE))
        }

        func start(
            _ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
        ) {
            guard path.count < XMLDocumentReader.maximumDepth else { return stop("its elements are too deep") }
            path.append(Self.local(name))
            text.append([])
            var values: [String: String] = [:]
            var next = attributes
            while let place = next, let name = place.pointee, let value = place.advanced(by: 1).pointee {
                values[Self.local(name)] = String(cString: value)
                next = place.advanced(by: 2)
            }
            reader.start(path, attributes: values)
            if let problem = reader.problem { stop(problem) }
        }

        func append(_ characters: UnsafeBufferPointer<CChar>) {
            guard let last = text.indices.last else { return }
            // Descriptions and change logs are nobody's names.
            guard text[last].count + characters.count <= XMLDocumentReader.maximumText else { return }
            text[last] += characters.lazy.map { UInt8(bitPattern: $0) }
        }

        func end() {
            guard let content = text.popLast() else { return }
            reader.end(path, text: String(decoding: content, as: UTF8.self))
            path.removeLast()
            if let problem = reader.problem { stop(problem) }
        }

        /// The name behind the namespace.
        private static func local(_ name: UnsafePointer<CChar>) -> String {
            let text = String(cString: name)
            return text.utf8.lastIndex(of: UInt8(ascii: "|")).map { String(text[text.utf8.index(after: $0)...]) }
                ?? text
        }
    }
}
