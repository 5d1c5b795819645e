import CudaImageKit

/// What the image of a Dockerfile is, by meaning: not how a line is written, but what a container would find.
///
///     let image = try GeneratedImage(Generator().generate(recipe))
///     #expect(image.base == "nvidia/cuda:12.4.1-runtime-ubuntu22.04")
///     #expect(image.package("cuda-cudart-12-4")?.version == "12.4.127-1")
///     #expect(image.environment["LEVEL"] == "2")
///     #expect(image.user == "10001:10001")
///
/// The values are compared with `#expect` or `XCTAssertEqual`, which show what was there instead. Instructions are followed
/// through the stages that the last one starts from. What `RUN` commands do is not evaluated; packages come from
/// the plan that the Dockerfile was made of.
public struct GeneratedImage: Hashable, Sendable {
    /// A package of the operating system or of NVIDIA's.
    public struct Package: Hashable, Sendable, CustomStringConvertible {
        /// Without the version: `cuda-cudart-12-4`.
        public var name: String
        /// `nil` if the Dockerfile pins none.
        public var version: String?

        /// A package to compare with.
        ///
        /// - Parameters:
        ///   - name: without the version.
        ///   - version: as the package manager writes it: `12.4.127-1`; `nil` if none is pinned.
        public init(name: String, version: String? = nil) {
            self.name = name
            self.version = version
        }

        /// As `apt-get install` takes it: `cuda-cudart-12-4=12.4.127-1`, or the name alone.
        public var description: String { name + (version.map { "=\($0)" } ?? "") }
    }

    /// The image that the last stage, or the lowest stage below it, starts from.
    public internal(set) var base = ""
    /// NVIDIA's packages in the order of its layers, then those of the application.
    public internal(set) var packages: [Package] = []
    /// The variables of the Dockerfile, on top of those of an official base. What another base sets stays a variable: `/opt/bin:${PATH}`.
    public internal(set) var environment: [String: String] = [:]
    /// The labels of the Dockerfile, by name; those of the base are not known.
    public internal(set) var labels: [String: String] = [:]
    /// The value of the last `USER`; `nil` if there is none.
    public internal(set) var user: String?
    /// The last `WORKDIR` as an absolute path; `nil` if there is none, or it is relative to the base's own folder, which is
    /// not known.
    public internal(set) var workingDirectory: String?
    /// The words of the last `ENTRYPOINT`; `nil` if the base's own counts.
    public internal(set) var entrypoint: [String]?
    /// The words of the last `CMD` that no later `ENTRYPOINT` resets; `nil` if there is none.
    public internal(set) var command: [String]?
    /// The last `HEALTHCHECK`; `nil` if there is none, or it has no command.
    public internal(set) var healthcheck: Healthcheck?
    /// The last `STOPSIGNAL`: `SIGINT`; `nil` for the engine's default.
    public internal(set) var stopSignal: String?
    /// Every `EXPOSE`, in order: `8080`, `53/udp`.
    public internal(set) var ports: [String] = []
    /// Every `VOLUME`, in order, as a path in the container.
    public internal(set) var volumes: [String] = []
    /// Whole commands of `RUN` that the recipe's author wrote.
    public internal(set) var commands: [String] = []

    /// The image of a generated Dockerfile.
    ///
    /// - Parameters:
    ///   - output: what was generated.
    ///   - platform: one of the image's platforms; its first if left out.
    /// - Throws: `DiagnosticError` if there is no Dockerfile, or the image is not built for the platform.
    public init(_ output: Generator.Output, platform: Platform? = nil) throws(DiagnosticError) {
        _ = try output.get()
        guard let plan = output.plan else { throw DiagnosticError(output.diagnostics) }
        try self.init(plan, platform: platform)
    }

    /// The image of a plan.
    ///
    /// - Parameters:
    ///   - plan: the image.
    ///   - platform: one of the image's platforms; its first if left out.
    /// - Throws: `DiagnosticError` if the image is not built for the platform.
    public init(_ plan: ImagePlan, platform: Platform? = nil) throws(DiagnosticError) {
        if let platform, !plan.platforms.value.contains(platform) {
            let known = plan.platforms.value.map(\.description).joined(separator: ", ")
            throw DiagnosticError(
                Diagnostics([
                    Diagnostic(
                        .error, .invalidValue, "the image is not built for \(platform)",
                        help: "its platforms are \(known)")
                ]))
        }
        let platform = platform ?? plan.platforms.value.first ?? .linuxAMD64
        let contents = plan.contents.first { $0.facts.platform == platform }
        if case .image = plan.cuda, let contents { setEnvironment(of: contents) }
        evaluate(Dockerfile(plan), on: platform)
        packages = (contents?.layers.flatMap(\.set.packages) ?? []).map { Package(name: $0.name, version: $0.version) }
        packages += plan.application.systemPackages.map { package in
            let parts = package.text.split(separator: "=", maxSplits: 1).map(String.init)
            return Package(name: parts[0], version: parts.count == 2 ? parts[1] : nil)
        }
    }

    /// The image of a Dockerfile that is no recipe's; its packages are not known.
    public init(_ dockerfile: Dockerfile, platform: Platform = .linuxAMD64) {
        evaluate(dockerfile, on: platform)
    }

    /// A package by its name; `nil` if it is not installed.
    public func package(_ name: String) -> Package? { packages.first { $0.name == name } }
}
