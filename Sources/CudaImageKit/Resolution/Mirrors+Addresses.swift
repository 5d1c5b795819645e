/// Hosts that downloads come from unless a recipe says otherwise.
enum Upstream {
    /// NVIDIA's package repositories, and the archives of old releases.
    static let nvidia = "https://developer.download.nvidia.com"
    static let pytorch = "https://download.pytorch.org"
    static let conda = "https://conda.anaconda.org"
    static let github = "https://github.com"

    /// Registries that are on the internet; any other one is the user's own.
    static let registries: Set<String> = [
        "docker.io", "index.docker.io", "registry-1.docker.io", "nvcr.io", "quay.io", "ghcr.io", "gcr.io",
        "mcr.microsoft.com",
        "public.ecr.aws", "registry.access.redhat.com", "registry.redhat.io", "registry.opensuse.org",
        "registry.suse.com",
        "registry.fedoraproject.org", "container-registry.oracle.com",
    ]
}

extension Recipe.Mirrors {
    /// Whether nothing of it changes a file.
    var isEmpty: Bool { self == Recipe.Mirrors() }

    /// The secrets as mounts.
    var mounts: [Mount] {
        secrets.compactMap { secret in secret.path.map { .secret(id: secret.id.value, target: $0) } }
    }

    /// The image that a `FROM` names in place of an upstream one: the only place where that is decided. Tag and digest stay.
    package func reference(_ image: ImageReference) -> ImageReference {
        let registry = image.registry ?? "docker.io"
        let isOfficial = registry == "docker.io" && image.repository.hasPrefix("library/")
        let short = isOfficial ? String(image.repository.dropFirst("library/".count)) : image.repository
        var names = ["\(registry)/\(short)"]
        // Docker's own images have two names: debian, and library/debian.
        if registry == "docker.io", !short.contains("/") { names.append("docker.io/library/\(short)") }
        for mirror in images {
            guard let upstream = mirror.upstream?.value.text else {
                return Upstream.registries.contains(registry)
                    ? image.renamed("\(mirror.place.value.text)/\(short)") : image
            }
            for name in names where name.hasPrefix(upstream + "/") {
                return image.renamed(mirror.place.value.text + name.dropFirst(upstream.count))
            }
        }
        return image
    }

    /// Where a file of NVIDIA's, of PyTorch's or of GitHub's is fetched from.
    func address(of url: String) -> String {
        let mirrors: [(Located<MirrorURL>?, String)] = [
            (nvidia, Upstream.nvidia), (pytorch, Upstream.pytorch), (github, Upstream.github), (conda, Upstream.conda),
        ]
        for case (let mirror?, let upstream) in mirrors {
            if let address = mirror.value.address(of: url, below: upstream) { return address }
        }
        return url
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

extension ImageReference {
    fileprivate func renamed(_ name: String) -> ImageReference {
        guard var renamed = ImageReference(name) else { return self }
        renamed.tag = tag
        renamed.digest = digest
        return renamed
    }
}
