import CudaImageKit

/// What an image of a release would be, if NVIDIA made it as it made the one before.
public struct DerivedImage: Hashable, Sendable {
    /// A variant's own part.
    public struct Layer: Hashable, Sendable {
        /// What of CUDA and cuDNN the image of this layer has.
        public var variant: ImageVariant
        /// The variant below; `nil` for none.
        public var below: ImageVariant?
        /// What the variant adds to the one below, with pins of the new release.
        public var set: PackageSet

        /// - Parameters:
        ///   - variant: what of CUDA and cuDNN the image of this layer has.
        ///   - below: the variant that it starts from; `nil` for none.
        ///   - set: what it adds.
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
    /// What the source says of the image; `imported` where it says nothing.
    public var status: SupportStatus

    /// - Parameters:
    ///   - facts: everything but the layers.
    ///   - layers: each behind those below it.
    ///   - status: what the source says of the image; a package index says nothing.
    public init(facts: ImageFacts, layers: [Layer], status: SupportStatus = .imported) {
        self.facts = facts
        self.layers = layers
        self.status = status
    }
}
