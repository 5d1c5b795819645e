import ArgumentParser
import CudaImageKit

/// What an engine's message means, where it is not the image that fails.
struct EngineProblem {
    var exitCode: ExitCode
    /// What is missing, and what to do.
    var explanation: String

    /// Recognises an engine's message: those of the catalogue's errors that have an exit code.
    init?(in output: String, catalog: Catalog) {
        let known = catalog.explanations(of: output).first { $0.exitCode != nil }
        guard let known, let exitCode = known.exitCode else { return nil }
        self.init(
            exitCode: ExitCode(Int32(exitCode)),
            explanation: known.cause + (known.fix.map { "\n\($0)" } ?? ""))
    }

    init(exitCode: ExitCode, explanation: String) {
        self.exitCode = exitCode
        self.explanation = explanation
    }
}
