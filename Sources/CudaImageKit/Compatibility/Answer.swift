/// An answer that the facts may not be enough for.
public enum Answer: String, Hashable, Sendable, CaseIterable {
    /// `unknown` where the facts do not say, which is neither of the others.
    case yes, no, unknown

    init(_ condition: Bool) { self = condition ? .yes : .no }

    /// Both have to hold.
    func and(_ other: Answer) -> Answer {
        switch (self, other) {
        case (.no, _), (_, .no): .no
        case (.yes, .yes): .yes
        default: .unknown
        }
    }

    /// One of them has to hold.
    func or(_ other: Answer) -> Answer {
        switch (self, other) {
        case (.yes, _), (_, .yes): .yes
        case (.no, .no): .no
        default: .unknown
        }
    }
}
