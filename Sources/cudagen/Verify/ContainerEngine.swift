import ArgumentParser

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A container engine's command.
enum ContainerEngine: String, ExpressibleByArgument, CaseIterable {
    case docker, podman, nerdctl

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

/// `--gpus`: all, a number, `device=…`, or none where engine options give the devices.
struct GPURequest: ExpressibleByArgument, CustomStringConvertible {
    static let all = GPURequest(description: "all")

    let description: String

    private init(description: String) { self.description = description }

    init?(argument: String) {
        let isNumber = { (text: Substring) in
            text.utf8.count <= 4 && !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        let isDevice = { (text: Substring) in
            !text.isEmpty
                && text.unicodeScalars.allSatisfy {
                    $0.isASCII
                        && ($0.properties.isAlphabetic
                            || $0.properties.numericType != nil || "-_.:".unicodeScalars.contains($0))
                }
        }
        if argument.hasPrefix("device=") {
            let devices = argument.dropFirst("device=".count).split(separator: ",", omittingEmptySubsequences: false)
            guard devices.allSatisfy(isDevice) else { return nil }
        } else {
            guard argument == "all" || argument == "none" || isNumber(argument[...]) && argument.first != "0" else {
                return nil
            }
        }
        description = argument
    }
}
