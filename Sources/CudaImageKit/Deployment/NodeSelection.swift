/// Which nodes of a cluster have a GPU and driver that the image runs on, by the labels of GPU Feature Discovery.
///
/// The driver is asked for the CUDA version that it reports, not for its own version: that is what the condition
/// `cuda>=12.8` of NVIDIA's images compares, without which the container does not start. Older drivers of data-centre
/// GPUs, which the images allow by brand, are not chosen: no label names the brand.
///
/// Source: NVIDIA/k8s-device-plugin, docs/gpu-feature-discovery, "Generated Labels".
struct NodeSelection {
    var products: [String]
    /// What the code is compiled for; empty if nothing is.
    var architectures: [ComputeCapability]
    /// The CUDA release that the driver has to know.
    var cuda: CUDAVersion?

    private static let product = "nvidia.com/gpu.product"
    private static let computeMajor = "nvidia.com/gpu.compute.major"
    private static let computeMinor = "nvidia.com/gpu.compute.minor"
    private static let cudaMajor = "nvidia.com/cuda.runtime-version.major"
    private static let cudaMinor = "nvidia.com/cuda.runtime-version.minor"

    var comment: String {
        var lines = ["Labels of GPU Feature Discovery."]
        if let cuda { lines.append("The driver knows CUDA \(cuda.majorMinor).") }
        if !architectures.isEmpty {
            lines.append("Compiled for \(architectures.map(\.description).joined(separator: ", ")).")
        }
        return lines.joined(separator: " ")
    }

    /// `affinity`, or `nil` if any node will do.
    var value: YAMLValue? {
        let product = products.isEmpty ? [] : [Self.expression(Self.product, in: products)]
        var terms = [product]
        for alternatives in [driver, compute] where !alternatives.isEmpty {
            terms = terms.flatMap { term in alternatives.map { term + $0 } }
        }
        guard terms.contains(where: { !$0.isEmpty }) else { return nil }
        let list = YAMLValue.list(terms.map { .mapping([.init("matchExpressions", .list($0))]) })
        return .mapping([
            .init(
                "nodeAffinity",
                .mapping([
                    .init(
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        .mapping([.init("nodeSelectorTerms", list)]))
                ]))
        ])
    }

    /// The same major version with this minor one or a later, or a later major version.
    private var driver: [[YAMLValue]] {
        guard let cuda else { return [] }
        if cuda.minor == 0 { return [[Self.expression(Self.cudaMajor, above: cuda.major - 1)]] }
        return [
            [
                Self.expression(Self.cudaMajor, in: ["\(cuda.major)"]),
                Self.expression(Self.cudaMinor, above: cuda.minor - 1),
            ],
            [Self.expression(Self.cudaMajor, above: cuda.major)],
        ]
    }

    /// One alternative for each GPU generation that runs the code: machine code runs on later minor versions of the same
    /// major one, PTX on everything later, and code for `9.0a` on 9.0 alone.
    ///
    /// - Note: Source: CUDA C++ Programming Guide, "Compute capability" and "Application compatibility".
    private var compute: [[YAMLValue]] {
        var terms: [[YAMLValue]] = []
        var oldest: [Int: Int] = [:]
        for target in architectures where target.suffix == nil {
            oldest[target.major] = min(oldest[target.major] ?? .max, target.minor)
        }
        for (major, minor) in oldest.sorted(by: { $0.key < $1.key }) {
            var term = [Self.expression(Self.computeMajor, in: ["\(major)"])]
            if minor > 0 { term.append(Self.expression(Self.computeMinor, above: minor - 1)) }
            terms.append(term)
        }
        // Family-specific code (`10.0f`) runs on more than its own number, but on what depends on the toolkit.
        for target in architectures where target.suffix != nil && oldest[target.major] == nil {
            terms.append([
                Self.expression(Self.computeMajor, in: ["\(target.major)"]),
                Self.expression(Self.computeMinor, in: ["\(target.minor)"]),
            ])
        }
        if let newest = architectures.filter({ $0.includesPTX && $0.suffix == nil }).map(\.major).min() {
            terms.append([Self.expression(Self.computeMajor, above: newest)])
        }
        return terms
    }

    private static func expression(_ key: String, in values: [String]) -> YAMLValue {
        .mapping([
            .init("key", .string(key)), .init("operator", .string("In")), .init("values", .strings(values)),
        ])
    }

    private static func expression(_ key: String, above number: Int) -> YAMLValue {
        .mapping([
            .init("key", .string(key)), .init("operator", .string("Gt")), .init("values", .strings(["\(number)"])),
        ])
    }
}
