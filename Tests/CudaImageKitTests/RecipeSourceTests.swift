import Testing

@testable import CudaImageKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@Suite struct RecipeSourceTests {
    /// A folder of its own for one test.
    private struct Folder: ~Copyable {
        let path: String

        init() throws {
            let template = "/tmp/cudagen-test-XXXXXX"
            var bytes = Array(template.utf8CString)
            path = try #require(mkdtemp(&bytes).map { String(cString: $0) })
        }

        func write(_ bytes: [UInt8], to name: String) throws -> String {
            let file = try #require(fopen("\(path)/\(name)", "w"))
            defer { fclose(file) }
            try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
            return "\(path)/\(name)"
        }

        deinit {
            for name in ["app.yaml", "fifo", "sparse"] { unlink("\(path)/\(name)") }
            rmdir(path)
        }
    }

    /// The finding of a read that has to fail.
    private func failure(_ path: String) -> Diagnostic? {
        do {
            _ = try RecipeSource.read(path: path)
            return nil
        } catch {
            return error.diagnostics.all.first
        }
    }

    @Test func fileIsReadAndKeepsItsName() throws {
        let folder = try Folder()
        let path = try folder.write([0xef, 0xbb, 0xbf] + Array("schema: 1\n".utf8), to: "app.yaml")
        let source = try RecipeSource.read(path: path)
        #expect(source.text == "schema: 1\n" && source.fileName == path)
        #expect(source.lastPathComponent == "app.yaml")
        #expect(Recipe.parse(source).diagnostics.isEmpty)
    }

    @Test func whatIsNoRecipeIsRefusedWithoutReadingIt() throws {
        let folder = try Folder()
        let path = folder.path
        #expect(failure("\(path)/none.yaml")?.message == "there is no file '\(path)/none.yaml'")
        #expect(failure(path)?.message == "'\(path)' is a folder")
        #expect(mkfifo("\(path)/fifo", 0o600) == 0)
        #expect(failure("\(path)/fifo")?.message == "'\(path)/fifo' is not a regular file")
        #expect(failure("/dev/zero")?.message == "'/dev/zero' is not a regular file")
        _ = try folder.write([], to: "sparse")
        #expect(failure("\(path)/sparse")?.code == .emptyFile)
        #expect(truncate("\(path)/sparse", 100_000_000) == 0)
        #expect(failure("\(path)/sparse")?.code == .tooLarge)
        #expect(failure("")?.code == .unreadableFile)
    }

    @Test(
        arguments: [
            ([0x61, 0xff], "1:2 CG0106 byte 0xFF is not UTF-8 here"),
            ([0x61, 0x0a, 0xc3, 0xa9, 0xc3], "2:2 CG0106 byte 0xC3 is not UTF-8 here"),
            ([0xef, 0xbb, 0xbf, 0x80], "1:1 CG0106 byte 0x80 is not UTF-8 here"),
            ([0xed, 0xa0, 0x80], "1:1 CG0106 byte 0xED is not UTF-8 here"),
        ] as [([UInt8], String)])
    func badByteIsNamedWithItsPlace(bytes: [UInt8], expected: String) {
        do {
            _ = try RecipeSource(bytes: bytes, fileName: "a")
            Issue.record("expected an error")
        } catch {
            #expect(error.diagnostics.all.map(summary) == [expected])
        }
    }
}
