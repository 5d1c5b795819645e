/// One thing that a plan has to meet.
public enum PlanConstraint: Hashable, Sendable {
    /// A framework in a version that the clauses allow; without clauses in any.
    case framework(Framework, VersionSpecifiers)
    /// The extras that a framework is asked for with, in small letters with `-`, as far as they tell where CUDA's libraries
    /// come from: the image for `jax[cuda12-local]`, wheels for `jax[cuda12]` and `tensorflow[and-cuda]`.
    case extras(Framework, Set<String>)
    /// The release of CUDA.
    case cuda(CUDAVersionPattern)
    /// The host's driver.
    case driver(DriverVersion)
    /// One of the host's GPUs.
    case gpu(GPU)
    /// What CUDA code is compiled for: the release has to compile for it, and the frameworks to run on such GPUs.
    case target(ComputeCapability)
    /// The operating system of the image.
    case os(OperatingSystem)
    /// This flavor and no other; wheels alone have none, so the image is an official one.
    case flavor(Flavor)
    /// Whether there is cuDNN, and which, in the official image or from the wheels; ``CuDNNRequest/any`` takes no
    /// `tensorrt` image.
    case cudnn(CuDNNRequest)
    /// What the image is for; every one that is asked for has to exist.
    case platform(Platform)
    /// The Python of the image, for which every framework has to have wheels.
    case python(PythonVersion)
    /// The tag is one that NVIDIA supports.
    case supported
    /// Where CUDA comes from: an official image, or wheels alone. No plan has `packages`, which is a finding: ask for
    /// `image`, whose tag names the packages, too.
    case source(ImageSource)
}

/// Everything that a plan has to meet, each with the place it was asked for. The order of frameworks matters: the newest
/// release of the first goes before that of the second.
public struct PlanRequest: Hashable, Sendable {
    /// In the order they were asked for.
    public var constraints: [Located<PlanConstraint>]

    /// A request of constraints, in the order they were asked for.
    public init(_ constraints: [Located<PlanConstraint>] = []) { self.constraints = constraints }

    /// Adds a constraint, unless it is there with the same place.
    ///
    /// - Parameters:
    ///   - constraint: what a plan has to meet.
    ///   - span: who asks for it, for findings and reasons: a place in a file, or ``SourceSpan/option(_:)``.
    public mutating func add(_ constraint: PlanConstraint, at span: SourceSpan) {
        let located = Located(constraint, at: span)
        if !constraints.contains(located) { constraints.append(located) }
    }

    /// Whether wheels are to bring CUDA.
    var asksForWheels: Bool { constraints.contains { $0.value == .source(.wheels) } }

    /// Whether a framework is asked for.
    public var hasFrameworks: Bool {
        constraints.contains { if case .framework = $0.value { true } else { false } }
    }
}

/// The constraints sorted by what they are about, for one search.
struct PlanWishes: Sendable {
    /// In the order they were asked for, each once, with everything that its version has to meet.
    var frameworks: [(framework: Framework, specifiers: [VersionSpecifiers])] = []
    var extras: [Framework: Set<String>] = [:]
    var cuda: [CUDAVersionPattern] = []
    var drivers: [DriverVersion] = []
    var gpus: [GPU] = []
    var targets: [ComputeCapability] = []
    var systems: [OperatingSystem] = []
    var flavors: [Flavor] = []
    var cudnn: [CuDNNRequest] = []
    var platforms: [Platform] = []
    var pythons: [PythonVersion] = []
    var supportedOnly = false
    var sources: [ImageSource] = []

    init(_ constraints: some Sequence<PlanConstraint>) {
        for constraint in constraints {
            switch constraint {
            case .framework(let framework, let specifiers):
                if let index = frameworks.firstIndex(where: { $0.framework == framework }) {
                    frameworks[index].specifiers.append(specifiers)
                } else {
                    frameworks.append((framework, [specifiers]))
                }
            case .extras(let framework, let names): extras[framework, default: []].formUnion(names)
            case .cuda(let pattern): cuda.append(pattern)
            case .driver(let version): drivers.append(version)
            case .gpu(let gpu): gpus.append(gpu)
            case .target(let capability):
                targets.append(capability)
                gpus.append(GPU(capability: capability))
            case .os(let os): systems.append(os)
            case .flavor(let flavor): flavors.append(flavor)
            case .cudnn(let request): cudnn.append(request)
            case .platform(let platform): platforms.append(platform)
            case .python(let version): pythons.append(version)
            case .supported: supportedOnly = true
            case .source(let source): sources.append(source)
            }
        }
    }

    /// The platform that facts are looked up for.
    var platform: Platform { platforms.first ?? .linuxAMD64 }
}
