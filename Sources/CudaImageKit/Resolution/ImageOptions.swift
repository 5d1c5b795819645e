/// What the command line says about the image: it beats the recipe.
public struct ImageOptions: Hashable, Sendable {
    /// `--cuda`: a release or a part of one, such as `12.4`; `nil`: what the recipe says.
    public var cuda: CUDAVersionPattern?
    /// `--flavor`: how much of CUDA is in the image; `nil`: what the recipe says.
    public var flavor: Flavor?
    /// `--os`: the operating system of the image; `nil`: what the recipe says.
    public var os: OperatingSystem?
    /// `--cudnn`: whether cuDNN is in the image, and which; `nil`: what the recipe says.
    public var cudnn: CuDNNRequest?
    /// `--source`: where CUDA comes from; `nil`: what the recipe says.
    public var source: ImageSource?
    /// `--base`: the image that packages and wheels are installed on; `nil`: what the recipe says.
    public var base: ImageReference?
    /// `--platform`: what the image is built for; empty: what the recipe says.
    public var platforms: [Platform]
    /// `--repository-mirror URL`: what stands in for NVIDIA's server, as `mirrors.nvidia` says it.
    public var repositoryMirror: String?
    /// `--air-gap`: nothing may come from a host that nobody named, as `mirrors.only` says it.
    public var isAirGapped: Bool
    /// `--set path=value`, applied before the recipe is read.
    public var overrides: [RecipeOverride]
    /// The lock that pins the images.
    public var lock: LockUse

    /// Everything that is applied before the recipe is read.
    var allOverrides: [RecipeOverride] {
        var all = overrides
        if let repositoryMirror {
            all.append(RecipeOverride(["mirrors", "nvidia"], to: repositoryMirror, by: "--repository-mirror"))
        }
        if isAirGapped { all.append(RecipeOverride(["mirrors", "only"], to: "true", by: "--air-gap")) }
        return all
    }

    /// Options of a command line; what is left out, the recipe or the default decides.
    ///
    /// - Parameters:
    ///   - cuda: a release or a part of one: `12.4`.
    ///   - flavor: how much of CUDA is in the image.
    ///   - os: the operating system of the image.
    ///   - cudnn: whether cuDNN is in the image, and which.
    ///   - source: where CUDA comes from.
    ///   - base: the image that packages and wheels are installed on.
    ///   - platforms: what the image is built for; empty: what the recipe says.
    ///   - repositoryMirror: an address in place of `https://developer.download.nvidia.com`; the recipe's reader checks
    ///     it.
    ///   - isAirGapped: whether nothing may come from a host that nobody named.
    ///   - overrides: keys of the recipe, set in this order before it is read.
    ///   - lock: what pins the images.
    public init(
        cuda: CUDAVersionPattern? = nil, flavor: Flavor? = nil, os: OperatingSystem? = nil, cudnn: CuDNNRequest? = nil,
        source: ImageSource? = nil, base: ImageReference? = nil, platforms: [Platform] = [],
        repositoryMirror: String? = nil, isAirGapped: Bool = false, overrides: [RecipeOverride] = [],
        lock: LockUse = LockUse()
    ) {
        self.repositoryMirror = repositoryMirror
        self.isAirGapped = isAirGapped
        self.cuda = cuda
        self.flavor = flavor
        self.os = os
        self.cudnn = cudnn
        self.source = source
        self.base = base
        self.platforms = platforms
        self.overrides = overrides
        self.lock = lock
    }

    /// The options as arguments, in one order: a generated file's header shows how to make it again.
    public var arguments: [String] {
        var arguments: [String] = []
        if let cuda { arguments += ["--cuda", cuda.description] }
        if let flavor { arguments += ["--flavor", flavor.rawValue] }
        if let os { arguments += ["--os", os.description] }
        if let cudnn { arguments += ["--cudnn", cudnn.description] }
        if let source { arguments += ["--source", source.rawValue] }
        if let base { arguments += ["--base", base.description] }
        if !platforms.isEmpty {
            arguments += ["--platform", platforms.map(\.description).joined(separator: ",")]
        }
        if let repositoryMirror { arguments += ["--repository-mirror", repositoryMirror] }
        if isAirGapped { arguments.append("--air-gap") }
        for item in overrides { arguments += ["--set", item.description] }
        return arguments + lock.arguments
    }
}

extension Recipe {
    /// The recipe with the command line's choices in place of its own.
    public func applying(_ options: ImageOptions) -> Recipe {
        var recipe = self
        recipe.set(.cuda, \.cuda, to: options.cuda, "--cuda")
        if options.cuda != nil { recipe.image.resolve = nil }
        recipe.set(.flavor, \.flavor, to: options.flavor, "--flavor")
        recipe.set(.os, \.os, to: options.os, "--os")
        recipe.set(.cudnn, \.cudnn, to: options.cudnn, "--cudnn")
        recipe.set(.source, \.source, to: options.source, "--source")
        recipe.set(.base, \.base, to: options.base, "--base")
        if !options.platforms.isEmpty {
            recipe.image.platforms = options.platforms.map { Located($0, at: .option("--platform")) }
            recipe.gaps.close("image.platforms")
        }
        return recipe
    }

    /// Sets a key of `image`, whatever the file says there.
    private mutating func set<Value>(
        _ key: Image.Key, _ path: WritableKeyPath<Image, Located<Value>?>, to value: Value?, _ option: String
    ) {
        guard let value else { return }
        image[keyPath: path] = Located(value, at: .option(option))
        gaps.close("image.\(key.rawValue)")
    }
}

extension CuDNNRequest: LosslessStringConvertible {
    /// Parses `true`, `false`, a major version such as `8`, or `tensorrt`.
    public init?(_ description: String) {
        switch description {
        case "true": self = .any
        case "false": self = .without
        case "tensorrt": self = .tensorRT
        default:
            guard let numbers = VersionNumbers.parse(description), numbers.count == 1, (1...99).contains(numbers[0])
            else { return nil }
            self = .major(numbers[0])
        }
    }

    /// As a recipe writes it: `false`, `true`, `8` or `tensorrt`.
    public var description: String {
        switch self {
        case .without: "false"
        case .any: "true"
        case .major(let major): "\(major)"
        case .tensorRT: "tensorrt"
        }
    }
}
