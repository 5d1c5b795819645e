import CudaImageKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The programs of this machine that `doctor` asks.
enum HostPrograms {
    /// This user's home folder.
    static var homes: [String] { getenv("HOME").map { [String(cString: $0)] } ?? [] }

    /// Runs a program and waits for it as long as it deserves; `nil` if it is not there.
    static func run(_ program: HostProgram) -> HostProgramOutput? {
        let words = program.words
        guard let path = Subprocess.path(of: words[0]) ?? Subprocess.path(of: words[0], in: HostTree.programFolders)
        else {
            return nil
        }
        // Words in English, and no colours.
        let result = Subprocess.run(
            [path] + words.dropFirst(), environment: ["LC_ALL": "C", "NO_COLOR": "1"], isShown: false,
            patience: program.patience)
        return HostProgramOutput(status: result.isLate ? nil : result.status, text: result.output)
    }
}
