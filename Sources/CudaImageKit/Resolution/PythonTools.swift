/// Versions of Python and its tools that generated files install.
///
/// Sources: each distribution's release notes for its own `python3`; the packages' `Requires-Python` on PyPI for pip and
/// uv; the releases of micromamba. A release older than the interpreter needs would fail the build, so each is pinned.
enum PythonTools {
    /// The version of the package `python3`, or `nil` where it is not known.
    static func systemVersion(of os: OperatingSystem) -> PythonVersion? {
        switch (os.distribution, os.version) {
        case (.ubuntu, "16.04"): PythonVersion(3, 5)
        case (.ubuntu, "18.04"): PythonVersion(3, 6)
        case (.ubuntu, "20.04"): PythonVersion(3, 8)
        case (.ubuntu, "22.04"): PythonVersion(3, 10)
        case (.ubuntu, "24.04"): PythonVersion(3, 12)
        case (.debian, "10"): PythonVersion(3, 7)
        case (.debian, "11"): PythonVersion(3, 9)
        case (.debian, "12"): PythonVersion(3, 11)
        case (.debian, "13"): PythonVersion(3, 13)
        case (.amzn, "2023"): PythonVersion(3, 9)
        case (.cm, "2"): PythonVersion(3, 9)
        case (.azl, "3"): PythonVersion(3, 12)
        case (.opensuse, "15"): PythonVersion(3, 6)
        case (.suse, "16"): PythonVersion(3, 13)
        case (.ubi, _), (.rhel, _), (.centos, _), (.rockylinux, _), (.oraclelinux, _), (.almalinux, _):
            switch os.major {
            case 7, 8: PythonVersion(3, 6)
            case 9: PythonVersion(3, 9)
            case 10: PythonVersion(3, 12)
            default: nil
            }
        default: nil
        }
    }

    /// Packages that give `python3` with `venv`.
    static func systemPackages(of os: OperatingSystem) -> [String] {
        switch os.family {
        case .debian: ["python3", "python3-venv"]
        case .redHat, .suse: ["python3"]
        case .azureLinux: ["python3", "python3-pip"]
        }
    }

    /// The oldest Python that environments are made with; its own pip is the first that is pinned below.
    static let oldestForEnvironment = PythonVersion(3, 5)

    /// The newest pip that runs on an interpreter.
    static func pip(for python: PythonVersion) -> String {
        switch (python.major, python.minor) {
        case (3, ...5): "20.3.4"
        case (3, 6): "21.3.1"
        case (3, 7): "24.0"
        case (3, 8): "25.0.1"
        case (3, 9): "26.0.1"
        default: "26.3"
        }
    }

    /// The oldest Python that uv's package installs on.
    static let oldestForUV = PythonVersion(3, 8)
    static let uv = "0.13.9"

    /// The series of CPython that this uv can install.
    ///
    /// Source: `uv python list --all-versions --all-platforms` of the release above.
    static func installedByUV(on platform: Platform) -> ClosedRange<PythonVersion> {
        PythonVersion(3, platform == .linuxPPC64LE ? 9 : 8)...PythonVersion(3, 16)
    }

    /// Whether an image of the operating system can have a Python version: its own, or one that uv installs.
    ///
    /// - Parameter platforms: without any, uv's versions for the most common ones count.
    static func isInstallable(_ python: PythonVersion, on os: OperatingSystem, platforms: [Platform]) -> Bool {
        let system = systemVersion(of: os)
        if python == system { return true }
        // Red Hat Enterprise Linux 8 has newer ones beside its own 3.6.
        let hasOneForUV = system.map { $0 >= oldestForUV } ?? false || os.family == .redHat && os.major == 8
        return hasOneForUV
            && (platforms.isEmpty ? [.linuxAMD64] : platforms).allSatisfy { installedByUV(on: $0).contains(python) }
    }

    /// Whether an index has PyTorch's wheels and what they need, and so neither pip nor uv.
    static func isPyTorchIndex(_ url: String) -> Bool {
        Upstream.rest(of: url, below: Upstream.pytorch).map { !$0.isEmpty } ?? false
    }

    /// Docker's image of a Python release on a release of Debian, without compilers; `nil` if there is none.
    ///
    /// - Note: Source: the tags of Docker's image `python`, which each release of Debian has for the Pythons of its time. That
    ///   the registry has the very tag is not checked.
    static func image(of python: PythonVersion, on os: OperatingSystem) -> String? {
        let images: [String: (codename: String, pythons: ClosedRange<Int>)] = [
            "11": ("bullseye", 8...13), "12": ("bookworm", 8...15), "13": ("trixie", 9...15),
        ]
        guard os.distribution == .debian, let image = images[os.version], python.major == 3,
            image.pythons.contains(python.minor)
        else { return nil }
        return "python:\(python)-slim-\(image.codename)"
    }

    /// The CUDA whose builds one of PyTorch's indexes has: `12.4` of `https://download.pytorch.org/whl/cu124`.
    static func cuda(ofPyTorchIndex url: String) -> CUDAVersionPattern? {
        guard let folder = folder(ofPyTorchIndex: url), folder.hasPrefix("cu") else { return nil }
        // The last digit is the minor release.
        let digits = folder.dropFirst(2)
        guard let major = Int(digits.dropLast()), let minor = digits.last.flatMap({ Int(String($0)) }), major > 8 else {
            return nil
        }
        return CUDAVersionPattern(major, minor)
    }

    /// Whether one of PyTorch's indexes has builds for the CPU alone.
    static func isPyTorchIndexForCPU(_ url: String) -> Bool { folder(ofPyTorchIndex: url) == "cpu" }

    private static func folder(ofPyTorchIndex url: String) -> String? {
        guard let path = Upstream.rest(of: url, below: Upstream.pytorch), path.hasPrefix("/whl/") else { return nil }
        return path.dropFirst("/whl/".count).split(separator: "/").last.map(String.init)
    }

    /// Where uv's builds of CPython are, in the form of its setting `python-install-mirror`.
    ///
    /// - Note: Source: uv's reference of settings.
    static let uvPythons = "https://github.com/astral-sh/python-build-standalone/releases/download"
    static let micromambaReleases = "https://github.com/mamba-org/micromamba-releases/releases/download"

    /// A micromamba release, with the SHA-256 of its binaries by platform.
    static let micromamba = "2.9.0-0"
    static let micromambaBinaries: [Platform: (name: String, sha256: String)] = [
        .linuxAMD64: (
            "micromamba-linux-64", "366cd9cd8be14df1ab8ed50352a82111082a36686b2d389fdb79a92c3fafb3e3"
        ),
        .linuxARM64: (
            "micromamba-linux-aarch64", "9f93b974adcb4d166996af969b6cd371287d1a3e52733704727884d9b74cb7a7"
        ),
    ]
}
