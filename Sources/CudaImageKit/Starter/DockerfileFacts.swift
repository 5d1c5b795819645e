/// What a Dockerfile says that a recipe can say as well, as far as it stands there in plain words.
struct DockerfileFacts: Hashable, Sendable {
    var path: String
    /// The final stage's base.
    var base: Located<ImageReference>?
    /// Packages of `apt-get install` in the final stage.
    var packages: [String] = []
    var ports: [String] = []
    var workingDirectory: String?
    var user: String?
    var entrypoint: [String] = []
    var command: [String] = []
    /// What is left to the reader: instructions with their lines, in order.
    var left: [Rest] = []

    struct Rest: Hashable, Sendable {
        var name: String
        var lines: [Int]
    }

    /// The official CUDA image that the final stage starts from.
    var tag: Located<CUDAImageTag>? {
        guard let base, BaseImage(base.value).isOfficialCUDA, let tag = base.value.tag.flatMap(CUDAImageTag.init)
        else { return nil }
        return Located(tag, at: base.span)
    }

    /// What PyTorch's own image has that the final stage starts from: `2.4.0-cuda12.1-cudnn9-runtime`.
    ///
    /// Source: the tags of the image `pytorch/pytorch` on Docker Hub, `VERSION-cudaX.Y-cudnnN-runtime` and `-devel`.
    var pytorch: (torch: PythonPackageVersion, cuda: CUDAVersionPattern, span: SourceSpan)? {
        guard let base, base.value.repository == "pytorch/pytorch",
            let parts = base.value.tag?.split(separator: "-").map(String.init), parts.count > 2,
            let torch = PythonPackageVersion(parts[0]), parts[1].hasPrefix("cuda"),
            let cuda = CUDAVersionPattern(String(parts[1].dropFirst("cuda".count)))
        else { return nil }
        return (torch, cuda, base.span)
    }

    mutating func leave(_ name: String, line: Int) {
        if let index = left.firstIndex(where: { $0.name == name }) {
            if !left[index].lines.contains(line) { left[index].lines.append(line) }
        } else {
            left.append(Rest(name: name, lines: [line]))
        }
    }
}
