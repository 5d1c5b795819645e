import CudaImageKit
import Testing

@testable import CudaImageRegistry

/// The small parts of the protocol, each with a table.
@Suite struct PartsTests {
    @Test(arguments: [
        ("debian:12", "registry-1.docker.io", "library/debian", "https://index.docker.io/v1/"),
        ("nvidia/cuda:12", "registry-1.docker.io", "nvidia/cuda", "https://index.docker.io/v1/"),
        ("docker.io/debian", "registry-1.docker.io", "library/debian", "https://index.docker.io/v1/"),
        ("index.docker.io/library/debian", "registry-1.docker.io", "library/debian", "https://index.docker.io/v1/"),
        ("nvcr.io/nvidia/cuda", "nvcr.io", "nvidia/cuda", "nvcr.io"),
        ("localhost:5000/debian", "localhost:5000", "debian", "localhost:5000"),
        ("Mirror.Example.com/a", "mirror.example.com", "a", "mirror.example.com"),
    ])
    func referencesLeadToRegistries(text: String, host: String, repository: String, key: String) throws {
        let endpoint = RegistryEndpoint(try ImageReference(validating: text))
        #expect(endpoint.host == host && endpoint.repository == repository && endpoint.credentialsKey == key)
    }

    @Test(arguments: [
        ("localhost/a", true), ("localhost:5000/a", true), ("127.0.0.1:1/a", true), ("127.9.9.9/a", true),
        ("127.0.0.1.example.com/a", false), ("128.0.0.1/a", false), ("example.com/a", false), ("a/b", false),
    ])
    func thisMachineIsKnownByItsName(text: String, isLoopback: Bool) throws {
        #expect(RegistryEndpoint(try ImageReference(validating: text)).isLoopback == isLoopback)
    }

