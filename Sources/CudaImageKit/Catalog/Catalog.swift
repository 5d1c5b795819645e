/// What NVIDIA publishes: releases, tags and what each image installs.
///
/// The facts are a text, one fact a line, which queries read where they need it: loading the embedded catalogue costs one
/// pass that finds the sections. Queries look into the newest layer first, so that a user's catalogue can correct or
/// extend the embedded one.
///
/// Source of the facts: NVIDIA's CUDA container image sources (gitlab.com/nvidia/container-images/cuda), its lists of
/// tags, and the CUDA release notes, as `scripts/make-catalog` wrote them down.
public struct Catalog: Sendable {
    /// The newest first.
    let layers: [CatalogText]

    init(layers: [CatalogText]) { self.layers = layers }

    /// The catalogue that is part of the program.
    public static var embedded: Catalog { Embedded.catalog }

    /// Reads a catalogue in cudagen's own form.
    ///
    /// A text whose first line ends in `extends` is laid over the embedded catalogue, any other replaces it.
    ///
    /// - Parameters:
    ///   - text: the catalogue: `cudagen-catalog 1`, then sections of facts, one a line.
    ///   - fileName: for messages.
    /// - Throws: ``DiagnosticError`` with every line that is not a fact.
    public init(parsing text: String, fileName: String) throws(DiagnosticError) {
        let layer = CatalogText(.loaded(Array(text.utf8)), fileName: fileName)
        let extends = layer.header.extends
        var validator = CatalogValidator(text: layer, fileName: fileName)
        validator.validate()
        if validator.diagnostics.hasErrors { throw DiagnosticError(validator.diagnostics) }
        layers = [layer] + (extends ? Catalog.embedded.layers : [])
    }

    /// The day of NVIDIA's lists that the facts were read from, as ISO date.
    public var asOf: String? { layers.lazy.compactMap(\.header.asOf).first }

    private enum Embedded {
        static let catalog = Catalog(layers: [CatalogText(.embedded(EmbeddedResources.cudaCatalog))])
    }
}
