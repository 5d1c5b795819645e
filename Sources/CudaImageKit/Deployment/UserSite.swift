/// Which images run a Python that reads packages from the home of whoever runs it.
extension DeploymentPlan {
    /// Whether such an interpreter is in the image and may be run: Apptainer mounts the home of the host's account.
    ///
    /// A virtual environment switches these packages off itself, conda's environments and other interpreters do not.
    ///
    /// - Note: Source: Python documentation, `site` (virtual environments; `PYTHONNOUSERSITE`).
    var readsUserSite: Bool {
        let programs = (entrypoint + arguments).flatMap(Self.pythons)
        guard let python = application.python else {
            return !programs.isEmpty || hasPythonOfItsOwn
        }
        // By its name, the virtual environment's interpreter is the first on the path.
        return python.manager == .conda
            || programs.contains { $0.hasPrefix("/") && !$0.hasPrefix(PythonSections.environment + "/") }
    }

    /// Whether the operating system's packages or the base image bring an interpreter, which scripts may begin with.
    private var hasPythonOfItsOwn: Bool {
        application.systemPackages.contains { $0.text.hasPrefix("python") } || plan.baseBringsPython
    }

    /// The interpreters that a word of a command names: `/usr/bin/python3` in `exec /usr/bin/python3 a.py`.
    private static func pythons(in word: String) -> [String] {
        word.split { !($0.isLetter || $0.isNumber || "/._-+".contains($0)) }.map(String.init).filter { program in
            let name = FilePath.name(of: program)
            let rest = ["python", "pypy"].first(where: name.hasPrefix).map { name.dropFirst($0.count) }
            return rest?.allSatisfy { $0.isNumber || $0 == "." } ?? false
        }
    }
}

extension ImagePlan {
    /// Whether the image is made on Docker's `python` or a copy of it.
    fileprivate var baseBringsPython: Bool {
        switch cuda {
        case .image: false
        case .packages(let packages): BaseImage(packages.base.value).bringsPython
        case .wheels(let wheels): BaseImage(wheels.base.value).bringsPython
        }
    }
}
