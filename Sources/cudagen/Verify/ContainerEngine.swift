import ArgumentParser
import CudaImageKit

/// The engine's command on this machine.
extension ContainerEngine: ExpressibleByArgument {
    /// The first engine that is on `PATH`.
    static var installed: ContainerEngine? { allCases.first { $0.path != nil } }

    /// Where the command is.
    var path: String? { Subprocess.path(of: rawValue) }

    /// Variables that a build needs: Docker before 23 builds with BuildKit only if it is told to.
    var buildEnvironment: [String: String] { self == .docker ? ["DOCKER_BUILDKIT": "1"] : [:] }
}

extension GPURequest: ExpressibleByArgument {}
