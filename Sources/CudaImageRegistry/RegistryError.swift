import CudaImageKit

/// Why a registry did not give what was asked for.
package struct RegistryError: Error, Hashable, Sendable {
    package var diagnostic: Diagnostic
    /// Whether this machine, its network or the registry is to blame, and not what was asked for.
    package var isEnvironment: Bool

    package init(
        _ code: DiagnosticCode, _ message: String, notes: [String] = [], help: String? = nil,
        isEnvironment: Bool = true
    ) {
        diagnostic = Diagnostic(.error, code, message, notes: notes.map(\.printable), help: help)
        self.isEnvironment = isEnvironment
    }
}

extension RegistryError {
    /// There was no answer at all.
    init(_ error: TransportError, _ url: RegistryURL, attempts: Int) {
        let said = error.detail.isEmpty ? [] : [error.detail]
        let tries = attempts > 1 ? ["tried \(attempts) times"] : []
        let message: (String, help: String?)
        switch error.reason {
        case .noProgram:
            message = (
                "curl is not on PATH, and registries are asked with it",
                "install curl (apt-get install curl, dnf install curl)"
            )
        case .hostUnknown:
            message = (
                "the host of '\(url.place)' is not known",
                "check the registry's name, and the variables for proxies (https_proxy, no_proxy)"
            )
        case .proxyFailed:
            message = (
                "the proxy in front of '\(url.place)' can't be reached",
                "check the variables for proxies (https_proxy, no_proxy)"
            )
        case .connectionFailed:
            message = (
                "nothing answers at '\(url.place)'",
                "check the registry's name and port, and the variables for proxies (https_proxy, no_proxy)"
            )
        case .timedOut:
            message = ("'\(url.place)' did not answer in time", "give it more with --timeout SECONDS")
        case .handshakeFailed:
            message = (
                "'\(url.authority)' does not answer with TLS",
                "if it is a registry without TLS, name it: --plain-http \(url.authority)"
            )
        case .certificateRefused:
            message = (
                "the certificate of '\(url.authority)' is signed by nobody that is trusted here",
                "name the authority's certificate with --ca-file FILE, or put it where engines look for it: "
                    + "/etc/docker/certs.d/\(url.authority)/ca.crt"
            )
        case .certificateFile:
            message = ("a certificate or key for '\(url.authority)' can't be used", nil)
        case .dropped:
            message = ("the connection to '\(url.place)' ended before the answer did", nil)
        case .tooLarge:
            self.init(
                .invalidAnswer, "the answer of '\(url.place)' is larger than such an answer may be", notes: said)
            return
        case .other:
            message = ("'\(url.place)' can't be asked", nil)
        }
        self.init(.registryUnreachable, message.0, notes: tries + said, help: message.help)
    }
}

extension HTTPResponse {
    /// The body, if it is JSON.
    var json: JSONValue? { String(validating: body, as: UTF8.self).flatMap { try? JSONValue(parsing: $0) } }

    /// What the registry says of an error, in its own words.
    var complaints: [String] {
        guard body.count <= 1 << 16, let json else { return [] }
        return (json["errors"]?.elements ?? []).prefix(3).map { error in
            let code = error["code"]?.text ?? "error"
            let message = error["message"]?.text ?? ""
            return "it says \(code)" + (message.isEmpty ? "" : ": \(message.prefix(200))")
        }
    }

    /// The codes of the registry's errors.
    var errorCodes: [String] {
        (json?["errors"]?.elements ?? []).compactMap { $0["code"]?.text }
    }
}
