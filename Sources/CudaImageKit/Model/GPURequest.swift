/// Which of the host's GPUs a container gets: `all`, `none`, a number, or `device=0,2`.
public enum GPURequest: Hashable, Sendable, LosslessStringConvertible {
    /// Every GPU of the host.
    case all
    /// No GPU: `none`.
    case noGPU
    /// The first so many.
    case count(Int)
    /// Indices, UUIDs, or `0:1` for a MIG device.
    case devices([String])

    /// Parses what `docker run --gpus` takes, without its quotes.
    public init?(_ description: String) {
        if description == "all" {
            self = .all
        } else if description == "none" {
            self = .noGPU
        } else if description.hasPrefix("device=") {
            let names = description.dropFirst("device=".count).split(separator: ",", omittingEmptySubsequences: false)
            guard names.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.deviceBytes.contains) }) else { return nil }
            self = .devices(names.map(String.init))
        } else {
            guard let count = RecipeRules.wholeNumber(description), (1...9999).contains(count) else { return nil }
            self = .count(count)
        }
    }

    /// As ``init(_:)`` takes it: `all`, `none`, `2` or `device=0,2`.
    public var description: String {
        switch self {
        case .all: "all"
        case .noGPU: "none"
        case .count(let count): "\(count)"
        case .devices(let names): "device=" + names.joined(separator: ",")
        }
    }

    private static let deviceBytes = ASCIISet("-_.:", and: .alphanumeric)

    /// The value of a recipe's `gpu.devices`, which is that of `NVIDIA_VISIBLE_DEVICES`.
    init(visibleDevices: String?) {
        switch visibleDevices {
        case nil, "all"?: self = .all
        case "none"?, "void"?: self = .noGPU
        case let names?: self = .devices(names.split(separator: ",").map(String.init))
        }
    }

    /// How many GPUs that is; `nil` for all of a host.
    var number: Int? {
        switch self {
        case .all: nil
        case .noGPU: 0
        case .count(let count): count
        case .devices(let names): names.count
        }
    }
}

extension GPURequest {
    /// What `--gpus` of docker and nerdctl takes, which read it as a line of comma-separated values; `nil` without a GPU.
    ///
    /// - Parameter capabilities: the driver capabilities of the recipe; none for those that the image names.
    /// - Note: Sources: docker/cli `opts/gpus.go` (without a count or device it is one GPU), moby
    ///   `daemon/nvidia_linux.go` (which capabilities may be asked for).
    func engineValue(capabilities: [DriverCapability]) -> String? {
        guard self != .noGPU else { return nil }
        var fields = [description]
        let names = capabilities.map(\.rawValue)
        if !capabilities.isEmpty, capabilities.allSatisfy(\.isKnownToDocker) {
            fields.append("capabilities=" + names.joined(separator: ","))
        }
        return fields.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")
    }

    /// The devices' names in the Container Device Interface, which podman asks for; CDI has no counts.
    ///
    /// - Note: Source: NVIDIA Container Toolkit, "Support for Container Device Interface".
    var deviceNames: [String] {
        let names: [String] =
            switch self {
            case .all: ["all"]
            case .noGPU: []
            case .count(let count): (0..<count).map(String.init)
            case .devices(let names): names
            }
        return names.map { $0.hasPrefix("nvidia.com/gpu=") ? $0 : "nvidia.com/gpu=\($0)" }
    }
}

extension DriverCapability {
    /// moby registers its NVIDIA driver with these alone; another one would find no driver.
    var isKnownToDocker: Bool {
        switch self {
        case .compute, .compat32, .graphics, .utility, .video, .display: true
        case .all, .ngx: false
        }
    }
}
