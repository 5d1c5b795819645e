#if canImport(Testing)
import Testing
#endif
#if canImport(XCTest)
import XCTest
#endif

/// Where in a test's source an expectation stands.
struct TestPlace {
    var fileID: StaticString
    var filePath: StaticString
    var line: UInt
    var column: UInt

    /// Fails the test that runs, of either library.
    func fail(_ message: String) {
        #if canImport(Testing)
        // Also without a current test: a detached task of Swift Testing knows none. Under XCTest it does nothing.
        // The place is spelled out: the macro for the caller's needs a compiler plugin, which only test targets get.
        Issue.record(
            Comment(rawValue: message),
            sourceLocation: SourceLocation(
                fileID: "\(fileID)", filePath: "\(filePath)", line: Int(line), column: Int(column)))
        if Test.current != nil { return }
        #endif
        #if canImport(XCTest)
        XCTFail(message, file: filePath, line: line)
        #endif
    }

    /// A path as seen from the folder of the source file.
    func path(to path: String) -> String {
        if path.hasPrefix("/") { return path }
        let file = "\(filePath)"
        return (file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") + path
    }
}
