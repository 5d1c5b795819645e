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
            [curl, "--disable", "--config", "-"], input: configuration(of: request).text,
            limit: request.limit + Self.longestHeaders, patience: timeout + 5)
        if result.isTooLong { throw TransportError(.tooLarge, "more than \(request.limit) bytes came") }
        if result.isLate { throw TransportError(.timedOut, "curl did not end after \(timeout) seconds") }
        guard result.status == 0 else {
            let said = result.errors.split(separator: "\n").first { $0.hasPrefix("curl:") }.map(String.init)
            throw TransportError(
                CurlConfiguration.reason(of: result.status), (said ?? "curl's exit code was \(result.status)").printable
            )
        }
        guard let response = HTTPResponse(parsing: result.output) else {
            throw TransportError(.dropped, "what came is no answer of HTTP")
        }
        guard response.body.count <= request.limit else {
            throw TransportError(.tooLarge, "\(response.body.count) bytes came")
        }
        return response
    }

    private func configuration(of request: HTTPRequest) -> CurlConfiguration {
        let host = request.url.authority
        var configuration = CurlConfiguration(request: request, timeout: timeout)
        configuration.authorities = authorities ?? Self.file("ca.crt", for: host)
        if let certificate = Self.file("client.cert", for: host), let key = Self.file("client.key", for: host) {
            configuration.client = (certificate, key)
        }
        return configuration
    }

    /// A registry's own certificates, where engines look for them.
    private static func file(_ name: String, for host: String) -> String? {
        guard !host.contains("/"), !host.hasPrefix(".") else { return nil }
        let own = Environment.value("HOME").map { ["\($0)/.config/containers/certs.d", "\($0)/.docker/certs.d"] } ?? []
        let folders = own + ["/etc/containers/certs.d", "/etc/docker/certs.d"]
        return folders.lazy.map { "\($0)/\(host)/\(name)" }.first(where: FileSystem.isFile)
    }
}
