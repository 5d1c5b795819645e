import CudaImageKit

/// Compares a text with a golden file: the text as somebody read and approved it.
///
/// It works in tests of Swift Testing and of XCTest; the failure shows a unified diff. To write the files anew, after a deliberate
/// change, set the environment variable `CUDAGEN_UPDATE_GOLDEN` to `1`, and read the difference before you commit it:
///
///     CUDAGEN_UPDATE_GOLDEN=1 swift test
///
/// - Parameters:
///   - text: what was generated.
///   - name: the file's name in the folder; it may have folders of its own.
///   - folder: as seen from the folder of the test's source file, or an absolute path.
///   - fileID: the caller's file, for the failure; leave it out.
///   - filePath: the caller's file, whose folder has the golden files; leave it out.
///   - line: the caller's line; leave it out.
///   - column: the caller's column; leave it out.
public func expectGolden(
    _ text: String, _ name: String, in folder: String = "Golden", fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
) {
    let place = TestPlace(fileID: fileID, filePath: filePath, line: line, column: column)
    let path = "\(place.path(to: folder))/\(name)"
    do throws(FileError) {
        if TestEnvironment.updatesGoldenFiles {
            try FileSystem.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
            try FileSystem.write(text, to: path)
            return
        }
        guard let expected = try FileSystem.text(of: path) else {
            place.fail("there is no golden file '\(path)'\n\(TestEnvironment.advice)")
            return
        }
        let diff = UnifiedDiff.between((name, expected), ("\(name) (generated)", text))
        if !diff.isEmpty { place.fail("\(diff)\(TestEnvironment.advice)") }
    } catch {
        place.fail("\(error)")
    }
}

/// Compares a generated Dockerfile with a golden file; findings that left no Dockerfile are the failure's text.
///
/// - Parameters:
///   - output: what was generated.
///   - name: the file's name in the folder; it may have folders of its own.
///   - folder: as seen from the folder of the test's source file, or an absolute path.
///   - fileID: the caller's file, for the failure; leave it out.
///   - filePath: the caller's file, whose folder has the golden files; leave it out.
///   - line: the caller's line; leave it out.
///   - column: the caller's column; leave it out.
public func expectGolden(
    _ output: Generator.Output, _ name: String, in folder: String = "Golden", fileID: StaticString = #fileID,
    filePath: StaticString = #filePath, line: UInt = #line, column: UInt = #column
) {
    if let text = output.text {
        expectGolden(text, name, in: folder, fileID: fileID, filePath: filePath, line: line, column: column)
    } else {
        TestPlace(fileID: fileID, filePath: filePath, line: line, column: column)
            .fail("no Dockerfile '\(name)':\n\(DiagnosticFormatter().text(output.diagnostics))")
    }
}
