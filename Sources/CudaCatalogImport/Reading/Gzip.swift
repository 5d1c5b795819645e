import CZlib
import CudaImageKit

/// Unpacks what repositories compress with gzip.
public enum Gzip {
    /// What an unpacked index may have at most, in bytes; NVIDIA's largest has about 60 MB.
    public static let limit = 512 << 20

    /// What `bytes` unpack to.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - fileName: what findings call it.
    ///   - limit: the most bytes that come out: a small file can hold gigabytes of zeros.
    /// - Throws: `DiagnosticError` if the bytes are not gzip, are cut short, or unpack to more than `limit`.
    public static func unpack(
        _ bytes: [UInt8], fileName: String, limit: Int = limit
    ) throws(DiagnosticError) -> [UInt8] {
        var stream = z_stream()
        // 16: gzip's header and checksum are expected, and checked.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw failure("'\(fileName)' can't be unpacked: out of memory")
        }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var status = Z_OK
        input.withUnsafeMutableBufferPointer { input in
            var rest = input.count
            stream.next_in = input.baseAddress
            while status == Z_OK, output.count <= limit {
                if stream.avail_in == 0 {
                    // Without more input zlib hands out what it still has, or says that it is stuck.
                    let count = min(rest, 1 << 30)
                    stream.avail_in = uInt(count)
                    rest -= count
                }
                buffer.withUnsafeMutableBufferPointer { buffer in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = uInt(buffer.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    output.append(contentsOf: buffer[..<(buffer.count - Int(stream.avail_out))])
                }
                // Several members one after the other are one file, too.
                if status == Z_STREAM_END, Int(stream.avail_in) + rest > 0 { status = inflateReset(&stream) }
            }
        }
        if output.count > limit { throw failure("'\(fileName)' unpacks to more than \(limit >> 20) MiB") }
        guard status == Z_STREAM_END else {
            throw failure("'\(fileName)' is not a whole gzip file", help: "fetch it again")
        }
        return output
    }

    private static func failure(_ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(Diagnostics([Diagnostic(.error, .invalidIndex, message, help: help)]))
    }
}
