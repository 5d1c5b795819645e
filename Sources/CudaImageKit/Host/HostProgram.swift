/// The programs that are asked; each answers within seconds and changes nothing.
public enum HostProgram: String, Hashable, Sendable, CaseIterable {
    /// `nvidia-smi`: versions of the driver and of CUDA.
    case nvidiaSMI = "nvidia-smi"
    /// `nvidia-smi --query-gpu`: name, UUID and compute capability of each GPU.
    case nvidiaSMIQuery = "nvidia-smi-query"
    /// `nvidia-ctk`: the version of the Container Toolkit.
    case nvidiaCTK = "nvidia-ctk"
    /// `nvidia-container-cli`: the version of libnvidia-container.
    case containerCLI = "nvidia-container-cli"
    /// `docker info`: the daemon's version, runtimes and control groups, as JSON.
    case docker = "docker-info"
    /// `podman info`: its version, and whether it is rootless.
    case podman = "podman"
    /// `containerd --version`
    case containerd = "containerd"
    /// `crio --version`
    case crio = "crio"
    /// `rpm -q`: versions of the toolkit's packages, and whether a deprecated one is installed.
    case rpm = "rpm"

    /// The program's name and its arguments.
    public var words: [String] {
        switch self {
        case .nvidiaSMI: ["nvidia-smi"]
        case .nvidiaSMIQuery: ["nvidia-smi", "--query-gpu=name,uuid,compute_cap", "--format=csv,noheader"]
        case .nvidiaCTK: ["nvidia-ctk", "--version"]
        case .containerCLI: ["nvidia-container-cli", "--version"]
        case .docker: ["docker", "info", "--format", "{{json .}}"]
        case .podman: ["podman", "info", "--format", "{{.Version.Version}} {{.Host.Security.Rootless}}"]
        case .containerd: ["containerd", "--version"]
        case .crio: ["crio", "--version"]
        case .rpm:
            [
                "rpm", "-q", "--queryformat", "%{NAME} %{VERSION}\\n", "nvidia-container-toolkit", "nvidia-docker2",
                "libnvidia-container1",
            ]
        }
    }

    /// Seconds after which it is not waited for any longer: without persistence mode the driver needs time for each GPU.
    public var patience: Int { self == .nvidiaSMI || self == .nvidiaSMIQuery ? 15 : 5 }

    /// The name of its output in a recorded tree.
    var recordedName: String { rawValue + ".txt" }
}

/// What a program answered.
public struct HostProgramOutput: Hashable, Sendable {
    /// The exit code; `nil` if the program did not end in time.
    public var status: Int32?
    /// What it printed, both streams.
    public var text: String

    /// An answer, such as one that a test makes up.
    ///
    /// - Parameters:
    ///   - status: the exit code; `nil` if the program was ended for taking longer than ``HostProgram/patience``.
    ///   - text: standard output and standard error together.
    public init(status: Int32?, text: String) {
        self.status = status
        self.text = text
    }
}

extension HostTree {
    /// A program's output as it was recorded.
    ///
    /// - Returns: `nil` if the tree has none.
    func recordedOutput(of program: HostProgram) -> HostProgramOutput? {
        let path = "\(Self.outputs)/\(program.recordedName)"
        guard let text = (try? text(of: path)) ?? nil else { return nil }
        return HostProgramOutput(status: 0, text: text)
    }
}
