/// The condition behind a requirement's `;`: `python_version < "3.9" and platform_machine == "x86_64"`.
///
/// Source: PEP 508 (now "Dependency specifiers" of the Python packaging user guide), environment markers.
struct EnvironmentMarker: Hashable, Sendable {
    /// What is known of the machine that a requirement is installed on: Linux, in a container, with CPython.
    struct Environment: Hashable, Sendable {
        /// `nil` if it is not decided yet.
        var python: PythonVersion?
        var platform = Platform.linuxAMD64
    }

    /// A chain of `and` or `or` is one list: nothing recurses along it, however long it is.
    enum Expression: Hashable, Sendable {
        case comparison(left: Operand, operator: String, right: Operand)
        case all([Expression])
        case any([Expression])
    }

    enum Operand: Hashable, Sendable {
        case variable(String)
        case text(String)
    }

    private let expression: Expression

    /// - Returns: `nil` if the text is no marker, or longer than ``MarkerReader/maximumWords``.
    init?(_ text: String) {
        guard var reader = MarkerReader(text), let expression = reader.expression() else { return nil }
        self.expression = expression
    }

    /// Whether a requirement counts in an environment; `nil` if that depends on what is not known.
    func holds(in environment: Environment) -> Bool? { Self.value(of: expression, in: environment) }

    // MARK: - Evaluation

    private static func value(of expression: Expression, in environment: Environment) -> Bool? {
        switch expression {
        case .all(let parts):
            let values = parts.map { value(of: $0, in: environment) }
            return values.contains(false) ? false : values.contains(nil) ? nil : true
        case .any(let parts):
            let values = parts.map { value(of: $0, in: environment) }
            return values.contains(true) ? true : values.contains(nil) ? nil : false
        case .comparison(let left, let sign, let right):
            // Of a series the first and the last release stand for all: where they differ, nobody knows.
            let lefts = values(of: left, in: environment)
            let rights = values(of: right, in: environment)
            let results = Set(lefts.flatMap { left in rights.map { compare(left, sign, $0) } })
            return results.count == 1 ? results.first ?? nil : nil
        }
    }

    /// The values that a side may have; `[nil]` if none is known.
    private static func values(of operand: Operand, in environment: Environment) -> [String?] {
        switch operand {
        case .text(let text): [text]
        case .variable("os_name"): ["posix"]
        case .variable("sys_platform"): ["linux"]
        case .variable("platform_system"): ["Linux"]
        case .variable("platform_python_implementation"): ["CPython"]
        case .variable("implementation_name"): ["cpython"]
        case .variable("platform_machine"): [environment.platform.machine]
        case .variable("python_version"): [environment.python?.description]
        case .variable("python_full_version"), .variable("implementation_version"):
            environment.python.map { ["\($0).0", "\($0).9999"] } ?? [nil]
        // pip evaluates markers outside of extras with an empty one.
        case .variable("extra"): [""]
        case .variable: [nil]
        }
    }

    /// Versions are compared as PEP 440 has it, everything else as texts.
    private static func compare(_ left: String?, _ sign: String, _ right: String?) -> Bool? {
        guard let left, let right else { return nil }
        switch sign {
        case "in": return right.containsBytes(of: left)
        case "not in": return !right.containsBytes(of: left)
        default: break
        }
        if let version = PythonPackageVersion(left), let specifier = VersionSpecifier(sign + right) {
            return specifier.allows(version)
        }
        // `"3.9" <= python_version`
        if let version = PythonPackageVersion(right), PythonPackageVersion(left) != nil, let turned = turned[sign],
            let specifier = VersionSpecifier(turned + left)
        {
            return specifier.allows(version)
        }
        switch sign {
        case "==", "===": return left == right
        case "!=": return left != right
        case "<": return left < right
        case "<=": return left <= right
        case ">": return left > right
        case ">=": return left >= right
        default: return nil
        }
    }

    private static let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="]
}

extension EnvironmentMarker {
    /// Whether a requirement with this marker counts: on any of the platforms, or with any Python if none is known.
    ///
    /// - Returns: `nil` if it depends on the Python that is not known yet. What can't be read or told counts as met.
    static func holds(_ text: String?, python: PythonVersion?, platforms: [Platform]) -> Bool? {
        guard let text, let marker = EnvironmentMarker(text) else { return true }
        let platforms = platforms.isEmpty ? [.linuxAMD64] : platforms
        func answers(_ python: PythonVersion?) -> [Bool?] {
            platforms.map { marker.holds(in: Environment(python: python, platform: $0)) }
        }
        if let python { return answers(python).contains { $0 != false } }
        let known = answers(nil)
        if known.contains(true) { return true }
        guard known.contains(nil) else { return false }
        // It may be something else than Python that is not known, or false for all that come into question.
        let each = Set(PythonVersion.considered.map { python in answers(python).contains { $0 != false } })
        return each.count == 1 ? each.first : nil
    }
}

extension Platform {
    /// What `uname -m` prints there, and `platform.machine()` with it.
    fileprivate var machine: String {
        switch self {
        case .linuxAMD64: "x86_64"
        case .linuxARM64: "aarch64"
        case .linuxPPC64LE: "ppc64le"
        }
    }
}
