/// A request to a registry or to the server of its tokens.
package struct HTTPRequest: Hashable, Sendable {
    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package var method = Method.get
    package var url: RegistryURL
    /// Names and values without control characters.
    package var headers: [HTTPHeader] = []
    /// What a `POST` sends.
    package var body = ""
    /// The most bytes that the answer's body may have.
    package var limit: Int
}

/// A header of a request or an answer.
package struct HTTPHeader: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// An answer; redirections are answers, too.
package struct HTTPResponse: Hashable, Sendable {
    package var status: Int
    package var headers: [HTTPHeader]
    package var body: [UInt8]

    package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The values of a header, whose name has no case.
    package func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

extension HTTPResponse {
    /// Reads an answer as it comes over the wire: header lines, an empty line, the body. Interim answers (1xx) before it are
    /// skipped.
    ///
    /// - Returns: `nil` if that is no answer.
    package init?(parsing bytes: [UInt8]) {
        var rest = bytes[...]
        while true {
            var lines: [String] = []
            var isComplete = false
            while let end = rest.firstIndex(of: 0x0a) {
                var line = rest[..<end]
                if line.last == 0x0d { line = line.dropLast() }
                rest = rest[(end + 1)...]
                if line.isEmpty {
                    isComplete = true
                    break
                }
                lines.append(String(decoding: line, as: UTF8.self))
            }
            guard isComplete, let first = lines.first, first.utf8.starts(with: "HTTP/".utf8) else { return nil }
            let words = first.split(separator: " ")
            guard words.count >= 2, words[1].utf8.count == 3, let status = Int(words[1]), status >= 100 else {
                return nil
            }
            if status < 200 { continue }
            self.init(status: status, headers: lines.dropFirst().compactMap(HTTPHeader.init(line:)), body: Array(rest))
            return
        }
    }
}

extension HTTPHeader {
    fileprivate init?(line: String) {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        self.init(String(line[..<colon]), line[line.index(after: colon)...].trimmed)
    }
}

/// Sends requests: the only part that has to do with a network.
package protocol RegistryTransport {
    /// - Throws: ``TransportError`` if there is no answer at all.
    func send(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse
}

/// Why there is no answer.
package struct TransportError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// The program that sends requests is not there.
        case noProgram
        case hostUnknown
        case connectionFailed
        /// The proxy is not there, or refuses.
        case proxyFailed
        case timedOut
        /// The other side does not speak TLS, or no version of it that this side does.
        case handshakeFailed
        /// Nobody that is trusted vouches for the certificate.
        case certificateRefused
        /// A file of certificates or keys can't be used.
        case certificateFile
        /// The connection ended before the answer did.
        case dropped
        case tooLarge
        case other
    }

    package var reason: Reason
    /// What the program said, on one line.
    package var detail: String

    package init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}
