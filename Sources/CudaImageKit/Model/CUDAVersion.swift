/// A release of the CUDA toolkit as image tags spell it: `8.0`, `11.4.0`, `13.2.1`.
///
/// Tags up to CUDA 10.2 have two components, later ones three; both spellings are kept as they are, because
/// `10.2` is the full name of a release and `11.4` is not.
public struct CUDAVersion: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// `11` of `11.4.0`.
    public var major: Int
    /// `4` of `11.4.0`.
    public var minor: Int
    /// The point release, or `nil` where the release's own name has none (`10.2`).
    public var patch: Int?

    /// A release by its numbers.
    public init(_ major: Int, _ minor: Int, _ patch: Int? = nil) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Parses `MAJOR.MINOR` or `MAJOR.MINOR.PATCH`; anything else, signs and leading zeros included, is `nil`.
    public init?(_ description: String) {
        guard let numbers = VersionNumbers.parse(description), (2...3).contains(numbers.count) else { return nil }
        self.init(numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : nil)
    }

    /// `11.4.0`, or `10.2` without a point release; ``init(_:)`` reads it back.
    public var description: String {
        patch.map { "\(major).\(minor).\($0)" } ?? "\(major).\(minor)"
    }

    /// The release without its point release: what driver floors and package names are keyed by (`11.4`).
    public var majorMinor: CUDAVersion { CUDAVersion(major, minor) }

    /// Number by number; without a point release it comes before all of that series: `11.4` before `11.4.0`.
    public static func < (left: CUDAVersion, right: CUDAVersion) -> Bool {
        (left.major, left.minor, left.patch ?? -1) < (right.major, right.minor, right.patch ?? -1)
    }
}

/// What a user writes when any matching release will do: `12`, `12.4` or `12.4.1`.
public struct CUDAVersionPattern: Hashable, Sendable, LosslessStringConvertible {
    /// One to three components.
    public let components: [Int]

    /// Parses one to three numbers separated by dots; anything else is `nil`.
    public init?(_ description: String) {
        guard let numbers = VersionNumbers.parse(description), (1...3).contains(numbers.count) else { return nil }
        components = numbers
    }

    /// `12`, `12.4` or `12.4.1`.
    public init(_ major: Int, _ minor: Int? = nil, _ patch: Int? = nil) {
        components = [major] + (minor.map { [$0] + (patch.map { [$0] } ?? []) } ?? [])
    }

    /// This release alone.
    public init(_ version: CUDAVersion) {
        components = [version.major, version.minor] + (version.patch.map { [$0] } ?? [])
    }

    /// As many numbers as there are ``components``, with dots between them: `12.4`.
    public var description: String { components.map(String.init).joined(separator: ".") }

    /// Whether `version` is the release named, or one of the releases that complete the name.
    public func matches(_ version: CUDAVersion) -> Bool {
        let full = [version.major, version.minor] + (version.patch.map { [$0] } ?? [])
        return full.starts(with: components)
    }
}

/// Dotted numbers without signs, blanks or leading zeros.
enum VersionNumbers {
    /// - Parameter allowsLeadingZeros: whether `2024.07` is read, too, as Python's versions may be written.
    /// - Returns: the numbers, each of nine digits at most; `nil` if there is anything else in the text.
    static func parse(_ text: some StringProtocol, allowsLeadingZeros: Bool = false) -> [Int]? {
        // By bytes: a search of the catalogue reads thousands.
        var numbers: [Int] = []
        var number = 0
        var digits = 0
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39 where digits < 9:
                if digits == 1, number == 0, !allowsLeadingZeros { return nil }
                number = number * 10 + Int(byte - 0x30)
                digits += 1
            case UInt8(ascii: ".") where digits > 0:
                numbers.append(number)
                (number, digits) = (0, 0)
            default: return nil
            }
        }
        guard digits > 0 else { return nil }
        numbers.append(number)
        return numbers
    }
}
