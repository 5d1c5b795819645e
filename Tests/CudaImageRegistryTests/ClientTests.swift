import CudaImageKit
import Testing

@testable import CudaImageRegistry

/// The whole conversation with a registry, with a transport that answers from a table.
@Suite struct ClientTests {
    private static let list = Document.list(Document.entry("a", "linux", "amd64"))
    private static let listDigest = ImageDigest(of: Array(list.utf8))

    private func image(_ text: String = "r.example.com/team/app:1") throws -> ImageReference {
        try ImageReference(validating: text)
    }

    private func failure(
        credential: RegistryCredential? = nil, waiting: Waiting = Waiting(),
        _ answer: @escaping FakeRegistry.Answer
    ) throws -> RegistryError {
        var client = RegistryClient(FakeRegistry(answer), waiting: waiting, credential: credential)
        let reference = try image()
        return try #require(throws: RegistryError.self) { try client.resolve(reference) }
    }

    @Test func digestIsThatOfTheBody() throws {
        let registry = FakeRegistry { _ in .ok(Self.list, type: Document.index) }
        var client = RegistryClient(registry)
        let resolved = try client.resolve(try image())
        #expect(resolved.digest == Self.listDigest && resolved.isList)
        #expect(registry.log == ["GET https://r.example.com/v2/team/app/manifests/1"])
        #expect(registry.requests[0].header("Accept")?.contains(Document.dockerList) == true)
    }

