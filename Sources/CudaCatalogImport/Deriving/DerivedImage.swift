import CudaImageKit

/// What an image of a release would be, if NVIDIA made it as it made the one before.
public struct DerivedImage: Hashable, Sendable {
    /// A variant's own part.
    public struct Layer: Hashable, Sendable {
        public var variant: ImageVariant
        /// The variant below; `nil` for none.
        public var below: ImageVariant?
        public var set: PackageSet

        public init(variant: ImageVariant, below: ImageVariant?, set: PackageSet) {
            self.variant = variant
            self.below = below
            self.set = set
        }
    }

    /// Everything but the layers.
    public var facts: ImageFacts
    /// Every one stands behind those below it.
    public var layers: [Layer]

    public init(facts: ImageFacts, layers: [Layer]) {
        self.facts = facts
        self.layers = layers
    }
}
