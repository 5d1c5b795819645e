import CudaImageKit
import CudaImageRegistry

/// Sends requests with the user's own curl.
///
/// Address, headers and body reach it through its standard input: neither the list of processes nor a file shows a password
/// or a token. `~/.curlrc` is not read, as an option in it could change what is sent or printed; curl's variables for proxies
/// and certificates count.
struct CurlTransport: RegistryTransport {
    /// Seconds that an answer may take.
    let timeout: Int
    /// A file of certificates that are trusted in place of the system's.
    let authorities: String?

    private static let longestHeaders = 1 << 18

    func send(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        guard let curl = Subprocess.path(of: "curl") else { throw TransportError(.noProgram, "") }
        let result = Subprocess.capture(
            [curl, "--disable", "--config", "-"], input: configuration(of: request),
            limit: request.limit + Self.longestHeaders, patience: timeout + 5)
        if result.isTooLong { throw TransportError(.tooLarge, "more than \(request.limit) bytes came") }
        if result.isLate { throw TransportError(.timedOut, "curl did not end after \(timeout) seconds") }
        guard result.status == 0 else {
            let said = result.errors.split(separator: "\n").first { $0.hasPrefix("curl:") }.map(String.init)
            throw TransportError(
                Self.reason(of: result.status), (said ?? "curl's exit code was \(result.status)").printable)
        }
        guard let response = HTTPResponse(parsing: result.output) else {
            throw TransportError(.dropped, "what came is no answer of HTTP")
        }
        guard response.body.count <= request.limit else {
            throw TransportError(.tooLarge, "\(response.body.count) bytes came")
        }
        return response
    }

    private func configuration(of request: HTTPRequest) -> String {
        let scheme = request.url.scheme.rawValue
        var options = [
            ("url", request.url.description), ("request", request.method.rawValue), ("proto", "=\(scheme)"),
            ("max-time", "\(timeout)"), ("connect-timeout", "\(timeout)"), ("max-filesize", "\(request.limit)"),
            ("user-agent", "cudagen/\(Generator.version)"),
        ]
        options += request.headers.map { ("header", "\($0.name): \($0.value)") }
        if request.method == .post { options.append(("data-raw", request.body)) }
        let host = request.url.authority
        if let authorities = authorities ?? Self.file("ca.crt", for: host) { options.append(("cacert", authorities)) }
        if let certificate = Self.file("client.cert", for: host), let key = Self.file("client.key", for: host) {
            // What stands behind a colon would be the key's password.
            let name = certificate.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
            options += [("cert", name), ("key", key)]
        }
        let flags = ["silent", "show-error", "include", "suppress-connect-headers", "globoff", "path-as-is"]
        return (flags + options.map { "\($0) = \(Self.quoted($1))" }).joined(separator: "\n") + "\n"
    }

    /// A value of curl's configuration, which has no other way to end a line.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A registry's own certificates, where engines look for them.
    private static func file(_ name: String, for host: String) -> String? {
        guard !host.contains("/"), !host.hasPrefix(".") else { return nil }
        let own = Environment.value("HOME").map { ["\($0)/.config/containers/certs.d", "\($0)/.docker/certs.d"] } ?? []
        let folders = own + ["/etc/containers/certs.d", "/etc/docker/certs.d"]
        return folders.lazy.map { "\($0)/\(host)/\(name)" }.first(where: FileSystem.isFile)
    }

    /// What curl's exit codes mean.
    private static func reason(of status: Int32) -> TransportError.Reason {
        switch status {
        case 5, 6: .hostUnknown
        case 7, 97: .connectionFailed
        case 28: .timedOut
        case 35: .handshakeFailed
        case 51, 60, 83, 90, 91: .certificateRefused
        case 53, 54, 58, 59, 66, 77, 80, 82: .certificateFile
        case 16, 18, 52, 55, 56, 92, 95: .dropped
        case 63: .tooLarge
        default: .other
        }
    }
}
