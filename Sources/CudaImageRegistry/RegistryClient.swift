import CudaImageKit

/// Asks registries through the OCI distribution API: authentication, redirections, repetitions.
///
/// Knows no network and no clock: both are given.
package struct RegistryClient {
    private let transport: any RegistryTransport
    private let clock: RegistryClock
    let policy: RetryPolicy
    /// Registries that are asked without TLS.
    private let plainHosts: Set<String>
    let credential: (RegistryEndpoint) throws(RegistryError) -> RegistryCredential?

    /// The scheme that a host of this machine turned out to speak.
    private var schemes: [String: RegistryURL.Scheme] = [:]
    /// Headers of the repositories that were asked before.
    private var authorizations: [RegistryEndpoint: String] = [:]

    /// The longest chain of redirections.
    private static let mostRedirections = 5

    /// - Parameters:
    ///   - plainHosts: hosts with their ports that are asked without TLS.
    ///   - credential: who the user is to a registry; asked only if the registry wants to know.
    package init(
        transport: any RegistryTransport, clock: RegistryClock, policy: RetryPolicy = RetryPolicy(),
        plainHosts: Set<String> = [],
        credential: @escaping (RegistryEndpoint) throws(RegistryError) -> RegistryCredential?
    ) {
        self.transport = transport
        self.clock = clock
        self.policy = policy
        self.plainHosts = Set(plainHosts.map { $0.lowercased() })
        self.credential = credential
    }

    /// An answer, and where it came from at last.
    struct Answer {
        var response: HTTPResponse
        var url: RegistryURL
    }

    /// Gets something of a repository.
    ///
    /// - Parameters:
    ///   - path: below `/v2/NAME/`: `manifests/latest`.
    ///   - limit: the most bytes that the answer may have.
    mutating func get(
        _ path: String, of endpoint: RegistryEndpoint, accept: [String] = [], limit: Int
    ) throws(RegistryError) -> Answer {
        let scheme = schemes[endpoint.host] ?? (plainHosts.contains(endpoint.host) ? .http : .https)
        let url = RegistryURL(scheme, authority: endpoint.host, path: "/v2/\(endpoint.repository)/\(path)")
        return try get(url, of: endpoint, accept: accept, limit: limit)
    }

    mutating func get(
        _ url: RegistryURL, of endpoint: RegistryEndpoint, accept: [String] = [], limit: Int
    ) throws(RegistryError) -> Answer {
        var url = url
        var hasAuthenticated = false
        var redirections = 0
        let home = url.authority
        while true {
            var request = HTTPRequest(url: url, limit: limit)
            if !accept.isEmpty { request.headers.append(HTTPHeader("Accept", accept.joined(separator: ", "))) }
            // Another host gets no credentials: registries send to stores whose addresses are signed.
            let isHome = url.authority == home
            if isHome, let authorization = authorizations[endpoint] {
                request.headers.append(HTTPHeader("Authorization", authorization))
            }
            let response: HTTPResponse
            do throws(TransportError) {
                response = try sendPatiently(request)
            } catch {
                // A registry of this machine may have no TLS, as Docker's engine takes it.
                let mayBePlain = endpoint.isLoopback && url.scheme == .https && isHome && redirections == 0
                guard mayBePlain, error.reason == .handshakeFailed else {
                    throw RegistryError(
                        error, url, attempts: RetryPolicy.isTemporary(error.reason) ? policy.attempts : 1)
                }
                schemes[endpoint.host] = .http
                url.scheme = .http
                continue
            }
            switch response.status {
            case 301, 302, 303, 307, 308:
                redirections += 1
                url = try target(of: response, at: url, count: redirections)
            case 401 where isHome && !hasAuthenticated:
                hasAuthenticated = true
                authorizations[endpoint] = try authorization(for: response, from: url, endpoint)
            default:
                try checkAccess(response, url, endpoint)
                return Answer(response: response, url: url)
            }
        }
    }

    func checkAccess(
        _ response: HTTPResponse, _ url: RegistryURL, _ endpoint: RegistryEndpoint
    ) throws(RegistryError) {
        switch response.status {
        case 401, 403:
            throw RegistryError(
                .registryRefused,
                "\(endpoint.name) does not let '\(endpoint.repository)' be read (HTTP \(response.status))",
                notes: response.complaints,
                help:
                    "if it is private, log in with an account that may read it: docker login \(endpoint.name.loginName)"
            )
        case 429:
            throw RegistryError(
                .registryRefused, "\(endpoint.name) has had too many requests (HTTP 429)",
                notes: response.complaints + waitNote(response),
                help: "come again later, or log in: accounts may ask more often")
        case 500...:
            throw RegistryError(
                .registryUnreachable, "\(endpoint.name) can't answer now (HTTP \(response.status))",
                notes: response.complaints + waitNote(response))
        default: break
        }
    }

    private func waitNote(_ response: HTTPResponse) -> [String] {
        let tries = RetryPolicy.isTemporary(response.status) ? ["tried \(policy.attempts) times"] : []
        guard let seconds = RetryPolicy.seconds(response.values(of: "Retry-After").first, now: clock.now()) else {
            return tries
        }
        guard seconds > policy.longestDelay else { return tries }
        return [seconds > 86_400 ? "it asks to wait more than a day" : "it asks to wait \(seconds) seconds"]
    }

    /// Sends a request again while the answer, or the lack of one, is temporary.
    func sendPatiently(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        var attempt = 1
        while true {
            do throws(TransportError) {
                let response = try transport.send(request)
                guard RetryPolicy.isTemporary(response.status), attempt < policy.attempts else { return response }
                let asked = RetryPolicy.seconds(response.values(of: "Retry-After").first, now: clock.now())
                let delay = max(asked ?? 0, policy.delay(after: attempt))
                guard delay <= policy.longestDelay else { return response }
                clock.wait(delay)
            } catch {
                guard RetryPolicy.isTemporary(error.reason), attempt < policy.attempts else { throw error }
                clock.wait(policy.delay(after: attempt))
            }
            attempt += 1
        }
    }

    /// Where a redirection leads. From `https` it may not lead to `http`, nor to anything else.
    private func target(
        of response: HTTPResponse, at url: RegistryURL, count: Int
    ) throws(RegistryError) -> RegistryURL {
        guard count <= Self.mostRedirections else {
            throw RegistryError(
                .invalidAnswer, "'\(url.place)' redirects again after \(Self.mostRedirections) redirections")
        }
        let location = response.values(of: "Location").first
        guard let location, let target = url.resolving(location) else {
            let shown = location.map { $0.prefix(80).description.quotedExcerpt } ?? "nowhere"
            throw RegistryError(
                .invalidAnswer, "'\(url.place)' redirects to \(shown), which is no address of http or https")
        }
        if url.scheme == .https, target.scheme == .http {
            throw RegistryError(
                .invalidAnswer, "'\(url.place)' redirects to '\(target.place)', which has no TLS")
        }
        return target
    }
}

extension String {
    /// What `docker login` takes: nothing for Docker Hub.
    var loginName: String { self == "Docker Hub" ? "" : self }
}
