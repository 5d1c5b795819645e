/// The commands that install one layer of an official image from packages.
struct LayerCommands {
    let layer: CatalogLayer
    let installation: PackageInstallation
    let platform: PlatformInstallation

    private var packages: PackageCommands { PackageCommands(manager: installation.packageManager) }

    /// Whether the packages stand on NVIDIA's own choice of base: only there are its workarounds known to fit.
    private var reproducesBase: Bool { installation.isOfficialBase }

    /// Packages of the operating system that the layer adds.
    var systemPackages: [String] {
        // Ubuntu's packages for cuda-gdb's old ncurses do not exist on every Debian.
        guard reproducesBase || installation.os == platform.facts.os else { return [] }
        let fromCommand = layer.set.systemCommand?.split(separator: " ").map(String.init) ?? []
        return layer.set.systemPackages.filter { !fromCommand.contains($0) }
    }

    private var isFirst: Bool { platform.layers.first == layer }

    /// Whether the layer names a package without a version, as NVIDIA's own file does.
    var hasUnpinned: Bool {
        layer.set.packages.contains { $0.version == nil } || !layer.set.optionalPackages.isEmpty
            || (!isFirst && !systemPackages.isEmpty) || !layer.set.packageFiles.isEmpty
    }

    var script: ShellScript {
        let set = layer.set
        let files = set.packageFiles
        let repositoryPins = set.packages.filter { pin in
            !files.contains { isFile($0, of: pin) }
        }
        var commands = packages.refresh
        if isFirst, reproducesBase { commands += systemUpgrade }
        // The first layer's are installed with the repository.
        var names = isFirst ? [] : systemPackages
        let needsDownloader = packages.manager.isDebian && !(files.isEmpty && set.archives.isEmpty)
        if needsDownloader { names += ["ca-certificates", "wget"] }
        commands += packages.install(
            names + repositoryPins.map(packages.name(of:)), option: set.yumOption)
        commands += packages.installIfAvailable(set.optionalPackages)
        commands += installFiles(files) + set.archives.flatMap(unpack)
        for symlink in set.symlinks {
            commands.append(["ln", "-s", .value(symlink.target), .value(symlink.link)])
        }
        if isFirst {
            commands.append(
                ShellCommand(
                    ["printf", "%s\\n"] + platform.facts.linkerPaths.map { .value($0) }
                        + [.syntax("> /etc/ld.so.conf.d/nvidia.conf")]))
        }
        commands.append(["ldconfig"])
        commands += packages.hold(set.heldPackages)
        // On a base of the user's own, wget may be the base's.
        if needsDownloader, reproducesBase { commands += packages.remove(["wget"]) }
        commands += packages.clean
        return ShellScript(commands)
    }

    /// NVIDIA upgrades some operating systems first, and works around the mistakes of others.
    private var systemUpgrade: [ShellCommand] {
        let set = layer.set
        var commands: [ShellCommand] = []
        if let command = set.systemCommand {
            var words = command.split(separator: " ").map { ShellCommand.Word.value(String($0)) }
            if words.count > 1, !words.contains("-y") { words.insert("-y", at: 2) }
            commands.append(ShellCommand(words))
        }
        if set.upgradesSystem, set.systemCommand.map({ !$0.contains(" update ") }) ?? true {
            commands += packages.upgradeSystem
        }
        return commands
    }

    /// Whether a downloaded file is the package a pin names: `libnccl2_2.8.3-1+cuda11.0_arm64.deb`.
    private func isFile(_ file: PackageSet.Download, of pin: PackageSet.Pin) -> Bool {
        let name = fileName(of: file)
        return name.hasPrefix(pin.name + "_") || pin.version.map { name.hasPrefix("\(pin.name)-\($0)") } ?? false
    }

    private func fileName(of file: PackageSet.Download) -> String {
        FilePath.name(of: file.url)
    }

    private func download(_ file: PackageSet.Download) -> [ShellCommand] {
        let path = "/tmp/" + fileName(of: file)
        // Unencrypted addresses of old files also serve TLS.
        let upstream = file.url.hasPrefix("http://") ? "https://" + file.url.dropFirst("http://".count) : file.url
        let url = installation.mirror?.address(of: upstream, below: Upstream.nvidia) ?? upstream
        let fetch: ShellCommand =
            packages.manager.isDebian
            ? ["wget", "-q", "-O", .value(path), .value(url)] : ["curl", "-fsSL", "-o", .value(path), .value(url)]
        return [fetch] + ShellCommand.checkSHA256(file.sha256, of: path, sumFile: path + ".sha256")
    }

    private func installFiles(_ files: [PackageSet.Download]) -> [ShellCommand] {
        guard !files.isEmpty else { return [] }
        let paths = files.map { "/tmp/" + fileName(of: $0) }
        return files.flatMap(download) + packages.installFiles(paths)
            + [ShellCommand(["rm"] + paths.flatMap { [.value($0), .value($0 + ".sha256")] })]
    }

    /// cuDNN's archives hold a tree `cuda/`, NCCL's one folder with `lib/` and `include/`.
    private func unpack(_ archive: PackageSet.Download) -> [ShellCommand] {
        let path = "/tmp/" + fileName(of: archive)
        let isNCCL = fileName(of: archive).hasPrefix("nccl")
        let unpack: ShellCommand =
            isNCCL
            ? [
                "tar", "--no-same-owner", "--skip-old-files", "-C", "/usr/local/cuda/lib64", "--strip-components=2",
                "-xf", .value(path), "--wildcards",
                .value(layer.variant.flavor == .devel ? "*/lib/*" : "*/lib/libnccl.so.*"),
            ]
            : layer.variant.flavor == .devel
                ? ["tar", "--no-same-owner", "-C", "/usr/local", "-xf", .value(path)]
                : [
                    "tar", "--no-same-owner", "-C", "/usr/local", "-xf", .value(path), "--wildcards",
                    "cuda/lib64/*.so.*",
                ]
        let headers: [ShellCommand] =
            isNCCL && layer.variant.flavor == .devel
            ? [
                [
                    "tar", "--no-same-owner", "-C", "/usr/local/cuda/include", "--strip-components=2", "-xf",
                    .value(path),
                    "--wildcards", "*/include/*",
                ]
            ] : []
        return download(archive) + [unpack] + headers + [["rm", .value(path), .value(path + ".sha256")]]
    }
}
