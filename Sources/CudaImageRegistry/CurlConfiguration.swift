import CudaImageKit

/// What curl is told of a request, in the form of its configuration files, and what its exit codes mean.
///
/// - Note: Source: curl(1), "--config" and "EXIT CODES".
package struct CurlConfiguration {
    private let request: HTTPRequest
    /// Seconds that an answer may take.
    private let timeout: Int
    /// A file of certificates that are trusted in place of the system's.
    package var authorities: String?
    /// The files of a certificate and key that the registry wants to see.
    package var client: (certificate: String, key: String)?

    package init(request: HTTPRequest, timeout: Int) {
        self.request = request
        self.timeout = timeout
    }

    /// The file's text.
    package var text: String {
        let scheme = request.url.scheme.rawValue
        var options = [
            ("url", request.url.description), ("request", request.method.rawValue), ("proto", "=\(scheme)"),
            ("max-time", "\(timeout)"), ("connect-timeout", "\(timeout)"), ("max-filesize", "\(request.limit)"),
            ("user-agent", "cudagen/\(Generator.version)"),
        ]
        options += request.headers.map { ("header", "\($0.name): \($0.value)") }
        if request.method == .post { options.append(("data-raw", request.body)) }
        if let authorities { options.append(("cacert", authorities)) }
        if let client {
            // What stands behind a colon would be the key's password.
            let name = client.certificate.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
            options += [("cert", name), ("key", client.key)]
        }
        let flags = ["silent", "show-error", "include", "suppress-connect-headers", "globoff", "path-as-is"]
        return (flags + options.map { "\($0) = \(Self.quoted($1))" }).joined(separator: "\n") + "\n"
    }

    /// A value in quotes. Only with `\n` can it hold the end of a line, and a zero byte not at all: what is sent here has
    /// none, as names, paths of files and headers can't have one.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// What an exit code means.
    package static func reason(of status: Int32) -> TransportError.Reason {
        switch status {
        case 6: .hostUnknown
        case 5, 97: .proxyFailed
        case 7: .connectionFailed
        case 28: .timedOut
        case 35: .handshakeFailed
        case 51, 60, 83, 90, 91: .certificateRefused
        case 58, 77, 82: .certificateFile
        case 16, 18, 52, 55, 56, 80, 92, 95: .dropped
        case 63: .tooLarge
        default: .other
        }
    }
}
