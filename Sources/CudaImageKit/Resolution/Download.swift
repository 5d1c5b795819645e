/// Something that a build fetches, and where from.
public struct Download: Hashable, Sendable {
    /// `image debian:12`, `packages of debian12`.
    public internal(set) var what: String
    /// The host it comes from: `registry.example.com`.
    public internal(set) var host: String
    /// The key of the recipe that names the host, or would name another one: `mirrors.debian`.
    public internal(set) var key: String
    /// Whether the recipe names the host.
    public internal(set) var isNamed: Bool
}

extension ImagePlan {
    /// What a build fetches, as far as the recipe tells: not what its own commands fetch.
    public var downloads: [Download] {
        var all = images + systemPackages + nvidia
        if let python = application.python { all += packages(of: python) }
        var seen: Set<Download> = []
        return all.filter { seen.insert($0).inserted }
    }

    // MARK: - Images

    private var images: [Download] {
        baseImages.map { image in
            let mirrored = mirrors.reference(image)
            let upstream = image.registry ?? "docker.io"
            return Download(
                what: "image \(image)", host: mirrored.registry ?? "docker.io",
                key: mirrored == image && !Upstream.registries.contains(upstream) ? "image.base" : "mirrors.images",
                isNamed: mirrored != image || !Upstream.registries.contains(upstream))
        }
    }

    /// The images that stages start from, by their upstream names.
    package var baseImages: [ImageReference] {
        var images: [ImageReference] = []
        for installation in [cuda, toolchain].compactMap({ $0 }) {
            let image =
                switch installation {
                case .image(let reference): reference
                case .packages(let packages): packages.base.value
                case .wheels(let wheels): wheels.base.value
                }
            if !images.contains(image) { images.append(image) }
        }
        return images
    }

    // MARK: - The operating system's packages

    private var systemPackages: [Download] {
        var systems: [OperatingSystem] = []
        if usesPackages { systems.append(os.value) }
        if let build = application.build, let system = buildSystem,
            !build.packages.isEmpty || build.commands.contains(where: Self.callsPackageManager)
        {
            if !systems.contains(system) { systems.append(system) }
        }
        return systems.flatMap(packages(of:))
    }

    private func packages(of os: OperatingSystem) -> [Download] {
        let what = "packages of \(os)"
        func archive(_ place: MirrorURL?, _ host: String, _ key: String) -> Download {
            Download(what: what, host: place?.host ?? host, key: key, isNamed: place != nil)
        }
        let own = mirrors.archives(of: os)
        if own?.isAsIs == true {
            return [
                Download(what: what, host: "the base's own", key: "mirrors.\(os.distribution.rawValue)", isNamed: true)
            ]
        }
        if reproducible?.snapshot != nil, os.family == .debian {
            let host = os.distribution == .ubuntu ? "snapshot.ubuntu.com" : "snapshot.debian.org"
            return [Download(what: what, host: host, key: "reproducible.snapshot", isNamed: false)]
        }
        switch os.distribution {
        case .ubuntu:
            var hosts: [Download] = []
            if platforms.value.contains(.linuxAMD64) {
                hosts.append(
                    archive(
                        own?.archive?.value, "archive.ubuntu.com",
                        own == nil ? "mirrors.ubuntu" : "mirrors.ubuntu.archive"))
                hosts.append(
                    archive(
                        own?.security?.value, "security.ubuntu.com",
                        own == nil ? "mirrors.ubuntu" : "mirrors.ubuntu.security"))
            }
            if platforms.value.contains(where: { $0 != .linuxAMD64 }) {
                hosts.append(archive(own?.ports?.value, "ports.ubuntu.com", "mirrors.ubuntu.ports"))
            }
            return hosts
        case .debian:
            return [
                archive(own?.archive?.value, "Debian's archive", "mirrors.debian.archive"),
                archive(own?.security?.value, "Debian's security archive", "mirrors.debian.security"),
            ]
        default:
            guard let rpm = mirrors.rpm else {
                return [
                    Download(what: what, host: "the hosts of \(os)'s repositories", key: "mirrors.rpm", isNamed: false)
                ]
            }
            let host =
                rpm.files.isEmpty ? "the base's own" : "those of \(rpm.files.map(\.value.text).joined(separator: ", "))"
            return [Download(what: what, host: host, key: "mirrors.rpm", isNamed: true)]
        }
    }

