/// How much of `/dev/shm` a container gets.
public enum SharedMemory: Hashable, Sendable, LosslessStringConvertible {
    /// The engine's default, 64 MB.
    case engineDefault
    /// At most so many MiB.
    case mebibytes(Int)
    /// The host's own, with its whole IPC namespace.
    case host

    /// Parses `512m`, `1g`, `host` or `default`.
    public init?(_ description: String) {
        switch description {
        case "default": self = .engineDefault
        case "host": self = .host
        default:
            let factors: [Character: Int] = ["m": 1, "g": 1024]
            guard let unit = description.last, let factor = factors[unit],
                let number = RecipeRules.wholeNumber(description.dropLast()), (1...1_000_000).contains(number)
            else { return nil }
            self = .mebibytes(number * factor)
        }
    }

    /// As the initialiser reads it: `512m`; whole GiB as `1g`.
    public var description: String {
        switch self {
        case .engineDefault: "default"
        case .mebibytes(let number): number.isMultiple(of: 1024) ? "\(number / 1024)g" : "\(number)m"
        case .host: "host"
        }
    }
}

/// `--ulimit NAME=VALUE`
public struct ResourceLimit: Hashable, Sendable {
    /// What `--ulimit` calls it: `memlock`, `stack`.
    public internal(set) var name: String
    /// Bytes; -1 for no limit.
    public internal(set) var value: Int
}

/// What frameworks ask of the container they run in, beyond engines' defaults.
struct FrameworkNeeds: Hashable {
    var sharedMemory = SharedMemory.engineDefault
    var limits: [ResourceLimit] = []
    var reasons: [String] = []

    /// - Parameters:
    ///   - frameworks: what the recipe's Python packages name.
    ///   - onOneGPU: whether the container gets one GPU alone: then NCCL has nobody to talk to.
    init(of frameworks: Set<Framework>, onOneGPU: Bool) {
        // Source: README of pytorch/pytorch, "Docker Image": more shared memory than the default for data loaders, by
        // --ipc=host or --shm-size. vLLM runs on PyTorch. The size keeps the container apart from the host, and is the
        // one that NVIDIA recommends.
        if frameworks.contains(.torch) || frameworks.contains(.vllm) {
            need(
                "PyTorch's data loaders pass batches through shared memory, of which containers get 64 MB.\n"
                    + "Source: https://github.com/pytorch/pytorch#docker-image")
        }
        // Source: what NVIDIA's TensorFlow container prints when it starts with less: "NVIDIA recommends the use of the
        // following flags: docker run --gpus all --shm-size=1g --ulimit memlock=-1 --ulimit stack=67108864".
        if frameworks.contains(.tensorflow) {
            need(
                "What NVIDIA recommends for TensorFlow.\n"
                    + "Source: https://docs.nvidia.com/deeplearning/frameworks/user-guide/")
            limits += [.lockedMemory, ResourceLimit(name: "stack", value: 67_108_864)]
        }
        // Source: NCCL user guide, troubleshooting, "Sharing data": --shm-size=1g --ulimit memlock=-1 in containers.
        let usesNCCL = !frameworks.isDisjoint(with: [.torch, .vllm, .tensorflow, .jax])
        if usesNCCL, !onOneGPU {
            need(
                "NCCL connects the GPUs of one host through shared and pinned memory.\n"
                    + "Source: https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/troubleshooting.html")
            if !limits.contains(.lockedMemory) { limits.insert(.lockedMemory, at: 0) }
        }
    }

    private mutating func need(_ reason: String) {
        sharedMemory = .mebibytes(1024)
        reasons.append(reason)
    }
}

extension ResourceLimit {
    static let lockedMemory = ResourceLimit(name: "memlock", value: -1)
}

extension ImagePlan {
    /// The frameworks that the recipe names (as packages, or by PyTorch's own index), and its requirements file and project.
    var frameworks: Set<Framework> {
        guard let python = application.python else { return [] }
        var found = Set(
            python.packages.compactMap { package in
                // conda writes `pytorch=2.4=*cuda*`, which is no requirement of pip's.
                let name = PythonRequirement(package)?.name ?? String(package.prefix { $0 != "=" && $0 != " " })
                return name == "pytorch" ? .torch : Framework(package: name)
            })
        let indexes = [python.index].compactMap(\.self) + python.extraIndexes
        if indexes.contains(where: { $0.hasPrefix("https://download.pytorch.org/") }) { found.insert(.torch) }
        return found.union(projectFrameworks)
    }
}
