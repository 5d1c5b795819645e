/// What continuous integration does with an image, whoever runs it: build and push under the commit's name, test on a GPU
/// where there is one, then give it its public tag.
public struct Pipeline: Hashable, Sendable {
    /// A service of continuous integration; it has a format and a limit of jobs of its own.
    public enum Provider: String, Hashable, Sendable, CaseIterable {
        /// GitHub Actions: at most 256 jobs of a matrix.
        case github
        /// GitLab CI/CD: at most 200 jobs of a matrix.
        case gitlab
    }

    /// An image of a matrix.
    struct Entry: Hashable {
        var name: String
        var platforms: [Platform]
    }

    var name: String
    /// The image as the command line names it; its registry decides where it is pushed.
    var image: ImageReference
    /// The build context from the repository's root.
    var context: ContainerPath
    /// The Dockerfile from the repository's root; of a matrix, up to the entry's name.
    var dockerfile: String
    var platforms: [Platform]
    var secrets: [DeploymentPlan.Secret]
    var arguments: [EnvironmentName]
    /// The entries of a matrix; `nil` for one image.
    var entries: [Entry]?
    /// The folder with the smoke test, which `cudagen smoke` wrote.
    var smokeFolder: ContainerPath

    /// `smoke`
    public static let smokeFolder = ContainerPath(unchecked: "smoke")

    /// One image.
    public init(_ deployment: DeploymentPlan, smokeFolder: ContainerPath = Pipeline.smokeFolder) {
        name = deployment.name
        image = deployment.image
        context = deployment.context ?? .here
        dockerfile = context.appending(deployment.dockerfile)
        platforms = deployment.plan.platforms.value
        secrets = deployment.secrets
        arguments = deployment.openArguments
        self.smokeFolder = smokeFolder
    }

    /// All images of a matrix.
    ///
    /// - Parameters:
    ///   - matrix: the images.
    ///   - provider: whose limit of jobs counts.
    ///   - smokeFolder: the folder with the smoke test.
    /// - Throws: ``DiagnosticError`` if the matrix has more images than that.
    public init(
        _ matrix: DeploymentMatrix, provider: Provider, smokeFolder: ContainerPath = Pipeline.smokeFolder
    ) throws(DiagnosticError) {
        guard matrix.entries.count <= provider.matrixLimit else {
            throw DiagnosticError(
                Diagnostic(
                    .error, .tooLarge,
                    "the matrix has \(matrix.entries.count) images, and \(provider.rawValue) makes at most "
                        + "\(provider.matrixLimit) jobs of one",
                    help: "leave some out with 'exclude', or build them with cudagen emit bake"))
        }
        name = matrix.name
        image = matrix.image
        context = matrix.context
        dockerfile = context.appending(matrix.folder)
        platforms = Set(matrix.entries.flatMap(\.deployment.plan.platforms.value)).sorted()
        // One job builds all entries: it gets what any of them needs.
        secrets = DeploymentPlan.secrets(of: matrix.entries.map(\.deployment.plan))
        arguments = matrix.entries.flatMap(\.deployment.openArguments).uniqued
        entries = matrix.entries.map { Entry(name: $0.name, platforms: $0.deployment.plan.platforms.value) }
        self.smokeFolder = smokeFolder
    }

    /// The provider's own file.
    public func file(for provider: Provider) -> any DeploymentFile {
        switch provider {
        case .github: GitHubWorkflow(self)
        case .gitlab: GitLabPipeline(self)
        }
    }

    /// The tag that a tested image gets; entries of a matrix are tagged by their names.
    var tag: String { image.tag ?? "latest" }

    /// The image without a tag, if the command line names a registry.
    var repository: String? {
        guard image.registry != nil else { return nil }
        var image = image
        image.tag = nil
        image.digest = nil
        return image.description
    }

    /// The platforms as one text: `linux/amd64,linux/arm64`.
    static func list(_ platforms: [Platform]) -> String { platforms.map(\.description).joined(separator: ",") }

    /// The words behind `cudagen emit` that make a provider's file.
    func words(for provider: Provider) -> [String] {
        ["ci"] + (provider == .github ? [] : ["--provider", provider.rawValue])
            + (smokeFolder == Self.smokeFolder ? [] : ["--smoke", smokeFolder.text])
    }

    /// What the header says about the files that the pipeline reads.
    var usage: [String] {
        let smoke = entries == nil ? smokeFolder.text : "\(smokeFolder)/<entry>"
        return [
            "Commit beside it the Dockerfile\(entries == nil ? "" : "s")"
                + " and, for the GPU test, the smoke test (cudagen smoke -o \(ShellQuoting.quote(smoke)))."
        ]
    }
}

extension Pipeline.Provider {
    /// Sources: GitHub Actions, "Usage limits" (256 jobs a matrix); GitLab CI/CD YAML reference, `parallel` (200).
    var matrixLimit: Int {
        switch self {
        case .github: 256
        case .gitlab: 200
        }
    }
}
