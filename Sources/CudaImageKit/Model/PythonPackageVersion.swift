/// A version of a Python package: `2.4.0`, `2.4.0+cu124`, `0.9.0.1`, `2.8.0rc1`.
///
/// Source: the version scheme of PEP 440, with its normalisations.
public struct PythonPackageVersion: Sendable, LosslessStringConvertible {
    /// `a`, `b`, `rc` with their numbers.
    struct Pre: Hashable, Comparable {
        var phase: Int
        var number: Int

        static func < (left: Pre, right: Pre) -> Bool { (left.phase, left.number) < (right.phase, right.number) }
    }

    /// The version as it was written, not normalised: `2.4.0+cu124`, `v1.0-rc2`.
    public let description: String
    let epoch: Int
    /// The release's numbers as they were written: `[2, 4, 0]`.
    public let release: [Int]
    let pre: Pre?
    let post: Int?
    let dev: Int?
    /// What stands behind `+`, in lower case, with `.` between its parts.
    public let local: String?

    /// A part of a local version: a number is greater than a word, and compared as a number.
    private enum LocalPart: Hashable, Comparable {
        case word(String)
        /// Without zeros at the start; of two numbers the one with more digits is greater.
        case number(count: Int, digits: String)

        init(_ text: Substring) {
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                self = .word(String(text))
                return
            }
            let digits = text.drop { $0 == "0" }
            self = .number(count: digits.count, digits: String(digits))
        }
    }

    /// None without a local version.
    private var localParts: [LocalPart] { local?.split(separator: ".").map { LocalPart($0) } ?? [] }

    /// Whether the local parts are the same: `+cu124` and `+CU124`, `+9` and `+09`.
    func hasSameLocal(as other: PythonPackageVersion) -> Bool {
        local == other.local || localParts == other.localParts
    }

    /// Parses a version in any spelling of PEP 440. Anything else is `nil`, and so is a number of more than nine
    /// digits.
    public init?(_ description: String) {
        // Nearly all versions have nothing else.
        if let numbers = VersionNumbers.parse(description, allowsLeadingZeros: true), numbers.count < 64 {
            self.description = description
            (epoch, release, pre, post, dev, local) = (0, numbers, nil, nil, nil, nil)
            return
        }
        var reader = VersionReader(description)
        guard let parts = reader.version() else { return nil }
        self.description = description
        (epoch, release, pre, post, dev, local) = parts
    }

    /// Whether the version is not final: alpha, beta, candidate or development release.
    public var isPreRelease: Bool { pre != nil || dev != nil }

    /// Whether the public part is the release's numbers alone: nearly all are, and need no ``publicOrder``.
    private var isPlain: Bool { epoch == 0 && pre == nil && post == nil && dev == nil }

    /// The numbers without zeros at their end: `2.0` and `2` are the same release.
    private var significant: ArraySlice<Int> {
        let end = release.lastIndex { $0 != 0 } ?? 0
        return release[...max(0, end)]
    }

    /// A version without its local part, for comparisons that ignore it.
    private var publicOrder: (Int, [Int], [Int]) {
        // Development releases come before alphas, those before betas and candidates, then the release and its post-releases.
        let phase: [Int]
        if let pre {
            phase = [pre.phase, pre.number, post.map { $0 + 1 } ?? 0, dev ?? .max]
        } else if let post {
            phase = [4, 0, post + 1, dev ?? .max]
        } else if let dev {
            phase = [-1, 0, 0, dev]
        } else {
            phase = [3, 0, 0, .max]
        }
        return (epoch, Array(significant), phase)
    }

    /// Whether the public parts are the same: `2.4` and `2.4.0+cu124`.
    func isSamePublic(as other: PythonPackageVersion) -> Bool {
        let (left, right) = (publicOrder, other.publicOrder)
        return left.0 == right.0 && left.1 == right.1 && left.2 == right.2
    }

    static func comparePublic(_ left: PythonPackageVersion, _ right: PythonPackageVersion) -> Int {
        if left.isPlain && right.isPlain {
            for place in 0..<max(left.release.count, right.release.count) {
                let a = place < left.release.count ? left.release[place] : 0
                let b = place < right.release.count ? right.release[place] : 0
                if a != b { return a < b ? -1 : 1 }
            }
            return 0
        }
        let (a, b) = (left.publicOrder, right.publicOrder)
        if a.0 != b.0 { return a.0 < b.0 ? -1 : 1 }
        if a.1 != b.1 { return a.1.lexicographicallyPrecedes(b.1) ? -1 : 1 }
        if a.2 != b.2 { return a.2.lexicographicallyPrecedes(b.2) ? -1 : 1 }
        return 0
    }
}

