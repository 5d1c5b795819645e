/// A health check of the image as Kubernetes' probes, which do not read it there.
///
/// Docker's defaults are kept where the recipe says nothing: every 30 s, 30 s to answer, three failures.
struct KubernetesProbes {
    private let command: [String]
    private let interval: Int
    private let timeout: Int
    private let retries: Int
    private let start: Int

    /// - Note: Source: Dockerfile reference, `HEALTHCHECK`.
    init(_ check: Healthcheck) {
        command = check.command
        interval = check.interval?.seconds ?? 30
        timeout = check.timeout?.seconds ?? 30
        retries = check.retries ?? 3
        start = check.startPeriod?.seconds ?? 0
    }

    /// - Parameter isService: whether requests reach the container, which a readiness probe holds back.
    func members(isService: Bool) -> [YAMLValue.Member] {
        var members: [YAMLValue.Member] = []
        if start > 0 {
            // Failures do not count while the application starts; the first success ends that.
            let period = min(interval, 10)
            members.append(
                .init(
                    "startupProbe",
                    probe(period: period, failures: (start + period - 1) / period + retries)))
        }
        if isService { members.append(.init("readinessProbe", probe(period: interval, failures: retries))) }
        return members + [.init("livenessProbe", probe(period: interval, failures: retries))]
    }

    private func probe(period: Int, failures: Int) -> YAMLValue {
        // The kubelet expands `$(NAME)` in commands, and `$$` is one `$`.
        let words = command.map { $0.replacing("$", with: "$$") }
        return .mapping([
            .init("exec", .mapping([.init("command", .strings(words))])),
            .init("periodSeconds", .integer(period)), .init("timeoutSeconds", .integer(timeout)),
            .init("failureThreshold", .integer(failures)),
        ])
    }
}
