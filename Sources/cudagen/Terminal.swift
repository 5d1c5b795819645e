#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The process's standard streams: results go to the first, everything else to the second.
enum Terminal {
    static func write(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func warn(_ text: String) { write(text, to: STDERR_FILENO) }

    /// Whether standard error is a terminal that takes colour; `NO_COLOR`, if it is not empty, and `TERM=dumb` switch it off.
    static var hasColor: Bool {
        isatty(STDERR_FILENO) == 1 && Environment.value("NO_COLOR") == nil
            && getenv("TERM").map { String(cString: $0) } != "dumb"
    }

    /// Whether a person watches standard error.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { platformWrite(descriptor, $0.baseAddress, $0.count) }
                if count < 0 {
                    if errno == EINTR { continue }
                    // Nobody reads the output any more: end quietly, as other commands of a pipe do.
                    exit(errno == EPIPE ? 0 : 3)
                }
                rest = rest.dropFirst(count)
            }
        }
    }
}

private func platformWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
