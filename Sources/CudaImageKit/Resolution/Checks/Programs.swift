extension Resolver {
    /// Warns of programs that the image will not have: found in a second here, in minutes by a failed container.
    mutating func checkPrograms(of plan: ApplicationPlan, on os: OperatingSystem, base: BaseImage?) {
        // What could not be read might install the program.
        guard isRead("system", "python", "run") else { return }
        if let entrypoint = recipe.entrypoint {
            checkProgram(entrypoint.value.first, of: plan, on: os, base: base, at: entrypoint.span)
        }
        if recipe.entrypoint == nil, isRead("entrypoint"), let command = recipe.command {
            checkProgram(command.value.first, of: plan, on: os, base: base, at: command.span)
        }
        if let healthcheck = recipe.healthcheck {
            checkProgram(healthcheck.value.command.first, of: plan, on: os, base: base, at: healthcheck.span)
        }
    }

    private mutating func checkProgram(
        _ path: String?, of plan: ApplicationPlan, on os: OperatingSystem, base: BaseImage?, at span: SourceSpan
    ) {
        guard let path else { return }
        let program = FilePath.name(of: path)
        // Commands of the recipe may install anything; what they do can't be known.
        guard plan.commands.isEmpty else { return }
        if program == "python" || program == "python3" || program.hasPrefix("python3.") {
            guard plan.python == nil, base?.bringsPython != true,
                !plan.systemPackages.contains(where: { $0.text.hasPrefix("python3") })
            else { return }
            diagnostics.warning(
                .unknownProgram, "'\(path)' is started, but nothing installs Python", at: span,
                help: "add 'python:' (for example python: {manager: pip})")
            return
        }
        // Red Hat's and SUSE's base images have curl; Debian's and Ubuntu's do not.
        if program == "curl", os.family != .debian { return }
        guard let package = Self.package(of: program, on: os), !plan.installs(package) else { return }
        diagnostics.warning(
            .unknownProgram, "'\(path)' is started, but nothing installs it", at: span,
            help: os.family == .debian || !Self.packagesOfDebian.contains(package)
                ? "add '\(package)' to system.packages"
                : "\(os) has no such package: copy it from another image, or install it with 'run'")
    }

    /// Warns of Python packages that come from a repository, in an image without the program that fetches it.
    ///
    /// The environment is made in the image itself, so the program stays in it, and nobody gets one unasked.
    mutating func checkRepositories(of plan: ApplicationPlan, on os: OperatingSystem, base: BaseImage?) {
        guard let python = recipe.python, python.decidedManager != .conda, base?.hasVersionControl != true,
            isRead("system", "python.manager")
        else {
            return
        }
        for package in python.packages {
            guard case .repository(let program, let usesSSH) = PythonPackageEntry(package.value).source else {
                continue
            }
            let programs = [program] + (usesSSH && program != "ssh" ? ["ssh"] : [])
            for program in programs {
                let name = Self.package(of: program, on: os)
                if let name, plan.installs(name) { continue }
                diagnostics.warning(
                    .unknownProgram,
                    "\(package.value.quotedExcerpt) is fetched by '\(program)', and nothing installs that",
                    at: package.span,
                    help: name.map { "add '\($0)' to system.packages" } ?? "name an archive's URL or a package index")
            }
        }
    }

    /// Those that Red Hat's, SUSE's and Azure's own repositories lack.
    private static let packagesOfDebian: Set<String> = ["ffmpeg", "tini", "dumb-init"]

    /// The package that has a program which CUDA images lack.
    private static func package(of program: String, on os: OperatingSystem) -> String? {
        program == "ssh" ? os.family == .debian ? "openssh-client" : "openssh-clients" : packagesOfPrograms[program]
    }

    private static let packagesOfPrograms = [
        "curl": "curl", "wget": "wget", "node": "nodejs", "git": "git", "ffmpeg": "ffmpeg", "tini": "tini",
        "dumb-init": "dumb-init", "jq": "jq", "hg": "mercurial", "svn": "subversion",
    ]
}

extension ApplicationPlan {
    /// Whether the operating system's packages have one of this name, with or without a version.
    fileprivate func installs(_ package: String) -> Bool {
        systemPackages.contains { installed in
            let name = installed.text.split(separator: "=").first.map(String.init)
            // Red Hat's git without its graphical tools.
            return name == package || package == "git" && name == "git-core"
        }
    }
}
