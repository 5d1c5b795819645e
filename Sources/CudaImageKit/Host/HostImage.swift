/// An image that is to run on a host: what it asks of driver, GPUs and processor.
public struct HostImage: Hashable, Sendable {
    /// The image's or tag's name.
    public internal(set) var name: String
    /// The CUDA release whose libraries the image has, and by which the driver is judged.
    public internal(set) var cuda: CUDAVersion
    /// The tag of `nvidia/cuda` that has to be pulled; `nil` if the image is built on another.
    public internal(set) var tag: CUDAImageTag?
    /// The platforms that the image is made for; a host of another one can't run it. Empty if they are not known.
    public internal(set) var platforms: [Platform]
    /// `NVIDIA_REQUIRE_CUDA` for each platform that is known.
    var conditions: [Platform: String]
    /// Whether ``conditions`` are all that the image has.
    private let areConditionsKnown: Bool
    /// What the recipe's own code is compiled for; empty if it compiles none.
    public internal(set) var architectures: [ComputeCapability]

    /// The image of a plan.
    ///
    /// - Throws: ``DiagnosticError`` if nothing tells which CUDA the image's Python packages bring.
    public init(_ plan: ImagePlan) throws(DiagnosticError) {
        cuda = try plan.knownRelease().value
        tag = plan.source.value == .image ? plan.tag?.value : nil
        platforms = plan.platforms.value
        conditions = [:]
        for contents in plan.contents { conditions[contents.facts.platform] = contents.facts.requireCUDA }
        areConditionsKnown = plan.tag == nil || !plan.contents.isEmpty
        architectures = plan.gpu.architectures.value
        name = plan.name ?? plan.tag.map { "nvidia/cuda:\($0.value)" } ?? plan.summary
    }

    /// The condition on a platform; the first where the platform has none of its own.
    func condition(on platform: Platform?) -> StartCondition {
        let condition = platform.flatMap { conditions[$0] } ?? conditions.sorted { $0.key < $1.key }.first?.value
        return condition.map { .requires($0) } ?? (areConditionsKnown ? .notSet : .unknown)
    }
}
