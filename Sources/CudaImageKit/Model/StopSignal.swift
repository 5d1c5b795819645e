/// A signal by name or number: `SIGTERM`, `9`.
public struct StopSignal: ValidatedName {
    public let text: String
    public static let rule = "a signal such as SIGTERM, SIGINT or 15"

    public init?(_ text: String) {
        if let number = Int(text), Self.numbers.contains(number), String(number) == text {
            self.text = text
            return
        }
        let name = text.hasPrefix("SIG") ? String(text.dropFirst(3)) : text
        guard Self.names.contains(name) else { return nil }
        self.text = "SIG" + name
    }

    static let numbers = 1...64

    /// Without `SIG`, which may stand before each.
    static let names = [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ]
}