extension PythonPackageVersion: Hashable, Comparable {
    /// As PEP 440 compares them: `2.0` and `2.0.0` are the same version. Local parts have to be the same, too.
    public static func == (left: PythonPackageVersion, right: PythonPackageVersion) -> Bool {
        comparePublic(left, right) == 0 && left.hasSameLocal(as: right)
    }

    /// As PEP 440 orders them: development releases, pre-releases, the release, post-releases; versions that differ in
    /// their local versions alone by the parts of these: words, then numbers.
    public static func < (left: PythonPackageVersion, right: PythonPackageVersion) -> Bool {
        let order = comparePublic(left, right)
        return order != 0 ? order < 0 : left.localParts.lexicographicallyPrecedes(right.localParts)
    }

    /// Hashes what `==` compares: versions that are the same have one hash, however they are written.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(epoch)
        hasher.combine(significant)
        hasher.combine(pre)
        hasher.combine(localParts)
    }
}

/// Reads a version's parts, each with the spellings that PEP 440 allows for it.
private struct VersionReader {
    private var rest: Substring

    init(_ text: String) {
        rest = text.lowercased()[...]
        if rest.hasPrefix("v") { rest = rest.dropFirst() }
    }

    mutating func version() -> (Int, [Int], PythonPackageVersion.Pre?, Int?, Int?, String?)? {
        guard rest.utf8.count <= 128, var first = number() else { return nil }
        var epoch = 0
        if take("!") {
            epoch = first
            guard let next = number() else { return nil }
            first = next
        }
        var release = [first]
        while rest.first == ".", let digit = rest.dropFirst().first, digit.isASCII, digit.isNumber {
            rest = rest.dropFirst()
            guard let next = number() else { return nil }
            release.append(next)
        }
        let phases = [(["alpha", "a"], 0), (["beta", "b"], 1), (["preview", "pre", "rc", "c"], 2)]
        var pre: PythonPackageVersion.Pre?
        for (words, phase) in phases where pre == nil {
            pre = suffix(words).map { PythonPackageVersion.Pre(phase: phase, number: $0) }
        }
        var post = suffix(["post", "rev", "r"])
        if post == nil, rest.first == "-", let digit = rest.dropFirst().first, digit.isNumber {
            rest = rest.dropFirst()
            post = number()
        }
        let dev = suffix(["dev"])
        var local: String?
        if take("+") {
            let parts = rest.split(omittingEmptySubsequences: false) { ".-_".contains($0) }
            guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(ByteClass.isLowerOrDigit) }) else { return nil }
            local = parts.joined(separator: ".")
            rest = ""
        }
        return rest.isEmpty ? (epoch, release, pre, post, dev, local) : nil
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.utf8.count <= 9 else { return nil }
        rest = rest[digits.endIndex...]
        return Int(digits)
    }

    /// `.post1`, `-rc.2`, `a`: a word with separators around it; without a number it is 0.
    private mutating func suffix(_ words: [String]) -> Int? {
        var after = rest
        if let first = after.first, ".-_".contains(first) { after = after.dropFirst() }
        guard let word = words.first(where: after.hasPrefix) else { return nil }
        after = after.dropFirst(word.count)
        if let first = after.first, ".-_".contains(first), after.dropFirst().first?.isNumber == true {
            after = after.dropFirst()
        }
        rest = after
        return number() ?? 0
    }
}
