/// What a toolkit asks of the host's driver.
public struct DriverRequirement: Hashable, Sendable {
    /// Branches of the driver: `from` up to, but without, `below`.
    public struct Branch: Hashable, Sendable {
        public var from: Int
        public var below: Int
    }

    /// The oldest driver with all features of the toolkit; `nil` if it is not known.
    public var minimum: String?
    /// The oldest driver that runs the toolkit's programs: from CUDA 11 on that of its major version.
    public var floor: String?
    /// The branches that the image's cuda-compat package may run on (data-centre GPUs), ascending.
    public var forward: [Branch]

    /// The rules for a release.
    ///
    /// - Parameter conditions: the values of `NVIDIA_REQUIRE_CUDA` of the image, one for each platform.
    init(for cuda: CUDAVersion, conditions: [String], catalog: Catalog) {
        let ofToolkit = catalog.minimumDriver(for: cuda).flatMap(Self.version)
        let ofMajor = catalog.driverFloor(major: cuda.major).flatMap(Self.version) ?? ofToolkit
        minimum = ofToolkit
        floor = ofMajor
        forward = Set(conditions.flatMap(Self.branches)).sorted { ($0.from, $0.below) < ($1.from, $1.below) }
        guard let toolkit = ofToolkit, let major = ofMajor else { return }
        if Self.isPrefix(toolkit, of: major) {
            // The release notes of CUDA 13 name the branch only, the compatibility guide the driver.
            minimum = major
        } else if Self.isOlder(toolkit, than: major) {
            // CUDA 11.0 came before the driver that starts CUDA 11's minor-version compatibility.
            floor = toolkit
        }
    }

    /// The branches in `cuda>=12.4 brand=tesla,driver>=470,driver<471 …`: alternatives are separated by blanks, and the
    /// conditions of an alternative by commas.
    ///
    /// - Note: Source: NVIDIA Container Toolkit, requirements in `NVIDIA_REQUIRE_*`. Brands are left out: the program tests
    ///   what happens on this GPU.
    static func branches(in condition: String) -> [Branch] {
        condition.split(separator: " ").compactMap { alternative in
            var from: Int?
            var below: Int?
            for part in alternative.split(separator: ",") {
                if part.hasPrefix("driver>=") { from = Int(part.dropFirst(8)) }
                if part.hasPrefix("driver<") { below = Int(part.dropFirst(7)) }
            }
            guard let from, let below, from >= 0, from < below else { return nil }
            return Branch(from: from, below: below)
        }
    }

    /// A driver's version, which may have leading zeros (`525.60.06`); a user's catalogue may hold anything.
    private static func version(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isVersion = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.count <= 9 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        return isVersion ? text : nil
    }

    private static func isPrefix(_ short: String, of long: String) -> Bool { long.hasPrefix(short + ".") }

    private static func isOlder(_ left: String, than right: String) -> Bool {
        let numbers = { (text: String) in text.split(separator: ".").compactMap { Int($0) } }
        return numbers(left).lexicographicallyPrecedes(numbers(right))
    }
}
