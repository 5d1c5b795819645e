/// Which Python the packages run on, and what it takes to have it.
struct InterpreterChoice {
    /// `nil` if conda chooses it.
    var version: Decision<PythonVersion>?
    var interpreter: PythonPlan.Interpreter
    /// What the environment is made with: a program, the release that uv installs, or conda's package.
    var environmentPython: String
    /// The program that uv is installed with; `nil` without uv.
    var uvPython: String?
    var systemPackages: [String]
}

/// An interpreter that the image has, or gets from its operating system's packages.
private struct Interpreter {
    var program: String
    var packages: [String]
    /// `nil` where it is not known.
    var version: PythonVersion?
    /// Whose it is, in words.
    var owner: String

    /// The operating system's own, whatever else the path finds first.
    static func system(of os: OperatingSystem) -> Interpreter {
        Interpreter(
            program: "/usr/bin/python3", packages: PythonTools.systemPackages(of: os),
            version: PythonTools.systemVersion(of: os), owner: "\(os)")
    }
}

extension Resolver {
    /// The interpreter for pip and uv: the image's own, or another one that uv installs.
    mutating func interpreter(
        _ python: Recipe.Python, manager: PythonManager, os: OperatingSystem, base: BaseImage?, platforms: [Platform]
    ) -> InterpreterChoice? {
        guard let own = ownInterpreter(python, os: os, base: base),
            let version = version(of: python, own: own, base: base)
        else { return nil }
        let isOwn = version.value == own.version
        if !isOwn, !checkUVHas(version.value, python, own: own, platforms: platforms) { return nil }
        var choice = InterpreterChoice(
            version: version, interpreter: !isOwn ? .uv : base?.bringsPython == true ? .base : .system,
            environmentPython: isOwn ? own.program : "\(version.value)", uvPython: nil,
            systemPackages: isOwn ? own.packages : [])
        guard manager == .uv || !isOwn else { return choice }
        guard let found = uvInterpreter(os: os, own: own) else {
            let reason = own.version.map { "\(own.owner) has Python \($0)" } ?? "its Python is not known"
            let subject = isOwn ? "uv" : "Python \(version.value) on \(os) has to come from uv, which"
            diagnostics.error(
                .pythonVersion, "\(subject) installs on Python \(PythonTools.oldestForUV) or newer; \(reason)",
                at: (isOwn ? python.manager?.span : python.version?.span) ?? python.span,
                help: isOwn
                    ? "use a newer operating system, or the manager pip"
                    : "use a newer operating system, or the Python that \(own.owner) has")
            return nil
        }
        choice.uvPython = found.program
        choice.systemPackages += found.packages.filter { !choice.systemPackages.contains($0) }
        return choice
    }

    /// conda brings its own, and its channels decide which there are.
    mutating func condaInterpreter(
        _ python: Recipe.Python, os: OperatingSystem, platforms: [Platform]
    ) -> InterpreterChoice {
        for platform in platforms where PythonTools.micromambaBinaries[platform] == nil {
            diagnostics.error(
                .notSupported, "there is no micromamba for \(platform)", at: python.manager?.span ?? python.span)
        }
        return InterpreterChoice(
            version: python.version.map { Decision($0.value, because: Reason($0.span)) }, interpreter: .conda,
            environmentPython: python.version.map { "python=\($0.value)" } ?? "python", uvPython: nil,
            systemPackages: os.family == .debian ? ["ca-certificates", "curl"] : ["ca-certificates"])
    }

    /// The interpreter that is there without uv. In Docker's `python` images it is theirs, and which release that is
    /// only the tag says.
    private mutating func ownInterpreter(
        _ python: Recipe.Python, os: OperatingSystem, base: BaseImage?
    ) -> Interpreter? {
        guard let base, base.bringsPython else { return .system(of: os) }
        guard let version = base.python else {
            let example = base.reference(withPython: python.version?.value ?? PythonVersion(3, 12))
            diagnostics.error(
                .pythonVersion, "the tag of the base '\(base.reference)' does not say which Python it has",
                at: recipe.image.base?.span,
                help: "name major and minor version in the tag, such as \(example), or use another base, "
                    + "such as debian:12")
            return nil
        }
        guard version >= PythonTools.oldestForEnvironment else {
            diagnostics.error(
                .pythonVersion,
                "the base '\(base.reference)' has Python \(version); environments need "
                    + "\(PythonTools.oldestForEnvironment) or newer",
                at: recipe.image.base?.span, help: "use a base with a newer Python")
            return nil
        }
        return Interpreter(program: "python3", packages: [], version: version, owner: "the base image")
    }

    private mutating func version(
        of python: Recipe.Python, own: Interpreter, base: BaseImage?
    ) -> Decision<PythonVersion>? {
        if let asked = python.version { return Decision(asked.value, because: Reason(asked.span)) }
        if let version = own.version { return Decision(version, because: .default("the Python of \(own.owner)")) }
        diagnostics.error(
            .pythonVersion, "the Python version of \(own.owner) is not known", at: python.span,
            help: "name one: python.version: \"3.12\" (it is installed by uv)")
        return nil
    }

    /// Reports a version that uv has no CPython for.
    private mutating func checkUVHas(
        _ version: PythonVersion, _ python: Recipe.Python, own: Interpreter, platforms: [Platform]
    ) -> Bool {
        guard let platform = platforms.first(where: { !PythonTools.installedByUV(on: $0).contains(version) }) else {
            return true
        }
        let range = PythonTools.installedByUV(on: platform)
        let ownRelease = own.version.map { ", or \($0), which \(own.owner) has" } ?? ""
        diagnostics.error(
            .pythonVersion,
            "uv \(PythonTools.uv), which would install it, has no Python \(version) for \(platform)",
            at: python.version?.span ?? python.span,
            help: "name a version from \(range.lowerBound) to \(range.upperBound)\(ownRelease)")
        return false
    }

    /// An interpreter that uv can be installed with: the image's own, the operating system's, or one beside Red Hat
    /// Enterprise Linux 8's 3.6.
    private func uvInterpreter(os: OperatingSystem, own: Interpreter) -> Interpreter? {
        let newer = Interpreter(
            program: "/usr/bin/python3.11", packages: ["python3.11"],
            version: os.family == .redHat && os.major == 8 ? PythonVersion(3, 11) : nil, owner: "\(os)")
        return [own, .system(of: os), newer].first { $0.version.map { $0 >= PythonTools.oldestForUV } ?? false }
    }
}