    @Test func digestOfTheHeaderHasToAgree() throws {
        let good = ["docker-content-digest": Self.listDigest.description]
        var client = RegistryClient(FakeRegistry { _ in .ok(Self.list, type: Document.index, good) })
        #expect(try client.resolve(try image()).digest == Self.listDigest)
        let error = try failure { _ in
            .ok(Self.list, type: Document.index, ["Docker-Content-Digest": Document.digest("0")])
        }
        #expect(error.diagnostic.code == .invalidAnswer && error.isEnvironment)
        #expect(
            error.diagnostic.notes == [
                "its header says \(Document.digest("0"))", "what it sends has \(Self.listDigest)",
            ])
    }

    @Test func platformOfOneImageIsInItsConfiguration() throws {
        let configuration = #"{"os":"linux","architecture":"arm64","variant":"v8"}"#
        let digest = ImageDigest(of: Array(configuration.utf8))
        let text = Document.image(digest, size: configuration.utf8.count)
        let registry = FakeRegistry { request in
            request.url.path.contains("/blobs/") ? .ok(configuration) : .ok(text, type: Document.dockerManifest)
        }
        var client = RegistryClient(registry)
        let resolved = try client.resolve(try image())
        #expect(resolved.platforms == [.linuxARM64: ImageDigest(of: Array(text.utf8))] && !resolved.isList)
        let error = try failure { request in
            request.url.path.contains("/blobs/") ? .ok("{}") : .ok(text, type: Document.dockerManifest)
        }
        #expect(error.diagnostic.message.contains("is not what its manifest names"))
    }

    @Test func tokenIsFetchedOnceForARepository() throws {
        let challenge = [
            "WWW-Authenticate":
                #"Bearer realm="https://auth.example.com/token?a=b",service="r e",scope="repository:team/app:pull""#
        ]
        let registry = FakeRegistry { request in
            if request.url.authority == "auth.example.com" { return .ok(#"{"token":"T"}"#) }
            guard request.header("Authorization") == "Bearer T" else { return .status(401, challenge) }
            return .ok(Self.list, type: Document.index)
        }
        var client = RegistryClient(registry, credential: .password(user: "u", secret: "p"))
        _ = try client.resolve(try image())
        _ = try client.resolve(try image("r.example.com/team/app:2"))
        #expect(
            registry.log == [
                "GET https://r.example.com/v2/team/app/manifests/1",
                "GET https://auth.example.com/token?a=b&service=r%20e&scope=repository%3Ateam%2Fapp%3Apull [Basic dTpw]",
                "GET https://r.example.com/v2/team/app/manifests/1 [Bearer T]",
                "GET https://r.example.com/v2/team/app/manifests/2 [Bearer T]",
            ])
    }

    @Test func identityTokenIsExchanged() throws {
        let registry = FakeRegistry { request in
            if request.method == .post { return .ok(#"{"access_token":"T"}"#) }
            guard request.header("Authorization") == "Bearer T" else {
                return .status(401, ["WWW-Authenticate": #"Bearer realm="https://auth.example.com/t",service="s""#])
            }
            return .ok(Self.list, type: Document.index)
        }
        var client = RegistryClient(registry, credential: .identityToken("i&d"))
        _ = try client.resolve(try image())
        let request = try #require(registry.requests.first { $0.method == .post })
        #expect(
            request.body == "grant_type=refresh_token&client_id=cudagen&service=s&scope=repository%3Ateam%2Fapp%3Apull"
                + "&refresh_token=i%26d")
    }

    static let authentication:
        [(header: String?, credential: RegistryCredential?, code: DiagnosticCode, message: String)] = [
            (#"Basic realm="x""#, nil, .registryRefused, "wants a user's name and password"),
            (
                #"Basic realm="x""#, .password(user: "a", secret: "b"), .registryRefused,
                "does not let 'team/app' be read"
            ),
            ("Negotiate", nil, .registryRefused, "an authentication that cudagen does not know"),
            (nil, nil, .registryRefused, "an authentication that cudagen does not know"),
            (#"Bearer service="x""#, nil, .invalidAnswer, "names no address of a server of tokens"),
            (#"Bearer realm="file:///etc/passwd""#, nil, .invalidAnswer, "names no address of a server of tokens"),
            (
                #"Bearer realm="http://auth.example.com/""#, .password(user: "a", secret: "b"), .invalidAnswer,
                "has no TLS"
            ),
            (#"Bearer realm="https://empty.example.com/""#, nil, .invalidAnswer, "has no token in it"),
            (#"Bearer realm="https://evil.example.com/""#, nil, .invalidAnswer, "characters that no token has"),
            (#"Bearer realm="https://no.example.com/""#, nil, .registryRefused, "gives no token to somebody without"),
            (
                #"Bearer realm="https://no.example.com/""#, .password(user: "a", secret: "b"), .registryRefused,
                "refuses the credentials"
            ),
        ]

    @Test(arguments: authentication) func whatCanNotBeAnsweredIsSaid(
        header: String?, credential: RegistryCredential?, code: DiagnosticCode, message: String
    ) throws {
        let error = try failure(credential: credential) { request in
            switch request.url.authority {
            case "empty.example.com": .ok("{}")
            case "evil.example.com": .ok(#"{"token":"a\r\nX: y"}"#)
            case "no.example.com": .status(401)
            default: .status(401, header.map { ["WWW-Authenticate": $0] } ?? [:])
            }
        }
        #expect(error.diagnostic.code == code && error.diagnostic.message.contains(message), "\(error)")
    }

    @Test func anotherHostGetsNoCredentials() throws {
        let configuration = #"{"os":"linux","architecture":"amd64"}"#
        let text = Document.image(ImageDigest(of: Array(configuration.utf8)), size: 1)
        let registry = FakeRegistry { request in
            if request.url.authority == "store.example.com" { return .ok(configuration) }
            if request.header("Authorization") == nil { return .status(401, ["WWW-Authenticate": "Basic"]) }
            if request.url.path.contains("/blobs/") {
                return .status(307, ["Location": "https://store.example.com/b?signature=s"])
            }
            return .ok(text, type: Document.manifest)
        }
        var client = RegistryClient(registry, credential: .password(user: "u", secret: "p"))
        _ = try client.resolve(try image())
        #expect(registry.log.last == "GET https://store.example.com/b?signature=s")
    }

    @Test(arguments: [
        ("http://r.example.com/x", "which has no TLS"), ("file:///etc/passwd", "no address of http or https"),
        ("/v2/team/app/manifests/1", "redirects again after 5 redirections"),
    ])
    func redirectionsAreBounded(location: String, message: String) throws {
        let error = try failure { _ in .status(302, ["Location": location]) }
        #expect(error.diagnostic.code == .invalidAnswer && error.diagnostic.message.contains(message))
    }

    @Test(arguments: [
        (["Retry-After": "7"], [7, 7]), (["Retry-After": "0"], [1, 2]), ([:], [1, 2]),
        (["Retry-After": "Mon, 12 Jan 1970 13:46:45 GMT"], [5, 5]),
    ])
    func temporaryAnswersAreAskedAgain(headers: [String: String], waited: [Int]) throws {
        let waiting = Waiting()
        var count = 0
        var client = RegistryClient(
            FakeRegistry { _ in
                count += 1
                return count < 3 ? .status(count == 1 ? 429 : 503, headers) : .ok(Self.list, type: Document.index)
            }, waiting: waiting)
        #expect(try client.resolve(try image()).digest == Self.listDigest)
        #expect(waiting.seconds == waited)
    }

    @Test func patienceEnds() throws {
        var waiting = Waiting()
        let busy = try failure(waiting: waiting) { _ in .status(429, ["Retry-After": "3600"]) }
        #expect(waiting.seconds.isEmpty && busy.diagnostic.notes == ["it asks to wait 3600 seconds"])
        waiting = Waiting()
        let down = try failure(waiting: waiting) { _ in .status(503) }
        #expect(waiting.seconds == [1, 2, 4] && down.diagnostic.notes == ["tried 4 times"])
        waiting = Waiting()
        let dropped = try failure(waiting: waiting) { _ throws(TransportError) in throw TransportError(.dropped, "gone")
        }
        #expect(waiting.seconds == [1, 2, 4] && dropped.diagnostic.notes == ["tried 4 times", "gone"])
        waiting = Waiting()
        let late = try failure(waiting: waiting) { _ throws(TransportError) in throw TransportError(.timedOut, "") }
        #expect(waiting.seconds.isEmpty && late.diagnostic.help?.contains("--timeout") == true)
    }

    @Test func thisMachinesRegistryMayHaveNoTLS() throws {
        let answer: FakeRegistry.Answer = { request throws(TransportError) in
            if request.url.scheme == .https { throw TransportError(.handshakeFailed, "wrong version number") }
            return .ok(Self.list, type: Document.index)
        }
        let registry = FakeRegistry(answer)
        var client = RegistryClient(registry)
        _ = try client.resolve(try image("localhost:5000/a:1"))
        _ = try client.resolve(try image("localhost:5000/a:2"))
        #expect(registry.requests.map(\.url.scheme) == [.https, .http, .http])
        #expect(
            try failure(answer).diagnostic.help
                == "if it is a registry without TLS, name it: --plain-http r.example.com")
        var plain = RegistryClient(FakeRegistry(answer), plainHosts: ["r.example.com"])
        #expect(try plain.resolve(try image()).digest == Self.listDigest)
    }

    @Test(arguments: [
        (
            404, #"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"gone\u001b[31m"}]}"#, DiagnosticCode.noSuchImage,
            false
        ),
        (404, "", .noSuchImage, false), (403, "", .registryRefused, true), (500, "", .registryUnreachable, true),
        (418, "", .invalidAnswer, true),
    ])
    func everyStatusHasItsCause(status: Int, body: String, code: DiagnosticCode, isEnvironment: Bool) throws {
        let error = try failure { _ in .status(status, body: body) }
        #expect(error.diagnostic.code == code && error.isEnvironment == isEnvironment)
        #expect(error.diagnostic.notes.allSatisfy { !$0.unicodeScalars.contains("\u{1b}") })
    }

    @Test func pagesOfTagsAreJoined() throws {
        let registry = FakeRegistry { request in
            request.url.path.hasSuffix("last=b")
                ? .ok(#"{"tags":["c","a","not a tag"]}"#)
                : .ok(#"{"tags":["b","a"]}"#, ["Link": #"</v2/team/app/tags/list?n=1000&last=b>; rel="next""#])
        }
        var client = RegistryClient(registry)
        #expect(try client.tags(of: try image()) == ["a", "b", "c"])
        #expect(registry.requests.count == 2)
    }

    @Test(arguments: [
        ("</v2/team/app/tags/list?n=1000>; rel=next", "goes round in a circle"),
        ("<https://evil.example.com/>; rel=next", "goes on at another place"),
        ("<http://r.example.com/v2/team/app/tags/list?n=1>; rel=next", "goes on at another place"),
    ])
    func pagesStayWhereTheyAre(link: String, message: String) throws {
        var client = RegistryClient(FakeRegistry { _ in .ok(#"{"tags":["a"]}"#, ["Link": link]) })
        let reference = try image()
        let error = #expect(throws: RegistryError.self) { try client.tags(of: reference) }
        #expect(error?.diagnostic.message.contains(message) == true)
    }

    /// Only "not found" means that a digest is gone.
    @Test func proxysRefusalIsNoLoss() throws {
        let digest = Self.listDigest
        let reference = try image()
        var client = RegistryClient(FakeRegistry { _ in .status(404) })
        #expect(try !client.has(digest, of: reference))
        client = RegistryClient(FakeRegistry { _ in .ok(Self.list, type: Document.index) })
        #expect(try client.has(digest, of: reference))
        client = RegistryClient(FakeRegistry { _ in .status(400) })
        let error = #expect(throws: RegistryError.self) { try client.has(digest, of: reference) }
        #expect(error?.diagnostic.code == .invalidAnswer && error?.isEnvironment == true)
    }

    @Test func aLongWaitIsALongTime() throws {
        let busy = try failure { _ in .status(429, ["Retry-After": "99999999999999999999999"]) }
        #expect(busy.diagnostic.notes == ["it asks to wait more than a day"])
    }

    @Test(arguments: [#"{"tags":"x"}"#, #"{"tags":[1,2]}"#, #"{"tags":["a",null]}"#, #"{"tags":{}}"#, "{}", "[]"])
    func whatIsNoListOfTagsIsNoEmptyOne(body: String) throws {
        var client = RegistryClient(FakeRegistry { _ in .ok(body) })
        let reference = try image()
        let error = #expect(throws: RegistryError.self) { try client.tags(of: reference) }
        #expect(error?.diagnostic.code == .invalidAnswer, "\(body)")
    }

    @Test func everyImageIsAskedForAndReported() throws {
        var client = RegistryClient(
            FakeRegistry { request in
                request.url.path.contains("/gone/") ? .status(404) : .ok(Self.list, type: Document.index)
            })
        let there = LockRequest(try image(), platforms: [.linuxAMD64], recipes: ["a"])
        let partly = LockRequest(try image("r.example.com/b:1"), platforms: [.linuxARM64], recipes: ["a"])
        let gone = LockRequest(try image("r.example.com/gone:1"), platforms: [], recipes: ["a"])
        let answers = client.answers(to: [there, partly, gone])
        #expect(answers.diagnostics.all.map(\.code) == [.imagePlatformMissing, .noSuchImage])
        #expect(!answers.failsForEnvironment)
        #expect(answers.entries[there.reference]?.recipes == ["a"])
    }

    @Test func repositoryWithoutTagsHasNone() throws {
        var client = RegistryClient(FakeRegistry { _ in .ok(#"{"name":"a","tags":null}"#) })
        #expect(try client.tags(of: try image()).isEmpty)
    }
}
