import CudaImageKit

/// A package's version, ordered as package managers order them.
///
/// `11.4.43-1`, `2.21.5-1+cuda12.4`, `8.9.0.131-1.cuda12.1`. The order is Debian's; rpm's differs for separators alone,
/// and no two versions of NVIDIA's differ in those.
public struct PackageVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The text that it was made from.
    public let description: String

    /// Returns `nil` for what can't be a version.
    public init?(_ text: some StringProtocol) {
        guard let first = text.utf8.first, ByteClass.isAlphanumeric(first), text.utf8.count <= 128,
            text.utf8.allSatisfy({ ByteClass.isAlphanumeric($0) || "+-._:~^".utf8.contains($0) })
        else { return nil }
        description = String(text)
    }

    /// The version without the packager's revision: `12.4.127` of `12.4.127-1`.
    public var upstream: String {
        description.utf8.lastIndex(of: UInt8(ascii: "-")).map { String(description[..<$0]) } ?? description
    }

    /// The revision behind the last `-`: `1+cuda12.4`.
    public var revision: String? {
        description.utf8.lastIndex(of: UInt8(ascii: "-")).map {
            String(description[description.utf8.index(after: $0)...])
        }
    }

    /// The toolkit that a library was built with, if its version says: `12.4` of `2.21.5-1+cuda12.4`.
    var toolkit: (major: Int, minor: Int)? {
        guard let revision, let start = revision.firstRange(of: "cuda")?.upperBound else { return nil }
        let numbers = revision[start...].prefix { $0.isASCII && ($0.isNumber || $0 == ".") }.split(separator: ".")
            .compactMap { Int($0) }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }

    /// What no package manager would replace by the other: `1.0` and `1.00` are the same version.
    public static func == (left: PackageVersion, right: PackageVersion) -> Bool { compare(left, right) == 0 }

    /// What a package manager would replace is less; `~` sorts before everything, even the end.
    public static func < (left: PackageVersion, right: PackageVersion) -> Bool { compare(left, right) < 0 }

    /// Hashes what ``==(_:_:)`` compares, as far as that is easily told: zeros at a number's start do not count.
    public func hash(into hasher: inout Hasher) {
        let (epoch, rest) = epoch
        hasher.combine(epoch)
        hasher.combine(rest.upstream.utf8.filter { $0 != 0x30 })
    }

    private static func compare(_ left: PackageVersion, _ right: PackageVersion) -> Int {
        let (leftEpoch, leftRest) = left.epoch, (rightEpoch, rightRest) = right.epoch
        if leftEpoch != rightEpoch { return leftEpoch < rightEpoch ? -1 : 1 }
        let order = compare(Array(leftRest.upstream.utf8), Array(rightRest.upstream.utf8))
        if order != 0 { return order }
        return compare(Array((leftRest.revision ?? "").utf8), Array((rightRest.revision ?? "").utf8))
    }

    private var epoch: (Int, PackageVersion) {
        guard let colon = description.firstIndex(of: ":"), let epoch = Int(description[..<colon]),
            let rest = PackageVersion(description[description.index(after: colon)...])
        else { return (0, self) }
        return (epoch, rest)
    }

    /// Debian policy, 5.6.12: parts without digits and numbers in turns.
    private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var l = 0, r = 0
        while l < left.count || r < right.count {
            while l < left.count && !ByteClass.isDigit(left[l]) || r < right.count && !ByteClass.isDigit(right[r]) {
                let order = rank(left, l) - rank(right, r)
                if order != 0 { return order }
                l += 1
                r += 1
            }
            while l < left.count, left[l] == 0x30 { l += 1 }
            while r < right.count, right[r] == 0x30 { r += 1 }
            var difference = 0
            while l < left.count, ByteClass.isDigit(left[l]), r < right.count, ByteClass.isDigit(right[r]) {
                if difference == 0 { difference = Int(left[l]) - Int(right[r]) }
                l += 1
                r += 1
            }
            if l < left.count, ByteClass.isDigit(left[l]) { return 1 }
            if r < right.count, ByteClass.isDigit(right[r]) { return -1 }
            if difference != 0 { return difference }
        }
        return 0
    }

    /// `~` before the end, the end before letters, letters before the rest.
    private static func rank(_ bytes: [UInt8], _ index: Int) -> Int {
        guard index < bytes.count, !ByteClass.isDigit(bytes[index]) else { return 0 }
        let byte = bytes[index]
        if byte == UInt8(ascii: "~") { return -1 }
        return ByteClass.isAlphanumeric(byte) ? Int(byte) : Int(byte) + 256
    }
}
