/// An image that is to run on a host: what it asks of driver, GPUs and processor.
public struct HostImage: Hashable, Sendable {
    /// The image's or tag's name.
    public var name: String
    public var cuda: CUDAVersion
    public var platforms: [Platform]
    /// `NVIDIA_REQUIRE_CUDA` for each platform that is known.
    var conditions: [Platform: String]
    /// What the recipe's own code is compiled for; empty if it compiles none.
    public var architectures: [ComputeCapability]

    /// The image of a plan.
    public init(_ plan: ImagePlan) {
        cuda = plan.tag.value.cuda
        platforms = plan.platforms.value
        conditions = [:]
        for contents in plan.contents { conditions[contents.facts.platform] = contents.facts.requireCUDA }
        architectures = plan.gpu.architectures.value
        name = plan.name ?? "nvidia/cuda:\(plan.tag.value)"
    }

    /// The condition on a platform; the first where the platform has none of its own.
    func condition(on platform: Platform?) -> String? {
        platform.flatMap { conditions[$0] } ?? conditions.sorted { $0.key < $1.key }.first?.value
    }
}
