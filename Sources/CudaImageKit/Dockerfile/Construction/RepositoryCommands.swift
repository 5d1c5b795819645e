/// Sets up NVIDIA's package repository with a key that was checked.
///
/// The key is fetched in a stage of its own: what fetching and checking need never reaches the image, and the
/// layer is cached whatever happens to the pins.
struct RepositoryCommands {
    let repository: PackageRepository
    let packages: PackageCommands
    let os: OperatingSystem

    /// Where the checked key lies, in the key's stage and in the image.
    var keyPath: String { Self.keyPath(for: packages.manager) }

    static func keyPath(for manager: PackageManager) -> String {
        manager.isDebian ? "/usr/share/keyrings/cuda-archive-keyring.gpg" : "/etc/pki/rpm-gpg/RPM-GPG-KEY-NVIDIA"
    }

    private static let keyFile = "/tmp/cuda.pub"

    /// The stage that fetches the key, or takes it from the build context, checks it, and leaves it at `keyPath`.
    func keyStage(on base: ImageReference) -> Dockerfile.Stage {
        var instructions: [Instruction] = []
        if case .file(let file) = repository.keyPlace, let target = ContainerPath(Self.keyFile) {
            if !installTools.isEmpty { instructions.append(.run(.script(ShellScript(installTools)))) }
            instructions += [.copy(Copy([file], to: target)), .run(.script(ShellScript(checkKey)))]
        } else {
            instructions.append(.run(.script(ShellScript(installTools + download + checkKey))))
        }
        let installs =
            packages.manager.isDebian || os.family == .suse || repository.keyPlace != nil && !installTools.isEmpty
        return Dockerfile.Stage(
            role: .key, base: .image(base), name: StageName("nvidia-key"),
            sections: [
                Dockerfile.Section(
                    .signingKey, instructions, details: ["id": repository.key.id],
                    lintExceptions: installs ? packages.pinningRule.map { [$0] } ?? [] : [])
            ])
    }

    /// What fetching and checking need.
    private var installTools: [ShellCommand] {
        if packages.manager.isDebian {
            var tools = ["ca-certificates", "curl", "gnupg"]
            if case .file = repository.keyPlace { tools = ["gnupg"] }
            return packages.refresh + packages.install(tools) + packages.clean
        }
        if os.family == .suse { return packages.install(["curl", "gpg2"]) + packages.clean }
        // The others of Red Hat's family have gpg, which their package managers need.
        if os.family == .azureLinux, repository.key.sha256WithoutVersionLine == nil {
            return packages.install(["gnupg2"]) + packages.clean
        }
        return []
    }

    private var download: [ShellCommand] {
        var url = "\(repository.url)/\(repository.key.file)"
        if case .url(let address) = repository.keyPlace { url = address.text }
        let folder: [ShellCommand] = packages.manager.isDebian ? [] : [["mkdir", "-p", "/etc/pki/rpm-gpg"]]
        return folder + [["curl", "-fsSL", "-o", .value(Self.keyFile), .value(url)]]
    }

    private var checkKey: [ShellCommand] {
        let key = repository.key
        if packages.manager.isDebian {
            return checkFingerprint(of: Self.keyFile) + [
                ["gpg", "--dearmor", "-o", .value(keyPath), .value(Self.keyFile)]
            ]
        }
        var commands: [ShellCommand] = []
        if case .file = repository.keyPlace { commands.append(["mkdir", "-p", "/etc/pki/rpm-gpg"]) }
        commands.append(["sed", "/^Version/d", .value(Self.keyFile), .syntax(">"), .value(keyPath)])
        if let sum = key.sha256WithoutVersionLine {
            return commands + ShellCommand.checkSHA256(sum, of: keyPath, sumFile: "/tmp/cuda.sha256")
        }
        return commands + checkFingerprint(of: keyPath)
    }

    private func checkFingerprint(of file: String) -> [ShellCommand] {
        guard let fingerprint = repository.key.fingerprint else { return [] }
        // A file in between rather than a pipe, which would hide that gpg failed.
        return [
            ["gpg", "--with-colons", "--with-fingerprint", .value(file), .syntax(">"), "/tmp/cuda.fpr"],
            // Of each key the primary one: whatever else is in the file would be trusted as well.
            ["sed", "-n", "/^pub:/,/^fpr:/s/^fpr:*\\(.*\\):$/\\1/p", "/tmp/cuda.fpr", .syntax(">"), "/tmp/cuda.keys"],
            [
                .syntax("if [ \"$(cat /tmp/cuda.keys)\" !="), .value(fingerprint.uppercased()), .syntax("]; then"),
                .start("echo"), .value("expected key \(fingerprint.uppercased()) alone, found"), .syntax(">&2;"),
                .start("cat /tmp/cuda.keys >&2; exit 1; fi"),
            ],
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
