import Testing

@testable import CudaImageKit

/// Which Python an image gets, and how.
@Suite struct ResolutionInterpreterTests {
    /// A request and what it leads to.
    struct Choice: Sendable, CustomTestStringConvertible {
        var base: String
        var python: String
        var version: String?
        var interpreter: PythonPlan.Interpreter
        /// What the environment is made with, and what uv is installed with.
        var programs: [String?]
        var pip: String?
        var packages: [String]

        init(
            _ base: String, _ python: String, _ version: String?, _ interpreter: PythonPlan.Interpreter,
            _ programs: [String?], pip: String? = nil, packages: [String] = []
        ) {
            self.base = base
            self.python = python
            self.version = version
            self.interpreter = interpreter
            self.programs = programs
            self.pip = pip
            self.packages = packages
        }

        var testDescription: String { "\(base): \(python)" }
    }

    private static let debian = ["python3", "python3-venv"]
    private static let system = "/usr/bin/python3"
    private static let slim = "base: 'python:3.12-slim-bookworm'"

    @Test(arguments: [
        Choice("os: ubuntu22.04", "{}", "3.10", .system, [system, nil], pip: "26.3", packages: debian),
        Choice("os: ubuntu22.04", "{version: '3.10'}", "3.10", .system, [system, nil], pip: "26.3", packages: debian),
        Choice("os: ubuntu22.04", "{version: '3.8'}", "3.8", .uv, ["3.8", system], pip: "25.0.1", packages: debian),
        Choice("os: ubuntu22.04", "{manager: uv}", "3.10", .system, [system, system], packages: debian),
        Choice("os: ubuntu22.04", "{project: .}", "3.10", .system, [system, system], packages: debian),
        // The operating system's own, even where another Python may come first on the path.
        Choice("base: 'debian:12'", "{}", "3.11", .system, [system, nil], pip: "26.3", packages: debian),
        Choice(slim, "{}", "3.12", .base, ["python3", nil], pip: "26.3"),
        Choice(slim, "{version: '3.12', manager: uv}", "3.12", .base, ["python3", "python3"]),
        Choice(slim, "{version: '3.11'}", "3.11", .uv, ["3.11", "python3"], pip: "26.3"),
        // Too old to install uv on, but its operating system's is not.
        Choice(
            "base: 'python:3.7-slim-bullseye'", "{version: '3.12'}", "3.12", .uv, ["3.12", system], pip: "26.3",
            packages: debian),
        Choice(
            "os: ubi8", "{version: '3.12'}", "3.12", .uv, ["3.12", "/usr/bin/python3.11"], pip: "26.3",
            packages: ["python3.11"]),
        Choice(
            "os: ubi8", "{manager: uv}", "3.6", .system, [system, "/usr/bin/python3.11"],
            packages: ["python3", "python3.11"]),
        Choice(
            "os: ubi8", "{manager: conda, packages: [a]}", nil, .conda, ["python", nil], packages: ["ca-certificates"]),
        Choice(
            "os: ubuntu22.04", "{manager: conda, version: '2.7'}", "2.7", .conda, ["python=2.7", nil],
            packages: ["ca-certificates", "curl"]),
        Choice(
            "base: 'python:3'", "{manager: conda, packages: [a]}", nil, .conda, ["python", nil],
            packages: ["ca-certificates", "curl"]),
    ])
    func interpreterIsTheImagesOwnOrUVs(_ choice: Choice) throws {
        let os = choice.base.contains("'python:3'") ? ", os: debian12" : ""
        let cuda = choice.base.contains("bullseye") ? "12.4.1" : "12.6.3"
        let (found, diagnostics) = resolve("image: {cuda: \(cuda), \(choice.base)\(os)}\npython: \(choice.python)")
        let plan = try #require(found, "\(DiagnosticFormatter().text(diagnostics))")
        let python = try #require(plan.application.python)
        #expect(python.version?.value.description == choice.version)
        #expect(python.interpreter == choice.interpreter)
        #expect([python.environmentPython, python.uvPython] == choice.programs)
        #expect(python.pip == choice.pip)
        #expect(python.systemPackages == choice.packages)
        let installed = Set(plan.application.systemPackages.map(\.text))
        #expect(installed.isSuperset(of: choice.packages))
        #expect(installed.subtracting(choice.packages).filter { $0.hasPrefix("python") } == [])
    }

