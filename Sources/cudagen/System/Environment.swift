#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// This process's environment.
enum Environment {
    /// A variable's value; `nil` if it is not set, or empty.
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The folder that paths are seen from; the root if it is gone.
    static var folder: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    /// Seconds since 1970.
    static var seconds: Int { time(nil) }

    /// Waits some seconds.
    static func wait(seconds: Int) {
        var rest = UInt32(clamping: seconds)
        while rest > 0 { rest = sleep(rest) }
    }
}
