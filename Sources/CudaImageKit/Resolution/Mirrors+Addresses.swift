/// Hosts that downloads come from unless a recipe says otherwise.
enum Upstream {
    /// NVIDIA's package repositories, and the archives of old releases.
    static let nvidia = "https://developer.download.nvidia.com"
    static let pytorch = "https://download.pytorch.org"
    static let conda = "https://conda.anaconda.org"
    static let github = "https://github.com"

    /// The registry of references that name none, as engines write it.
    static let dockerHub = "docker.io"

    /// Further host names of Docker Hub.
    ///
    /// - Note: Source: `distribution/reference`, which takes `index.docker.io` for `docker.io`; the other two are the hosts
    ///   behind both.
    private static let namesOfDockerHub: Set<String> = [
        "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com",
    ]

    /// A registry in the one form in which two are compared: host names have no case, and 443 is the port of HTTPS.
    static func canonical(registry: some StringProtocol) -> String {
        var name = registry.lowercased()
        if name.hasSuffix(":443") { name.removeLast(4) }
        return namesOfDockerHub.contains(name) ? dockerHub : name
    }

    /// What of a URL stands behind an upstream address, whatever its scheme: `/whl/cu124` of
    /// `http://Download.PyTorch.org/whl/cu124`; `nil` for an address of another host.
    static func rest(of url: String, below upstream: String) -> Substring? {
        guard let scheme = url.firstRange(of: "://"),
            ["https", "http"].contains(url[..<scheme.lowerBound].lowercased())
        else { return nil }
        let authority = MirrorURL.authority(of: url)
        guard MirrorURL.host(ofAuthority: authority).lowercased() == MirrorURL.authority(of: upstream) else {
            return nil
        }
        return url[authority.endIndex...]
    }
}

extension ImageReference {
    /// The registry that the image is on, in the form in which two are compared.
    var canonicalRegistry: String { Upstream.canonical(registry: registry ?? Upstream.dockerHub) }
}

extension Recipe.Mirrors {
    /// Whether nothing of it changes a file.
    var isEmpty: Bool { self == Recipe.Mirrors() }

    /// The secrets as mounts.
    var mounts: [Mount] {
        secrets.compactMap { secret in secret.path.map { .secret(id: secret.id.value, target: $0) } }
    }

    /// The image that a `FROM` names in place of an upstream one: the only place where that is decided. Tag and digest stay.
    ///
    /// - Parameter isOwn: whether the recipe itself names the image's registry, so that one place for all others leaves it.
    func reference(_ image: ImageReference, isOwn: Bool) -> ImageReference {
        let registry = image.canonicalRegistry
        let isHub = registry == Upstream.dockerHub
        let isOfficial = isHub && image.repository.hasPrefix("library/")
        let short = isOfficial ? String(image.repository.dropFirst("library/".count)) : image.repository
        var names = ["\(registry)/\(short)"]
        // Docker's own images have two names: debian, and library/debian.
        if isHub, !short.contains("/") { names.append("\(registry)/library/\(short)") }
        for mirror in images {
            guard let upstream = mirror.upstream?.value.canonical else {
                return isOwn ? image : image.renamed("\(mirror.place.value.text)/\(short)")
            }
            for name in names {
                if name == upstream { return image.renamed(mirror.place.value.text) }
                if name.hasPrefix(upstream + "/") {
                    return image.renamed(mirror.place.value.text + name.dropFirst(upstream.count))
                }
            }
        }
        return image
    }

    /// Whether a secret is a file of apt's sources, which lies there while something is downloaded.
    var hasSecretSources: Bool {
        secrets.contains { secret in
            guard let target = secret.target?.value.text, target.hasPrefix("/etc/apt/") else { return false }
            return target.hasSuffix(".list") || target.hasSuffix(".sources")
        }
    }

    /// Upstream hosts that have a key, and what stands in for each.
    var upstreams: [(upstream: String, key: Key, mirror: Located<MirrorURL>?)] {
        [
            (Upstream.nvidia, .nvidia, nvidia), (Upstream.pytorch, .pytorch, pytorch),
            (Upstream.github, .github, github), (Upstream.conda, .conda, conda),
        ]
    }

    /// Where a file of NVIDIA's, of PyTorch's, of GitHub's or of conda's is fetched from.
    func address(of url: String) -> String {
        for case (let upstream, _, let mirror?) in upstreams {
            if let rest = Upstream.rest(of: url, below: upstream) { return mirror.value.text + rest }
        }
        return url
    }

    /// A requirement of pip or conda with the address in it replaced: `name @ URL`.
    func redirecting(_ requirement: String) -> String {
        guard let url = PythonRequirement.address(in: requirement) else { return requirement }
        let address = address(of: url)
        return address == url ? requirement : requirement.replacing(url, with: address)
    }

    /// The mirror of a distribution's archives; `nil` if there is none, or the base has it already.
    func archives(of os: OperatingSystem) -> Recipe.ArchiveMirror? {
        switch os.distribution {
        case .ubuntu: ubuntu
        case .debian: debian
        default: nil
        }
    }
}

extension ImagePlan {
    /// The image that a `FROM` names in place of an upstream one.
    package func mirrored(_ image: ImageReference) -> ImageReference {
        mirrors.reference(image, isOwn: isOwn(image))
    }

    /// Whether the recipe itself names the registry of an image: that of its base, written out. Docker Hub is what is meant
    /// where nobody names a registry, and so is nobody's own.
    func isOwn(_ image: ImageReference) -> Bool {
        guard image.registry != nil, image.canonicalRegistry != Upstream.dockerHub else { return false }
        return [cuda, toolchain].contains { installation in
            let base: Decision<ImageReference>? =
                switch installation {
                case .packages(let packages): packages.base
                case .wheels(let wheels): wheels.base
                case .image, nil: nil
                }
            guard let base, base.value.canonicalRegistry == image.canonicalRegistry else { return false }
            return switch base.because {
            case .recipe, .option: true
            case .default, .derived: false
            }
        }
    }
}

extension PythonRequirement {
    /// The address in a requirement, or in place of one: `https://…/x.whl` of `x @ https://…/x.whl ; marker`.
    static func address(in requirement: String) -> String? {
        guard let scheme = requirement.firstRange(of: "://") else { return nil }
        let isBreak = { (character: Character) in " \t@;'\"".contains(character) }
        let start = requirement[..<scheme.lowerBound].lastIndex(where: isBreak).map(requirement.index(after:))
        let end = requirement[scheme.upperBound...].firstIndex { " \t'\"".contains($0) }
        return String(requirement[(start ?? requirement.startIndex)..<(end ?? requirement.endIndex)])
    }
}

extension ImageReference {
    fileprivate func renamed(_ name: String) -> ImageReference {
        guard var renamed = ImageReference(name) else { return self }
        renamed.tag = tag
        renamed.digest = digest
        return renamed
    }
}
