/// The files of a smoke test.
public enum SmokeTest {
    /// A generated file, by its name in the smoke test's folder.
    public struct File: Hashable, Sendable {
        /// Its name in the folder of the test.
        public internal(set) var path: String
        /// All of it.
        public internal(set) var text: String
        /// Whether it is a script to run.
        public internal(set) var isExecutable: Bool
    }

    /// What is written besides the program, its Dockerfile, the run script and the instructions.
    public struct Extras: OptionSet, Hashable, Sendable {
        /// One bit for each file: 1 for ``kubernetes``, 2 for ``compose``.
        public let rawValue: Int
        /// Files by their bits; others have no effect.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// `job.yaml`: a Kubernetes Job.
        public static let kubernetes = Extras(rawValue: 1)
        /// `compose.yaml`: a Compose file.
        public static let compose = Extras(rawValue: 2)
    }

    /// The templates that are rendered.
    package static let rootTemplates = [
        "smoke.cu", "smoke-dockerfile", "smoke-run", "smoke-readme", "smoke-kubernetes", "smoke-compose",
    ]

    /// Renders the files.
    ///
    /// - Parameters:
    ///   - plan: what is tested.
    ///   - extras: which files are wanted besides the test itself.
    ///   - templates: all templates of a smoke test; `nil` for those that are part of the program.
    ///   - arguments: the options that decided the image, as ``ImageOptions/arguments`` has them: the headers show how the
    ///     files are made again.
    ///   - folder: where the files are written, for the headers.
    /// - Throws: ``TemplateError`` if a template is broken.
    public static func files(
        _ plan: SmokeTestPlan, templates: TemplateLibrary? = nil, arguments: [String] = [], folder: String = "smoke",
        extras: Extras = []
    ) throws(TemplateError) -> [File] {
        guard let templates else {
            return try files(
                plan, templates: .embedded(for: rootTemplates), arguments: arguments, folder: folder, extras: extras)
        }
        var sources: [(template: String, path: String)] = [
            ("smoke.cu", "smoke.cu"), ("smoke-dockerfile", "Dockerfile"), ("smoke-run", "run.sh"),
            ("smoke-readme", "README.md"),
        ]
        if extras.contains(.kubernetes) { sources.append(("smoke-kubernetes", "job.yaml")) }
        if extras.contains(.compose) { sources.append(("smoke-compose", "compose.yaml")) }
        let command = plan.command(arguments, folder: folder, extras: extras)
        let context = SmokeContext.value(of: plan, command: command, extras: extras)
        var files: [File] = []
        for source in sources {
            let text = try templates.renderFile(source.template, context)
            files.append(File(path: source.path, text: text, isExecutable: source.path == "run.sh"))
        }
        return files
    }
}
