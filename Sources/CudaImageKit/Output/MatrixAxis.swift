/// A key of the image that a matrix file varies.
enum MatrixAxis: String, RecipeKey {
    case cuda, flavor, os, cudnn, source, platforms

    static let aliases = [
        "platform": "platforms", "flavors": "flavor", "version": "cuda", "versions": "cuda",
    ]

    /// One value of the axis.
    func read(_ node: YAMLNode, path: String, _ findings: FindingList) -> MatrixCombination? {
        // Read by the recipe's own reader, so that values mean the same in both files.
        var node = node
        if self == .platforms, case .scalar(let scalar) = node.content {
            let parts = scalar.text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                YAMLNode(.scalar(YAMLScalar(text: String(part), isPlain: true)), at: node.span)
            }
            node = YAMLNode(.sequence(parts), at: node.span)
        }
        let entry = YAMLEntry(key: rawValue, keySpan: node.span, value: node)
        let wrapped = YAMLNode(.mapping([entry]), at: node.span)
        let own = FindingList()
        guard let keys = MappingReader<Recipe.Image.Key>(wrapped, path: "", findings: own) else { return nil }
        let image = Recipe.Image(reading: keys)
        if let place = image.resolve {
            own.error(
                .notSupported, "'resolve' is no value of an axis", at: place,
                help: "leave out the axis: the recipe's own 'cuda: resolve' is decided for each image")
        }
        for finding in own.sorted.all { findings.add(finding) }
        guard !own.hasErrors else { return nil }
        var result = MatrixCombination(span: node.span)
        result.options = ImageOptions(
            cuda: image.cuda?.value, flavor: image.flavor?.value, os: image.os?.value, cudnn: image.cudnn?.value,
            source: image.source?.value, platforms: image.platforms.map(\.value))
        result.values[self] = text(of: result.options)
        return result
    }

    /// The value as the file says it; `nil` if it says none.
    func said(in options: ImageOptions) -> String? {
        switch self {
        case .cuda: options.cuda?.description
        case .flavor: options.flavor?.rawValue
        case .os: options.os?.description
        case .cudnn: options.cudnn?.description
        case .source: options.source?.rawValue
        case .platforms:
            options.platforms.isEmpty ? nil : options.platforms.map(\.description).joined(separator: ",")
        }
    }

    /// The value as it stands in names.
    private func text(of options: ImageOptions) -> String {
        switch self {
        case .cuda: options.cuda?.description ?? ""
        case .flavor: options.flavor?.rawValue ?? ""
        case .os: options.os?.description ?? ""
        case .cudnn: options.cudnn.map { Self.text(of: $0) } ?? ""
        case .source: options.source?.rawValue ?? ""
        case .platforms: options.platforms.map(\.architecture).joined(separator: "_")
        }
    }

    private static func text(of request: CuDNNRequest) -> String {
        switch request {
        case .without: ""
        case .any: "cudnn"
        case .major(let major): "cudnn\(major)"
        case .tensorRT: "tensorrt"
        }
    }
}

/// One value for each of some axes.
struct MatrixCombination {
    var span: SourceSpan
    var name: Located<String>?
    var options = ImageOptions()
    /// The values as they stand in names.
    var values: [MatrixAxis: String] = [:]

    init(span: SourceSpan) { self.span = span }

    /// Both combinations' values.
    func merging(_ other: MatrixCombination) -> MatrixCombination {
        var result = self
        result.values.merge(other.values) { $1 }
        if let cuda = other.options.cuda { result.options.cuda = cuda }
        if let flavor = other.options.flavor { result.options.flavor = flavor }
        if let os = other.options.os { result.options.os = os }
        if let cudnn = other.options.cudnn { result.options.cudnn = cudnn }
        if let source = other.options.source { result.options.source = source }
        if !other.options.platforms.isEmpty { result.options.platforms = other.options.platforms }
        return result
    }

    /// Whether another combination has all values of this one.
    func isPart(of other: MatrixCombination) -> Bool { values.allSatisfy { other.values[$0.key] == $0.value } }

    /// The folder's name: the pattern with `{axis}` replaced, or the values that there are, as tags order them.
    func name(pattern: String?) -> String {
        guard let pattern else {
            let order: [MatrixAxis] = [.cuda, .cudnn, .flavor, .os, .source, .platforms]
            return order.compactMap { values[$0] }.filter { !$0.isEmpty }.joined(separator: "-")
        }
        return MatrixAxis.allCases.reduce(pattern) { text, axis in
            text.replacing("{\(axis.rawValue)}", with: values[axis] ?? "")
        }
    }
}
