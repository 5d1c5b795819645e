/// The `docker run` line of an image, and the same for podman and nerdctl.
public struct EngineCommand: DeploymentFile {
    /// What is run.
    public var deployment: DeploymentPlan
    /// Whose options the command has: podman takes CDI names for GPUs, docker and nerdctl `--gpus`.
    public var engine: ContainerEngine

    /// The command that runs the image of a plan.
    ///
    /// - Parameters:
    ///   - deployment: how the image runs.
    ///   - engine: the engine that runs it.
    public init(_ deployment: DeploymentPlan, engine: ContainerEngine = .docker) {
        self.deployment = deployment
        self.engine = engine
    }

    /// An option with its words, and why it is there.
    private struct Option {
        var words: [String]
        var comment: String?
    }

    /// `Runs spiral-service:latest with docker`
    public var title: String { "Runs \(deployment.image) with \(engine.rawValue)" }

    /// `#!/bin/sh`
    public var interpreter: String? { "#!/bin/sh" }

    /// `run`, and the engine if it is not docker.
    public var words: [String] { ["run"] + (engine == .docker ? [] : ["--engine", engine.rawValue]) }

    /// The command that builds the image, and the script's own call.
    public var usage: [String] {
        var lines = ["  \(([engine.rawValue] + buildWords).map(ShellQuoting.quote).joined(separator: " "))"]
        lines.append("  sh run.sh [arguments for the image's entrypoint]")
        return lines
    }

    /// The command on one line, without arguments for the image.
    public var line: String {
        (head + options.flatMap(\.words) + [deployment.image.description]).map(ShellQuoting.quote)
            .joined(separator: " ")
    }

    /// Comments on the options that need one, and the command; the script's arguments go to the image's entrypoint.
    public var body: String {
        var text = "\n"
        for option in options {
            guard let comment = option.comment else { continue }
            let words = option.words.map(ShellQuoting.quote).joined(separator: " ")
            text += DockerfileComment.lines("\(words): \(comment)").map { $0 + "\n" }.joined()
        }
        text += "exec " + head.joined(separator: " ")
        for option in options { text += " \\\n    " + option.words.map(ShellQuoting.quote).joined(separator: " ") }
        return text + " \\\n    \(ShellQuoting.quote(deployment.image.description)) \"$@\"\n"
    }

    private var head: [String] { [engine.rawValue, "run", "--rm"] }

    private var options: [Option] {
        var options = gpuOptions
        if deployment.needsInit {
            options.append(
                Option(
                    words: ["--init"],
                    comment: "process 1 ignores signals that it has no handler for, and reaps no orphans; an init does"
                        + (engine == .nerdctl ? " (nerdctl needs tini on the host)" : "")))
        }
        options += memoryOptions
        options += deployment.application.ports.map {
            Option(words: ["-p", "\($0.number):\($0)"])
        }
        if engine == .nerdctl, deployment.account != nil, let port = deployment.privilegedPort {
            options.append(
                Option(
                    words: ["--sysctl", "\(DeploymentPlan.portSetting)=\(port)"],
                    comment: "the account may listen on ports below 1024, as docker lets it"))
        }
        options += deployment.volumes.map { Option(words: words(of: $0)) }
        options += deployment.variables.map { Option(words: ["-e", $0.text]) }
        if let (name, value) = deployment.gpuRefusal {
            options.append(Option(words: ["-e", "\(name)=\(value)"], comment: DeploymentPlan.gpuRefusalReason))
        }
        return options
    }

    private var gpuOptions: [Option] {
        guard engine == .podman else {
            return deployment.gpus.engineValue(capabilities: deployment.capabilities).map {
                [Option(words: ["--gpus", $0])]
            } ?? []
        }
        var options = deployment.gpus.deviceNames.map { Option(words: ["--device", $0]) }
        if !options.isEmpty {
            options[0].comment =
                "made once by 'nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml'; CDI gives the container every "
                + "driver capability"
            // Source: NVIDIA Container Toolkit, "Support for Container Device Interface", "Running a Workload with CDI".
            options.append(
                Option(
                    words: ["--security-opt=label=disable"],
                    comment: "SELinux would keep the container from the devices"))
        }
        return options
    }

    private var memoryOptions: [Option] {
        var options: [Option] = []
        switch deployment.sharedMemory {
        case .engineDefault: break
        case .mebibytes: options.append(Option(words: ["--shm-size", deployment.sharedMemory.description]))
        case .host: options.append(Option(words: ["--ipc=host"]))
        }
        options += deployment.limits.map { Option(words: ["--ulimit", "\($0.name)=\($0.value)"]) }
        if !options.isEmpty, !deployment.reasons.isEmpty {
            options[0].comment = deployment.reasons.joined(separator: "\n")
        }
        return options
    }

    /// A named volume. `-v` can't name a path with a colon, nor `--mount` one with a comma unless it is quoted as in CSV.
    private func words(of volume: DeploymentPlan.Volume) -> [String] {
        guard volume.path.text.contains(":") else { return ["-v", "\(volume.name):\(volume.path)"] }
        return ["--mount", CSVLine.text(of: ["type=volume", "source=\(volume.name)", "target=\(volume.path)"])]
    }

    /// What builds the image first.
    private var buildWords: [String] {
        var words = ["build", "-t", deployment.image.description]
        for secret in deployment.secrets { words += ["--secret", secret.flag] }
        for argument in deployment.openArguments { words += ["--build-arg", argument.text] }
        let context = deployment.context ?? .here
        let dockerfile = context.appending(deployment.dockerfile)
        if dockerfile != context.appending(.dockerfile) { words += ["-f", dockerfile] }
        return words + [context.text]
    }
}

/// Comma-separated values, as the flags of container engines read them (Go's `encoding/csv`).
enum CSVLine {
    static func text(of fields: [String]) -> String {
        fields.map { field in
            let needsQuotes = field.contains(",") || field.contains("\"") || field.hasPrefix(" ")
            return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }.joined(separator: ",")
    }
}
