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

    private indirect enum Expression: Hashable, Sendable {
        case comparison(left: Operand, operator: String, right: Operand)
        case all(Expression, Expression)
        case any(Expression, Expression)
    }

    private enum Operand: Hashable, Sendable {
        case variable(String)
        case text(String)
    }

    private let expression: Expression

    /// - Returns: `nil` if the text is no marker.
    init?(_ text: String) {
        guard let words = Self.words(of: text) else { return nil }
        var reader = Reader(words: words)
        guard let expression = reader.alternatives(), reader.isAtEnd else { return nil }
        self.expression = expression
    }

    /// Whether a requirement counts in an environment; `nil` if that depends on what is not known.
    func holds(in environment: Environment) -> Bool? { Self.value(of: expression, in: environment) }

    // MARK: - Evaluation

    private static func value(of expression: Expression, in environment: Environment) -> Bool? {
        switch expression {
        case .all(let left, let right):
            let values = [value(of: left, in: environment), value(of: right, in: environment)]
            return values.contains(false) ? false : values.contains(nil) ? nil : true
        case .any(let left, let right):
            let values = [value(of: left, in: environment), value(of: right, in: environment)]
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

    // MARK: - Reading

    private enum Word: Hashable {
        case text(String)
        case name(String)
        case sign(String)
        case open, close
    }

    private static func words(of text: String) -> [Word]? {
        var words: [Word] = []
        var rest = text[...]
        while let first = rest.first {
            switch first {
            case " ", "\t": rest = rest.dropFirst()
            case "(", ")":
                words.append(first == "(" ? .open : .close)
                rest = rest.dropFirst()
            case "\"", "'":
                guard let end = rest.dropFirst().firstIndex(of: first) else { return nil }
                words.append(.text(String(rest[..<end].dropFirst())))
                rest = rest[rest.index(after: end)...]
            case "<", ">", "=", "!", "~":
                let sign = rest.prefix { "<>=!~".contains($0) }
                guard VersionSpecifier.Operator(rawValue: String(sign)) != nil else { return nil }
                words.append(.sign(String(sign)))
                rest = rest[sign.endIndex...]
            default:
                let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
                guard !name.isEmpty else { return nil }
                words.append(.name(String(name)))
                rest = rest[name.endIndex...]
            }
        }
        return words
    }

    private struct Reader {
        var words: [Word]
        private var index = 0
        private var depth = 0
        private static let maximumDepth = 32

        init(words: [Word]) { self.words = words }

        var isAtEnd: Bool { index == words.count }

        private func peek(_ ahead: Int = 0) -> Word? {
            index + ahead < words.count ? words[index + ahead] : nil
        }

        private mutating func take(_ word: Word) -> Bool {
            guard peek() == word else { return false }
            index += 1
            return true
        }

        mutating func alternatives() -> Expression? {
            guard var result = conjunction() else { return nil }
            while take(.name("or")) {
                guard let next = conjunction() else { return nil }
                result = .any(result, next)
            }
            return result
        }

        private mutating func conjunction() -> Expression? {
            guard var result = term() else { return nil }
            while take(.name("and")) {
                guard let next = term() else { return nil }
                result = .all(result, next)
            }
            return result
        }

        private mutating func term() -> Expression? {
            if take(.open) {
                depth += 1
                guard depth <= Self.maximumDepth, let inner = alternatives(), take(.close) else { return nil }
                depth -= 1
                return inner
            }
            guard let left = operand(), let sign = sign(), let right = operand() else { return nil }
            return .comparison(left: left, operator: sign, right: right)
        }

        private mutating func operand() -> Operand? {
            switch peek() {
            case .text(let text):
                index += 1
                return .text(text)
            case .name(let name):
                guard let variable = EnvironmentMarker.variables[name] else { return nil }
                index += 1
                return .variable(variable)
            default: return nil
            }
        }

        private mutating func sign() -> String? {
            switch (peek(), peek(1)) {
            case (.sign(let sign), _):
                index += 1
                return sign
            case (.name("in"), _):
                index += 1
                return "in"
            case (.name("not"), .name("in")):
                index += 2
                return "not in"
            default: return nil
            }
        }
    }

    /// The variables, with the older spellings that PEP 508 lists.
    private static let variables: [String: String] = {
        let names = [
            "os_name", "sys_platform", "platform_machine", "platform_python_implementation", "platform_release",
            "platform_system", "platform_version", "python_version", "python_full_version", "implementation_name",
            "implementation_version", "extra", "extras", "dependency_groups",
        ]
        let older = [
            "os.name": "os_name", "sys.platform": "sys_platform", "platform.machine": "platform_machine",
            "platform.version": "platform_version", "python_implementation": "platform_python_implementation",
            "platform.python_implementation": "platform_python_implementation",
        ]
        return Dictionary(uniqueKeysWithValues: names.map { ($0, $0) }).merging(older) { name, _ in name }
    }()
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

extension PythonVersion {
    /// The versions that images get, newest first.
    static let considered = (5...16).reversed().map { PythonVersion(3, $0) }
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

extension PythonRequirement {
    /// Whether the marker leaves the requirement out wherever an image may run: it asks for another system than Linux.
    var isForAnotherSystem: Bool {
        EnvironmentMarker.holds(marker, python: nil, platforms: Platform.allCases) == false
    }
}
