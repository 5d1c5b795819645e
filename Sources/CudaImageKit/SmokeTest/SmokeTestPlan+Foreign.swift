extension SmokeTestPlan {
    /// The smoke test of an image that cudagen did not decide: what its name does not tell, the caller says.
    ///
    /// An official image (`nvidia/cuda:12.4.1-runtime-ubuntu22.04`, or a copy of it in another registry) tells everything.
    ///
    /// - Parameters:
    ///   - image: the image under test.
    ///   - cuda: the release that its programs were built with; one without point release becomes the newest.
    ///   - os: the operating system, if the image's name or tag does not give it away.
    ///   - flavor: which libraries the image has; without it only kernels are tested.
    ///   - cudnn: whether the image has cuDNN.
    ///   - timeoutSeconds: after how long the test gives up, one of ``timeouts``; ``defaultTimeout`` if left out.
    ///   - catalog: the facts.
    /// - Throws: ``DiagnosticError`` if the release or the operating system is not known, nothing compiles for them, or the timeout is none.
    public init(
        image: ImageReference, cuda: CUDAVersionPattern? = nil, os: OperatingSystem? = nil, flavor: Flavor? = nil,
        cudnn: CuDNNRequest? = nil, timeoutSeconds: Int? = nil, catalog: Catalog
    ) throws(DiagnosticError) {
        let tag = Self.officialTag(of: image, catalog: catalog)
        let base = BaseImage(image)
        guard let pattern = cuda ?? tag.map({ CUDAVersionPattern($0.cuda) }) else {
            throw .smoke(
                .noSuchRelease, "the CUDA release of '\(image)' can't be told from its name",
                help: "add it, for example --cuda 12.4.1")
        }
        guard let os = os ?? tag?.os ?? base.os else {
            throw .smoke(
                .unknownBase, "the operating system of '\(image)' can't be told from its name",
                help: "add it, for example --os debian12 or --os ubuntu22.04")
        }
        if let tag { try Self.refuse(cuda, os, flavor, cudnn, against: tag) }
        let releases = catalog.releases.map(\.cuda).filter(pattern.matches).sorted(by: >)
        let release = releases.first { SmokeBuilder.choose(for: $0, on: os, catalog: catalog) != nil } ?? releases.first
        guard let release else {
            let all = catalog.releases.map(\.cuda).sorted().suffix(4).map(\.description).joined(separator: ", ")
            throw .smoke(
                .noSuchRelease, "there is no CUDA \(pattern) in the catalogue", help: "the newest are \(all)")
        }
        let contents = tag.map { Self.contents(of: $0, catalog: catalog) } ?? []
        let flavor = flavor ?? tag?.flavor
        var subject = SmokeSubject(
            image: Decision(image, because: .option("--image")), name: Self.name(of: image),
            cuda: Decision(
                release, because: cuda == nil ? .derived("the tag's") : .option("--cuda")),
            os: os, flavor: flavor ?? .base, cudnn: nil, conditions: contents.compactMap(\.facts.requireCUDA))
        if let cudnn {
            subject.cudnn = try Self.cudnn(cudnn, cuda: release, catalog: catalog)
        } else if let tag {
            subject.cudnn = Self.cudnn(of: tag, contents: contents, catalog: catalog)
        }
        if flavor == nil {
            subject.librariesReason = .default("none: --flavor runtime and --cudnn say which the image has")
        }
        subject.timeoutSeconds = timeoutSeconds
        subject.named = image
        self = try subject.plan(catalog: catalog)
    }

    /// Refuses what the caller says against the image's own tag.
    private static func refuse(
        _ cuda: CUDAVersionPattern?, _ os: OperatingSystem?, _ flavor: Flavor?, _ cudnn: CuDNNRequest?,
        against tag: CUDAImageTag
    ) throws(DiagnosticError) {
        var said: (option: String, value: String)?
        if let cuda, !cuda.matches(tag.cuda) { said = ("--cuda", "\(cuda)") }
        if let os, os != tag.os { said = ("--os", "\(os)") }
        if let flavor, flavor != tag.flavor { said = ("--flavor", "\(flavor)") }
        if let cudnn, (cudnn == .without) != (tag.cudnn == nil) { said = ("--cudnn", "\(cudnn)") }
        if case .major(let asked)? = cudnn, case .major(let major)? = tag.cudnn, asked != major {
            said = ("--cudnn", "\(asked)")
        }
        guard let said else { return }
        throw DiagnosticError(
            .conflictingKeys, "\(said.option) says \(said.value), and the image's tag is \(tag)",
            at: .option(said.option),
            help: "leave \(said.option) out: the tag says it")
    }

    /// The official tag that an image's own name and tag spell.
    private static func officialTag(of image: ImageReference, catalog: Catalog) -> CUDAImageTag? {
        guard image.name == "cuda", let tag = image.tag else { return nil }
        return (CUDAImageTag(tag) ?? catalog.tag(aliased: tag)).flatMap { catalog.tag($0)?.tag }
    }

    private static func contents(of tag: CUDAImageTag, catalog: Catalog) -> [ImageContents] {
        catalog.images(cuda: tag.cuda, os: tag.os).compactMap { facts in
            catalog.layers(of: tag.variant, in: facts).map { ImageContents(facts: facts, layers: $0) }
        }
    }

    /// The major version: as said, or the one of NVIDIA's own images of the release.
    private static func cudnn(
        _ request: CuDNNRequest, cuda: CUDAVersion, catalog: Catalog
    ) throws(DiagnosticError) -> Int? {
        switch request {
        case .without: return nil
        case .major(let major): return major
        case .any, .tensorRT:
            var query = TagQuery()
            query.cuda = CUDAVersionPattern(cuda)
            query.cudnn = .any
            let versions = catalog.tags(matching: query).compactMap(\.cudnnVersion)
            let majors = versions.compactMap { Int($0.prefix { $0 != "." }) }
            guard let newest = majors.max() else {
                throw .smoke(
                    .noSuchTag, "which cuDNN belongs to CUDA \(cuda) is not known",
                    help: "name its major version, for example --cudnn 8")
            }
            return newest
        }
    }
}