    @Test(arguments: [
        ("3-slim-bookworm", "python:3.12-slim-bookworm"), ("slim-bookworm", "python:3.12-slim-bookworm"),
        ("bookworm", "python:3.12-bookworm"), ("rc-slim-bookworm", "python:3.12-slim-bookworm"),
    ])
    func tagOfThePythonImageHasToNameTheVersion(tag: String, example: String) throws {
        for python in ["{}", "{manager: uv}", "{version: '3.12'}"] {
            try Refusal(
                "image: {cuda: 12.4.1, base: 'python:\(tag)'}\npython: \(python)",
                "1:29 CG0401 the tag of the base 'python:\(tag)' does not say which Python it has", help: example
            ).check(severity: .error)
        }
        // A version that is asked for is the one to look for in a tag.
        try Refusal(
            "image: {cuda: 12.4.1, base: 'python:\(tag)'}\npython: {version: '3.11'}",
            "1:29 CG0401 the tag of the base 'python:\(tag)' does not say which Python it has",
            help: example.replacing("3.12", with: "3.11")
        ).check(severity: .error)
    }

    @Test(arguments: [
        ("python:3.12-slim-bookworm", "3.12"), ("python:3.13.0rc1-slim", "3.13"),
        ("mirror.example.com/python:3.9", "3.9"),
        ("python:3", nil), ("python:latest", nil), ("python", nil), ("debian:12", nil),
    ])
    func onlyATagWithMajorAndMinorNamesAVersion(base: String, version: String?) throws {
        let image = BaseImage(try #require(ImageReference(base)))
        #expect(image.python?.description == version)
        #expect(image.bringsPython == !base.hasPrefix("debian"))
    }

    @Test(arguments: [
        ("2.7", "linux/amd64", "3.8"), ("3.6", "linux/amd64", "3.8"), ("3.7", "linux/amd64", "3.8"),
        ("3.20", "linux/amd64", "3.8"), ("4.0", "linux/amd64", "3.8"), ("3.8", "linux/ppc64le", "3.9"),
        ("3.17", "linux/arm64", "3.8"),
    ])
    func versionThatUVDoesNotHaveIsRefused(version: String, platform: String, oldest: String) throws {
        let image =
            platform == "linux/ppc64le" ? "{cuda: 11.0.3, os: ubi8, " : "{cuda: 12.6.3, os: ubuntu22.04, "
        for manager in ["pip", "uv"] {
            try Refusal(
                "image: \(image)platforms: [\(platform)]}\npython: {version: '\(version)', manager: \(manager)}",
                "2:19 CG0401 uv 0.13.9, which would install it, has no Python \(version) for \(platform)",
                help: "name a version from \(oldest) to 3.16, or 3."
            ).check(severity: .error)
        }
        // conda has others.
        if platform != "linux/ppc64le" {
            let recipe = "image: \(image)platforms: [\(platform)]}\npython: {version: '\(version)', manager: conda}"
            #expect(resolve(recipe).plan != nil)
        }
    }

    @Test(arguments: [
        Refusal(
            "image: {cuda: 11.8.0, base: 'python:2.7-slim-buster'}\npython: {}",
            "1:29 CG0401 the base 'python:2.7-slim-buster' has Python 2.7; environments need 3.5 or newer",
            help: "newer Python"),
        Refusal(
            "image: {cuda: 11.8.0, os: ubuntu18.04}\npython: {manager: uv}",
            "2:19 CG0401 uv installs on Python 3.8 or newer; ubuntu18.04 has Python 3.6", help: "the manager pip"),
    ])
    func interpreterThatIsTooOldIsRefused(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    @Test func fileNamesNoVersionThatWasNotDecided() throws {
        let recipe = "image: {cuda: 12.6.3, os: ubi8}\npython: {manager: conda, packages: [a]}"
        let output = Generator().generate(RecipeSource(text: recipe, fileName: "app.yaml"))
        let text = try #require(output.text)
        #expect(text.contains("\n# Python, conda's own, in"))
        #expect(text.contains("        python \\\n        a\n"))
    }

    @Test func startedPythonIsTheBasesOwn() {
        let recipe = "image: {cuda: 12.4.1, base: 'python:3.12-slim-bookworm'}\nentrypoint: [python3, a.py]"
        #expect(resolve(recipe).diagnostics.all.map(\.code) == [.derivedPins])
    }
}
