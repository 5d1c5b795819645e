/// The conditions of an image on the host, as `NVIDIA_REQUIRE_CUDA` writes them:
/// `cuda>=12.4 brand=tesla,driver>=470,driver<471`.
///
/// Alternatives are separated by blanks, the conditions of an alternative by commas. The NVIDIA Container Toolkit checks
/// them when a container starts, and refuses to start it if no alternative holds; `NVIDIA_DISABLE_REQUIRE=1` switches
/// the check off.
///
/// Source: NVIDIA Container Toolkit 1.20.
public struct NVIDIARequirement: Hashable, Sendable {
    struct Condition: Hashable, Sendable {
        /// `cuda`, `driver`, `brand`, `arch`
        var name: String
        var sign: String
        var value: String
    }

    /// One of them has to hold.
    let alternatives: [[Condition]]

    /// Reads a variable's value; what is no condition is one whose answer is not known.
    public init(_ text: String) {
        // By an array of bytes: a condition of NVIDIA's has up to 60 alternatives, and a search reads many.
        alternatives = Array(text.utf8).split(separator: UInt8(ascii: " ")).map { alternative in
            alternative.split(separator: UInt8(ascii: ",")).map(Condition.init)
        }
    }

    /// Whether a host meets the conditions; without any, every host does.
    ///
    /// - Parameters:
    ///   - driver: the host's driver.
    ///   - reported: the CUDA versions that the driver may report.
    ///   - line: what the GPU is sold for: NVIDIA's brands are not in the catalogue.
    public func allows(_ driver: DriverVersion, reporting reported: ReportedCUDA, line: GPU.Line) -> Answer {
        if alternatives.isEmpty { return .yes }
        return alternatives.reduce(anyBrand(driver, line)) { found, conditions in
            found.or(allows(conditions, driver, reported, line))
        }
    }

    private func allows(
        _ conditions: [Condition], _ driver: DriverVersion, _ reported: ReportedCUDA, _ line: GPU.Line
    ) -> Answer {
        conditions.reduce(.yes) { found, condition in
            found.and(answer(condition, driver, reported, line))
        }
    }

    private func answer(
        _ condition: Condition, _ driver: DriverVersion, _ reported: ReportedCUDA, _ line: GPU.Line
    ) -> Answer {
        switch condition.name {
        case "cuda":
            guard condition.sign == ">=", let version = CUDAVersion(condition.value) else { return .unknown }
            return reported.isAtLeast(version)
        case "driver":
            guard let version = DriverVersion(condition.value) else { return .unknown }
            switch condition.sign {
            case ">=": return Answer(driver >= version)
            case ">": return Answer(driver > version)
            case "<=": return Answer(driver <= version)
            case "<": return Answer(driver < version)
            default: return .unknown
            }
        case "brand":
            // One brand of several that the GPU may have: what is said of all of them is decided elsewhere.
            guard condition.sign == "=", let brands = Self.brands[line] else { return .unknown }
            return brands.contains(condition.value) ? .unknown : .no
        default: return .unknown
        }
    }

    /// Whether this driver is allowed with each brand that the GPU may have.
    private func anyBrand(_ driver: DriverVersion, _ line: GPU.Line) -> Answer {
        guard let brands = Self.brands[line] else { return .no }
        let allowed = alternatives.filter { conditions in
            conditions.contains { $0.name == "brand" }
                && conditions.allSatisfy { condition in
                    condition.name == "brand"
                        || condition.name == "driver"
                            && answer(condition, driver, ReportedCUDA(), line) == .yes
                }
        }
        let listed = Set(allowed.flatMap { $0.filter { $0.name == "brand" }.map(\.value) })
        return brands.isSubset(of: listed) ? .yes : .no
    }

    /// The brands that GPUs of a line may report.
    ///
    /// Source: the brands in NVIDIA's own conditions, by their names. Which GPU reports which is not known.
    private static let brands: [GPU.Line: Set<String>] = [
        .dataCentre: ["tesla", "nvidia"], .geForce: ["geforce", "geforcertx", "titan", "titanrtx"],
        .workstation: ["quadro", "quadrortx", "nvidiartx", "nvidia"],
    ]

    /// The driver branches that alternatives name: those that the image's cuda-compat package may run on.
    var branches: [DriverRequirement.Branch] {
        alternatives.compactMap { conditions in
            var from: Int?
            var below: Int?
            for condition in conditions where condition.name == "driver" {
                if condition.sign == ">=" { from = Int(condition.value) }
                if condition.sign == "<" { below = Int(condition.value) }
            }
            guard let from, let below, from >= 0, from < below else { return nil }
            return DriverRequirement.Branch(from: from, below: below)
        }
    }

    /// The release that the first condition asks for: `12.4` of `cuda>=12.4 …`.
    var cuda: CUDAVersion? {
        alternatives.joined().first { $0.name == "cuda" && $0.sign == ">=" }.flatMap { CUDAVersion($0.value) }
    }
}

extension NVIDIARequirement.Condition {
    /// `driver>=470`; names are compared in lower case, as one of NVIDIA's images writes `CUDA>=12.3`.
    fileprivate init(_ text: ArraySlice<UInt8>) {
        let name = text.prefix { ByteClass.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        let sign = text[name.endIndex...].prefix { "!=<>".utf8.contains($0) }
        let word = String(decoding: name, as: UTF8.self)
        self.init(
            name: name.allSatisfy(ByteClass.isLowerOrDigit) ? word : word.lowercased(),
            sign: String(decoding: sign, as: UTF8.self),
            value: String(decoding: text[sign.endIndex...], as: UTF8.self))
    }
}

/// What is known of the CUDA version that a driver reports (`nvidia-smi` prints it).
public struct ReportedCUDA: Hashable, Sendable {
    /// At least this release.
    public internal(set) var atLeast: CUDAVersion?
    /// Older than this release.
    public internal(set) var below: CUDAVersion?

    /// Whether the driver reports a release or a newer one.
    ///
    /// - Parameter version: the release; the point release does not matter.
    /// - Returns: `unknown` for what lies between the bounds, and without bounds for every release.
    public func isAtLeast(_ version: CUDAVersion) -> Answer {
        let version = version.majorMinor
        if let atLeast, version <= atLeast { return .yes }
        if let below, version >= below { return .no }
        return .unknown
    }
}

extension Catalog {
    /// What the facts tell of the CUDA version that a driver reports; there is no table of it.
    ///
    /// A driver reports at least the releases whose own minimum it meets: those before 11.1, and the first of each later
    /// major version, as the others have the floor of minor-version compatibility. And a release whose condition names a
    /// driver's branch as an alternative is newer than what that branch reports: else the alternative would be idle. That
    /// holds from CUDA 11 on.
    public func reportedCUDA(by driver: DriverVersion) -> ReportedCUDA {
        var reported = ReportedCUDA()
        for layer in layers {
            layer.lines(of: .drivers) { bytes in
                let line = CatalogLine(bytes)
                guard let cuda = CUDAVersion(line.text(0)), cuda.major < 11 || cuda.minor == 0,
                    let minimum = driverRequirement(for: cuda).minimum, driver >= minimum
                else { return true }
                reported.atLeast = max(reported.atLeast ?? cuda, cuda)
                return true
            }
            layer.lines(of: .requires) { bytes in
                let requirement = NVIDIARequirement(CatalogLine(bytes).text(1))
                guard let cuda = requirement.cuda, cuda.major >= 11,
                    requirement.branches.contains(where: { $0.from == driver.branch })
                else { return true }
                reported.below = min(reported.below ?? cuda, cuda)
                return true
            }
        }
        return reported
    }
}
