import CudaImageKit
import Testing

/// A whole Dockerfile that is compared with `Golden/<name>.Dockerfile`.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    var name: String
    /// The recipe's text; `nil` for the bare image of the options.
    var recipe: String?
    var options: ImageOptions

    init(_ name: String, _ options: ImageOptions = ImageOptions(), recipe: String? = nil) {
        self.name = name
        self.recipe = recipe
        self.options = options
    }

    var testDescription: String { name }

    var source: RecipeSource? { recipe.map { RecipeSource(text: $0, fileName: "app.yaml") } }
}

extension ImageOptions {
    /// Options as the command line spells them; what can't be read is left out, which the golden file's header shows.
    init(
        cuda: String? = nil, flavor: Flavor? = nil, os: String? = nil, cudnn: CuDNNRequest? = nil,
        source: ImageSource? = nil, base: String? = nil, on platforms: [Platform] = []
    ) {
        self.init(
            cuda: cuda.flatMap { CUDAVersionPattern($0) }, flavor: flavor, os: os.flatMap { OperatingSystem($0) },
            cudnn: cudnn, source: source, base: base.flatMap { ImageReference($0) }, platforms: platforms)
    }
}