    /// Whether the image's package manager is asked for anything, as far as can be told.
    private var usesPackages: Bool {
        if case .packages = cuda { return true }
        return !application.systemPackages.isEmpty || application.commands.contains(where: Self.callsPackageManager)
            || !mirrors.certificates.isEmpty && packageManager.isDebian
                && wheels.map { !BaseImage($0.base.value).bringsPython } ?? false
    }

    private static func callsPackageManager(_ command: String) -> Bool {
        PackageManager.allCases.contains { command.contains($0.rawValue) }
    }

    /// The operating system of the stage that compiles.
    private var buildSystem: OperatingSystem? {
        guard case .image(let reference) = toolchain else { return os.value }
        return reference.tag.flatMap(CUDAImageTag.init)?.os ?? os.value
    }

    // MARK: - NVIDIA's packages

    private var nvidia: [Download] {
        var what: String?
        if case .packages = cuda { what = "NVIDIA's packages" }
        // Its own images have its repository, which apt and dnf read with the others.
        if what == nil, baseImages.contains(where: { BaseImage($0).isOfficialCUDA }), !systemPackages.isEmpty {
            what = "lists of NVIDIA's packages"
        }
        guard let what else { return [] }
        var downloads = [download(what, Upstream.nvidia, "mirrors.nvidia", mirrors.nvidia)]
        if case .url(let url) = mirrors.nvidiaKey?.place {
            downloads.append(
                Download(what: "the mirror's key", host: url.host, key: "mirrors.nvidia-key", isNamed: true))
        }
        return downloads
    }

    private func download(_ what: String, _ upstream: String, _ key: String, _ mirror: Located<MirrorURL>?) -> Download
    {
        Download(
            what: what, host: mirror?.value.host ?? String(MirrorURL.authority(of: upstream)), key: key,
            isNamed: mirror != nil)
    }

    // MARK: - Python

    private func packages(of python: PythonPlan) -> [Download] {
        var downloads: [Download] = []
        if python.manager == .conda {
            downloads.append(download("micromamba", Upstream.github, "mirrors.github", mirrors.github))
            let channels = python.channels.isEmpty && python.environmentFile == nil ? ["conda-forge"] : python.channels
            for channel in channels {
                downloads.append(
                    channel.contains("://")
                        ? named("channel \(channel)", channel, "python.channels")
                        : download("channel \(channel)", Upstream.conda, "mirrors.conda", mirrors.conda))
            }
            return downloads
        }
        if python.interpreter == .uv {
            downloads.append(
                download("CPython \(python.environmentPython)", Upstream.github, "mirrors.github", mirrors.github))
        }
        for group in python.groups {
            guard let place = group.index.place else { continue }
            let isPyTorch = place.url.hasPrefix(Upstream.pytorch + "/")
            downloads.append(
                isPyTorch
                    ? download(group.packages.joined(separator: ", "), place.url, "mirrors.pytorch", mirrors.pytorch)
                    : download(group.packages.joined(separator: ", "), place.url, "python.index", nil))
        }
        for (index, key) in python.indexes {
            downloads.append(named("Python packages", index, key))
        }
        if python.index == nil || python.index.map(PythonTools.isPyTorchIndex) == true {
            // pip and uv know their own index; it is nowhere written here.
            downloads.append(
                Download(
                    what: "Python packages", host: mirrors.pypi?.value.host ?? "pip's own index", key: "mirrors.pypi",
                    isNamed: mirrors.pypi != nil))
        }
        return downloads
    }

    /// What comes from an address of the recipe's own: a host that is on the internet has to be redirected all the same.
    private func named(_ what: String, _ url: String, _ key: String) -> Download {
        let redirected = mirrors.address(of: url)
        let upstream: [(String, String)] = [
            (Upstream.pytorch, "mirrors.pytorch"), (Upstream.conda, "mirrors.conda"),
            (Upstream.github, "mirrors.github"),
        ]
        let publicKey = upstream.first { url.hasPrefix($0.0 + "/") }?.1
        return Download(
            what: what, host: String(MirrorURL.authority(of: redirected)), key: publicKey ?? key,
            isNamed: publicKey == nil || redirected != url)
    }
}

extension PythonPlan {
    /// The recipe's own indexes, with the key that names each.
    fileprivate var indexes: [(String, String)] {
        (index.map { [($0, "python.index")] } ?? []) + extraIndexes.map { ($0, "python.extra-indexes") }
    }
}
