/// `HEALTHCHECK`: how the engine asks whether the application is well.
public struct Healthcheck: Hashable, Sendable {
    /// The command in exec form; empty means `NONE`, which switches an inherited check off.
    public var command: [String]
    public var interval: GoDuration?
    public var timeout: GoDuration?
    public var startPeriod: GoDuration?
    public var retries: Int?

    public init(
        command: [String], interval: GoDuration? = nil, timeout: GoDuration? = nil, startPeriod: GoDuration? = nil,
        retries: Int? = nil
    ) {
        self.command = command
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.retries = retries
    }
}
