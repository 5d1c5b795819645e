/// The choice of an image for what a folder holds: a plan of the solver, and what it did not take into account.
struct StarterPlan: Hashable, Sendable {
    /// Where the Python packages come from.
    enum Dependencies: Hashable, Sendable {
        /// `uv.lock`.
        case lock
        case requirements(RequirementsFile)
        case environment(CondaEnvironment)
        /// What `pyproject.toml` lists.
        case listed([String])
        /// What the code imports, or options name.
        case frameworks
        case none
    }

    var resolved: ResolvedPlan
    /// What the plan meets: options first.
    var request: PlanRequest
    /// What was found and not met, in sentences.
    var unmet: [String] = []
    var dependencies: Dependencies
    var usesPython: Bool
    /// `nil` without Python, and with conda, whose environment has one.
    var python: PythonVersion?
    var reasonOfPython: String?
    var reasonOfFlavor: String?
    /// Where another sentence than the solver's tells it.
    var reasonOfCUDA: String?
    /// The CUDA of an index that files name for PyTorch.
    var cudaOfIndex: Located<CUDAVersionPattern>?
    /// Whether torch is one of the frameworks because PyTorch's own image has it, which a Dockerfile starts from.
    var pytorchOfBase = false
    /// Requirements that name a package as it is no longer called, with what to write.
    var renamed: [String] = []
    /// The oldest driver that the release runs on; `nil` if the request names the driver.
    var driverFloor: DriverVersion?
    /// `image.source`, where it is said.
    var source: ImageSource?

    var os: OperatingSystem { resolved.os }

    /// Who asked for a kind of constraint: an option or a file; `nil` if nobody did.
    func reason(of kind: PlanConstraint.Kind) -> String? {
        request.constraints.first { $0.value.kind == kind }.map { Reason($0.span).description }
    }
}

extension PlanConstraint {
    enum Kind: Hashable, Sendable {
        case framework, extras, cuda, driver, gpu, target, os, flavor, cudnn, platform, python, supported, source
    }

    /// What the constraint is about.
    var kind: Kind {
        switch self {
        case .framework: .framework
        case .extras: .extras
        case .cuda: .cuda
        case .driver: .driver
        case .gpu: .gpu
        case .target: .target
        case .os: .os
        case .flavor: .flavor
        case .cudnn: .cudnn
        case .platform: .platform
        case .python: .python
        case .supported: .supported
        case .source: .source
        }
    }
}

extension PlanRequest {
    func has(_ kind: PlanConstraint.Kind) -> Bool { constraints.contains { $0.value.kind == kind } }

    /// Adds what a file says, unless an option says something of the same kind.
    mutating func add(_ found: Located<PlanConstraint>, unlessIn options: PlanRequest) {
        if !options.has(found.value.kind) { add(found.value, at: found.span) }
    }
}
