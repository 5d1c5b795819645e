/// What a stage gets before anything else, so that everything after it comes from the site's mirrors: certificates that
/// the operating system trusts, and the repositories of its package manager.
struct SiteSections {
    let mirrors: Recipe.Mirrors
    let snapshot: SnapshotTime?
    /// The image that the stage starts from, by its upstream name.
    let base: BaseImage
    let os: OperatingSystem
    let manager: PackageManager
    /// Whether the stage is the one that fetches the key of NVIDIA's repository, which is not trusted before.
    var fetchesKey = false
    /// Whether another stage has the checked key of the mirror's own.
    var hasOwnKey = true

    private var packages: PackageCommands { PackageCommands(manager: manager) }

    /// Whether the base has a copy of NVIDIA's repository configured: its own images do.
    private var hasNVIDIARepository: Bool { base.isOfficialCUDA }

    /// Whether that copy is led to the mirror. With another key than NVIDIA's nobody could read it without that key.
    private var redirectsNVIDIA: Bool { hasNVIDIARepository && (mirrors.nvidiaKey == nil || hasOwnKey) }

    /// Whether the base is known to have certificates already.
    ///
    /// Source: NVIDIA's image sources, whose base layer installs `ca-certificates`; Docker's `python`, which needs it for
    /// its own downloads, also as `slim`.
    private var hasCertificates: Bool { base.isOfficialCUDA || base.bringsPython }

    /// Files that come first, then what the package manager is told; empty if there is nothing to do.
    var sections: [Dockerfile.Section] {
        let files = certificateFiles + (redirectsNVIDIA && !fetchesKey ? ownKey : [])
        let commands = manager.isDebian ? apt : rpm
        var sections: [Dockerfile.Section] = []
        if !files.isEmpty { sections.append(Dockerfile.Section(.siteFiles, files)) }
        if !commands.isEmpty {
            let installs = manager.isDebian && installsCertificates
            sections.append(
                Dockerfile.Section(
                    .site, commands, lintExceptions: installs ? packages.pinningRule.map { [$0] } ?? [] : []))
        }
        return sections
    }

    private var installsCertificates: Bool {
        !hasCertificates && (!mirrors.certificates.isEmpty || snapshot != nil && os.distribution == .ubuntu)
    }

    // MARK: - Certificates

    private var anchors: String { os.anchorFolder }

    private var certificateFiles: [Instruction] {
        mirrors.certificates.compactMap { file in
            ContainerPath("\(anchors)/\(Recipe.Mirrors.fileName(of: file.value)).crt").map {
                .copy(Copy([file.value], to: $0))
            }
        }
    }

    // MARK: - apt

    private var apt: [Instruction] {
        var script = ShellScript()
        let isUbuntuSnapshot = snapshot != nil && os.distribution == .ubuntu
        let edits = archiveEdits
        if !isUbuntuSnapshot { script.commands += edit(edits) }
        if redirectsNVIDIA { script.commands += nvidiaList }
        var scripts: [ShellScript] = []
        // A secret that is one of apt's files can't be edited where it is mounted: that is where something is downloaded.
        if mirrors.hasSecretSources, installsCertificates {
            scripts.append(script)
            script = ShellScript()
        }
        if snapshot != nil, os.distribution == .debian {
            // A snapshot's lists are past their date by nature; their signatures are checked as ever.
            script.commands.append([
                "echo", .value("Acquire::Check-Valid-Until \"false\";"), .syntax(">"), "/etc/apt/apt.conf.d/99snapshot",
            ])
        }
        if !mirrors.certificates.isEmpty || isUbuntuSnapshot {
            script.commands += installsCertificates ? installCertificates : []
            script.commands.append(["update-ca-certificates"])
        }
        // It is reached by HTTPS alone, which needs the certificates.
        if isUbuntuSnapshot {
            if mirrors.hasSecretSources {
                scripts.append(script)
                script = ShellScript()
            }
            script.commands += edit(edits)
        }
        return (scripts + [script]).filter { !$0.isEmpty }.map { .run(.script($0)) }
    }

