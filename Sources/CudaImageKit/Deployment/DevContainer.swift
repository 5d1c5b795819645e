/// `devcontainer.json`: the image as a development environment of VS Code, JetBrains or Codespaces.
///
/// Source: Development Container Specification, devcontainer.json reference; devcontainers/cli `singleContainer.ts`.
public struct DevContainer: DeploymentFile {
    /// What is deployed; its build context is `..` unless it names one, as the file lies in `.devcontainer`.
    public internal(set) var deployment: DeploymentPlan

    /// - Throws: ``DiagnosticError`` if a volume's path holds `$`: tools replace `${…}` in every value and know no escape.
    public init(_ deployment: DeploymentPlan) throws(DiagnosticError) {
        if let path = deployment.application.volumes.first(where: { $0.text.utf8.contains(UInt8(ascii: "$")) }) {
            throw DiagnosticError(
                Diagnostic(
                    .error, .notSupported, "devcontainer.json can't name the volume \(path.text.quotedExcerpt)",
                    help: "use a path without '$', which its readers expand"))
        }
        self.deployment = deployment
    }

    /// `Development container of spiral-service`
    public var title: String { "Development container of \(deployment.name)" }

    /// `devcontainer`
    public var words: [String] { ["devcontainer"] }

    /// Where the file has to lie.
    public var usage: [String] { ["This is .devcontainer/devcontainer.json; paths are seen from there."] }

    /// `//`: the format is JSON with comments.
    public var commentMark: String { "//" }

    /// One JSON object.
    public var body: String { JSONValue.object(members).pretty + "\n" }

    private var members: [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [
            ("name", .string(deployment.name)),
            ("build", .object(build)),
        ]
        // With hostRequirements.gpu the tools add `--gpus all` themselves where the host has GPUs, and the container starts
        // without one as well; `--gpus` among the runArgs would be a second one, and fail on hosts without.
        let isAll = deployment.gpus == .all && deployment.capabilities.isEmpty
        var arguments: [String] = []
        if isAll {
            members.append(("hostRequirements", .object([("gpu", .string("optional"))])))
        } else if let value = deployment.gpus.engineValue(capabilities: deployment.capabilities) {
            arguments += ["--gpus", value]
        }
        switch deployment.sharedMemory {
        case .engineDefault: break
        case .mebibytes: arguments += ["--shm-size", deployment.sharedMemory.description]
        case .host: arguments.append("--ipc=host")
        }
        arguments += deployment.limits.flatMap { ["--ulimit", "\($0.name)=\($0.value)"] }
        if !arguments.isEmpty { members.append(("runArgs", Self.strings(arguments))) }
        members.append(("init", .bool(deployment.needsInit)))
        let ports = deployment.application.ports.filter { $0.transport == .tcp }.map(\.number)
        if !ports.isEmpty { members.append(("forwardPorts", .array(ports.map { .integer($0) }))) }
        if !deployment.volumes.isEmpty { members.append(("mounts", .array(deployment.volumes.map(mount)))) }
        var environment = deployment.variables.map { ($0.text, JSONValue.string("${localEnv:\($0.text)}")) }
        if let (name, value) = deployment.gpuRefusal { environment.append((name, .string(value))) }
        if !environment.isEmpty { members.append(("containerEnv", .object(environment))) }
        // By name: the tools give the account the local user's numbers, so that files keep their owner.
        if case .account(let name, _, _) = deployment.application.user {
            members.append(("remoteUser", .string(name)))
        }
        return members
    }

    private var build: [(String, JSONValue)] {
        let context = deployment.context ?? .above
        var build: [(String, JSONValue)] = [
            ("dockerfile", .string(context.appending(deployment.dockerfile))),
            ("context", .string(context.text)),
        ]
        if !deployment.openArguments.isEmpty {
            build.append(
                ("args", .object(deployment.openArguments.map { ($0.text, .string("${localEnv:\($0.text)}")) })))
        }
        if !deployment.secrets.isEmpty {
            build.append(("options", Self.strings(deployment.secrets.flatMap { ["--secret", $0.flag] })))
        }
        return build
    }

    private func mount(_ volume: DeploymentPlan.Volume) -> JSONValue {
        .object([
            ("type", .string("volume")), ("source", .string(volume.name)), ("target", .string(volume.path.text)),
        ])
    }

    private static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
