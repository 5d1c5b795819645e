/// The frameworks that a Python project asks for, with the place of each requirement.
public struct FrameworkPins: Hashable, Sendable {
    /// A framework that is asked for.
    public struct Pin: Hashable, Sendable {
        /// The framework.
        public var framework: Framework
        /// Which versions are allowed.
        public var specifiers: VersionSpecifiers
        /// Where it is asked for.
        public var span: SourceSpan
    }

    /// In the order of the file.
    public var pins: [Pin] = []
    /// Every requirement that can be read and is meant for Linux, of frameworks or not.
    public var requirements: [Located<PythonRequirement>] = []
    /// Whether the file has pip check hashes: then it takes no requirement without one.
    public var hasHashes = false
    /// What could not be read; none of it is an error of the image.
    public var diagnostics = Diagnostics()

    /// No frameworks.
    public init() {}

    /// Reads `pyproject.toml`, or a requirements file, by the name's ending.
    public init(reading source: RecipeSource) {
        if source.fileName.hasSuffix(".toml") {
            readProject(source)
        } else {
            readRequirements(source)
        }
    }

    /// The requirement's framework, if it is one of those with facts.
    ///
    /// Markers are tolerated: one that asks for another operating system than Linux leaves the requirement out, every
    /// other one counts as met.
    mutating func add(_ text: String, at span: SourceSpan) {
        guard let requirement = PythonRequirement(text) else {
            diagnostics.warning(
                .unreadableRequirement, "\(text.quotedExcerpt) is not a requirement: it is not looked at", at: span,
                help: "write a name and versions, such as torch==2.4.0 or torch>=2.1,<3")
            return
        }
        guard !requirement.isForAnotherSystem else { return }
        requirements.append(Located(requirement, at: span))
        guard let framework = Framework(package: requirement.name) else { return }
        if requirement.url != nil {
            diagnostics.warning(
                .unreadableRequirement, "which \(framework) stands behind an address can't be told", at: span,
                help: "name the version as well: --framework \(framework)==VERSION")
            return
        }
        add(framework, requirement.specifiers, at: span)
    }

    mutating func add(_ framework: Framework, _ specifiers: VersionSpecifiers, at span: SourceSpan) {
        let pin = Pin(framework: framework, specifiers: specifiers, span: span)
        if !pins.contains(pin) { pins.append(pin) }
    }

    /// The pins as constraints of a plan, and what names and extras say of CUDA: `jax[cuda12]`, `cupy-cuda12x`.
    public var constraints: [Located<PlanConstraint>] {
        pins.map { Located(.framework($0.framework, $0.specifiers), at: $0.span) }
            + requirements.compactMap { requirement in
                requirement.value.cuda.map { Located(.cuda($0), at: requirement.span) }
            }
    }
}

extension PythonRequirement {
    /// Whether the marker is one comparison that Linux does not meet: `sys_platform == "darwin"`.
    var isForAnotherSystem: Bool {
        guard let marker else { return false }
        let words = marker.split(separator: " ").map(String.init)
        guard words.count == 3, let linux = Self.linux[words[0]] else { return false }
        let value = words[2].filter { $0 != "\"" && $0 != "'" }
        switch words[1] {
        case "==": return value != linux
        case "!=": return value == linux
        default: return false
        }
    }

    /// Source: PEP 508, environment markers.
    private static let linux = ["sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"]
}
