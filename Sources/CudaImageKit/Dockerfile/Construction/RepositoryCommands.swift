/// Sets up NVIDIA's package repository with a key that was checked.
///
/// The key is fetched in a stage of its own: what fetching and checking need never reaches the image, and the
/// layer is cached whatever happens to the pins.
struct RepositoryCommands {
    let repository: PackageRepository
    let packages: PackageCommands
    let os: OperatingSystem

    /// Where the checked key lies, in the key's stage and in the image.
    var keyPath: String {
        packages.manager.isDebian
            ? "/usr/share/keyrings/cuda-archive-keyring.gpg" : "/etc/pki/rpm-gpg/RPM-GPG-KEY-NVIDIA"
    }

    /// Fetches the key, checks it, and leaves it at `keyPath`.
    var fetchKey: ShellScript {
        let key = repository.key
        let url = "\(repository.url)/\(key.file)"
        var commands: [ShellCommand] = []
        if packages.manager.isDebian {
            commands += packages.refresh + packages.install(["ca-certificates", "curl", "gnupg"]) + packages.clean
            commands.append(["curl", "-fsSL", "-o", "/tmp/cuda.pub", .value(url)])
            commands += checkFingerprint(of: "/tmp/cuda.pub")
            commands.append(["gpg", "--dearmor", "-o", .value(keyPath), "/tmp/cuda.pub"])
        } else {
            if os.family == .suse { commands += packages.install(["curl", "gpg2"]) + packages.clean }
            commands.append(["mkdir", "-p", "/etc/pki/rpm-gpg"])
            commands.append(["curl", "-fsSL", "-o", "/tmp/cuda.pub", .value(url)])
            commands.append(["sed", "/^Version/d", "/tmp/cuda.pub", .syntax(">"), .value(keyPath)])
            if let sum = key.sha256WithoutVersionLine {
                commands += ShellCommand.checkSHA256(sum, of: keyPath, sumFile: "/tmp/cuda.sha256")
            } else {
                commands += checkFingerprint(of: keyPath)
            }
        }
        return ShellScript(commands)
    }

    private func checkFingerprint(of file: String) -> [ShellCommand] {
        guard let fingerprint = repository.key.fingerprint else { return [] }
        // A file in between rather than a pipe, which would hide that gpg failed.
        return [
            ["gpg", "--with-colons", "--with-fingerprint", .value(file), .syntax(">"), "/tmp/cuda.fpr"],
            ["grep", "-q", .value("^fpr:::::::::\(fingerprint.uppercased()):"), "/tmp/cuda.fpr"],
        ]
    }

    /// Tells the package manager of the repository.
    var addRepository: [ShellCommand] {
        if packages.manager.isDebian {
            var lines = ["deb [signed-by=\(keyPath)] \(repository.url) /"]
            if let url = repository.machineLearningURL { lines.append("deb [signed-by=\(keyPath)] \(url) /") }
            return [write(lines, to: "/etc/apt/sources.list.d/cuda.list")]
        }
        var lines = [
            "[cuda]", "name=cuda", "baseurl=\(repository.url)", "enabled=1", "gpgcheck=1", "gpgkey=file://\(keyPath)",
        ]
        if let url = repository.machineLearningURL {
            lines += [
                "[nvidia-machine-learning]", "name=nvidia-machine-learning", "baseurl=\(url)", "enabled=1",
                "gpgcheck=1", "gpgkey=file://\(keyPath)",
            ]
        }
        if os.family == .suse {
            return [
                ["rpm", "--import", .value(keyPath)], write(lines, to: "/etc/zypp/repos.d/cuda.repo"),
            ]
        }
        return [write(lines, to: "/etc/yum.repos.d/cuda.repo")]
    }

    private func write(_ lines: [String], to path: String) -> ShellCommand {
        ShellCommand(["printf", "%s\\n"] + lines.map { .item($0) } + [.syntax(">"), .value(path)])
    }
}
