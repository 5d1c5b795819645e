/// One layer of an official image: the variant whose layer it is, and what it adds to the layer below.
public struct CatalogLayer: Hashable, Sendable {
    /// The flavor, with cuDNN or without.
    public var variant: ImageVariant
    /// What it adds to the layer below.
    public var set: PackageSet

    /// A layer of an image.
    public init(variant: ImageVariant, set: PackageSet) {
        self.variant = variant
        self.set = set
    }
}
