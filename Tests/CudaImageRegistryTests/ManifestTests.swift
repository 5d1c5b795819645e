import CudaImageKit
import Testing

@testable import CudaImageRegistry

/// What is under a tag: lists and images of both families of media types, and what is refused.
@Suite struct ManifestTests {
    @Test(arguments: [Document.index, Document.dockerList, Document.index + "; charset=utf-8", "application/json"])
    func listsNameTheirPlatforms(type: String) throws {
        let text = Document.list(
            Document.entry("a", "linux", "amd64"), Document.entry("b", "linux", "arm64", variant: "v8"),
            Document.entry("c", "linux", "s390x"), Document.entry("d", "unknown", "unknown"))
        guard case .list(let listing) = try ManifestDocument(Array(text.utf8), contentType: type) else {
            Issue.record("no list")
            return
        }
        let digest = { (digit: Character) in ImageDigest(Document.digest(digit)) }
        #expect(listing.platforms == [.linuxAMD64: digest("a"), .linuxARM64: digest("b")].compactMapValues(\.self))
        #expect(listing.others == ["linux/s390x"])
    }

    @Test func ofTwoEntriesForAPlatformTheFirstCounts() throws {
        let text = Document.list(Document.entry("a", "linux", "amd64"), Document.entry("b", "linux", "amd64"))
        guard case .list(let listing) = try ManifestDocument(Array(text.utf8), contentType: Document.index) else {
            Issue.record("no list")
            return
        }
        #expect(listing.platforms[.linuxAMD64]?.description == Document.digest("a"))
    }

    @Test(arguments: [Document.manifest, Document.dockerManifest])
    func imagesNameTheirConfiguration(type: String) throws {
        let digest = ImageDigest(of: [1])
        let text = Document.image(digest, size: 1)
        let document = try ManifestDocument(Array(text.utf8), contentType: type)
        #expect(document == .image(configuration: .init(digest: digest, size: 1)))
    }

    static let refused: [(body: String, type: String?, message: String)] = [
        ("{}", "text/html", "expected an image's manifest, found 'text/html'"),
        ("<html>", nil, "the manifest is not JSON"),
        ("{}", Document.index, "neither a list nor an image"),
        (#"{"schemaVersion":1,"fsLayers":[]}"#, "application/json", "Docker's schema 1"),
        ("{}", "application/vnd.docker.distribution.manifest.v1+prettyjws", "Docker's schema 1"),
        (#"{"manifests":[],"layers":[]}"#, Document.index, "a list and an image at once"),
        (Document.list(type: Document.dockerList), Document.index, "the header calls the manifest"),
        (Document.list(), Document.manifest, "the manifest is no"),
        (#"{"mediaType":"x","manifests":[]}"#, nil, "the manifest is no 'x'"),
        (#"{"manifests":[{}]}"#, nil, "no digest"),
        (#"{"manifests":[{"digest":"sha256:x","size":1}]}"#, nil, "no SHA-256 digest"),
        (#"{"manifests":[{"digest":"\#(Document.digest("a"))","size":-1}]}"#, nil, "does not tell the size"),
        (#"{"config":{},"layers":[]}"#, nil, "no digest"),
        (#"{"layers":[]}"#, nil, "no digest"),
        (String(repeating: "[", count: 100_000), nil, "the manifest is not JSON"),
    ]

    @Test(arguments: refused) func anythingElseIsRefused(body: String, type: String?, message: String) {
        let error = #expect(throws: ManifestDocument.Refusal.self) {
            try ManifestDocument(Array(body.utf8), contentType: type)
        }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func nestedListsAreCountedAndTooLongOnesRefused() throws {
        let nested = #"{"mediaType":"\#(Document.index)","digest":"\#(Document.digest("a"))","size":1}"#
        let few = #"{"manifests":[\#(nested)]}"#
        guard case .list(let listing) = try ManifestDocument(Array(few.utf8), contentType: nil) else {
            Issue.record("no list")
            return
        }
        #expect(listing.nestedCount == 1 && listing.platforms.isEmpty)
        let many = #"{"manifests":[\#(Array(repeating: nested, count: 513).joined(separator: ","))]}"#
        #expect(throws: ManifestDocument.Refusal(message: "the list has 513 manifests, more than 512")) {
            try ManifestDocument(Array(many.utf8), contentType: nil)
        }
    }
}
