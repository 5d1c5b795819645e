import Foundation

/// SplitMix64: the same seed gives the same values on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func oneOf<Element>(_ elements: [Element]) -> Element { elements[number(0...(elements.count - 1))] }

    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    /// The seed of the property tests: `CUDAGEN_SEED`, or a fixed one, so that a failure stays a failure.
    static let seed = ProcessInfo.processInfo.environment["CUDAGEN_SEED"].flatMap { UInt64($0) } ?? 20_240_607
}
