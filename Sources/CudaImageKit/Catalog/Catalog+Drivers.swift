extension Catalog {
    /// The oldest Linux driver that runs applications built with a toolkit.
    ///
    /// - Parameter cuda: a release such as `12.4.1`; the point release does not matter. A release without a row of its own
    ///   has the floor of its major version.
    /// - Returns: a driver version such as `525.60.13`, or `nil` if nothing is known.
    /// - Note: Source: CUDA release notes, table of toolkit drivers.
    public func minimumDriver(for cuda: CUDAVersion) -> DriverVersion? {
        toolkitDriver(for: cuda) ?? driverFloor(major: cuda.major)
    }

    /// The driver that a release's own row of the table names; `nil` if it has none.
    func toolkitDriver(for cuda: CUDAVersion) -> DriverVersion? {
        for layer in layers {
            var found: DriverVersion?
            layer.lines(of: .drivers, key: "\(cuda.majorMinor)") { bytes in
                found = CatalogLine(bytes).optional(1).flatMap { DriverVersion($0) }
                return false
            }
            if let found { return found }
        }
        return nil
    }

    /// The oldest Linux driver of minor-version compatibility: from CUDA 11 on, what was built with any toolkit of a major
    /// version runs on it.
    ///
    /// - Note: Source: CUDA compatibility guide.
    public func driverFloor(major: Int) -> DriverVersion? {
        for layer in layers {
            var found: DriverVersion?
            layer.lines(of: .driverFloors, key: "\(major)") { bytes in
                found = CatalogLine(bytes).optional(1).flatMap { DriverVersion($0) }
                return false
            }
            if let found { return found }
        }
        return nil
    }

    /// The GPU architectures that a release compiles for, ascending; empty if they are not known.
    ///
    /// - Note: Source: `ptxas --help` of each toolkit; releases before 11.7 are from NVIDIA's release notes.
    public func targets(for cuda: CUDAVersion) -> [ComputeCapability] {
        for layer in layers {
            var found: [ComputeCapability] = []
            layer.lines(of: .targets, key: "\(cuda.majorMinor)") { bytes in
                found = CatalogLine(bytes).words(1).compactMap(ComputeCapability.init(target:))
                return false
            }
            if !found.isEmpty { return found }
        }
        return []
    }
}

extension ComputeCapability {
    /// Parses nvcc's spelling without `sm_`: `90`, `90a`, `121f`.
    init?(target: String) {
        let digits = target.prefix { $0.isNumber }
        guard digits.utf8.count >= 2, let minor = digits.last else { return nil }
        self.init("\(digits.dropLast()).\(minor)\(target[digits.endIndex...])")
    }
}
