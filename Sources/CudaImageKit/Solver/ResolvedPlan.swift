/// The best combination of image, framework builds and Python that meets a request.
public struct ResolvedPlan: Hashable, Sendable {
    /// Where CUDA comes from.
    public enum Base: Hashable, Sendable {
        /// An official image whose CUDA is what the frameworks were built for.
        case image(TagFacts)
        /// The nearest official image, whose release is newer than the one a framework was built for: asked for, but not
        /// what its project tests.
        case nearest(TagFacts)
        /// An image without CUDA: the wheels bring it (source `wheels`).
        case wheels(OperatingSystem)
    }

    /// What the image is, and where its CUDA comes from.
    public internal(set) var base: Base
    /// In the order of the request.
    public internal(set) var builds: [FrameworkRelease]
    /// `nil` if nothing asks for Python.
    public internal(set) var python: PythonVersion?
    /// What was asked for; if nothing was, the first that the tag exists for, or `linux/amd64`.
    public internal(set) var platforms: [Platform]
    /// Whether driver and image go together, if a driver was named and the image has CUDA.
    public internal(set) var driver: DriverCompatibility?
    /// Smaller is better, from the first number on.
    var rank: [Int] = []

    /// The tag, unless CUDA comes from wheels alone.
    public var tag: TagFacts? {
        switch base {
        case .image(let facts), .nearest(let facts): facts
        case .wheels: nil
        }
    }

    /// The operating system of the image.
    public var os: OperatingSystem {
        switch base {
        case .image(let facts), .nearest(let facts): facts.tag.os
        case .wheels(let os): os
        }
    }

    /// `image` if there is a tag, else `wheels`; never `packages`.
    public var source: ImageSource { tag == nil ? .wheels : .image }

    /// What pip is asked for to get a build.
    public func requirement(of build: FrameworkRelease) -> String {
        tag == nil ? build.wheelsRequirement ?? build.requirement : build.requirement
    }
}

extension FrameworkRelease {
    /// The release of CUDA that stands for the build where one has to be named: what it was built with, or the oldest that
    /// it runs with.
    var nominalCUDA: CUDAVersion? {
        if let builtWith { return builtWith }
        guard let components = cuda?.components, let major = components.first else { return nil }
        if components.count > 1 { return CUDAVersion(major, components[1]) }
        return since ?? CUDAVersion(major, 0)
    }

    /// Whether the cuDNN of an image will do: the same major version, not older than the one the build names.
    func accepts(cudnn version: String?) -> Bool {
        guard let numbers = version.flatMap({ VersionNumbers.parse($0) }) else { return false }
        guard let wanted = cudnn.flatMap({ VersionNumbers.parse($0) }) else { return true }
        return numbers.first == wanted.first && !numbers.lexicographicallyPrecedes(wanted)
    }
}
