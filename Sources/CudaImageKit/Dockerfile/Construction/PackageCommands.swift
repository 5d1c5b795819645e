/// What each package manager is told; nothing else knows their options.
struct PackageCommands {
    let manager: PackageManager

    /// Reads the repositories' package lists, where that is a command of its own.
    var refresh: [ShellCommand] {
        switch manager {
        case .apt: [["apt-get", "update"]]
        case .yum, .dnf, .microdnf, .tdnf, .zypper: []
        }
    }

    /// Installs packages, each on a line of its own.
    ///
    /// - Parameter option: an option of yum such as `obsoletes=0`.
    func install(_ packages: [String], option: String? = nil) -> [ShellCommand] {
        guard !packages.isEmpty else { return [] }
        return [ShellCommand(installWords(option: option) + packages.map { .item($0) })]
    }

    private func installWords(option: String? = nil) -> [ShellCommand.Word] {
        let option: [ShellCommand.Word] = option.map { [.value("--setopt=\($0)")] } ?? []
        switch manager {
        case .apt:
            return [.syntax("DEBIAN_FRONTEND=noninteractive"), "apt-get", "install", "-y", "--no-install-recommends"]
        case .yum: return ["yum", "install", "-y"] + option
        case .dnf: return ["dnf", "install", "-y"] + option
        case .microdnf: return ["microdnf", "install", "-y"] + option
        case .tdnf: return ["tdnf", "install", "-y"]
        case .zypper: return ["zypper", "--non-interactive", "install", "--no-recommends"]
        }
    }

    /// What a recipe's package is called on the command line, or `nil` if the base image has it.
    ///
    /// Red Hat's images from release 9 on, and Amazon Linux 2023, have `curl-minimal`, which conflicts with `curl`: its file
    /// is satisfied by either. `microdnf` takes no file names, but minimal images have `curl-minimal`, too.
    func applicationPackage(_ name: String) -> String? {
        guard name == "curl" else { return name }
        switch manager {
        case .yum, .dnf: return "/usr/bin/curl"
        case .microdnf: return nil
        case .apt, .tdnf, .zypper: return name
        }
    }

    /// How a pinned package is named on the command line.
    func name(of pin: PackageSet.Pin) -> String {
        guard let version = pin.version else { return pin.name }
        switch manager {
        case .apt, .zypper: return "\(pin.name)=\(version)"
        case .yum, .dnf, .microdnf, .tdnf: return "\(pin.name)-\(version)"
        }
    }

    /// Installs those packages that the repositories have.
    func installIfAvailable(_ packages: [String]) -> [ShellCommand] {
        packages.map { package in
            let name: ShellCommand.Word = .value(package)
            let (query, end) = availability
            return ShellCommand(
                [.syntax("if"), .syntax(query), name, .syntax(end)] + installWords() + [name, .syntax("; fi")])
        }
    }

    /// Asks whether the repositories have a package: what stands before its name, and after it.
    private var availability: (query: StaticSyntax, end: StaticSyntax) {
        let end: StaticSyntax = "> /dev/null 2>&1; then"
        switch manager {
        case .apt: return ("apt-cache show", end)
        case .yum: return ("yum --quiet list", end)
        case .dnf: return ("dnf --quiet list", end)
        // Finding nothing is no failure here.
        case .microdnf: return ("[ -n \"$(microdnf repoquery", "2> /dev/null)\" ]; then")
        case .tdnf: return ("tdnf list", end)
        case .zypper: return ("zypper --non-interactive search --match-exact", end)
        }
    }

    /// Installs package files that were downloaded.
    func installFiles(_ paths: [String]) -> [ShellCommand] {
        guard !paths.isEmpty else { return [] }
        switch manager {
        // dpkg itself, as apt of Ubuntu 16.04 can't pin a file that is newer than the repository's.
        case .apt: return [ShellCommand(["dpkg", "--install"] + paths.map { .item($0) })]
        case .yum, .dnf, .microdnf, .tdnf, .zypper: return install(paths)
        }
    }

    /// Removes packages and what came with them.
    func remove(_ packages: [String]) -> [ShellCommand] {
        guard !packages.isEmpty else { return [] }
        let names: [ShellCommand.Word] = packages.map { .value($0) }
        switch manager {
        case .apt: return [ShellCommand(["apt-get", "purge", "-y", "--auto-remove"] + names)]
        case .yum, .dnf, .microdnf, .tdnf: return [ShellCommand([.value(manager.rawValue), "remove", "-y"] + names)]
        case .zypper: return [ShellCommand(["zypper", "--non-interactive", "remove", "--clean-deps"] + names)]
        }
    }

    /// Keeps packages at their versions through upgrades.
    func hold(_ packages: [String]) -> [ShellCommand] {
        guard !packages.isEmpty else { return [] }
        let names: [ShellCommand.Word] = packages.map { .value($0) }
        switch manager {
        case .apt: return [ShellCommand(["apt-mark", "hold"] + names)]
        case .yum, .dnf: return [ShellCommand([.value(manager.rawValue), "versionlock"] + names)]
        case .zypper: return [ShellCommand(["zypper", "addlock"] + names)]
        // Neither has a way to lock a version.
        case .microdnf, .tdnf: return []
        }
    }

    /// Holds a package that not every platform's image has.
    func holdIfInstalled(_ package: String) -> [ShellCommand] {
        let name: ShellCommand.Word = .value(package)
        guard manager == .apt else { return [] }
        return [
            ShellCommand([
                .syntax("if dpkg --status"), name, .syntax("> /dev/null 2>&1; then apt-mark hold"), name,
                .syntax("; fi"),
            ])
        ]
    }

    /// Upgrades the operating system.
    var upgradeSystem: [ShellCommand] {
        switch manager {
        case .apt: [["apt-get", "upgrade", "-y"]]
        case .yum, .dnf, .microdnf: [[.value(manager.rawValue), "upgrade", "-y"]]
        case .tdnf: [["tdnf", "update", "-y"]]
        case .zypper: [["zypper", "--non-interactive", "update"]]
        }
    }

    /// Leaves no package lists or downloads in the layer.
    var clean: [ShellCommand] {
        switch manager {
        case .apt: [["rm", "-rf", .syntax("/var/lib/apt/lists/*")]]
        case .yum: [["yum", "clean", "all"], ["rm", "-rf", .syntax("/var/cache/yum/*")]]
        case .dnf: [["dnf", "clean", "all"], ["rm", "-rf", .syntax("/var/cache/dnf/*")]]
        case .microdnf: [["microdnf", "clean", "all"]]
        case .tdnf: [["tdnf", "clean", "all"]]
        case .zypper: [["zypper", "clean", "--all"]]
        }
    }

    /// hadolint's rule that every package be pinned, which packages of the operating system can't keep.
    var pinningRule: String? {
        switch manager {
        case .apt: "DL3008"
        case .yum: "DL3033"
        case .dnf, .microdnf: "DL3041"
        case .zypper: "DL3037"
        case .tdnf: nil
        }
    }
}
