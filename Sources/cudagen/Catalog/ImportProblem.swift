import ArgumentParser
import CudaImageKit

/// Why a source could not be read.
struct ImportProblem: Error {
    var diagnostics: Diagnostics
    var exitCode: ExitCode

    init(
        _ code: DiagnosticCode, _ message: String, notes: [String] = [], help: String? = nil,
        exitCode: ExitCode = .invalid
    ) {
        diagnostics = Diagnostics([Diagnostic(.error, code, message, notes: notes, help: help)])
        self.exitCode = exitCode
    }

    init(_ error: DiagnosticError) {
        diagnostics = error.diagnostics
        exitCode = .invalid
    }

    init(_ error: FileError) {
        diagnostics = Diagnostics([error.diagnostic])
        exitCode = .invalid
    }
}
