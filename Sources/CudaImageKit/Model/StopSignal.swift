/// A signal by name or number: `SIGTERM`, `9`.
public struct StopSignal: ValidatedName {
    /// A number as it was written, or a name with `SIG`: `SIGTERM` for `TERM`.
    public let text: String
    /// The rule in words, for messages: ``InvalidName`` quotes it.
    public static let rule = "a signal such as SIGTERM, SIGINT or 15"

    /// Takes a number from 1 to 64, or a name in capitals with `SIG` or without; anything else, real-time signals by
    /// name included, is `nil`.
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
