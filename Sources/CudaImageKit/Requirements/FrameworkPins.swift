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
        /// When it counts: the text behind the requirement's `;`.
        var marker: String?
    }

    /// A package index, or a page of links, that a file names.
    struct Index: Hashable, Sendable {
        var url: Located<String>
        /// When it counts.
        var marker: String?
    }

    /// In the order of the file.
    public var pins: [Pin] = []
    /// Every requirement that can be read and is meant for Linux, of frameworks or not.
    public var requirements: [Located<PythonRequirement>] = []
    /// What the files name beside the manager's own index, as far as it is for PyTorch.
    var indexes: [Index] = []
    /// Every address in the files: indexes, pages of links, packages behind an address.
    var addresses: [Located<String>] = []
    /// Files that `-r` and `-c` name and that were read, as they are seen from where the first file is; each once.
    var includedFiles: [String] = []
    /// The texts of files that `-r` and `-c` name, by the name that findings call them.
    public internal(set) var includedTexts: [String: String] = [:]
    /// Whether the file has pip check hashes: then it takes no requirement without one.
    public var hasHashes = false
    /// What could not be read; none of it is an error of the image.
    public var diagnostics = Diagnostics()

    /// No frameworks.
    public init() {}

    /// Reads `pyproject.toml`, or a requirements file, by the name's ending.
    ///
    /// - Parameters:
    ///   - source: the file.
    ///   - path: where the file is, as `include` sees it; `nil`: its name.
    ///   - include: opens a file that `-r` or `-c` names, by its path; `nil`: such files are not read, which is a warning.
    public init(
        reading source: RecipeSource, path: String? = nil,
        including include: ((String) throws(DiagnosticError) -> RecipeSource)? = nil
    ) {
        if source.fileName.hasSuffix(".toml") {
            readProject(source)
        } else {
            var bounds = FrameworkPins()
            readRequirements(source, path: path ?? source.fileName, including: include, bounds: &bounds)
            take(bounds: bounds)
        }
    }

    /// The requirement's framework, if it is one of those with facts.
    ///
    /// A marker that no image meets leaves the requirement out; one that depends on Python or the platform is kept for
    /// ``counting(python:platforms:)``.
    mutating func add(_ text: String, at span: SourceSpan) {
        guard let requirement = PythonRequirement(text) else {
            diagnostics.warning(
                .unreadableRequirement, "\(text.quotedExcerpt) is not a requirement: it is not looked at", at: span,
                help: "write a name and versions, such as torch==2.4.0 or torch>=2.1,<3")
            return
        }
        if let marker = requirement.marker, EnvironmentMarker(marker) == nil {
            diagnostics.warning(
                .unreadableRequirement, "the marker \(marker.quotedExcerpt) can't be read: it counts as met", at: span,
                help: "write it as PEP 508 does, such as python_version < \"3.12\"")
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
        add(framework, requirement.specifiers, at: span, marker: requirement.marker)
    }

    mutating func add(
        _ framework: Framework, _ specifiers: VersionSpecifiers, at span: SourceSpan, marker: String? = nil
    ) {
        let pin = Pin(framework: framework, specifiers: specifiers, span: span, marker: marker)
        if !pins.contains(pin) { pins.append(pin) }
    }

    /// Adds what was read of another file.
    public mutating func add(contentsOf other: FrameworkPins) {
        for pin in other.pins where !pins.contains(pin) { pins.append(pin) }
        requirements += other.requirements
        indexes += other.indexes
        addresses += other.addresses
        includedFiles += other.includedFiles.filter { !includedFiles.contains($0) }
        includedTexts.merge(other.includedTexts) { own, _ in own }
        hasHashes = hasHashes || other.hasHashes
        diagnostics.add(contentsOf: other.diagnostics)
    }

    /// Files of constraints (`-c`) install nothing: they bound what is asked for elsewhere.
    private mutating func take(bounds: FrameworkPins) {
        for pin in bounds.pins where pins.contains(where: { $0.framework == pin.framework }) && !pins.contains(pin) {
            pins.append(pin)
        }
        indexes += bounds.indexes
        includedTexts.merge(bounds.includedTexts) { own, _ in own }
        includedFiles += bounds.includedFiles.filter { !includedFiles.contains($0) }
        diagnostics.add(contentsOf: bounds.diagnostics)
    }

    /// The pins as constraints of a plan, with the CUDA of PyTorch's index that is named, and what names and extras say of
    /// CUDA: `jax[cuda12]`, `cupy-cuda12x`.
    public var constraints: [Located<PlanConstraint>] {
        constraintsOfFrameworks
            + requirements.compactMap { requirement in
                requirement.value.cuda.map { Located(.cuda($0), at: requirement.span) }
            }
    }

    /// The pins, and the CUDA of PyTorch's index, without what other packages' names say.
    var constraintsOfFrameworks: [Located<PlanConstraint>] {
        pins.map { Located(.framework($0.framework, $0.specifiers), at: $0.span) }
            + (cudaOfIndexes.map { [$0.map(PlanConstraint.cuda)] } ?? [])
    }
}
