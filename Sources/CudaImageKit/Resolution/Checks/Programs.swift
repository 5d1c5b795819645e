extension Resolver {
    /// Warns of programs that the image will not have: found in a second here, in minutes by a failed container.
    mutating func checkPrograms(of plan: ApplicationPlan, on os: OperatingSystem) {
        // What could not be read might install the program.
        guard isRead("system", "python", "run") else { return }
        if let entrypoint = recipe.entrypoint {
            checkProgram(entrypoint.value.first, of: plan, on: os, at: entrypoint.span)
        }
        if recipe.entrypoint == nil, isRead("entrypoint"), let command = recipe.command {
            checkProgram(command.value.first, of: plan, on: os, at: command.span)
        }
        if let healthcheck = recipe.healthcheck {
            checkProgram(healthcheck.value.command.first, of: plan, on: os, at: healthcheck.span)
        }
    }

    private mutating func checkProgram(
        _ path: String?, of plan: ApplicationPlan, on os: OperatingSystem, at span: SourceSpan
    ) {
        guard let path, let program = path.split(separator: "/").last.map(String.init) else { return }
        // Commands of the recipe may install anything; what they do can't be known.
        guard plan.commands.isEmpty else { return }
        if program == "python" || program == "python3" || program.hasPrefix("python3.") {
            guard plan.python == nil, !plan.systemPackages.contains(where: { $0.text.hasPrefix("python3") }) else {
                return
            }
            diagnostics.warning(
                .unknownProgram, "'\(path)' is started, but nothing installs Python", at: span,
                help: "add 'python:' (for example python: {manager: pip})")
            return
        }
        // Red Hat's and SUSE's base images have curl; Debian's and Ubuntu's do not.
        if program == "curl", os.family != .debian { return }
        guard let package = Self.packagesOfPrograms[program],
            !plan.systemPackages.contains(where: { $0.text.split(separator: "=").first.map(String.init) == package })
        else { return }
        diagnostics.warning(
            .unknownProgram, "'\(path)' is started, but nothing installs it", at: span,
            help: os.family == .debian || !Self.packagesOfDebian.contains(package)
                ? "add '\(package)' to system.packages"
                : "\(os) has no such package: copy it from another image, or install it with 'run'")
    }

    /// Those that Red Hat's, SUSE's and Azure's own repositories lack.
    private static let packagesOfDebian: Set<String> = ["ffmpeg", "tini", "dumb-init"]

    /// Programs that CUDA images lack, by the package that has them.
    private static let packagesOfPrograms = [
        "curl": "curl", "wget": "wget", "node": "nodejs", "git": "git", "ffmpeg": "ffmpeg", "tini": "tini",
        "dumb-init": "dumb-init", "jq": "jq",
    ]
}
