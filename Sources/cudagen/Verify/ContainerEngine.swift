import ArgumentParser

/// A container engine's command.
enum ContainerEngine: String, ExpressibleByArgument, CaseIterable {
    case docker, podman, nerdctl

    /// The first engine that is on `PATH`.
    static var installed: ContainerEngine? { allCases.first { $0.path != nil } }

    /// Where the command is.
    var path: String? { Subprocess.path(of: rawValue) }

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
