/// `HEALTHCHECK`: how the engine asks whether the application is well.
public struct Healthcheck: Hashable, Sendable {
    /// The command in exec form; empty means `NONE`, which switches an inherited check off.
    public var command: [String]
    /// The time between two checks; the engine's own if left out.
    public var interval: GoDuration?
    /// How long a check may take.
    public var timeout: GoDuration?
    /// How long failures do not count.
    public var startPeriod: GoDuration?
    /// How many failures in a row are one too many.
    public var retries: Int?

    /// A check; what is left out, the engine decides.
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
