/// One thing that a plan has to meet.
public enum PlanConstraint: Hashable, Sendable {
    case framework(Framework, VersionSpecifiers)
    /// The release of CUDA.
    case cuda(CUDAVersionPattern)
    /// The host's driver.
    case driver(DriverVersion)
    /// One of the host's GPUs.
    case gpu(GPU)
    /// What CUDA code is compiled for: the release has to compile for it, and the frameworks to run on such GPUs.
    case target(ComputeCapability)
    case os(OperatingSystem)
    case flavor(Flavor)
    case cudnn(CuDNNRequest)
    case platform(Platform)
    case python(PythonVersion)
    /// The tag is one that NVIDIA supports.
    case supported
    /// Where CUDA comes from: an official image, or wheels alone.
    case source(ImageSource)
}

/// Everything that a plan has to meet, each with the place it was asked for. The order of frameworks matters: the newest
/// release of the first goes before that of the second.
public struct PlanRequest: Hashable, Sendable {
    public var constraints: [Located<PlanConstraint>]

    public init(_ constraints: [Located<PlanConstraint>] = []) { self.constraints = constraints }

    public mutating func add(_ constraint: PlanConstraint, at span: SourceSpan) {
        let located = Located(constraint, at: span)
        if !constraints.contains(located) { constraints.append(located) }
    }

    /// Whether a framework is asked for.
    public var hasFrameworks: Bool {
        constraints.contains { if case .framework = $0.value { true } else { false } }
    }
}

/// The constraints sorted by what they are about, for one search.
struct PlanWishes: Sendable {
    /// In the order they were asked for, each once, with everything that its version has to meet.
    var frameworks: [(framework: Framework, specifiers: [VersionSpecifiers])] = []
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
