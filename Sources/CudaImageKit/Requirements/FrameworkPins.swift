/// The frameworks that a Python project asks for, with the place of each requirement.
public struct FrameworkPins: Hashable, Sendable {
    /// A framework that is asked for.
    public struct Pin: Hashable, Sendable {
        /// The framework.
        public internal(set) var framework: Framework
        /// Which versions are allowed.
        public internal(set) var specifiers: VersionSpecifiers
        /// Where it is asked for.
        public internal(set) var span: SourceSpan
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
    /// What a project names in place of the manager's own index, for whatever packages.
    var mainIndex: String?
    /// Where else a project's packages come from, whatever they are.
    var furtherIndexes: [String] = []
    /// Every address in the files: indexes, pages of links, packages behind an address.
    var addresses: [Located<String>] = []
    /// Files that `-r` and `-c` name and that were read, as they are seen from where the first file is; each once.
    var includedFiles: [String] = []
    /// The texts of files that `-r` and `-c` name, by the name that findings call them.
    public internal(set) var includedTexts: [String: String] = [:]
    /// Whether a requirements file, or one that it names, has hashes: then pip takes no requirement without one.
    public internal(set) var hasHashes = false
    /// The lines of those files that have none.
    var unhashed: [Located<String>] = []
    /// What could not be read; none of it is an error of the image.
    public var diagnostics = Diagnostics()

    /// What a requirement says for a plan, wherever it stands.
    private enum Meaning: Hashable {
        case pin(Framework, VersionSpecifiers, marker: String?)
        case extras(Framework, Set<String>)
        case cuda(CUDAVersionPattern)
    }

    /// What was said so far; everything else repeats it.
    private var meanings: Set<Meaning> = []
    /// How many different things requirements may say for a plan: each is a constraint that every image is held against.
    static let maximumMeanings = 256

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
            warn(
                "\(text.quotedExcerpt) is not a requirement: it is not looked at", at: span,
                help: "write a name and versions, such as torch==2.4.0 or torch>=2.1,<3")
            return
        }
        if let marker = requirement.marker, EnvironmentMarker(marker) == nil {
            warn(
                "the marker \(marker.quotedExcerpt) can't be read: it counts as met", at: span,
                help: "write it as PEP 508 does, such as python_version < \"3.12\"")
        }
        guard !requirement.isForAnotherSystem else { return }
        requirements.append(Located(requirement, at: span))
        if let cuda = requirement.cuda { _ = isNew(.cuda(cuda), at: span) }
        if let (framework, names) = requirement.extrasOfFramework { _ = isNew(.extras(framework, names), at: span) }
        guard let framework = Framework(package: requirement.name) else { return }
        if requirement.url != nil {
            warn(
                "which \(framework) stands behind an address can't be told", at: span,
                help: "name the version as well: --framework \(framework)==VERSION")
            return
        }
        add(framework, requirement.specifiers, at: span, marker: requirement.marker)
    }

    mutating func add(
        _ framework: Framework, _ specifiers: VersionSpecifiers, at span: SourceSpan, marker: String? = nil
    ) {
        add(Pin(framework: framework, specifiers: specifiers, span: span, marker: marker))
    }

    private mutating func add(_ pin: Pin) {
        if isNew(.pin(pin.framework, pin.specifiers, marker: pin.marker), at: pin.span) { pins.append(pin) }
    }

    /// Whether nothing said this before, and there is room for it; where there is none, that is an error.
    private mutating func isNew(_ meaning: Meaning, at span: SourceSpan) -> Bool {
        guard meanings.count <= Self.maximumMeanings, meanings.insert(meaning).inserted else { return false }
        guard meanings.count > Self.maximumMeanings else { return true }
        diagnostics.error(
            .tooLarge, "more than \(Self.maximumMeanings) different requirements of frameworks", at: span,
            help: "name a file that one project installs from")
        return false
    }

    /// Says that something is not read.
    mutating func warn(_ message: String, at span: SourceSpan, help: String? = nil) {
        diagnostics.addBounded(Diagnostic(.warning, .unreadableRequirement, message, at: span, help: help))
    }

    /// Adds what was read of another file.
    public mutating func add(contentsOf other: FrameworkPins) {
        for pin in other.pins { add(pin) }
        requirements += other.requirements
        unhashed += other.unhashed
        add(filesOf: other)
    }

    /// Adds what counts of files that are installed and of files of constraints alike.
    private mutating func add(filesOf other: FrameworkPins) {
        indexes += other.indexes
        addresses += other.addresses
        includedFiles += other.includedFiles.filter { !includedFiles.contains($0) }
        includedTexts.merge(other.includedTexts) { own, _ in own }
        hasHashes = hasHashes || other.hasHashes
        diagnostics.add(contentsOf: other.diagnostics)
    }

    /// Files of constraints (`-c`) install nothing: they bound what is asked for elsewhere.
    private mutating func take(bounds: FrameworkPins) {
        let installed = Set(pins.map(\.framework))
        for pin in bounds.pins where installed.contains(pin.framework) { add(pin) }
        add(filesOf: bounds)
    }

    /// The pins as constraints of a plan, with the CUDA of PyTorch's index that is named, and what names and extras say of
    /// CUDA: `jax[cuda12]`, `cupy-cuda12x`.
    public var constraints: [Located<PlanConstraint>] {
        var known: Set<CUDAVersionPattern> = []
        return constraintsOfFrameworks
            + requirements.compactMap { requirement in
                guard let cuda = requirement.value.cuda, known.insert(cuda).inserted else { return nil }
                return Located(.cuda(cuda), at: requirement.span)
            }
    }

    /// The pins, and the CUDA of PyTorch's index, without what other packages' names say.
    var constraintsOfFrameworks: [Located<PlanConstraint>] {
        var known: Set<PlanConstraint> = []
        let extras = requirements.compactMap { requirement -> Located<PlanConstraint>? in
            guard let (framework, names) = requirement.value.extrasOfFramework,
                known.insert(.extras(framework, names)).inserted
            else { return nil }
            return Located(.extras(framework, names), at: requirement.span)
        }
        return pins.map { Located(.framework($0.framework, $0.specifiers), at: $0.span) } + extras
            + (cudaOfIndexes.map { [$0.map(PlanConstraint.cuda)] } ?? [])
    }
}

extension PythonRequirement {
    /// The framework and its extras, normalized as names are; `nil` without extras.
    fileprivate var extrasOfFramework: (Framework, Set<String>)? {
        guard !extras.isEmpty, url == nil, let framework = Framework(package: name) else { return nil }
        return (framework, Set(extras.map(PythonRequirement.normalized)))
    }
}
