extension RecipeBuilder {
    /// `image:`
    ///
    /// - Parameters:
    ///   - cuda: a release or part of one: `12`, `12.4`, `12.4.1`.
    ///   - flavor: how much of CUDA; `runtime` if left out.
    ///   - os: as tags spell it: `ubuntu22.04`, `ubi9`, `debian12`.
    ///   - cudnn: whether cuDNN is in the image, and which; none if left out.
    ///   - source: where CUDA comes from; NVIDIA's image if left out.
    ///   - base: the image that packages are installed on: `debian:12`.
    ///   - platforms: what the image is built for; `linux/amd64` if left out.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func image(
        cuda: String? = nil, flavor: Flavor? = nil, os: String? = nil, cudnn: CuDNNRequest? = nil,
        source: ImageSource? = nil, base: String? = nil, platforms: [Platform] = [], fileID: String = #fileID,
        line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        let isOtherTag = cuda != nil || flavor != nil || os != nil || cudnn != nil
        return naming(isOtherTag ? nil : tag)
            .setting("image", "cuda", to: .text(cuda, at: here))
            .setting("image", "flavor", to: .text(flavor?.rawValue, at: here))
            .setting("image", "os", to: .text(os, at: here))
            .setting("image", "cudnn", to: .text(cudnn?.description, at: here))
            .setting("image", "source", to: .text(source?.rawValue, at: here))
            .setting("image", "base", to: .text(base, at: here))
            .appending(platforms.map { .text($0.description, at: here) }, to: "image", "platforms")
    }

    /// `image:` with what an official tag names: this tag, or a finding that says why not.
    public func image(_ tag: CUDAImageTag, fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        image(
            cuda: tag.cuda.description, flavor: tag.flavor, os: tag.os.description, cudnn: CuDNNRequest(tag.cudnn),
            fileID: fileID, line: line
        )
        .naming(Located(tag, at: .code(fileID, line)))
    }

    /// `gpu:`
    ///
    /// - Parameters:
    ///   - devices: `all`, `none`, or indices and UUIDs.
    ///   - capabilities: the driver libraries that the container asks for.
    ///   - architectures: what CUDA code is compiled for.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func gpu(
        devices: [String] = [], capabilities: [DriverCapability] = [], architectures: [ComputeCapability] = [],
        fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return appending(devices.map { .text($0, at: here) }, to: "gpu", "devices")
            .appending(capabilities.map { .text($0.rawValue, at: here) }, to: "gpu", "capabilities")
            .appending(architectures.map { .text($0.description, at: here) }, to: "gpu", "architectures")
    }
}

extension CuDNNRequest {
    /// What a tag's variant asks for.
    init(_ variant: CuDNNVariant?) {
        switch variant {
        case nil: self = .without
        case .unversioned?: self = .any
        case .major(let major)?: self = .major(major)
        case .tensorRT?: self = .tensorRT
        }
    }
}
