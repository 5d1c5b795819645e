import ArgumentParser
import CudaImageKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The engine's command on this machine.
extension ContainerEngine: ExpressibleByArgument {
    /// The first engine that is on `PATH`.
    static var installed: ContainerEngine? { allCases.first { $0.path != nil } }

    /// Where the command is.
    var path: String? {
        guard let folders = getenv("PATH").map({ String(cString: $0) }) else { return nil }
        for folder in folders.split(separator: ":", omittingEmptySubsequences: false) {
            let path = (folder.isEmpty ? "." : String(folder)) + "/" + rawValue
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 { return path }
        }
        return nil
    }

    /// Variables that a build needs: Docker before 23 builds with BuildKit only if it is told to.
    var buildEnvironment: [String: String] { self == .docker ? ["DOCKER_BUILDKIT": "1"] : [:] }
}

extension GPURequest: ExpressibleByArgument {}
