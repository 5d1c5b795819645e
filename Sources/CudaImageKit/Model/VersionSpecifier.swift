/// One clause of a requirement: `==2.4.*`, `~=2.4`, `>=2.1`, `!=2.3.0`, `<3`.
///
/// Source: PEP 440, version specifiers.
public struct VersionSpecifier: Hashable, Sendable, LosslessStringConvertible {
    /// How a version is compared, as PEP 440 spells it.
    public enum Operator: String, Hashable, Sendable, CaseIterable {
        /// `===`, `~=`, `==`, `!=`, `<=` and `>=`.
        case identical = "===", compatible = "~=", equal = "==", notEqual = "!=", atMost = "<=", atLeast = ">="
        /// `<` and `>`.
        case less = "<", greater = ">"
    }

    /// The comparison.
    public let `operator`: Operator
    /// What is compared with.
    public let version: PythonPackageVersion
    /// `==2.4.*`: all versions that begin so.
    public let isPrefix: Bool

    /// Parses an operator and a version, with or without blanks around them.
    public init?(_ description: String) {
        let text = description.trimmingBlanks
        guard let found = Operator.allCases.first(where: { text.hasPrefix($0.rawValue) }) else { return nil }
        var name = String(text.dropFirst(found.rawValue.count)).trimmingBlanks
        let isPrefix = name.hasSuffix(".*")
        if isPrefix { name = String(name.dropLast(2)) }
        guard !isPrefix || found == .equal || found == .notEqual, let version = PythonPackageVersion(name),
            found != .compatible || version.release.count > 1,
            version.local == nil || [.equal, .notEqual, .identical].contains(found) && !isPrefix
        else { return nil }
        self.init(found, version, isPrefix: isPrefix)
    }

    /// A comparison. With `isPrefix` every version that begins so is meant, as in `==2.4.*`.
    public init(_ operator: Operator, _ version: PythonPackageVersion, isPrefix: Bool = false) {
        self.operator = `operator`
        self.version = version
        self.isPrefix = isPrefix
    }

    /// Operator and version without blanks: `==2.4.*`; ``init(_:)`` reads it back.
    public var description: String { "\(`operator`.rawValue)\(version)\(isPrefix ? ".*" : "")" }

    /// Whether a version meets the clause.
    public func allows(_ candidate: PythonPackageVersion) -> Bool {
        let order = PythonPackageVersion.comparePublic(candidate, version)
        switch `operator` {
        case .identical: return candidate.description.lowercased() == version.description.lowercased()
        case .equal: return isPrefix ? hasPrefix(candidate, version.release) : isEqual(candidate)
        case .notEqual: return isPrefix ? !hasPrefix(candidate, version.release) : !isEqual(candidate)
        case .compatible: return order >= 0 && hasPrefix(candidate, Array(version.release.dropLast()))
        case .atMost: return order <= 0
        case .atLeast: return order >= 0
        case .less:
            // `<2.4` does not mean 2.4's own pre-releases.
            return order < 0 && !(candidate.isPreRelease && !version.isPreRelease && hasRelease(candidate))
        case .greater:
            return order > 0 && !(candidate.post != nil && version.post == nil && hasRelease(candidate))
        }
    }

    /// A local part counts only if the clause has one: `==2.4.0` allows `2.4.0+cu124`.
    private func isEqual(_ candidate: PythonPackageVersion) -> Bool {
        candidate.isSamePublic(as: version) && (version.local == nil || version.hasSameLocal(as: candidate))
    }

    private func hasPrefix(_ candidate: PythonPackageVersion, _ prefix: [Int]) -> Bool {
        guard candidate.epoch == version.epoch else { return false }
        let padding = max(0, prefix.count - candidate.release.count)
        return (candidate.release + Array(repeating: 0, count: padding)).starts(with: prefix)
    }

    private func hasRelease(_ candidate: PythonPackageVersion) -> Bool {
        let count = max(candidate.release.count, version.release.count)
        let padded = { (numbers: [Int]) in numbers + Array(repeating: 0, count: count - numbers.count) }
        return candidate.epoch == version.epoch && padded(candidate.release) == padded(version.release)
    }
}

/// Clauses that must all hold: `>=2.1,!=2.3.0,<3`; without clauses everything is allowed.
public struct VersionSpecifiers: Hashable, Sendable, LosslessStringConvertible {
    /// All of them have to be met; none allows every version.
    public var clauses: [VersionSpecifier]

    /// The conjunction of some comparisons.
    public init(_ clauses: [VersionSpecifier] = []) { self.clauses = clauses }

    /// Parses clauses separated by commas.
    public init?(_ description: String) {
        let text = description.trimmingBlanks
        if text.isEmpty {
            self.init()
            return
        }
        var parts = text.split(separator: ",", omittingEmptySubsequences: false)
        // A comma at the end is allowed.
        if parts.count > 1, String(parts[parts.count - 1]).trimmingBlanks.isEmpty { parts.removeLast() }
        let clauses = parts.compactMap { VersionSpecifier(String($0)) }
        guard clauses.count == parts.count else { return nil }
        self.init(clauses)
    }

    /// What a person means by a version: `2.4` is every 2.4.x, `2.4.1` that one.
    ///
    /// - Returns: `nil` if the text is neither a version nor clauses.
    public init?(loose text: String) {
        if let version = PythonPackageVersion(text.trimmingBlanks) {
            let isSeries =
                version.release.count < 3 && !version.isPreRelease && version.post == nil && version.local == nil
            self.init([VersionSpecifier(.equal, version, isPrefix: isSeries)])
        } else {
            self.init(text)
        }
    }

    /// The clauses with commas between them: `>=2.1,<3`; empty without any.
    public var description: String { clauses.map(\.description).joined(separator: ",") }

    /// Whether a version meets every comparison.
    public func allows(_ version: PythonPackageVersion) -> Bool { clauses.allSatisfy { $0.allows(version) } }
}

extension StringProtocol {
    /// The text without blanks and tabs at its ends.
    var trimmingBlanks: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return String(text)
    }
}
