/// A Dockerfile as stages of sections of instructions: what an image plan becomes before it is text.
///
/// Sections have a kind rather than a comment: the templates say in which order they come, and why, in words.
public struct Dockerfile: Hashable, Sendable {
    /// Arguments before the first stage, for the stages' names.
    public var arguments: [Instruction]
    public var stages: [Stage]

    public init(arguments: [Instruction] = [], stages: [Stage]) {
        self.arguments = arguments
        self.stages = stages
    }

    /// A build stage.
    public struct Stage: Hashable, Sendable {
        public enum Role: String, Hashable, Sendable {
            /// The base with the site's certificates and mirrors, where several stages start from it.
            case site
            /// Fetches and checks the key of NVIDIA's package repository.
            case key
            /// CUDA installed from packages for one architecture.
            case cuda
            /// The compiler on top of it.
            case toolchain
            /// Compiles the application.
            case build
            /// What becomes the image.
            case final
        }

        public var role: Role
        public var base: StageBase
        /// `nil` for the last stage of a file with one stage.
        public var name: StageName?
        public var sections: [Section]

        public init(role: Role, base: StageBase, name: StageName?, sections: [Section]) {
            self.role = role
            self.base = base
            self.name = name
            self.sections = sections
        }
    }

    /// Instructions that belong together under one comment.
    public struct Section: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            // What a site has of its own: for all stages, and for programs that download.
            case epoch, siteFiles, site, trust
            // CUDA from packages, in the order of the layers.
            case signingKey, cudaRepository, cudaBase, cudaRuntime, cudaDevel, cudnn, tensorRT
            case cudaEnvironment
            // CUDA from wheels.
            case gpuEnvironment
            // The application.
            case arguments, architectures, system, user, python, pythonPackages, environment, build, files, artifacts
            case hold, commands
            case metadata, runtime
        }

        public var kind: Kind
        public var instructions: [Instruction]
        /// Values that the section's comment names, by key: `["version": "11.4.0"]`.
        public var details: [String: String]
        /// Findings of hadolint that are accepted for the section's first instruction, by rule.
        public var lintExceptions: [String]

        public init(
            _ kind: Kind, _ instructions: [Instruction], details: [String: String] = [:], lintExceptions: [String] = []
        ) {
            self.kind = kind
            self.instructions = instructions
            self.details = details
            self.lintExceptions = lintExceptions
        }
    }
}
