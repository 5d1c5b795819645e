/// One compute capability: its GPUs, and the releases that compile for it.
///
/// Sources: NVIDIA's list of CUDA GPUs for the names; `ptxas --help` of each toolkit, or its release notes, for the
/// releases.
public struct GPUGeneration: Hashable, Sendable {
    /// The compute capability of the generation.
    public internal(set) var capability: ComputeCapability
    /// `Ada Lovelace`
    public internal(set) var architecture: String
    /// As people write them: `RTX 4090`, `A100`. The list is not complete.
    public internal(set) var names: [String]
    /// The first release that compiles for it, `11.8`.
    public internal(set) var firstCUDA: CUDAVersion
    /// The last one; `nil` while new releases still do.
    public internal(set) var lastCUDA: CUDAVersion?
}

/// A GPU that a user named, or the capability alone.
public struct GPU: Hashable, Sendable, CustomStringConvertible {
    /// What the products are sold for, which decides where NVIDIA's forward compatibility works.
    public enum Line: String, Hashable, Sendable {
        /// A100, H100 and others.
        case dataCentre = "data-centre"
        /// RTX A6000 and others.
        case workstation
        /// For consumers.
        case geForce = "GeForce"
        /// Boards with Tegra.
        case jetson = "Jetson"
        /// Known by its capability alone.
        case unknown
    }

    /// `nil` if only the capability is known.
    public var name: String?
    /// Its compute capability.
    public var capability: ComputeCapability
    /// What it is sold for.
    public var line: Line

    /// A GPU of this name.
    public init(name: String, capability: ComputeCapability) {
        self.name = name
        self.capability = capability
        line = Line(name: name)
    }

    /// Any GPU of a compute capability.
    public init(capability: ComputeCapability) {
        self.capability = ComputeCapability(capability.major, capability.minor)
        line = .unknown
    }

    /// `RTX 4090 (compute capability 8.9)`
    public var description: String {
        name.map { "\($0) (compute capability \(capability.number))" } ?? "compute capability \(capability.number)"
    }

    /// How sentences call it: `the RTX 4090`, `a GPU of compute capability 8.9`.
    var phrase: String { name.map { "the \($0)" } ?? "a GPU of compute capability \(capability.number)" }
}

extension GPU.Line {
    /// NVIDIA's naming: GTX, TITAN and RTX with a number are GeForce; Quadro, `RTX A…`, `RTX … Ada` and RTX PRO are for
    /// workstations; what is left of the catalogue's names and has a letter and a number is for data centres.
    init(name: String) {
        let words = name.split(separator: " ").map(String.init)
        let first = words.first ?? ""
        switch first {
        case "Jetson": self = .jetson
        case "Quadro": self = .workstation
        case "GTX", "TITAN": self = .geForce
        case "RTX":
            let isNumber = words.count > 1 && words[1].utf8.allSatisfy(ByteClass.isDigit)
            self = isNumber && !words.contains("Ada") ? .geForce : .workstation
        case "DGX", "GB10": self = .unknown
        default: self = .dataCentre
        }
    }
}
