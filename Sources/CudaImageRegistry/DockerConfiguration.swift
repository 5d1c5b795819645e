import CudaImageKit

/// How somebody shows a registry who they are.
package enum RegistryCredential: Hashable, Sendable {
    case password(user: String, secret: String)
    /// A token that a token server exchanges for one of a registry (OAuth 2).
    case identityToken(String)
    /// A token of the registry itself.
    case registryToken(String)
}

/// `config.json` of Docker: where credentials are.
///
/// Source: Docker's `config/configfile/file.go` and `config/credentials`.
package struct DockerConfiguration: Hashable, Sendable {
    private var auths: [Entry] = []
    private var helpers: [String: String] = [:]
    private var store: String?

    fileprivate struct Entry: Hashable, Sendable {
        var key: String
        var credential: RegistryCredential?
        /// Why there are no credentials, though something stands there.
        var problem: String?
    }

    package init() {}

    /// - Parameter text: the file's text.
    /// - Throws: ``JSONError`` if it is not JSON.
    package init(parsing text: String) throws(JSONError) {
        let json = try JSONValue(parsing: text)
        for (key, value) in json["auths"]?.members ?? [] { auths.append(Entry(key: key, reading: value)) }
        for (key, value) in json["credHelpers"]?.members ?? [] {
            if let name = value.text { helpers[Self.host(of: key)] = name }
        }
        store = json["credsStore"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The name of the helper program that has a registry's credentials: `pass` of `docker-credential-pass`.
    package func helper(for endpoint: RegistryEndpoint) -> String? {
        helpers[Self.host(of: endpoint.credentialsKey)] ?? store
    }

    /// What the file itself has for a registry.
    ///
    /// - Throws: ``RegistryError`` if an entry can't be read.
    package func credential(for endpoint: RegistryEndpoint) throws(RegistryError) -> RegistryCredential? {
        let host = Self.host(of: endpoint.credentialsKey)
        let exact = auths.first { $0.key == endpoint.credentialsKey }
        guard let entry = exact ?? auths.first(where: { Self.host(of: $0.key) == host }) else { return nil }
        if let problem = entry.problem {
            throw RegistryError(
                .credentialsUnreadable, "Docker's configuration has no readable credentials for '\(host.printable)'",
                notes: [problem], help: "log in again: docker login \(host.printable)")
        }
        return entry.credential
    }

    /// The host of a key: `https://registry.example.com/v1/` was one once.
    private static func host(of key: String) -> String {
        var rest = key[...]
        for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
        }
        return rest.prefix { $0 != "/" }.lowercased()
    }
}

extension DockerConfiguration.Entry {
    fileprivate init(key: String, reading json: JSONValue) {
        self.key = key
        if let token = json["registrytoken"]?.text, !token.isEmpty {
            credential = .registryToken(token)
        } else if let token = json["identitytoken"]?.text, !token.isEmpty {
            credential = .identityToken(token)
        } else if let auth = json["auth"]?.text, !auth.isEmpty {
            let text = Base64.decoded(auth).flatMap { String(validating: $0, as: UTF8.self) }
            guard let text, let colon = text.firstIndex(of: ":") else {
                problem = "'auth' is not Base64 of user:password"
                return
            }
            credential = .password(user: String(text[..<colon]), secret: String(text[text.index(after: colon)...]))
        } else if let user = json["username"]?.text, !user.isEmpty, let secret = json["password"]?.text {
            credential = .password(user: user, secret: secret)
        }
    }
}

extension RegistryCredential {
    /// Reads what a helper program prints: `{"ServerURL": …, "Username": …, "Secret": …}`.
    ///
    /// - Returns: `nil` if it is something else.
    package init?(helperOutput text: String) {
        guard let json = try? JSONValue(parsing: text), let user = json["Username"]?.text,
            let secret = json["Secret"]?.text
        else { return nil }
        self = user == "<token>" ? .identityToken(secret) : .password(user: user, secret: secret)
    }

    /// Whether a helper's words mean that it has no credentials for the registry.
    package static func isNotFound(_ helperOutput: String) -> Bool {
        helperOutput.contains("credentials not found in native keychain")
    }
}
