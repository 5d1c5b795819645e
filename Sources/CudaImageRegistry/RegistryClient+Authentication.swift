import CudaImageKit

extension RegistryClient {
    private static let longestTokenAnswer = 1 << 20

    /// The header `Authorization` that a registry asks for.
    func authorization(
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
        let json = response.json
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