    /// Edits of `sed` that put other addresses in place of the distribution's.
    private var archiveEdits: [String] {
        var archive = mirrors.archives(of: os)?.archive?.value.text
        var security = mirrors.archives(of: os)?.security?.value.text
        var ports = mirrors.archives(of: os)?.ports?.value.text
        switch os.distribution {
        case .ubuntu:
            if let snapshot {
                archive = "https://snapshot.ubuntu.com/ubuntu/\(snapshot)"
                (security, ports) = (archive, archive)
            }
            return [
                archive.map { "s#https?://([a-z0-9.-]+[.])?archive[.]ubuntu[.]com/ubuntu#\($0)#" },
                security.map { "s#https?://security[.]ubuntu[.]com/ubuntu#\($0)#" },
                ports.map { "s#https?://ports[.]ubuntu[.]com/ubuntu-ports#\($0)#" },
            ].compactMap { $0 }
        case .debian:
            if let snapshot {
                archive = "http://snapshot.debian.org/archive/debian/\(snapshot)"
                security = "http://snapshot.debian.org/archive/debian-security/\(snapshot)"
            }
            return [
                security.map { "s#https?://[a-z0-9.-]+[.]debian[.]org/debian-security#\($0)#" },
                archive.map { "s#https?://[a-z0-9.-]+[.]debian[.]org/debian([/ ]|$)#\($0)\\1#" },
            ].compactMap { $0 }
        default: return []
        }
    }

    /// Applies edits to apt's sources in both of their formats.
    private func edit(_ edits: [String]) -> [ShellCommand] {
        guard !edits.isEmpty else { return [] }
        return [
            ShellCommand(
                [
                    "find", "/etc/apt", "(", "-name", "*.list", "-o", "-name", "*.sources", ")", "-exec", "sed", "-i",
                    "-E",
                ]
                    + edits.map { .item("--expression=\($0)") } + ["{}", "+"])
        ]
    }

    /// The repository that NVIDIA's own image has.
    private var nvidiaList: [ShellCommand] {
        guard let mirror = mirrors.nvidia?.value.text else { return [] }
        if mirrors.nvidiaKey == nil { return edit(["s#\(Self.pattern(Upstream.nvidia))#\(mirror)#"]) }
        if fetchesKey {
            // apt can't check it before the key is there.
            return [
                [
                    "find", "/etc/apt/sources.list.d", "-type", "f", "-exec", "grep", "-q",
                    .value(Self.pattern(Upstream.nvidia)), "{}", ";", "-delete",
                ]
            ]
        }
        let options = "[signed-by=\(RepositoryCommands.keyPath(for: manager))]"
        return edit(["s#^deb ([[][^]]*[]] +)?\(Self.pattern(Upstream.nvidia))#deb \(options) \(mirror)#"])
    }

    private static func pattern(_ text: String) -> String { text.replacing(".", with: "[.]") }

    /// A mirror's own key, at the place where NVIDIA's images have NVIDIA's.
    private var ownKey: [Instruction] {
        guard mirrors.nvidia != nil, mirrors.nvidiaKey != nil, let stage = StageName("nvidia-key"),
            let path = ContainerPath(RepositoryCommands.keyPath(for: manager))
        else { return [] }
        let copy = Instruction.copy(Copy([path], to: path, from: .stage(stage)))
        // rpm's other front ends read the key that the repository names; zypper knows what was imported.
        return os.family == .suse
            ? [copy, .run(.script(ShellScript([["rpm", "--import", .value(path.text)]])))] : [copy]
    }

    /// The package with the usual certificates, over a connection that is checked with the site's own ones.
    private var installCertificates: [ShellCommand] {
        let archives = mirrors.archives(of: os)
        let encrypted = [archives?.archive, archives?.security, archives?.ports].compactMap { $0?.value }
            .filter(\.isEncrypted).map(\.host)
        let isAsIs = archives?.isAsIs == true
        guard !encrypted.isEmpty || isAsIs, !mirrors.certificates.isEmpty else {
            return packages.refresh + packages.install(["ca-certificates"]) + packages.clean
        }
        let bundle = "/tmp/site.crt"
        // Which hosts the base's own sources name is not known.
        var options: [ShellCommand.Word] = isAsIs ? [.value("-oAcquire::https::CAInfo=\(bundle)")] : []
        for host in encrypted {
            let option = ShellCommand.Word.value("-oAcquire::https::\(host)::CAInfo=\(bundle)")
            if !options.contains(option) { options.append(option) }
        }
        // Also what a base of one's own may have already.
        let gather: ShellCommand = [
            "find", "/etc", .value(anchors), "-name", "*.crt", "-exec", "sed", "", "{}", "+", .syntax(">"),
            .value(bundle),
        ]
        return [gather]
            + (packages.refresh + packages.install(["ca-certificates"])).map { $0.withOptions(options, of: "apt-get") }
            + packages.clean + [["rm", .value(bundle)]]
    }

