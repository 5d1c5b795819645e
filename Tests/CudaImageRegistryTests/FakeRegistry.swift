import CudaImageKit

@testable import CudaImageRegistry

/// A transport that answers from a table, and writes down what it is asked.
final class FakeRegistry: RegistryTransport {
    typealias Answer = (HTTPRequest) throws(TransportError) -> HTTPResponse

    private let answer: Answer
    private(set) var requests: [HTTPRequest] = []

    init(_ answer: @escaping Answer) { self.answer = answer }

    func send(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        requests.append(request)
        return try answer(request)
    }

    /// The requests as `GET https://…`, with a mark for credentials.
    var log: [String] {
        requests.map { request in
            let credentials = request.header("Authorization").map { " [\($0)]" } ?? ""
            return "\(request.method.rawValue) \(request.url)\(credentials)"
        }
    }
}

extension HTTPRequest {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension HTTPResponse {
    static func ok(_ body: String, type: String? = nil, _ headers: [String: String] = [:]) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: headers.map { HTTPHeader($0.key, $0.value) }
                + (type.map { [HTTPHeader("content-type", $0)] } ?? []),
            body: Array(body.utf8))
    }

    static func status(_ status: Int, _ headers: [String: String] = [:], body: String = "") -> HTTPResponse {
        HTTPResponse(
            status: status, headers: headers.map { HTTPHeader($0.key, $0.value) }, body: Array(body.utf8))
    }
}

/// The seconds that were waited.
final class Waiting: @unchecked Sendable {
    var seconds: [Int] = []
}

extension RegistryClient {
    init(
        _ transport: FakeRegistry, waiting: Waiting = Waiting(), plainHosts: Set<String> = [],
        credential: RegistryCredential? = nil
    ) {
        self.init(
            transport: transport, clock: RegistryClock(now: { 1_000_000 }, wait: { waiting.seconds.append($0) }),
            plainHosts: plainHosts
        ) { _ throws(RegistryError) in credential }
    }
}

enum Document {
    static let index = "application/vnd.oci.image.index.v1+json"
    static let dockerList = "application/vnd.docker.distribution.manifest.list.v2+json"
    static let manifest = "application/vnd.oci.image.manifest.v1+json"
    static let dockerManifest = "application/vnd.docker.distribution.manifest.v2+json"

    /// A digest of one digit.
    static func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

    static func entry(_ digit: Character, _ os: String, _ architecture: String, variant: String? = nil) -> String {
        let variant = variant.map { #","variant":"\#($0)""# } ?? ""
        return
            #"{"digest":"\#(digest(digit))","size":7,"platform":{"os":"\#(os)","architecture":"\#(architecture)"\#(variant)}}"#
    }

    static func list(_ entries: String..., type: String? = nil) -> String {
        let type = type.map { #""mediaType":"\#($0)","# } ?? ""
        return #"{"schemaVersion":2,\#(type)"manifests":[\#(entries.joined(separator: ","))]}"#
    }

    static func image(_ configuration: ImageDigest, size: Int) -> String {
        #"{"schemaVersion":2,"config":{"digest":"\#(configuration)","size":\#(size)},"layers":[]}"#
    }
}
