/// The images of a matrix file, as the files that build all of them see them.
public struct DeploymentMatrix: Hashable, Sendable {
    /// One image of the matrix.
    public struct Entry: Hashable, Sendable {
        /// The entry's folder, which its tag is called after.
        public var name: String
        /// The Dockerfile, from the build context.
        public var dockerfile: String
        /// How the image runs; all entries have the options of the command line.
        public var deployment: DeploymentPlan
    }

    /// The images, in the order of the matrix file.
    public var entries: [Entry]
    /// The name of all images; their tags are their entries' names. Without `--image` it is the first entry's, with
    /// `latest`.
    public var image: ImageReference
    /// A DNS label made of the image's name; workflows and files are called so.
    public var name: String
    /// The build context of all images, from the file that builds them; `.` if the options name none.
    public var context: ContainerPath

    /// - Parameters:
    ///   - plans: the entries' names and images.
    ///   - folder: where `cudagen matrix -o` puts the Dockerfiles, from the build context.
    ///   - options: what the command line says about all of them.
    public init(
        _ plans: [(name: String, plan: ImagePlan)], folder: ContainerPath, options: DeploymentOptions
    ) {
        entries = plans.map { name, plan in
            Entry(
                name: name, dockerfile: folder.appending(ContainerPath("\(name)/Dockerfile") ?? .dockerfile),
                deployment: DeploymentPlan(plan, options: options))
        }
        let name = SmokeTestPlan.label(options.image?.name ?? plans.first?.plan.name ?? "app")
        image = options.image ?? ImageReference(repository: name, tag: "latest")
        self.name = name
        context = options.context ?? .here
    }

    /// The header's data, for ``DeploymentFile/text(header:)``.
    ///
    /// - Parameter arguments: the options of the command, and last `--matrix` with the matrix file.
    public func header(arguments: [String]) -> DockerfileRenderer.Header {
        DockerfileRenderer.Header(recipe: nil, summary: "\(entries.count) images", arguments: arguments)
    }
}
