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
    ///
    /// What calls a package manager is looked up in the Dockerfile itself, so that the file can't ask what is not here.
    public var downloads: [Download] {
        let stages = DownloadingStages(of: self)
        var all = baseImages.map(download) + stages.systems.flatMap(packages(of:)) + nvidia(stages)
        if let python = application.python { all += packages(of: python) }
        return all.uniqued
    }

    // MARK: - Images

    /// An image that a stage starts from.
    func download(_ image: ImageReference) -> Download {
        let mirrored = mirrored(image)
        let isOwn = isOwn(image)
        return Download(
            what: "image \(image)", host: mirrored.registry ?? Upstream.dockerHub,
            key: mirrored == image && isOwn ? "image.base" : "mirrors.images", isNamed: mirrored != image || isOwn)
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
            var host = "those of \(rpm.files.map(\.value.text).joined(separator: ", "))"
            if rpm.files.isEmpty { host = rpm.isAsIs ? "the base's own" : "those of mirrors.secrets" }
            return [Download(what: what, host: host, key: "mirrors.rpm", isNamed: true)]
        }
    }

    // MARK: - NVIDIA's packages

    private func nvidia(_ stages: DownloadingStages) -> [Download] {
        var downloads: [Download] = []
        if case .packages = cuda {
            downloads = [download("NVIDIA's packages", Upstream.nvidia, "mirrors.nvidia", mirrors.nvidia)]
        } else if stages.readsNVIDIALists {
            // Its own images have its repository, which apt and dnf read with the others.
            downloads = [download("lists of NVIDIA's packages", Upstream.nvidia, "mirrors.nvidia", mirrors.nvidia)]
        }
        if stages.fetchesKey, case .url(let url) = mirrors.nvidiaKey?.place {
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
            for channel in python.channels {
                downloads.append(
                    channel.contains("://")
                        ? named("channel \(channel)", channel, "python.channels")
                        : download("channel \(channel)", Upstream.conda, "mirrors.conda", mirrors.conda))
            }
            if let file = python.environmentFile {
                // Its channels are not read, which is a finding of its own.
                downloads.append(
                    Download(
                        what: "packages of \(file)", host: "the hosts of its channels",
                        key: "python.environment-file", isNamed: true))
            }
            return downloads + directPackages(of: python)
        }
        if python.interpreter == .uv {
            downloads.append(
                download("CPython \(python.environmentPython)", Upstream.github, "mirrors.github", mirrors.github))
        }
        for group in python.groups {
            guard let place = group.index.place else { continue }
            downloads.append(named(group.packages.joined(separator: ", "), place.url, "python.index"))
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
        return downloads + directPackages(of: python)
    }

    /// Requirements that name an address themselves, in the recipe and in its requirements file, which is copied as it is.
    private func directPackages(of python: PythonPlan) -> [Download] {
        (python.groups.flatMap(\.packages) + python.additions + python.packages).compactMap { requirement in
            PythonRequirement.address(in: requirement).flatMap { url in
                MirrorURL.authority(of: url).isEmpty
                    ? nil : named(requirement.replacing(url, with: "").trimmingSeparators, url, "python.packages")
            }
        }
            + python.requirementAddresses.map { url in
                let host = String(MirrorURL.host(ofAuthority: MirrorURL.authority(of: url)))
                let isUpstream = mirrors.upstreams.contains {
                    host.lowercased() == MirrorURL.authority(of: $0.upstream)
                }
                return Download(
                    what: "\(python.requirements?.text ?? "requirements")", host: host, key: "python.requirements",
                    isNamed: !isUpstream)
            }
    }

    /// What comes from an address of the recipe's own: a host that is on the internet has to be redirected all the same.
    private func named(_ what: String, _ url: String, _ key: String) -> Download {
        let redirected = mirrors.address(of: url)
        let host = MirrorURL.host(ofAuthority: MirrorURL.authority(of: redirected))
        let upstream = mirrors.upstreams.first {
            MirrorURL.host(ofAuthority: MirrorURL.authority(of: url)).lowercased()
                == MirrorURL.authority(of: $0.upstream)
        }
        // What is no plain file, such as git+https://github.com/…, has no place on a mirror of files.
        let isFile = upstream.map { Upstream.rest(of: url, below: $0.upstream) != nil } ?? false
        return Download(
            what: what, host: String(host),
            key: isFile ? upstream.map { "mirrors.\($0.key.rawValue)" } ?? key : key,
            isNamed: upstream == nil || redirected != url)
    }
}

/// The stages of a plan's Dockerfile that call a package manager.
private struct DownloadingStages {
    /// The operating systems whose packages are asked for, the image's own first.
    var systems: [OperatingSystem] = []
    /// Whether a package manager reads NVIDIA's repository because NVIDIA's own image has it.
    var readsNVIDIALists = false
    /// Whether a stage fetches the key of NVIDIA's repository.
    var fetchesKey = false

    init(of plan: ImagePlan) {
        let file = Dockerfile(withUpstreamImages: plan)
        let stages = Dictionary(
            file.stages.compactMap { stage in stage.name.map { ($0, stage) } }, uniquingKeysWith: { first, _ in first })
        for stage in file.stages.reversed() {
            if stage.role == .key { fetchesKey = true }
            let calls = stage.sections.contains { $0.instructions.contains(where: \.callsPackageManager) }
            guard calls else { continue }
            var root = stage
            while case .stage(let name) = root.base, let next = stages[name] { root = next }
            var os = plan.os.value
            if case .image(let reference) = root.base, BaseImage(reference).isOfficialCUDA {
                os = reference.tag.flatMap(CUDAImageTag.init)?.os ?? os
                if stage.role != .key { readsNVIDIALists = true }
            }
            if !systems.contains(os) { systems.append(os) }
        }
    }
}

extension Instruction {
    /// Whether it runs a package manager, as far as its words tell.
    var callsPackageManager: Bool {
        guard case .run(let command, _) = self else { return false }
        switch command {
        case .script(let script):
            return script.commands.contains { command in
                command.words.contains { word in
                    if case .value(let text) = word { PackageManager.programs.contains(text) } else { false }
                }
            }
        case .shell(let text):
            let words = text.utf8.split { !ByteClass.isAlphanumeric($0) && !"._-/".utf8.contains($0) }
            return words.contains { word in
                PackageManager.programs.contains(
                    String(Substring(word.split(separator: UInt8(ascii: "/")).last ?? word)))
            }
        }
    }
}

extension PackageManager {
    /// What is called on a command line: of apt there are two programs.
    fileprivate static let programs = Set(allCases.map(\.rawValue) + ["apt-get"])
}

extension String {
    /// A requirement's name without the `@` before its address.
    fileprivate var trimmingSeparators: String {
        let name = prefix { $0 != "@" && $0 != ";" }
        let text = String(name).trimmingBlanks
        return text.isEmpty ? "Python packages" : text
    }
}

extension PythonPlan {
    /// The recipe's own indexes, with the key that names each.
    fileprivate var indexes: [(String, String)] {
        (index.map { [($0, "python.index")] } ?? []) + extraIndexes.map { ($0, "python.extra-indexes") }
    }
}
