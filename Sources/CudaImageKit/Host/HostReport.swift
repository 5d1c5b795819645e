/// The judgement of a host.
public struct HostReport: Hashable, Sendable {
    /// The answer in one word.
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// A container gets its GPU, and the image runs.
        case ready
        /// Something stops it.
        case notReady = "not-ready"
        /// There is no GPU, or the host can't be looked at.
        case noGPU = "no-gpu"
    }

    /// What was found, and what the judgement rests on.
    public internal(set) var host: HostInspection
    /// The image that is to run; `nil` if the host alone was asked about.
    public internal(set) var image: HostImage?
    /// What the rules found, in the order in which it has to be mended; empty where all is well.
    public internal(set) var findings: [HostFinding]

    /// Applies every rule.
    ///
    /// - Parameters:
    ///   - host: what was found.
    ///   - image: an image that is to run there.
    ///   - catalog: the facts that the rules ask.
    public init(_ host: HostInspection, image: HostImage? = nil, catalog: Catalog) {
        self.host = host
        self.image = image
        let context = HostContext(host: host, image: image, catalog: catalog)
        findings = HostContext.rules.flatMap { $0.findings(in: context) }
        let broken = Set(findings.filter { $0.severity == .error }.compactMap(\.engine))
        // An engine that works is enough.
        if host.engines.contains(where: { !broken.contains($0.name) && !host.isDockers($0) }) {
            for index in findings.indices where findings[index].engine != nil && findings[index].severity == .error {
                findings[index].severity = .warning
            }
        }
    }

    /// `noGPU` if no GPU is to be seen, else `notReady` if a finding is an
    /// error.
    public var verdict: Verdict {
        if findings.contains(where: { $0.code == .noGPU }) { return .noGPU }
        return findings.contains { $0.severity == .error } ? .notReady : .ready
    }

    func count(_ severity: HostFinding.Severity) -> Int { findings.count { $0.severity == severity } }
}
