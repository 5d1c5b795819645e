/// The pod of a Deployment or Job.
extension KubernetesManifest {
    var template: YAMLValue {
        .mapping([.init("metadata", .mapping([.init("labels", labels)])), .init("spec", .mapping(pod))])
    }

    private var pod: [YAMLValue.Member] {
        var members: [YAMLValue.Member] = []
        if kind == .job { members.append(.init("restartPolicy", .string("Never"))) }
        if let runtimeClass = options.runtimeClass {
            members.append(.init("runtimeClassName", .string(runtimeClass.text)))
        }
        members.append(
            .init(
                "automountServiceAccountToken", .bool(false), comment: "The application does not talk to Kubernetes."))
        if deployment.sharedMemory == .host {
            members.append(
                .init(
                    "hostIPC", .bool(true),
                    comment: "The node's shared memory; namespaces with the security standard 'baseline' refuse it."))
        }
        members.append(.init("securityContext", .mapping(podSecurity)))
        let affinity = NodeSelection(
            products: options.products.map(\.text), architectures: options.selectsNodes ? targets : [],
            cuda: options.selectsNodes ? deployment.plan.cudaOfDriver : nil)
        if let value = affinity.value {
            members.append(.init("affinity", value, comment: affinity.comment))
        }
        if deployment.gpus != .noGPU {
            members.append(
                .init(
                    "tolerations",
                    .list([
                        .mapping([
                            .init("key", .string("nvidia.com/gpu")), .init("operator", .string("Exists")),
                            .init("effect", .string("NoSchedule")),
                        ])
                    ]), comment: "Nodes with GPUs are often kept free of everything else."))
        }
        members.append(.init("containers", .list([.mapping(container)])))
        if !volumes.isEmpty { members.append(.init("volumes", .list(volumes.map(\.volume)))) }
        return members
    }

    /// What the image's code is compiled for.
    private var targets: [ComputeCapability] { deployment.plan.gpu.architectures.value }

    private var podSecurity: [YAMLValue.Member] {
        var members: [YAMLValue.Member] = []
        if let (uid, gid) = deployment.account {
            members += [
                .init("runAsNonRoot", .bool(true)), .init("runAsUser", .integer(uid)),
                .init("runAsGroup", .integer(gid)),
            ]
            if !deployment.volumes.isEmpty { members.append(.init("fsGroup", .integer(gid))) }
        }
        // Source: Kubernetes documentation, "Using sysctls in a Kubernetes Cluster": a safe one.
        if let port = deployment.privilegedPort {
            members.append(
                .init(
                    "sysctls",
                    .list([
                        .mapping([
                            .init("name", .string(DeploymentPlan.portSetting)), .init("value", .string("\(port)")),
                        ])
                    ]), comment: "Ports below 1024 need no privilege then; docker and podman do the same."))
        }
        return members + [.init("seccompProfile", .mapping([.init("type", .string("RuntimeDefault"))]))]
    }

    private var container: [YAMLValue.Member] {
        var members: [YAMLValue.Member] = [
            .init("name", .string(deployment.name)), .init("image", .string(deployment.image.description)),
        ]
        if deployment.image.registry == nil {
            members.append(
                .init(
                    "imagePullPolicy", .string("IfNotPresent"),
                    comment: "What lies on the node; of the tag 'latest' a registry would be asked first."))
        }
        if !ports.isEmpty {
            members.append(
                .init(
                    "ports",
                    .list(
                        ports.map { port in
                            .mapping([
                                .init("name", .string(Self.name(of: port))),
                                .init("containerPort", .integer(port.number)),
                                .init("protocol", .string(port.transport.rawValue.uppercased())),
                            ])
                        })))
        }
        if !environment.isEmpty { members.append(.init("env", .list(environment))) }
        if let resources { members.append(resources) }
        members.append(
            .init(
                "securityContext",
                .mapping([
                    .init("allowPrivilegeEscalation", .bool(false)),
                    .init("capabilities", .mapping([.init("drop", .strings(["ALL"]))])),
                ])))
        members += probes
        if !volumes.isEmpty { members.append(.init("volumeMounts", .list(volumes.map(\.mount)))) }
        return members
    }

    private var environment: [YAMLValue] {
        var items = deployment.variables.map(variable)
        if let (name, value) = deployment.gpuRefusal {
            let reason = DeploymentPlan.gpuRefusalReason
            items.append(
                .mapping([.init("name", .string(name), comment: reason), .init("value", .string(value))]))
        }
        return items
    }

    private func variable(_ name: EnvironmentName) -> YAMLValue {
        .mapping([
            .init("name", .string(name.text)),
            .init(
                "valueFrom",
                .mapping([
                    .init(
                        "secretKeyRef",
                        .mapping([
                            .init("name", .string("\(deployment.name)-env")), .init("key", .string(name.text)),
                        ]))
                ])),
        ])
    }

    private var resources: YAMLValue.Member? {
        var comment: String?
        switch deployment.gpus {
        case .noGPU: return nil
        case .all: comment = "Kubernetes knows no 'all': more with --gpus."
        case .count: break
        case .devices: comment = "Kubernetes chooses which ones."
        }
        let limits = YAMLValue.mapping([
            .init("nvidia.com/gpu", .integer(deployment.gpus.number ?? 1), comment: comment)
        ])
        return .init("resources", .mapping([.init("limits", limits)]))
    }

    /// `tcp-8080`: a name of at most 15 characters.
    static func name(of port: Port) -> String { "\(port.transport.rawValue)-\(port.number)" }

    private var probes: [YAMLValue.Member] {
        guard let check = deployment.application.healthcheck, !check.command.isEmpty else { return [] }
        return KubernetesProbes(check).members(isService: kind == .deployment)
    }

    /// Volumes of the pod, shared memory first.
    private var volumes: [(volume: YAMLValue, mount: YAMLValue)] {
        var volumes: [(YAMLValue, YAMLValue)] = []
        if case .mebibytes(let number) = deployment.sharedMemory {
            let memory = YAMLValue.mapping([
                .init("medium", .string("Memory")),
                .init("sizeLimit", .string(number.isMultiple(of: 1024) ? "\(number / 1024)Gi" : "\(number)Mi")),
            ])
            volumes.append(
                (
                    .mapping([
                        .init("name", .string("shared-memory"), comment: deployment.reasons.joined(separator: "\n")),
                        .init("emptyDir", memory),
                    ]),
                    Self.mount("shared-memory", at: "/dev/shm")
                ))
        }
        var names = UniqueNames()
        _ = names.next("shared-memory")
        for path in deployment.application.volumes {
            let name = names.next(SmokeTestPlan.label(path.text))
            volumes.append(
                (
                    .mapping([
                        .init(
                            "name", .string(name),
                            comment: "Gone with the pod: a persistentVolumeClaim keeps it."),
                        .init("emptyDir", .mapping([])),
                    ]),
                    Self.mount(name, at: path.text)
                ))
        }
        return volumes
    }

    private static func mount(_ name: String, at path: String) -> YAMLValue {
        .mapping([.init("name", .string(name)), .init("mountPath", .string(path))])
    }
}
