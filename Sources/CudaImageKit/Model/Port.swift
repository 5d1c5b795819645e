/// A port the container listens on: `8080`, `53/udp`.
public struct Port: Hashable, Sendable, LosslessStringConvertible {
    /// What is spoken on the port, as `EXPOSE` spells it.
    public enum TransportProtocol: String, Hashable, Sendable, CaseIterable { case tcp, udp, sctp }

    /// 1 to 65535.
    public let number: Int
    /// `tcp` where nothing is said.
    public var transport: TransportProtocol

    /// - Returns: `nil` unless the number is from 1 to 65535.
    public init?(_ number: Int, _ transport: TransportProtocol = .tcp) {
        guard (1...65535).contains(number) else { return nil }
        self.number = number
        self.transport = transport
    }

    /// Takes a number from 1 to 65535, alone or with `/tcp`, `/udp` or `/sctp`; anything else is `nil`.
    public init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let number = VersionNumbers.parse(parts[0])?.first,
            !parts[0].contains("."),
            let transport = parts.count == 1 ? .tcp : TransportProtocol(rawValue: String(parts[1]))
        else { return nil }
        self.init(number, transport)
    }

    /// `8080` for TCP, else with the transport: `53/udp`.
    public var description: String { transport == .tcp ? "\(number)" : "\(number)/\(transport.rawValue)" }
}
