/// A manifest for Kubernetes: a Deployment with its Service, or a Job.
///
/// Sources: Kubernetes documentation, "Schedule GPUs", "Configure Liveness, Readiness and Startup Probes", "Pod Security
/// Standards" (restricted); NVIDIA GPU Operator (RuntimeClass `nvidia`).
public struct KubernetesManifest: DeploymentFile {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case deployment, job
    }

    /// What the command line says beyond other formats.
    public struct Options: Hashable, Sendable {
        /// `nil`: a Deployment if the image has ports, else a Job.
        public var kind: Kind?
        /// `runtimeClassName`
        public var runtimeClass: String?
        /// Products that a node's GPU may be: `NVIDIA-H100-80GB-HBM3`.
        public var products: [String] = []
        /// Whether nodes are chosen by the driver and the GPU that the image needs.
        public var selectsNodes = false

        public init() {}

        public var arguments: [String] {
            var arguments: [String] = []
            if let kind { arguments += ["--kind", kind.rawValue] }
            if let runtimeClass { arguments += ["--runtime-class", runtimeClass] }
            for product in products { arguments += ["--gpu-product", product] }
            if selectsNodes { arguments.append("--select-nodes") }
            return arguments
        }
    }

    public var deployment: DeploymentPlan
    public var options: Options

    public init(_ deployment: DeploymentPlan, options: Options = Options()) {
        self.deployment = deployment
        self.options = options
    }

    /// Whether a text may be the value of a label.
    ///
    /// - Note: Source: Kubernetes documentation, "Labels and Selectors".
    public static func isLabelValue(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else { return false }
        return ByteClass.isAlphanumeric(first) && ByteClass.isAlphanumeric(last)
            && text.utf8.allSatisfy { ByteClass.isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }

    private var kind: Kind { options.kind ?? (ports.isEmpty ? .job : .deployment) }

    private var ports: [Port] { deployment.application.ports }

    public var title: String { "Kubernetes \(kind == .job ? "Job" : "Deployment") of \(deployment.name)" }

    public var usage: [String] {
        var lines = ["  kubectl apply -f \(deployment.name).yaml"]
        if kind == .job { lines.append("  kubectl logs -f job/\(deployment.name)") }
        if deployment.image.registry == nil {
            lines.append("The nodes must have the image \(deployment.image): name one of a registry with --image.")
        }
        if !deployment.variables.isEmpty {
            lines.append("Variables come from the Secret \(deployment.name)-env, which you make.")
        }
        return lines
    }

    public var body: String {
        var documents = [kind == .job ? job : workload]
        if kind == .deployment, !ports.isEmpty { documents.append(service) }
        return documents.map { YAMLPrinter.text(of: .mapping($0)) }.joined(separator: "---\n")
    }

    // MARK: - Objects

    private var labels: YAMLValue { .mapping([.init("app.kubernetes.io/name", .string(deployment.name))]) }

    private var metadata: YAMLValue {
        .mapping([.init("name", .string(deployment.name)), .init("labels", labels)])
    }

    private var workload: [YAMLValue.Member] {
        let strategy = YAMLValue.mapping([
            .init("type", .string("RollingUpdate")),
            .init("rollingUpdate", .mapping([.init("maxSurge", .integer(0)), .init("maxUnavailable", .integer(1))])),
        ])
        return [
            .init("apiVersion", .string("apps/v1")), .init("kind", .string("Deployment")), .init("metadata", metadata),
            .init(
                "spec",
                .mapping([
                    .init("replicas", .integer(1)),
                    .init("selector", .mapping([.init("matchLabels", labels)])),
                    .init(
                        "strategy", strategy,
                        comment: "The old pod goes first: an update must not need a GPU more than there are."),
                    .init("template", template),
                ])),
        ]
    }

    private var job: [YAMLValue.Member] {
        [
            .init("apiVersion", .string("batch/v1")), .init("kind", .string("Job")), .init("metadata", metadata),
            .init("spec", .mapping([.init("backoffLimit", .integer(2)), .init("template", template)])),
        ]
    }

    private var service: [YAMLValue.Member] {
        let ports = ports.map { port in
            YAMLValue.mapping([
                .init("name", .string(Self.name(of: port))), .init("port", .integer(port.number)),
                .init("targetPort", .string(Self.name(of: port))),
                .init("protocol", .string(port.transport.rawValue.uppercased())),
            ])
        }
        return [
            .init("apiVersion", .string("v1")), .init("kind", .string("Service")), .init("metadata", metadata),
            .init("spec", .mapping([.init("selector", labels), .init("ports", .list(ports))])),
        ]
    }

    // MARK: - The pod

    private var template: YAMLValue {
        .mapping([.init("metadata", .mapping([.init("labels", labels)])), .init("spec", .mapping(pod))])
    }

    private var pod: [YAMLValue.Member] {
        var members: [YAMLValue.Member] = []
        if kind == .job { members.append(.init("restartPolicy", .string("Never"))) }
        if let runtimeClass = options.runtimeClass {
            members.append(.init("runtimeClassName", .string(runtimeClass)))
        }
        members.append(
            .init(
                "automountServiceAccountToken", .bool(false), comment: "The application does not talk to Kubernetes."))
        members.append(.init("securityContext", .mapping(podSecurity)))
        let affinity = NodeSelection(
            products: options.products, architectures: options.selectsNodes ? targets : [],
            cuda: options.selectsNodes ? deployment.plan.tag.value.cuda : nil)
        if let value = affinity.value {
            members.append(.init("affinity", value, comment: affinity.comment))
        }
        members.append(
            .init(
                "tolerations",
                .list([
                    .mapping([
                        .init("key", .string("nvidia.com/gpu")), .init("operator", .string("Exists")),
                        .init("effect", .string("NoSchedule")),
                    ])
                ]), comment: "Nodes with GPUs are often kept free of everything else."))
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
        return members + [.init("seccompProfile", .mapping([.init("type", .string("RuntimeDefault"))]))]
    }

    private var container: [YAMLValue.Member] {
        var members: [YAMLValue.Member] = [
            .init("name", .string(deployment.name)), .init("image", .string(deployment.image.description)),
        ]
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
        if !deployment.variables.isEmpty { members.append(.init("env", .list(deployment.variables.map(variable)))) }
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
        case .none: return nil
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
    private static func name(of port: Port) -> String { "\(port.transport.rawValue)-\(port.number)" }

    private var probes: [YAMLValue.Member] {
        guard let check = deployment.application.healthcheck, !check.command.isEmpty else { return [] }
        return KubernetesProbes(check).members(isService: kind == .deployment)
    }

    /// Volumes of the pod, shared memory first.
    private var volumes: [(volume: YAMLValue, mount: YAMLValue)] {
        var volumes: [(YAMLValue, YAMLValue)] = []
        if case .mebibytes(let number) = deployment.sharedMemory {
            let memory = YAMLValue.mapping([
                .init("medium", .string("Memory")), .init("sizeLimit", .string(number.isMultiple(of: 1024) ? "\(number / 1024)Gi" : "\(number)Mi")),
            ])
            volumes.append((
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
            volumes.append((
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
