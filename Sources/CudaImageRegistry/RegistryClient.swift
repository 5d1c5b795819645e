import CudaImageKit

/// Asks registries through the OCI distribution API: authentication, redirections, repetitions.
///
/// Knows no network and no clock: both are given.
package struct RegistryClient {
    private let transport: any RegistryTransport
    private let clock: RegistryClock
    private let policy: RetryPolicy
    /// Registries that are asked without TLS.
    private let plainHosts: Set<String>
    private let credential: (RegistryEndpoint) throws(RegistryError) -> RegistryCredential?

    /// The scheme that a host of this machine turned out to speak.
    private var schemes: [String: RegistryURL.Scheme] = [:]
    /// Headers of the repositories that were asked before.
    private var authorizations: [RegistryEndpoint: String] = [:]

    /// The longest chain of redirections.
    private static let mostRedirections = 5
    private static let longestTokenAnswer = 1 << 20

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

    private func checkAccess(
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
        return seconds > policy.longestDelay ? ["it asks to wait \(seconds) seconds"] : tries
    }

    /// Sends a request again while the answer, or the lack of one, is temporary.
    private func sendPatiently(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        var attempt = 1
        while true {
            do throws(TransportError) {
                let response = try transport.send(request)
                guard RetryPolicy.isTemporary(response.status), attempt < policy.attempts else { return response }
                let asked = RetryPolicy.seconds(response.values(of: "Retry-After").first, now: clock.now())
                let delay = max(asked ?? 0, policy.delay(after: attempt))
                guard delay <= policy.longestDelay else { return response }
                clock.wait(asked ?? delay)
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

    // MARK: - Authentication

    /// The header `Authorization` that a registry asks for.
    private func authorization(
        for response: HTTPResponse, from url: RegistryURL, _ endpoint: RegistryEndpoint
    ) throws(RegistryError) -> String {
        let challenges = response.values(of: "WWW-Authenticate").flatMap(AuthenticationChallenge.list)
        if let bearer = challenges.first(where: { $0.scheme == "bearer" }) {
            return "Bearer " + (try token(for: bearer, from: url, endpoint))
        }
        guard challenges.contains(where: { $0.scheme == "basic" }) else {
            let known = challenges.map(\.scheme).joined(separator: ", ")
            throw RegistryError(
                .registryRefused, "\(endpoint.name) wants an authentication that cudagen does not know",
                notes: [challenges.isEmpty ? "it does not say which" : "it asks for \(known)"])
        }
        switch try credential(endpoint) {
        case .password(let user, let secret)?: return "Basic " + Base64.encoded("\(user):\(secret)")
        case .registryToken(let token)?: return "Bearer " + (try checked(token, endpoint))
        case .identityToken?, nil:
            throw RegistryError(
                .registryRefused, "\(endpoint.name) wants a user's name and password, and there are none for it",
                help: "log in: docker login \(endpoint.name.loginName)")
        }
    }

    /// A token of the server that a registry names.
    private func token(
        for challenge: AuthenticationChallenge, from url: RegistryURL, _ endpoint: RegistryEndpoint
    ) throws(RegistryError) -> String {
        let credential = try credential(endpoint)
        if case .registryToken(let token)? = credential { return try checked(token, endpoint) }
        guard let realm = challenge.parameters["realm"], let server = RegistryURL(realm) else {
            throw RegistryError(
                .invalidAnswer, "\(endpoint.name) names no address of a server of tokens",
                notes: challenge.parameters["realm"].map { ["it names \($0.quotedExcerpt)"] } ?? [])
        }
        if url.scheme == .https, server.scheme == .http {
            throw RegistryError(
                .invalidAnswer, "\(endpoint.name) sends for tokens to '\(server.place)', which has no TLS")
        }
        let scope = challenge.parameters["scope"] ?? "repository:\(endpoint.repository):pull"
        var fields: [(String, String)] = []
        if let service = challenge.parameters["service"] { fields.append(("service", service)) }
        fields.append(("scope", scope))
        var request = HTTPRequest(url: server, limit: Self.longestTokenAnswer)
        switch credential {
        case .identityToken(let token)?:
            fields = [("grant_type", "refresh_token"), ("client_id", "cudagen")] + fields + [("refresh_token", token)]
            request.method = .post
            request.headers.append(HTTPHeader("Content-Type", "application/x-www-form-urlencoded"))
            request.body = Self.form(fields)
        case .password(let user, let secret)?:
            request.headers.append(HTTPHeader("Authorization", "Basic " + Base64.encoded("\(user):\(secret)")))
            fallthrough
        case .registryToken?, nil:
            let separator = server.path.contains("?") ? "&" : "?"
            request.url.path += separator + Self.form(fields)
        }
        return try token(request, server, hasCredential: credential != nil, endpoint)
    }

    private func token(
        _ request: HTTPRequest, _ server: RegistryURL, hasCredential: Bool, _ endpoint: RegistryEndpoint
    ) throws(RegistryError) -> String {
        let response: HTTPResponse
        do throws(TransportError) {
            response = try sendPatiently(request)
        } catch {
            throw RegistryError(error, server, attempts: RetryPolicy.isTemporary(error.reason) ? policy.attempts : 1)
        }
        switch response.status {
        case 200: break
        case 400, 401, 403:
            throw RegistryError(
                .registryRefused,
                hasCredential
                    ? "'\(server.place)' refuses the credentials for \(endpoint.name) (HTTP \(response.status))"
                    : "'\(server.place)' gives no token to somebody without credentials (HTTP \(response.status))",
                notes: response.complaints, help: "log in: docker login \(endpoint.name.loginName)")
        default:
            try checkAccess(response, server, endpoint)
            throw RegistryError(
                .invalidAnswer, "'\(server.place)' gives no token (HTTP \(response.status))",
                notes: response.complaints)
        }
        let json = String(validating: response.body, as: UTF8.self).flatMap { try? JSONValue(parsing: $0) }
        let names = ["token", "access_token"]
        guard let token = names.lazy.compactMap({ json?[$0]?.text }).first(where: { !$0.isEmpty }) else {
            throw RegistryError(.invalidAnswer, "the answer of '\(server.place)' has no token in it")
        }
        return try checked(token, endpoint)
    }

    /// A token that may stand in a header.
    private func checked(_ token: String, _ endpoint: RegistryEndpoint) throws(RegistryError) -> String {
        guard token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw RegistryError(.invalidAnswer, "the token for \(endpoint.name) has characters that no token has")
        }
        return token
    }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
    }
}

extension String {
    /// What `docker login` takes: nothing for Docker Hub.
    fileprivate var loginName: String { self == "Docker Hub" ? "" : self }
}
