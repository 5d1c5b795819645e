#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the environment says about golden files.
enum TestEnvironment {
    private static let variable = "CUDAGEN_UPDATE_GOLDEN"

    static var updatesGoldenFiles: Bool { getenv(variable).map { String(cString: $0) == "1" } ?? false }

    static let advice = "\(variable)=1 swift test writes it anew; read the difference before you commit it"
}
