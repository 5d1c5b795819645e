import CZlib
import CudaImageKit
import Testing

@testable import CudaCatalogImport

@Suite struct UnpackingTests {
    /// What gzip makes of bytes.
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        try #require(
            deflateInit2_(
                &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)
            )
                == Z_OK)
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + 1024)
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(output.count)
                deflate(&stream, Z_FINISH)
                return output.count - Int(stream.avail_out)
            }
        }
        return Array(output.prefix(count))
    }

    @Test(arguments: [0, 1, 1000, 262_144, 262_145, 1_000_000])
    func whatWasPackedComesOut(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        #expect(try Gzip.unpack(try Self.gzip(bytes), fileName: "x.gz") == bytes)
    }

    @Test func severalMembersAreOneFile() throws {
        let both = try Self.gzip(Array("one ".utf8)) + Self.gzip(Array("two".utf8))
        #expect(try Gzip.unpack(both, fileName: "x.gz") == Array("one two".utf8))
    }

    @Test func bombsAreBounded() throws {
        let bomb = try Self.gzip([UInt8](repeating: 0, count: 8 << 20))
        let error = try #require(throws: DiagnosticError.self) {
            try Gzip.unpack(bomb, fileName: "x.gz", limit: 1 << 20)
        }
        #expect(error.diagnostics.all.first?.message.contains("more than 1 MiB") == true)
    }

    @Test func cutOrChangedFilesAreRefused() throws {
        let good = try Self.gzip(Array("Package: a\nVersion: 1\n".utf8))
        for count in 0..<good.count {
            #expect(throws: DiagnosticError.self) { try Gzip.unpack(Array(good.prefix(count)), fileName: "x.gz") }
        }
        #expect(throws: DiagnosticError.self) { try Gzip.unpack(good + [1, 2, 3], fileName: "x.gz") }
        var changed = good
        changed[good.count - 6] ^= 1
        #expect(throws: DiagnosticError.self) { try Gzip.unpack(changed, fileName: "x.gz") }
    }

    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ] as [(String, String)])
    func checksumIsTheStandards(text: String, digest: String) {
        #expect(SHA256.hexDigest(Array(text.utf8)) == digest)
    }

    @Test func armourIsTakenOff() {
        let armour =
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: x\n\nAQIDBA==\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"
        #expect(KeyFile.binary(Array(armour.utf8)) == [1, 2, 3, 4])
        #expect(KeyFile.binary([0x99, 1]) == [0x99, 1], "packets are left as they are")
        for broken in ["", "text", armour.replacing("AQ", with: "A!"), armour.replacing("-----END", with: "----END")] {
            #expect(KeyFile.binary(Array(broken.utf8)) == nil)
        }
        #expect(
            KeyFile.sha256WithoutVersionLine(Array(armour.utf8))
                == SHA256.hexDigest(Array(armour.replacing("Version: x\n", with: "").utf8)))
    }
}
