import CudaImageKit

/// An absolute address of `http` or `https`, as far as registries need addresses.
///
/// No user, no fragment, and only characters that an address may have: what a server sends as `Location` goes into no
/// configuration unchecked.
package struct RegistryURL: Hashable, Sendable, CustomStringConvertible {
    package enum Scheme: String, Hashable, Sendable {
        case http, https
    }

    package var scheme: Scheme
    /// Host and port: `localhost:5000`.
    package var authority: String
    /// From the first slash on, with the query.
    package var path: String

    package init(_ scheme: Scheme, authority: String, path: String) {
        self.scheme = scheme
        self.authority = authority
        self.path = path
    }

    /// Parses an absolute address.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength, let scheme = Scheme(prefixOf: text) else { return nil }
        let rest = text.utf8.dropFirst(scheme.rawValue.utf8.count + 3)
        let end = rest.firstIndex { $0 == 0x2f || $0 == 0x3f || $0 == 0x23 } ?? rest.endIndex
        let authority = String(decoding: rest[..<end], as: UTF8.self)
        var path = String(decoding: rest[end...], as: UTF8.self)
        if !path.utf8.starts(with: "/".utf8) { path = "/" + path }
        guard Self.isAuthority(authority), Self.isPath(path) else { return nil }
        self.init(scheme, authority: authority.lowercased(), path: path)
    }

    /// The address that a `Location` or a `Link` means here; `nil` if it is none, or of another scheme than the two.
    package func resolving(_ reference: String) -> RegistryURL? {
        if reference.utf8.starts(with: "//".utf8) { return RegistryURL(scheme.rawValue + ":" + reference) }
        if reference.utf8.starts(with: "/".utf8) {
            guard Self.isPath(reference), reference.utf8.count <= Self.maximumLength else { return nil }
            return RegistryURL(scheme, authority: authority, path: reference)
        }
        if reference.utf8.starts(with: "?".utf8) {
            let own = path.split(separator: "?", omittingEmptySubsequences: false).first ?? "/"
            return resolving(own + reference)
        }
        return RegistryURL(reference)
    }

    package var description: String { "\(scheme.rawValue)://\(authority)\(path)" }

    /// The address without its query, which may hold a signature: for messages.
    package var place: String {
        "\(scheme.rawValue)://\(authority)\(path.prefix { $0 != "?" })"
    }

    private static let maximumLength = 8192

    private static func isAuthority(_ text: String) -> Bool {
        let isAllowed = { (byte: UInt8) in
            ByteClass.isAlphanumeric(byte) || "-._:[]".utf8.contains(byte)
        }
        return !text.isEmpty && text.utf8.count <= 300 && text.utf8.allSatisfy(isAllowed)
    }

    private static func isPath(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"\"#<>\\^`{|}".utf8.contains($0) }
    }
}

extension RegistryURL.Scheme {
    fileprivate init?(prefixOf text: String) {
        let start = text.prefix(8).lowercased()
        if start == "https://" {
            self = .https
        } else if start.hasPrefix("http://") {
            self = .http
        } else {
            return nil
        }
    }
}

extension String {
    /// The text in a query or a form: everything but unreserved characters as `%XX`.
    package var percentEncoded: String {
        var result = ""
        for byte in utf8 {
            if ByteClass.isAlphanumeric(byte) || "-._~".utf8.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }
}
