/// A manifest for Kubernetes: a Deployment with its Service, or a Job.
///
/// Sources: Kubernetes documentation, "Schedule GPUs", "Configure Liveness, Readiness and Startup Probes", "Pod Security
/// Standards" (restricted; `hostIPC`), "Images" (pull policies), "Object Names and IDs" (RFC 1035 label names); NVIDIA GPU
/// Operator (RuntimeClass `nvidia`).
public struct KubernetesManifest: DeploymentFile {
    /// What runs the pod.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It runs until it is deleted, behind a Service if the image has ports.
        case deployment
        /// It runs until its program ends.
        case job
    }

    /// The value of a label of nodes: `NVIDIA-H100-80GB-HBM3`; runtime classes are called so, too.
    ///
    /// - Note: Source: Kubernetes documentation, "Labels and Selectors".
    public struct LabelValue: ValidatedName {
        /// The value as it was written.
        public let text: String
        /// The rule in words, for messages: ``InvalidName`` quotes it.
        public static let rule = "1 to 63 letters, digits and '- _ .', the first and last a letter or digit"

        /// Takes 1 to 63 ASCII letters, digits and `- _ .`, the first and last a letter or digit; anything else is `nil`.
        public init?(_ text: String) {
            guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63,
                ByteClass.isAlphanumeric(first), ByteClass.isAlphanumeric(last),
                text.utf8.allSatisfy({ ByteClass.isAlphanumeric($0) || "-_.".utf8.contains($0) })
            else { return nil }
            self.text = text
        }
    }

    /// What the command line says beyond other formats.
    public struct Options: Hashable, Sendable {
        /// `nil`: a Deployment if the image has ports, else a Job.
        public var kind: Kind?
        /// `runtimeClassName` of the pod: `nvidia`; `nil` for clusters whose default runtime gives GPUs.
        public var runtimeClass: LabelValue?
        /// Products that a node's GPU may be, as GPU Feature Discovery calls them: `NVIDIA-H100-80GB-HBM3`; empty: any.
        public var products: [LabelValue] = []
        /// Whether nodes are chosen by the driver and the GPU that the image needs.
        public var selectsNodes = false

        /// Options that leave the kind to the image's ports, and the nodes to the cluster.
        public init() {}

        /// The options as arguments, in one order, for the header of what is generated.
        public var arguments: [String] {
            var arguments: [String] = []
            if let kind { arguments += ["--kind", kind.rawValue] }
            if let runtimeClass { arguments += ["--runtime-class", runtimeClass.text] }
            for product in products { arguments += ["--gpu-product", product.text] }
            if selectsNodes { arguments.append("--select-nodes") }
            return arguments
        }
    }

    /// What is deployed; its name is that of all objects.
    public internal(set) var deployment: DeploymentPlan
    /// What the command line says beyond other formats.
    public internal(set) var options: Options

    /// - Throws: ``DiagnosticError`` if nodes are chosen for GPUs that the container does not get.
    public init(_ deployment: DeploymentPlan, options: Options = Options()) throws(DiagnosticError) {
        if deployment.gpus == .noGPU, options.selectsNodes || !options.products.isEmpty {
            throw DiagnosticError(
                Diagnostic(
                    .error, .notSupported, "nodes can't be chosen for their GPU: the container gets none",
                    help: "leave out --select-nodes and --gpu-product, or ask for GPUs with --gpus"))
        }
        self.deployment = deployment
        self.options = options
    }

    var kind: Kind { options.kind ?? (ports.isEmpty ? .job : .deployment) }

    var ports: [Port] { deployment.application.ports }

    /// `Kubernetes Deployment of spiral-service`
    public var title: String { "Kubernetes \(kind == .job ? "Job" : "Deployment") of \(deployment.name)" }

    /// `kubernetes`, and its options.
    public var words: [String] { ["kubernetes"] + options.arguments }

    /// How to apply it and see its logs, and what the cluster must have: the image, a Secret with the variables.
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

    /// The Deployment, and its Service if the image has ports, or the Job.
    public var body: String {
        var documents = [kind == .job ? job : workload]
        if kind == .deployment, !ports.isEmpty { documents.append(service) }
        return documents.map { YAMLPrinter.text(of: .mapping($0)) }.joined(separator: "---\n")
    }

    // MARK: - Objects

    var labels: YAMLValue { .mapping([.init("app.kubernetes.io/name", .string(deployment.name))]) }

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

    /// The Service's name has to begin with a letter, names of other objects may begin with a digit.
    private var serviceMetadata: YAMLValue {
        guard let first = deployment.name.utf8.first, ByteClass.isDigit(first) else { return metadata }
        let name = YAMLValue.Member(
            "name", .string("app-\(deployment.name)"), comment: "Names of Services begin with a letter.")
        return .mapping([name, .init("labels", labels)])
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
            .init("apiVersion", .string("v1")), .init("kind", .string("Service")),
            .init("metadata", serviceMetadata),
            .init("spec", .mapping([.init("selector", labels), .init("ports", .list(ports))])),
        ]
    }
}
