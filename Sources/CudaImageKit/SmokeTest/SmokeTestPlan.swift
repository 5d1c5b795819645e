/// The decided smoke test of one image: what its program checks, and where it is compiled.
public struct SmokeTestPlan: Hashable, Sendable {
    /// The image under test.
    public internal(set) var image: Decision<ImageReference>
    /// A DNS label of at most 57 characters, for tags and Kubernetes.
    public internal(set) var name: String
    /// Whether the image has to be built from the recipe first.
    public internal(set) var needsBuild: Bool
    /// The release in the image, which the program is compiled with; at least 10.0.
    public internal(set) var cuda: Decision<CUDAVersion>
    /// The image that compiles the program.
    public internal(set) var builder: Decision<SmokeBuilder>
    /// The drivers that run the release's programs; the test names them where the host's is too old.
    public internal(set) var driver: DriverRequirement
    /// What the program is compiled for, ascending; `includesPTX` adds the code that drivers compile for later GPUs.
    public internal(set) var architectures: Decision<[ComputeCapability]>
    /// What the program runs besides a vector addition: the recipe's choice, else all that the architectures can run.
    public internal(set) var kernels: Decision<[SmokeKernel]>
    /// The libraries of the image that the program loads and calls; empty for CUDA from wheels, and for base images unless
    /// the recipe names some.
    public internal(set) var libraries: Decision<[SmokeLibrary]>
    /// The major version of cuDNN in the image, if there is one.
    public internal(set) var cudnn: Int?
    /// Whether the image's own compiler is tested.
    public internal(set) var hasCompiler: Bool
    /// The recipe's own command; empty if there is none.
    public internal(set) var command: [String]
    /// Seconds after which the program gives up and says so, one of ``timeouts``.
    public internal(set) var timeoutSeconds: Decision<Int>
    /// The image as the caller named it, without the digest of a lock.
    var named: ImageReference?
    /// Where the recipe comes from.
    var origin = Origin.none

    /// The timeout if nobody names one: a test takes less than 10 seconds.
    public static let defaultTimeout = 120
    /// The seconds that a test may take: up to a day.
    public static let timeouts = 1...86_400

    /// What says what is tested.
    enum Origin: Hashable, Sendable {
        case none
        /// A recipe's file, without folders.
        case recipe(String)
        /// A Swift file.
        case program(String)
    }

    /// What makes the files again, for the rest of a comment line.
    ///
    /// - Parameter arguments: the options that decided the image.
    func command(_ arguments: [String], folder: String, extras: SmokeTest.Extras) -> String {
        var words = ["cudagen", "smoke"] + arguments
        if let named { words += ["--image", named.description] }
        if case .option = timeoutSeconds.because { words += ["--timeout", "\(timeoutSeconds.value)"] }
        if extras.contains(.kubernetes) { words.append("--kubernetes") }
        if extras.contains(.compose) { words.append("--compose") }
        words += ["-o", folder]
        switch origin {
        case .none: break
        case .recipe(let name): words.append(name)
        case .program(let file): return DockerfileComment.oneLine("the program of \(file)")
        }
        return DockerfileComment.commandLine(words)
    }
}

extension SmokeTestPlan {
    /// The smoke test of an image that cudagen decided.
    ///
    /// - Parameters:
    ///   - plan: the image.
    ///   - image: its reference, if it is not the one that the plan gives it.
    ///   - timeoutSeconds: after how long the test gives up, one of ``timeouts``; ``defaultTimeout`` if left out.
    ///   - catalog: the facts.
    /// - Throws: ``DiagnosticError`` if there can be no smoke test.
    public init(
        _ plan: ImagePlan, image: ImageReference? = nil, timeoutSeconds: Int? = nil, catalog: Catalog
    ) throws(DiagnosticError) {
        let reference =
            image.map { Decision($0, because: .option("--image")) } ?? Self.reference(of: plan)
        var subject = SmokeSubject(
            image: reference, name: image.map(Self.name) ?? plan.name.map(Self.label) ?? Self.name(of: reference.value),
            cuda: try plan.knownRelease(), os: plan.os.value, flavor: plan.flavor ?? .base,
            cudnn: plan.tag.flatMap { Self.cudnn(of: $0.value, contents: plan.contents, catalog: catalog) },
            conditions: plan.contents.compactMap(\.facts.requireCUDA))
        subject.needsBuild = image == nil && !plan.isOfficialImage
        subject.hasNCCL = Self.hasNCCL(plan.contents)
        if case .wheels = plan.cuda { subject.hasWheels = true }
        subject.smoke = plan.application.smoke
        if case .recipe = plan.gpu.architectures.because { subject.architectures = plan.gpu.architectures }
        if case .option = plan.gpu.architectures.because { subject.architectures = plan.gpu.architectures }
        subject.timeoutSeconds = timeoutSeconds
        subject.named = image
        if let program = plan.program {
            subject.origin = .program(program)
        } else if let recipe = plan.recipeFile {
            subject.origin = .recipe(recipe)
        }
        self = try subject.plan(catalog: catalog)
        let download = plan.download(builder.value.image)
        if plan.mirrors.only?.value == true, !download.isNamed {
            throw DiagnosticError(
                Diagnostics([
                    Diagnostic(
                        .error, .fetchedElsewhere,
                        "with mirrors alone, the smoke test's compiler would still come from '\(download.host)'",
                        at: plan.mirrors.only?.span, notes: [download.what],
                        help: "let mirrors.images redirect \(Upstream.dockerHub)")
                ]))
        }
        builder.value.image = plan.mirrored(builder.value.image)
    }

