extension RecipeBuilder {
    /// `image:`
    ///
    /// - Parameters:
    ///   - cuda: a release or part of one: `12`, `12.4`, `12.4.1`.
    ///   - os: as tags spell it: `ubuntu22.04`, `ubi9`, `debian12`.
    ///   - base: the image that packages are installed on: `debian:12`.
    public func image(
        cuda: String? = nil, flavor: Flavor? = nil, os: String? = nil, cudnn: CuDNNRequest? = nil,
        source: ImageSource? = nil, base: String? = nil, platforms: [Platform] = [], fileID: String = #fileID,
        line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return setting("image", "cuda", to: .text(cuda, at: here))
            .setting("image", "flavor", to: .text(flavor?.rawValue, at: here))
            .setting("image", "os", to: .text(os, at: here))
            .setting("image", "cudnn", to: .text(cudnn?.description, at: here))
            .setting("image", "source", to: .text(source?.rawValue, at: here))
            .setting("image", "base", to: .text(base, at: here))
            .appending(platforms.map { .text($0.description, at: here) }, to: "image", "platforms")
    }

    /// `image:` with what an official tag names.
    public func image(_ tag: CUDAImageTag, fileID: String = #fileID, line: Int = #line) -> RecipeBuilder {
        image(
            cuda: tag.cuda.description, flavor: tag.flavor, os: tag.os.description, cudnn: CuDNNRequest(tag.cudnn),
            fileID: fileID, line: line)
    }

    /// `gpu:`
    ///
    /// - Parameters:
    ///   - devices: `all`, `none`, or indices and UUIDs.
    ///   - architectures: what CUDA code is compiled for.
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
        case nil: self = .none
        case .unversioned?: self = .any
        case .major(let major)?: self = .major(major)
        case .tensorRT?: self = .tensorRT
        }
    }
}