    static let challenges: [(header: String, expected: [AuthenticationChallenge])] = [
        (
            #"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push""#,
            [
                .init(
                    scheme: "bearer",
                    parameters: [
                        "realm": "https://auth.docker.io/token", "service": "registry.docker.io",
                        "scope": "repository:a/b:pull,push",
                    ])
            ]
        ),
        (#"Basic realm="a \"quoted\" place""#, [.init(scheme: "basic", parameters: ["realm": #"a "quoted" place"#])]),
        (
            #"Negotiate, Basic realm=x , BEARER Realm = "y",error=invalid_token"#,
            [
                .init(scheme: "negotiate", parameters: [:]), .init(scheme: "basic", parameters: ["realm": "x"]),
                .init(scheme: "bearer", parameters: ["realm": "y", "error": "invalid_token"]),
            ]
        ),
        ("Negotiate oYG2==", [.init(scheme: "negotiate", parameters: [:]), .init(scheme: "oyg2", parameters: [:])]),
        ("", []), (",,,", []), (#"Basic realm="open"#, [.init(scheme: "basic", parameters: [:])]),
    ]

    @Test(arguments: challenges) func challengesAreRead(header: String, expected: [AuthenticationChallenge]) {
        let found = AuthenticationChallenge.list(header)
        // What follows a scheme that cudagen does not know may be misread, if only the others are not.
        #expect(
            found.filter { ["basic", "bearer"].contains($0.scheme) }
                == expected.filter { ["basic", "bearer"].contains($0.scheme) })
        #expect(expected.isEmpty == found.isEmpty)
    }

    @Test(arguments: [
        ("https://a.example.com/x?y=1", "https://a.example.com/x?y=1"),
        ("/v2/z?n=1", "https://r.example.com:5/v2/z?n=1"),
        ("//b.example.com/q", "https://b.example.com/q"), ("?last=b", "https://r.example.com:5/v2/a/tags/list?last=b"),
        ("HTTP://A.example.com", "http://a.example.com/"), ("file:///etc/passwd", nil), ("ftp://a/b", nil),
        ("next", nil), ("https://user@a.example.com/x", nil), ("https:///x", nil), ("/a b", nil), ("/a\"", nil),
        ("/a\nurl = file:///etc/passwd", nil), ("https://a\\.example.com/", nil), ("", nil), ("/\u{e9}", nil),
    ])
    func addressesAreResolved(text: String, expected: String?) throws {
        let base = try #require(RegistryURL("https://r.example.com:5/v2/a/tags/list?n=2"))
        #expect(base.resolving(text)?.description == expected)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nA: b\r\nC:d \r\n\r\nbody", 200, ["A: b", "C: d"], "body"),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/2 404 \r\nx: y:z\r\n\r\n", 404, ["x: y:z"], ""),
        ("HTTP/1.0 204 No\nA: b\n\n\r\n", 204, ["A: b"], "\r\n"),
    ])
    func answersAreParsed(text: String, status: Int, headers: [String], body: String) throws {
        let response = try #require(HTTPResponse(parsing: Array(text.utf8)))
        #expect(response.status == status && response.headers.map { "\($0.name): \($0.value)" } == headers)
        #expect(response.body == Array(body.utf8))
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nA: b\r\n", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 20 X\r\n\r\n", "HTTP/1.1 100 C\r\n\r\n",
    ])
    func whatIsNoAnswerIsNone(text: String) { #expect(HTTPResponse(parsing: Array(text.utf8)) == nil) }

    @Test(arguments: [
        ("5", 5), (" 0 ", 0), ("99999999999999999999", Int.max), ("Sun, 06 Nov 1994 08:49:37 GMT", 37),
        ("Sun, 06 Nov 1994 08:48:00 GMT", 0), ("soon", nil), ("-1", nil), ("", nil),
        ("Sun, 06 Nov 1994 08:49:37 CET", nil),
    ])
    func retryAfterIsRead(header: String, seconds: Int?) {
        #expect(RetryPolicy.seconds(header, now: 784_111_740) == seconds)
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_799), ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ])
    func datesAreSeconds(text: String, seconds: Int) { #expect(HTTPDate.seconds(of: text) == seconds) }

    @Test(arguments: [
        "Mon, 31 Feb 2000 00:00:00 GMT", "Mon, 30 Feb 2000 00:00:00 GMT", "Mon, 29 Feb 2100 00:00:00 GMT",
        "Mon, 31 Apr 2000 00:00:00 GMT", "Mon, 00 Jan 2000 00:00:00 GMT",
    ])
    func dayThatIsNotInTheCalendarIsNone(text: String) { #expect(HTTPDate.seconds(of: text) == nil) }

    @Test func calendarGoesBothWays() throws {
        for seconds in stride(from: 0, through: 253_402_214_400, by: 86_400 * 97) {
            let day = try #require(CalendarDay(seconds: seconds))
            #expect(day.seconds == seconds && CalendarDay(year: day.year, month: day.month, day: day.day) == day)
        }
    }

    @Test func curlIsToldEverythingOnItsInput() throws {
        let url = try #require(RegistryURL("https://r.example.com/v2/"))
        var request = HTTPRequest(url: url, limit: 100)
        request.headers = [HTTPHeader("Authorization", "Basic a\"b\\")]
        var configuration = CurlConfiguration(request: request, timeout: 7)
        configuration.authorities = "/a b.crt"
        configuration.client = ("/x:y.cert", "/x.key")
        let lines = configuration.text.split(separator: "\n").map(String.init)
        #expect(lines.contains(#"header = "Authorization: Basic a\"b\\""#))
        #expect(lines.contains(#"cacert = "/a b.crt""#) && lines.contains(#"key = "/x.key""#))
        #expect(lines.contains(#"cert = "/x\\:y.cert""#) && lines.contains("max-time = \"7\""))
        #expect(!lines.contains { $0.hasPrefix("data-raw") })
        #expect(CurlConfiguration.quoted("a\nb\r\tc") == #""a\nb\r\tc""#)
    }

    @Test(arguments: [
        (6, TransportError.Reason.hostUnknown), (5, .proxyFailed), (97, .proxyFailed), (7, .connectionFailed),
        (60, .certificateRefused), (58, .certificateFile), (80, .dropped), (59, .other), (1, .other),
    ])
    func exitCodesHaveMeanings(code: Int, reason: TransportError.Reason) {
        #expect(CurlConfiguration.reason(of: Int32(code)) == reason)
    }

    @Test func base64GoesBothWays() {
        #expect(Base64.encoded("user:pass:w\u{f6}rd") == "dXNlcjpwYXNzOnfDtnJk")
        for count in 0..<40 {
            let text = String((0..<count).map { Character(Unicode.Scalar(UInt8(33 + $0))) })
            #expect(Base64.decoded(Base64.encoded(text)) == Array(text.utf8))
        }
        for text in ["a", "a===", "ab=c", "a b", "?"] { #expect(Base64.decoded(text) == nil, "\(text)") }
    }

    @Test(arguments: [
        (#"</v2/a/tags/list?last=b&n=2>; rel="next""#, "/v2/a/tags/list?last=b&n=2"), (#"<x>; rel=next"#, "x"),
        (#"<a>; rel="prev", <b>; title="t"; rel="last next""#, "b"), (#"<a>; rel="prev""#, nil), ("", nil), ("<a", nil),
    ])
    func nextPageIsFound(header: String, target: String?) { #expect(LinkHeader.next(header) == target) }
}

/// `config.json`: whose credentials are whose.
@Suite struct DockerConfigurationTests {
    private func credential(_ text: String, _ image: String) throws -> RegistryCredential? {
        try DockerConfiguration(parsing: text).credential(for: RegistryEndpoint(ImageReference(validating: image)))
    }

    static let user = RegistryCredential.password(user: "a", secret: "b:c")
    static let auth = #"{"auth":"YTpiOmM="}"#

    @Test(arguments: [
        (#"{"auths":{"r.example.com":\#(auth)}}"#, "r.example.com/x", user),
        (#"{"auths":{"https://r.example.com/v1/":\#(auth)}}"#, "r.example.com/x", user),
        (#"{"auths":{"r.example.com":\#(auth)}}"#, "r.example.com:443/x", nil),
        (#"{"auths":{"r.example.com":\#(auth)}}"#, "other.example.com/x", nil),
        (#"{"auths":{"https://index.docker.io/v1/":\#(auth)}}"#, "debian", user),
        (#"{"auths":{"r:5":{"username":"a","password":"b:c"}}}"#, "r:5/x", user),
        (#"{"auths":{"r:5":{"auth":"YTpi","identitytoken":"t"}}}"#, "r:5/x", .identityToken("t")),
        (#"{"auths":{"r:5":{"registrytoken":"t"}}}"#, "r:5/x", .registryToken("t")),
        (#"{"auths":{"r:5":{}}}"#, "r:5/x", nil), ("{}", "r:5/x", nil), (#"{"auths":[]}"#, "r:5/x", nil),
    ])
    func credentialsAreFound(text: String, image: String, expected: RegistryCredential?) throws {
        #expect(try credential(text, image) == expected)
    }

    @Test(arguments: [#"{"auth":"?"}"#, #"{"auth":"YQ=="}"#]) func brokenCredentialsAreReported(entry: String) {
        let error = #expect(throws: RegistryError.self) {
            try credential(#"{"auths":{"r.example.com":\#(entry)}}"#, "r.example.com/x")
        }
        #expect(error?.diagnostic.code == .credentialsUnreadable)
    }

    @Test(arguments: [
        (#"{"credsStore":"pass"}"#, "r:5/x", "pass"),
        (#"{"credsStore":"pass","credHelpers":{"r:5":"own"}}"#, "r:5/x", "own"),
        (#"{"credHelpers":{"r:5":"own"}}"#, "debian", nil),
        (#"{"credHelpers":{"https://index.docker.io/v1/":"hub"}}"#, "debian", "hub"),
        (#"{"credsStore":""}"#, "debian", nil),
    ])
    func helpersAreFound(text: String, image: String, helper: String?) throws {
        let endpoint = RegistryEndpoint(try ImageReference(validating: image))
        #expect(try DockerConfiguration(parsing: text).helper(for: endpoint) == helper)
    }

    @Test func helpersAnswersAreRead() {
        #expect(RegistryCredential(helperOutput: #"{"ServerURL":"x","Username":"a","Secret":"b:c"}"#) == Self.user)
        #expect(RegistryCredential(helperOutput: #"{"Username":"<token>","Secret":"t"}"#) == .identityToken("t"))
        #expect(RegistryCredential(helperOutput: "hello") == nil)
    }
}
