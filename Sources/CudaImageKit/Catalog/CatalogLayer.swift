/// One layer of an official image: the variant whose layer it is, and what it adds to the layer below.
public struct CatalogLayer: Hashable, Sendable {
    public var variant: ImageVariant
    public var set: PackageSet

    public init(variant: ImageVariant, set: PackageSet) {
        self.variant = variant
        self.set = set
    }
}
