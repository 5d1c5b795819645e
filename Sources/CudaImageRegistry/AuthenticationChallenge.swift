import CudaImageKit

/// What a registry asks for before it answers: one challenge of a `WWW-Authenticate` header.
///
/// Source: RFC 9110, 11.6.1; the distribution project's "Token Authentication Specification".
package struct AuthenticationChallenge: Hashable, Sendable {
    /// In lower case: `bearer`, `basic`.
    package var scheme: String
    /// Names in lower case.
    package var parameters: [String: String]

    /// The challenges of a header, of which there may be several behind commas.
    package static func list(_ header: String) -> [AuthenticationChallenge] {
        var reader = ChallengeReader(header)
        return reader.challenges()
    }
}

private struct ChallengeReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8.prefix(16384)) }

    mutating func challenges() -> [AuthenticationChallenge] {
        var result: [AuthenticationChallenge] = []
        while true {
            skip { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }
            guard let word = token() else { return result }
            let end = index
            skip { $0 == 0x20 || $0 == 0x09 }
            if peek == UInt8(ascii: "="), !result.isEmpty, let value = value() {
                result[result.count - 1].parameters[word.lowercased()] = value
            } else {
                // A scheme; one that is followed by other things than parameters is of no use here.
                index = end
                result.append(AuthenticationChallenge(scheme: word.lowercased(), parameters: [:]))
                skip { $0 == 0x20 || $0 == 0x09 }
                if let byte = peek, !isToken(byte), byte != UInt8(ascii: ",") { return result }
            }
        }
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skip(while isSkipped: (UInt8) -> Bool) {
        while let byte = peek, isSkipped(byte) { index += 1 }
    }

    private func isToken(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    private mutating func token() -> String? {
        let start = index
        while let byte = peek, isToken(byte) { index += 1 }
        return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    /// `=value` or `="quoted \" value"`.
    private mutating func value() -> String? {
        index += 1
        skip { $0 == 0x20 || $0 == 0x09 }
        guard peek == UInt8(ascii: "\"") else { return token() ?? "" }
        index += 1
        var text: [UInt8] = []
        while let byte = peek {
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), let next = peek {
                text.append(next)
                index += 1
            } else {
                text.append(byte)
            }
        }
        return nil
    }
}
