/// What a toolkit asks of the host's driver.
public struct DriverRequirement: Hashable, Sendable {
    /// Branches of the driver: `from` up to, but without, `below`.
    public struct Branch: Hashable, Sendable {
        /// The first number of its versions: `470`.
        public internal(set) var from: Int
        /// The first number that is beyond it: `471`.
        public internal(set) var below: Int
    }

    /// The oldest driver in the toolkit's own table; `nil` if it is not known.
    public internal(set) var minimum: DriverVersion?
    /// The oldest driver that runs the toolkit's programs: from CUDA 11 on that of its major version.
    public internal(set) var floor: DriverVersion?
    /// The branches that the image's cuda-compat package may run on (data-centre GPUs), ascending.
    public internal(set) var forward: [Branch]

    /// The rules for a release.
    ///
    /// - Parameter conditions: the image's `NVIDIA_REQUIRE_CUDA`, one for each platform.
    init(for cuda: CUDAVersion, conditions: [NVIDIARequirement], catalog: Catalog) {
        let ofToolkit = catalog.minimumDriver(for: cuda)
        let ofMajor = catalog.driverFloor(major: cuda.major) ?? ofToolkit
        minimum = ofToolkit
        floor = ofMajor
        forward = Set(conditions.flatMap(\.branches))
            .sorted { ($0.from, $0.below) < ($1.from, $1.below) }
        guard let toolkit = ofToolkit, let major = ofMajor else { return }
        if toolkit.isPrefix(of: major) {
            // The release notes of CUDA 13 name the branch only, the compatibility guide the driver.
            minimum = major
        } else if toolkit < major {
            // CUDA 11.0 came before the driver that starts CUDA 11's minor-version compatibility.
            floor = toolkit
        }
    }
}

extension Catalog {
    /// What a release asks of the host's driver.
    ///
    /// - Parameters:
    ///   - cuda: the release.
    ///   - conditions: the values of `NVIDIA_REQUIRE_CUDA` of the image; without them no forward compatibility is known.
    public func driverRequirement(for cuda: CUDAVersion, conditions: [String] = []) -> DriverRequirement {
        DriverRequirement(for: cuda, conditions: conditions.map { NVIDIARequirement($0) }, catalog: self)
    }
}