    /// The reference of an image: an official one has its tag, another one the recipe's name.
    private static func reference(of plan: ImagePlan) -> Decision<ImageReference> {
        if plan.isOfficialImage, case .image(var image) = plan.cuda {
            image.registry = "docker.io"
            // The Dockerfile names this image alone.
            image = image.pinned(to: plan.pins.first?.digest)
            return Decision(image, because: .derived("the official image"))
        }
        let name = label(plan.name ?? plan.tag.map { "cuda-\($0.value)" } ?? "cuda-wheels-\(plan.os.value)")
        return Decision(
            ImageReference(registry: "localhost", repository: name, tag: "latest"),
            because: .derived("the recipe's name"))
    }

    /// The major version that the tag or the facts name.
    static func cudnn(of tag: CUDAImageTag, contents: [ImageContents], catalog: Catalog) -> Int? {
        guard let variant = tag.cudnn else { return nil }
        // On some platforms a few of NVIDIA's cuDNN images have no cuDNN: then it is not tested on any.
        let versions = contents.map { $0.layers.compactMap(\.set.cudnnVersion).last }
        if let version = versions.first ?? catalog.tag(tag)?.cudnnVersion, !versions.contains(nil) {
            return Int(version.prefix { $0 != "." })
        }
        // Of some images the catalogue knows the name only.
        if contents.isEmpty, case .major(let major) = variant { return major }
        return nil
    }

    /// Whether NCCL is among the packages; without facts runtime images are taken to have it.
    private static func hasNCCL(_ contents: [ImageContents]) -> Bool {
        let sets = contents.first?.layers.map(\.set) ?? []
        guard !sets.isEmpty else { return true }
        return sets.contains { set in
            set.packages.contains { $0.name.contains("nccl") } || set.archives.contains { $0.url.contains("nccl") }
                || set.packageFiles.contains { $0.url.contains("nccl") }
        }
    }
}

extension ImagePlan {
    /// Whether the Dockerfile of the image says nothing but `FROM nvidia/cuda:<tag>`.
    public var isOfficialImage: Bool {
        guard case .image = cuda else { return false }
        var application = application
        application.smoke = nil
        return application == ApplicationPlan() && mirrors.isEmpty && reproducible == nil && toolchain == nil
            && gpu.devices == nil && gpu.capabilities.isEmpty
    }
}

extension SmokeTestPlan {
    /// `cuda-12-4-1-base-ubuntu22-04` for `nvidia/cuda:12.4.1-base-ubuntu22.04`.
    static func name(of image: ImageReference) -> String {
        label(image.tag.map { $0 == "latest" ? image.name : "\(image.name)-\($0)" } ?? image.name)
    }

    /// Any text as DNS label: lower-case letters, digits and single hyphens.
    static func label(_ text: String) -> String {
        var label = ""
        for byte in text.utf8.prefix(256) {
            let isUpper = (0x41...0x5a).contains(byte)
            if ByteClass.isAlphanumeric(byte) {
                label.unicodeScalars.append(Unicode.Scalar(isUpper ? byte + 0x20 : byte))
            } else if label.utf8.last != UInt8(ascii: "-"), !label.isEmpty {
                label += "-"
            }
        }
        label = String(label.prefix(57))
        while label.hasSuffix("-") { label.removeLast() }
        return label.isEmpty ? "image" : label
    }
}