    // MARK: - rpm

    private var rpm: [Instruction] {
        var commands: [ShellCommand] = []
        if !mirrors.certificates.isEmpty {
            commands.append([.value(os.family == .suse ? "update-ca-certificates" : "update-ca-trust")])
        }
        let files = mirrors.rpm?.files ?? []
        if mirrors.rpm?.isAsIs == false { commands.append(removeRepositories) }
        if fetchesKey, os.family == .suse, hasNVIDIARepository, mirrors.nvidia != nil {
            // zypper can't check it before the key is there, and fails.
            commands.append(["rm", "-f", .syntax("/etc/zypp/repos.d/cuda*.repo")])
        } else if redirectsNVIDIA, let mirror = mirrors.nvidia?.value.text {
            let edit = ShellCommand.Word.value("s#\(Self.pattern(Upstream.nvidia))#\(mirror)#")
            commands.append([
                "sed", "-i", edit,
                .syntax(os.family == .suse ? "/etc/zypp/repos.d/cuda*.repo" : "/etc/yum.repos.d/cuda*.repo"),
            ])
        }
        var instructions: [Instruction] = commands.isEmpty ? [] : [.run(.script(ShellScript(commands)))]
        let folder = os.family == .suse ? "/etc/zypp/repos.d/" : "/etc/yum.repos.d/"
        if !files.isEmpty, let target = ContainerPath(folder) {
            instructions.append(.copy(Copy(files.map(\.value), to: target)))
        }
        return instructions
    }

    /// The base's own repositories, but for NVIDIA's.
    private var removeRepositories: ShellCommand {
        if os.family == .suse {
            return hasNVIDIARepository
                ? ["find", "/etc/zypp/repos.d", "-name", "*.repo", "!", "-name", "cuda*.repo", "-delete"]
                : ["rm", "-f", .syntax("/etc/zypp/repos.d/*.repo")]
        }
        // Minimal images have no `find`.
        return hasNVIDIARepository
            ? [
                .syntax("for file in /etc/yum.repos.d/*.repo; do"),
                .syntax("case \"$file\" in */cuda*.repo) ;; *) rm \"$file\" ;; esac; done"),
            ] : ["rm", "-f", .syntax("/etc/yum.repos.d/*.repo")]
    }
}

extension OperatingSystem {
    /// Where certificate authorities are put for the operating system to trust them.
    ///
    /// - Note: Source: `update-ca-certificates(8)` of Debian, Red Hat's "Using shared system certificates", openSUSE's
    ///   `ca-certificates`.
    var anchorFolder: String {
        switch family {
        case .debian: "/usr/local/share/ca-certificates"
        case .redHat, .azureLinux: "/etc/pki/ca-trust/source/anchors"
        case .suse: "/etc/pki/trust/anchors"
        }
    }

    /// The file with all certificates that the operating system trusts. Sources as above.
    var certificateBundle: String {
        switch family {
        case .debian: "/etc/ssl/certs/ca-certificates.crt"
        case .redHat, .azureLinux: "/etc/pki/tls/certs/ca-bundle.crt"
        case .suse: "/etc/ssl/ca-bundle.pem"
        }
    }
}

extension ShellCommand {
    /// The command with options right behind a program's name.
    func withOptions(_ options: [Word], of program: String) -> ShellCommand {
        guard let index = words.firstIndex(of: .value(program)) else { return self }
        return ShellCommand(words[...index] + options + words[(index + 1)...])
    }
}
