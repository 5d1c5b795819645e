extension Catalog {
    /// The official devel image of a release that compiles for an operating system: its C library must not be newer.
    ///
    /// - Returns: `nil` if the release has no such image.
    func compiler(for cuda: CUDAVersion, on os: OperatingSystem) -> Decision<CUDAImageTag>? {
        let existing = operatingSystems(for: cuda).filter { candidate in
            tag(CUDAImageTag(cuda: cuda, flavor: .devel, os: candidate)) != nil
        }
        func devel(_ candidate: OperatingSystem, because reason: String) -> Decision<CUDAImageTag> {
            Decision(CUDAImageTag(cuda: cuda, flavor: .devel, os: candidate), because: .derived(reason))
        }
        if existing.contains(os) {
            return devel(os, because: "the devel image of the same release and operating system")
        }
        if let sister = PinOrigin(for: os)?.candidates.first(where: existing.contains) {
            return devel(sister, because: Self.reason(for: sister, on: os))
        }
        guard let limit = os.cLibrary else { return nil }
        // Of the newest C library that is not newer, the same family first, and apt's before rpm's.
        let rank = { (candidate: OperatingSystem) in
            (candidate.family == os.family ? 2 : 0) + (candidate.family == .debian ? 1 : 0)
        }
        let older = existing.compactMap { candidate in
            candidate.cLibrary.flatMap { $0 <= limit ? (os: candidate, library: $0) : nil }
        }
        let best = older.max { ($0.library, rank($0.os), $1.os) < ($1.library, rank($1.os), $0.os) }
        return best.map { devel($0.os, because: Self.reason(for: $0.os, on: os)) }
    }

    private static func reason(for compiler: OperatingSystem, on os: OperatingSystem) -> String {
        let version = { (system: OperatingSystem) in system.cLibrary.map { " (\($0))" } ?? "" }
        return "no devel image for \(os)\(version(os)); the C library of \(compiler)\(version(compiler)) is not newer"
    }
}
