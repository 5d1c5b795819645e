/// A Python framework whose wheels are built for certain releases of CUDA.
public enum Framework: String, Hashable, Sendable, CaseIterable, Comparable, CustomStringConvertible {
    /// By the name of its package.
    case torch, tensorflow, jax
    /// ONNX Runtime for GPUs.
    case onnxruntimeGPU = "onnxruntime-gpu"
    /// vLLM.
    case vllm

    /// The name of its package: `torch`, `onnxruntime-gpu`.
    public var description: String { rawValue }

    /// The framework that a package of an index belongs to: names are compared as PEP 503 normalises them.
    ///
    /// `tensorflow-gpu` was TensorFlow's name for its GPU wheels up to 1.15.
    public init?(package name: String) {
        let normalized = PythonRequirement.normalized(name)
        guard let framework = Framework(rawValue: normalized == "tensorflow-gpu" ? "tensorflow" : normalized) else {
            return nil
        }
        self = framework
    }

    /// By the package's name, for an order that stays the same.
    public static func < (left: Framework, right: Framework) -> Bool { left.rawValue < right.rawValue }
}

/// One build of a framework's release: which CUDA, cuDNN and Python it is for, and how it is installed.
///
/// Sources: PyTorch's compatibility matrix (RELEASE.md) and its wheel indexes, TensorFlow's tested build configurations,
/// JAX's setup files at each tag, the documentation of ONNX Runtime and vLLM, and the wheels' own metadata.
public struct FrameworkRelease: Hashable, Sendable {
    /// Where the CUDA libraries come from that the build loads.
    public enum Libraries: String, Hashable, Sendable {
        /// The build's own wheels bring them, whatever the image has.
        case bundled = "wheel"
        /// Wheels bring them, in builds that are for images without CUDA alone: `tensorflow[and-cuda]`.
        case wheelsOnly = "wheels"
        /// The image has to have them, cuDNN included.
        case image
    }

    /// Where pip finds a wheel.
    public enum Index: Hashable, Sendable {
        /// The index that pip uses without being told.
        case `default`
        /// `--index-url`
        case url(String)
        /// `--find-links`
        case links(String)
        /// The facts do not say.
        case unknown
    }

    /// The framework.
    public internal(set) var framework: Framework
    /// `2.4.0`; a series such as `1.17` where the source tells no more (``isSeries``).
    public internal(set) var version: PythonPackageVersion
    /// Which of the release's builds it is: `cu124`, `cpu`, `gpu`, `and-cuda`, `cuda12-local`; `default` is what pip's own
    /// index has.
    public internal(set) var variant: String
    /// The releases of CUDA that the build runs with: one minor release, or all of a major one; `nil` for CPU builds.
    public internal(set) var cuda: CUDAVersionPattern?
    /// The release it was built with, where any of the major version will do.
    public internal(set) var builtWith: CUDAVersion?
    /// The oldest release it runs with, where not all of the major version do.
    public internal(set) var since: CUDAVersion?
    /// The oldest cuDNN that will do; newer ones of the same major version do, too. `nil`: not known.
    public internal(set) var cudnn: String?
    /// How CUDA's libraries come with it.
    public internal(set) var libraries: Libraries
    /// The Python versions that there are wheels for; empty if the source does not say.
    public internal(set) var pythons: [PythonVersion]
    /// The wheel's own bounds (`Requires-Python`), where ``pythons`` is not known.
    public internal(set) var requiresPython: VersionSpecifiers
    /// `stable` or `experimental`, in the project's words.
    public internal(set) var stability: String?
    /// The oldest Linux driver that the project names.
    public internal(set) var minimumDriver: DriverVersion?
    /// What pip is asked for: `torch==2.4.0+cu124`.
    public internal(set) var requirement: String
    /// The requirement that brings the CUDA libraries as wheels, for a build that otherwise takes the image's.
    public internal(set) var wheelsRequirement: String?
    /// Where its wheels are.
    public internal(set) var index: Index
    /// What belongs to it: `torchvision==0.19.0`.
    public internal(set) var companions: [String]

    /// Whether ``version`` stands for all releases that begin so.
    public var isSeries: Bool { requirement.hasSuffix(".*") }

    /// Whether the build runs with a release of CUDA.
    public func runs(with cuda: CUDAVersion) -> Bool {
        self.cuda.map { $0.matches(cuda) } ?? false && since.map { $0 <= cuda } ?? true
    }

    /// Whether there are wheels for a Python version; without facts there are.
    public func supports(_ python: PythonVersion) -> Bool {
        if !pythons.isEmpty { return pythons.contains(python) }
        return PythonPackageVersion("\(python)").map(requiresPython.allows) ?? true
    }

    /// Whether the clauses allow the release, or one of a series.
    public func isAllowed(by specifiers: VersionSpecifiers) -> Bool {
        guard isSeries else { return allows(specifiers, version) }
        // A bound inside the series cuts it: its first, its last, and the versions that the clauses name stand for all.
        let ends = ["\(version).0", "\(version).9999"].compactMap { PythonPackageVersion($0) }
        let prefix = version.release
        let named = specifiers.clauses.map(\.version).filter { $0.release.starts(with: prefix) }
        return (ends + named).contains { allows(specifiers, $0) }
    }

    /// `==2.4.0` and `==2.4.0+cu124` both mean the build `cu124`; `==2.4.0+cu121` does not.
    private func allows(_ specifiers: VersionSpecifiers, _ version: PythonPackageVersion) -> Bool {
        specifiers.clauses.allSatisfy { clause in
            guard clause.version.local != nil, let local = PythonPackageVersion("\(version)+\(variant)") else {
                return clause.allows(version)
            }
            return clause.allows(local)
        }
    }
}

/// What a framework asks of the GPU, beside what CUDA does.
public struct FrameworkFloor: Hashable, Sendable {
    /// The framework.
    public internal(set) var framework: Framework
    /// The rule is for GPUs of this capability …
    public internal(set) var capability: ComputeCapability?
    /// … and the releases from this one on.
    public internal(set) var version: PythonPackageVersion?
    /// With ``capability``: the oldest CUDA; without: the major version of CUDA that the rule is for.
    public internal(set) var cuda: CUDAVersionPattern?
    /// The oldest capability that will do.
    public internal(set) var oldest: ComputeCapability?
}

/// The GPU code in a framework's wheels.
public struct FrameworkTargets: Hashable, Sendable {
    /// The framework.
    public internal(set) var framework: Framework
    /// First and last release, each as far as the source names it (`2.12`).
    public internal(set) var versions: ClosedRange<PythonPackageVersion>
    /// The release that the wheels are built with.
    public internal(set) var cuda: CUDAVersion
    /// What the wheels are for.
    public internal(set) var platform: Platform
    /// Machine code; empty if only a range is known.
    public internal(set) var targets: [ComputeCapability]
    /// The oldest and newest capability, where the source tells no more.
    public internal(set) var range: ClosedRange<ComputeCapability>?
    /// What they have PTX for, which later GPUs compile.
    public internal(set) var ptx: [ComputeCapability]
}
