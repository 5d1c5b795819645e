/// A Dockerfile as stages of sections of instructions: what an image plan becomes before it is text.
///
/// Sections have a kind rather than a comment: the templates say in which order they come, and why, in words.
public struct Dockerfile: Hashable, Sendable {
    /// Arguments before the first stage, for the stages' names.
    public var arguments: [Instruction]
    /// In the order of the file; the last one becomes the image.
    public var stages: [Stage]

    /// A file of stages.
    ///
    /// - Parameters:
    ///   - arguments: `ARG` instructions before the first `FROM`.
    ///   - stages: in the order of the file; the last one becomes the image.
    public init(arguments: [Instruction] = [], stages: [Stage]) {
        self.arguments = arguments
        self.stages = stages
    }

    /// A build stage.
    public struct Stage: Hashable, Sendable {
        /// What a stage is for, which templates put into words.
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

        /// What the stage is for.
        public var role: Role
        /// What the stage starts from (`FROM`).
        public var base: StageBase
        /// How other stages call it; `nil` if none does, as for the last one.
        public var name: StageName?
        /// What the stage does. A template orders sections by their kind, and several of one kind
        /// are one to it; ``Dockerfile/text()`` keeps this order.
        public var sections: [Section]

        /// A stage of sections that templates know; ``init(from:as:role:_:)`` makes one of instructions alone.
        ///
        /// - Parameters:
        ///   - role: what the stage is for.
        ///   - base: what the stage starts from.
        ///   - name: how other stages call it; `nil` if none does.
        ///   - sections: what the stage does, in order.
        public init(role: Role, base: StageBase, name: StageName?, sections: [Section]) {
            self.role = role
            self.base = base
            self.name = name
            self.sections = sections
        }
    }

    /// Instructions that belong together under one comment.
    public struct Section: Hashable, Sendable {
        /// What a section does: templates order sections by it, and say in words what it is for.
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            // What a site has of its own: for all stages, and for programs that download.
            /// `ARG SOURCE_DATE_EPOCH`: the time that programs take instead of now.
            case epoch
            /// Certificate authorities of the site, and the key of its mirror of NVIDIA's repository.
            case siteFiles
            /// The site's mirrors and trust in its certificates, before anything is downloaded.
            case site
            /// Build arguments that point programs with certificates of their own to the system's.
            case trust
            // CUDA from packages, in the order of the layers.
            /// The key of NVIDIA's repository, or of its mirror, fetched and checked.
            case signingKey
            /// NVIDIA's package repository, added with the checked key.
            case cudaRepository
            /// NVIDIA's packages of the layer `base`: the CUDA runtime.
            case cudaBase
            /// NVIDIA's packages of the layer `runtime`: math libraries and NCCL.
            case cudaRuntime
            /// NVIDIA's packages of the layer `devel`: compiler, headers and static libraries.
            case cudaDevel
            /// NVIDIA's packages of a layer with cuDNN, and its variables.
            case cudnn
            /// NVIDIA's packages of a layer with TensorRT, and its variables.
            case tensorRT
            /// The variables of NVIDIA's own image, which the NVIDIA Container Toolkit and the loader read.
            case cudaEnvironment
            // CUDA from wheels.
            /// What the NVIDIA Container Toolkit reads, where wheels bring CUDA.
            case gpuEnvironment
            // The application.
            /// `ARG`: the recipe's build arguments.
            case arguments
            /// What CUDA code is compiled for: `CUDAARCHS`, `TORCH_CUDA_ARCH_LIST`, `FORCE_CUDA`.
            case architectures
            /// Packages of the operating system.
            case system
            /// The account that the application runs as, made.
            case user
            /// Python, and an empty environment for its packages.
            case python
            /// Python packages, installed into that environment.
            case pythonPackages
            /// `ENV`: the recipe's variables, and its choice of devices and driver capabilities.
            case environment
            /// What the stage `build` does: working directory, files and commands.
            case build
            /// The working directory, and files of the build context.
            case files
            /// What is copied from the stage `build`.
            case artifacts
            /// Holds CUDA's packages where the commands that follow upgrade all.
            case hold
            /// The recipe's commands; also all instructions of a stage without a plan.
            case commands
            /// `LABEL`.
            case metadata
            /// How the container runs: volumes, ports, user, health check, stop signal, entrypoint, command.
            case runtime
        }

        /// What the section does.
        public var kind: Kind
        /// In the order they are written.
        public var instructions: [Instruction]
        /// Values that the section's comment names, by key: `["version": "11.4.0"]`.
        public var details: [String: String]
        /// Findings of hadolint that are accepted for the section's first instruction, by rule.
        public var lintExceptions: [String]

        /// Instructions under one comment.
        ///
        /// - Parameters:
        ///   - kind: what they do.
        ///   - instructions: in the order they are written.
        ///   - details: values for the comment, by the key that templates use.
        ///   - lintExceptions: rules of hadolint, such as `DL3008`, that the first instruction may break.
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
