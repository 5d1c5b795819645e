/// `compose.yaml`: the image as a service of Docker Compose.
///
/// Source: the Compose Specification, "Build", "Deploy" (devices) and "Services".
public struct ComposeFile: DeploymentFile {
    /// What is deployed; its name is the service's.
    public var deployment: DeploymentPlan

    /// A Compose file of one service that builds and runs the image of a plan.
    public init(_ deployment: DeploymentPlan) { self.deployment = deployment }

    /// `Compose file of spiral-service`
    public var title: String { "Compose file of \(deployment.name)" }

    /// `compose`
    public var words: [String] { ["compose"] }

    /// The command that builds and starts it.
    public var usage: [String] { ["  docker compose up --build"] }

    /// `services`, and `volumes` and `secrets` where the image has any; every `$` of a value is doubled.
    public var body: String {
        var members = [YAMLValue.Member("services", .mapping([.init(deployment.name, .mapping(service))]))]
        let volumes = deployment.volumes.map { YAMLValue.Member($0.name, .mapping([])) }
        if !volumes.isEmpty { members.append(.init("volumes", .mapping(volumes))) }
        let secrets = deployment.secrets.map { secret in
            YAMLValue.Member(secret.id, .mapping([.init("environment", .string(secret.variable))]))
        }
        if !secrets.isEmpty {
            members.append(
                .init("secrets", .mapping(secrets), comment: "Build secrets: whoever builds has them in variables."))
        }
        // Compose interpolates `$NAME` in every value, and nothing here wants that.
        return YAMLPrinter.text(of: YAMLValue.mapping(members).escaping { $0.replacing("$", with: "$$") })
    }

    private var service: [YAMLValue.Member] {
        var members: [YAMLValue.Member] = [
            .init("build", .mapping(build)),
            .init("image", .string(deployment.image.description)),
        ]
        if deployment.needsInit { members.append(.init("init", .bool(true))) }
        let ports = deployment.application.ports.map { "\($0.number):\($0)" }
        if !ports.isEmpty { members.append(.init("ports", .strings(ports))) }
        if !deployment.volumes.isEmpty { members.append(.init("volumes", .list(deployment.volumes.map(mount)))) }
        if let environment { members.append(environment) }
        members += memory
        if !ports.isEmpty {
            let isChecked = deployment.application.healthcheck != nil
            members.append(
                .init(
                    "restart", .string("unless-stopped"),
                    comment: isChecked ? "The health check is the image's own." : nil))
        }
        if let devices { members.append(.init("deploy", devices)) }
        return members
    }

    private var environment: YAMLValue.Member? {
        var items = deployment.variables.map(\.text)
        var comments = items.isEmpty ? [] : ["Values come from the environment of docker compose."]
        if let (name, value) = deployment.gpuRefusal {
            items.append("\(name)=\(value)")
            comments.append(DeploymentPlan.gpuRefusalReason)
        }
        return items.isEmpty ? nil : .init("environment", .strings(items), comment: comments.joined(separator: "\n"))
    }

    private var build: [YAMLValue.Member] {
        var members: [YAMLValue.Member] = [
            .init("context", .string((deployment.context ?? .here).text)),
            .init("dockerfile", .string(deployment.dockerfile.text)),
        ]
        if !deployment.openArguments.isEmpty {
            members.append(
                .init(
                    "args", .strings(deployment.openArguments.map(\.text)),
                    comment: "Without a default: values come from the environment of docker compose."))
        }
        if !deployment.secrets.isEmpty { members.append(.init("secrets", .strings(deployment.secrets.map(\.id)))) }
        return members
    }

    /// The short form; the long one where a path has a colon, which the short one can't name.
    private func mount(_ volume: DeploymentPlan.Volume) -> YAMLValue {
        guard volume.path.text.contains(":") else { return .string("\(volume.name):\(volume.path)") }
        return .mapping([
            .init("type", .string("volume")), .init("source", .string(volume.name)),
            .init("target", .string(volume.path.text)),
        ])
    }

    private var memory: [YAMLValue.Member] {
        var members: [YAMLValue.Member] = []
        switch deployment.sharedMemory {
        case .engineDefault: break
        case .mebibytes: members.append(.init("shm_size", .string(deployment.sharedMemory.description)))
        case .host: members.append(.init("ipc", .string("host")))
        }
        if !deployment.limits.isEmpty {
            members.append(
                .init("ulimits", .mapping(deployment.limits.map { .init($0.name, .integer($0.value)) })))
        }
        if !members.isEmpty, !deployment.reasons.isEmpty {
            members[0].comment = deployment.reasons.joined(separator: "\n")
        }
        return members
    }

    private var devices: YAMLValue? {
        var device: [YAMLValue.Member] = [.init("driver", .string("nvidia"))]
        switch deployment.gpus {
        case .noGPU: return nil
        case .all: device.append(.init("count", .string("all")))
        case .count(let count): device.append(.init("count", .integer(count)))
        case .devices(let names): device.append(.init("device_ids", .strings(names)))
        }
        let isKnown = deployment.capabilities.allSatisfy(\.isKnownToDocker)
        let capabilities = isKnown ? deployment.capabilities.map(\.rawValue) : []
        device.append(.init("capabilities", .strings(["gpu"] + capabilities)))
        return .mapping([
            .init(
                "resources",
                .mapping([
                    .init("reservations", .mapping([.init("devices", .list([.mapping(device)]))]))
                ]))
        ])
    }
}
