/// The images of a matrix file, as the files that build all of them see them.
public struct DeploymentMatrix: Hashable, Sendable {
    /// One image of the matrix.
    public struct Entry: Hashable, Sendable {
        /// The entry's folder, which its tag is called after.
        public internal(set) var name: String
        /// The Dockerfile, from the build context.
        public internal(set) var dockerfile: String
        /// How the image runs; all entries have the options of the command line.
        public internal(set) var deployment: DeploymentPlan
    }

    /// The images, in the order of the matrix file.
    public internal(set) var entries: [Entry]
    /// The name of all images; their tags are their entries' names. Without `--image` it is the first entry's, with
    /// `latest`.
    public internal(set) var image: ImageReference
    /// A DNS label made of the image's name; workflows and files are called so.
    public internal(set) var name: String
    /// The build context of all images, from the file that builds them; `.` if the options name none.
    public internal(set) var context: ContainerPath
    /// Where `cudagen matrix -o` puts the Dockerfiles, from the build context.
    public internal(set) var folder: ContainerPath

    /// - Parameters:
    ///   - plans: the entries' names and images.
    ///   - folder: where `cudagen matrix -o` puts the Dockerfiles, from the build context.
    ///   - options: what the command line says about all of them.
    /// - Throws: ``DiagnosticError`` if a name can't be that of a folder and a tag, as matrix files have them.
    public init(
        _ plans: [(name: String, plan: ImagePlan)], folder: ContainerPath, options: DeploymentOptions
    ) throws(DiagnosticError) {
        entries = []
        for (name, plan) in plans {
            guard RecipeRules.isName(name), let path = ContainerPath("\(name)/Dockerfile") else {
                throw DiagnosticError(
                    Diagnostic(
                        .error, .invalidValue, "\(name.quotedExcerpt) is no name of an image in a matrix",
                        help: "use \(RecipeRules.nameRule)"))
            }
            entries.append(
                Entry(
                    name: name, dockerfile: folder.appending(path), deployment: DeploymentPlan(plan, options: options)))
        }
        self.folder = folder
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
