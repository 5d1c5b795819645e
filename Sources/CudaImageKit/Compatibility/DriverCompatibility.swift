/// Whether a host's driver runs what a toolkit built, and whether the container starts: two questions with two answers.
public struct DriverCompatibility: Hashable, Sendable {
    /// Why programs run, or not.
    public enum Verdict: Hashable, Sendable {
        /// The driver is as new as the toolkit.
        case native
        /// The driver is older than the toolkit, but meets the floor of its major version.
        case minorVersion
        /// One of the two: the facts do not say what the driver reports.
        case nativeOrMinorVersion
        /// The image's cuda-compat package runs on this older driver, on data-centre GPUs.
        case forward
        /// As ``forward``, if the GPU is one for data centres.
        case forwardIfDataCentre
        /// The driver is too old; on this GPU the cuda-compat package answers with error 804.
        case noForwardCompatibility
        /// The driver is older than any way allows.
        case tooOld
        /// The facts do not say.
        case unknown
    }

    /// The host's driver.
    public internal(set) var driver: DriverVersion
    /// The release that built the program.
    public internal(set) var cuda: CUDAVersion
    /// What comes of it.
    public internal(set) var verdict: Verdict
    /// The verdict in a sentence without a full stop.
    public internal(set) var reason: String
    /// Whether the NVIDIA Container Toolkit starts the container, which `NVIDIA_REQUIRE_CUDA` decides.
    public internal(set) var starts: Answer
    /// Why, in a sentence without a full stop.
    public internal(set) var startReason: String

    /// Whether programs run.
    public var runs: Answer {
        switch verdict {
        case .native, .minorVersion, .nativeOrMinorVersion, .forward: .yes
        case .noForwardCompatibility, .tooOld: .no
        case .forwardIfDataCentre, .unknown: .unknown
        }
    }
}

/// What an image asks of the host before its container starts.
public enum StartCondition: Hashable, Sendable {
    /// The value of `NVIDIA_REQUIRE_CUDA`.
    case requires(String)
    /// The image sets none.
    case notSet
    /// The facts do not have the image.
    case unknown

    /// The condition of an image; `nil` for one that the facts do not have.
    public init(_ image: ImageFacts?) {
        switch image {
        case nil: self = .unknown
        case let image?: self = image.requireCUDA.map { .requires($0) } ?? .notSet
        }
    }

    var text: String { if case .requires(let text) = self { text } else { "" } }
}

extension Catalog {
    /// Whether a driver runs what a release built.
    ///
    /// - Parameters:
    ///   - driver: the host's driver.
    ///   - cuda: the release.
    ///   - condition: what the image asks of the host.
    ///   - gpus: the host's GPUs; none if they are not known.
    /// - Note: Sources: CUDA compatibility guide (minor-version and forward compatibility, error 804), the conditions of
    ///   NVIDIA's images.
    public func compatibility(
        of driver: DriverVersion, with cuda: CUDAVersion, condition: StartCondition, gpus: [GPU] = []
    ) -> DriverCompatibility {
        compatibility(of: driver, reporting: reportedCUDA(by: driver), with: cuda, condition: condition, gpus: gpus)
    }

    /// - Parameter reported: what ``reportedCUDA(by:)`` tells of the driver, for callers who ask about many releases.
    func compatibility(
        of driver: DriverVersion, reporting reported: ReportedCUDA, with cuda: CUDAVersion, condition: StartCondition,
        gpus: [GPU]
    ) -> DriverCompatibility {
        let required = NVIDIARequirement(condition.text)
        let requirement = DriverRequirement(for: cuda, conditions: [required], catalog: self)
        let (verdict, reason) = verdict(driver, cuda.majorMinor, requirement, reported, gpus)
        let (starts, startReason) = start(driver, condition, required, reported, gpus)
        return DriverCompatibility(
            driver: driver, cuda: cuda, verdict: verdict, reason: reason, starts: starts, startReason: startReason)
    }

    private func verdict(
        _ driver: DriverVersion, _ cuda: CUDAVersion, _ requirement: DriverRequirement, _ reported: ReportedCUDA,
        _ gpus: [GPU]
    ) -> (DriverCompatibility.Verdict, String) {
        guard let floor = requirement.floor else { return (.unknown, "what driver CUDA \(cuda) needs is not known") }
        if driver >= floor {
            switch reported.isAtLeast(cuda) {
            case .yes: return (.native, "driver \(driver) is as new as CUDA \(cuda)")
            case .no:
                return (
                    .minorVersion,
                    "driver \(driver) is older than CUDA \(cuda), but runs its programs by minor-version compatibility "
                        + "(\(floor) or newer); PTX newer than the driver fails with error 222"
                )
            case .unknown:
                return (
                    .nativeOrMinorVersion,
                    "driver \(driver) runs the programs of CUDA \(cuda.major).x (\(floor) or newer)"
                )
            }
        }
        let old = "driver \(driver) is older than \(floor), which CUDA \(cuda) needs"
        guard requirement.forward.contains(where: { ($0.from..<$0.below).contains(driver.branch) }) else {
            let branches = requirement.forward.map { "\($0.from)" }.joined(separator: ", ")
            return (
                .tooOld,
                old + (branches.isEmpty ? "" : "; its cuda-compat package runs on the branches \(branches) alone")
            )
        }
        let package = "cuda-compat-\(cuda.major)-\(cuda.minor)"
        if let gpu = gpus.first(where: { [.geForce, .jetson].contains($0.line) }) {
            return (.noForwardCompatibility, old + ", and \(package) fails on \(gpu.phrase) with error 804")
        }
        if !gpus.isEmpty, gpus.allSatisfy({ $0.line == .dataCentre }) {
            return (.forward, old + ", but the image's \(package) runs on the branch \(driver.branch)")
        }
        return (
            .forwardIfDataCentre,
            old + "; the image's \(package) helps on data-centre GPUs alone, others answer with error 804"
        )
    }

    private func start(
        _ driver: DriverVersion, _ condition: StartCondition, _ requirement: NVIDIARequirement,
        _ reported: ReportedCUDA, _ gpus: [GPU]
    ) -> (Answer, String) {
        if condition == .unknown { return (.unknown, "what the image asks of the driver is not in the facts") }
        if requirement.alternatives.isEmpty { return (.yes, "the image sets no NVIDIA_REQUIRE_CUDA") }
        let lines: [GPU.Line] = gpus.isEmpty ? [.unknown] : gpus.map(\.line)
        let answers = lines.map { requirement.allows(driver, reporting: reported, line: $0) }
        switch answers.reduce(Answer.yes, { $0.and($1) }) {
        case .yes: return (.yes, "driver \(driver) meets NVIDIA_REQUIRE_CUDA")
        case .no:
            let who = zip(gpus, answers).first { $0.1 == .no }.map { " with \($0.0.phrase)" } ?? ""
            return (
                .no,
                "NVIDIA_REQUIRE_CUDA refuses driver \(driver)\(who): the NVIDIA Container Toolkit does not start the "
                    + "container unless NVIDIA_DISABLE_REQUIRE=1 is set"
            )
        case .unknown:
            return (
                .unknown,
                "whether driver \(driver) meets NVIDIA_REQUIRE_CUDA is not known: it depends on the CUDA version that "
                    + "the driver reports, or on the GPU's brand"
            )
        }
    }
}
