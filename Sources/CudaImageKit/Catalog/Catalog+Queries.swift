extension Catalog {
    public static var embedded: Catalog { Catalog() }
    public var releases: [ReleaseFacts] { [] }
    public var tags: [TagFacts] { [] }
    public func tag(_ tag: CUDAImageTag) -> TagFacts? { nil }
    public func operatingSystems(for cuda: CUDAVersion) -> [OperatingSystem] { [] }
    public func image(_ cuda: CUDAVersion, _ os: OperatingSystem, _ platform: Platform) -> ImageFacts? { nil }
    public func images(cuda: CUDAVersion, os: OperatingSystem) -> [ImageFacts] { [] }
    public func layers(of variant: ImageVariant, in facts: ImageFacts) -> [CatalogLayer]? { nil }
    public func nearestTags(to tag: CUDAImageTag, limit: Int) -> [CUDAImageTag] { [] }
    public func liveReplacement(for tag: CUDAImageTag) -> CUDAImageTag? { nil }
    public func minimumDriver(for cuda: CUDAVersion) -> String? { nil }
    public func targets(for cuda: CUDAVersion) -> [ComputeCapability] { [] }
}
