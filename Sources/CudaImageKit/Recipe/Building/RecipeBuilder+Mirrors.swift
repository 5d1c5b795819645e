extension RecipeBuilder {
    /// `mirrors:` hosts in place of those that everybody's downloads come from.
    ///
    /// - Parameters:
    ///   - only: nothing may come from a host that is not named.
    ///   - images: a registry with folders, by upstream registry; an empty upstream stands for all public ones.
    ///   - nvidia: in place of `https://developer.download.nvidia.com`.
    ///   - nvidiaKey: what its repositories are signed with, if not with NVIDIA's own key.
    ///   - ubuntu: in place of Ubuntu's archives.
    ///   - debian: in place of Debian's archives.
    ///   - rpm: in place of the repositories of a base with rpm.
    ///   - pypi: in place of pip's own index.
    ///   - pytorch: in place of `https://download.pytorch.org`.
    ///   - conda: in place of `https://conda.anaconda.org`.
    ///   - github: in place of `https://github.com`.
    ///   - certificates: PEM files of the build context.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func mirrors(
        only: Bool? = nil, images: KeyValuePairs<String, String> = [:], nvidia: String? = nil,
        nvidiaKey: MirrorKey? = nil, ubuntu: Archives? = nil, debian: Archives? = nil, rpm: Repositories? = nil,
        pypi: String? = nil, pytorch: String? = nil, conda: String? = nil, github: String? = nil,
        certificates: [String] = [], fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        let named = images.reduce(self) { recipe, image in
            image.key.isEmpty
                ? recipe.setting("mirrors", "images", to: .text(image.value, at: here))
                : recipe.setting("mirrors", "images", image.key, to: .text(image.value, at: here))
        }
        return named.setting("mirrors", "only", to: .text(only.map { "\($0)" }, at: here))
            .setting("mirrors", "nvidia", to: .text(nvidia, at: here))
            .setting("mirrors", "nvidia-key", to: nvidiaKey?.node(at: here))
            .setting("mirrors", "ubuntu", to: ubuntu?.node(at: here))
            .setting("mirrors", "debian", to: debian?.node(at: here))
            .setting("mirrors", "rpm", to: rpm?.node(at: here))
            .setting("mirrors", "pypi", to: .text(pypi, at: here))
            .setting("mirrors", "pytorch", to: .text(pytorch, at: here))
            .setting("mirrors", "conda", to: .text(conda, at: here))
            .setting("mirrors", "github", to: .text(github, at: here))
            .appending(certificates.map { .text($0, at: here) }, to: "mirrors", "certificates")
    }

    /// `mirrors.secrets:` a secret for whatever downloads.
    ///
    /// - Parameters:
    ///   - id: the secret's id, as in `--secret id=…`.
    ///   - target: where the downloading program reads it: `/etc/apt/auth.conf.d/mirror.conf`, `/root/.netrc`.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func mirrorSecret(
        _ id: String, target: String, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return appending(
            [.mapping(["id": .text(id, at: here), "target": .text(target, at: here)], at: here)], to: "mirrors",
            "secrets")
    }

    /// `reproducible:`
    ///
    /// - Parameters:
    ///   - epoch: the default of SOURCE_DATE_EPOCH, in seconds since 1970.
    ///   - snapshot: the moment whose packages apt installs: `20240301T030400Z`.
    ///   - fileID: the caller's file; leave it out.
    ///   - line: the caller's line; leave it out.
    public func reproducible(
        epoch: Int? = nil, snapshot: String? = nil, fileID: String = #fileID, line: Int = #line
    ) -> RecipeBuilder {
        let here = SourceSpan.code(fileID, line)
        return setting("reproducible", to: .mapping([:], at: here))
            .setting("reproducible", "epoch", to: .text(epoch.map { "\($0)" }, at: here))
            .setting("reproducible", "snapshot", to: .text(snapshot, at: here))
    }

    /// A mirror's signing key.
    public enum MirrorKey: Hashable, Sendable {
        /// A file of the build context, with the key's fingerprint in 40 hexadecimal digits.
        case file(String, fingerprint: String)
        /// An address that the build fetches the key from, with the fingerprint in 40 hexadecimal digits.
        case url(String, fingerprint: String)

        fileprivate func node(at span: SourceSpan) -> YAMLNode {
            switch self {
            case .file(let file, let fingerprint):
                .mapping(["file": .text(file, at: span), "fingerprint": .text(fingerprint, at: span)], at: span)
            case .url(let url, let fingerprint):
                .mapping(["url": .text(url, at: span), "fingerprint": .text(fingerprint, at: span)], at: span)
            }
        }
    }

    /// Repositories of dnf, yum, microdnf, tdnf and zypper.
    public enum Repositories: Hashable, Sendable {
        /// The base's own are this site's already.
        case asIs
        /// `.repo` files of the build context.
        case files([String])

        fileprivate func node(at span: SourceSpan) -> YAMLNode {
            switch self {
            case .asIs: .text(Recipe.Mirrors.asIs, at: span)
            case .files(let files): .list(files, at: span)
            }
        }
    }

    /// A distribution's archives.
    public enum Archives: Hashable, Sendable {
        /// The base's own sources are this site's already.
        case asIs
        /// URLs; `ports` is Ubuntu's for other machines than amd64.
        case at(archive: String, security: String? = nil, ports: String? = nil)

        fileprivate func node(at span: SourceSpan) -> YAMLNode {
            switch self {
            case .asIs: .text(Recipe.Mirrors.asIs, at: span)
            case .at(let archive, let security, let ports):
                .mapping(
                    [
                        "archive": .text(archive, at: span), "security": .text(security, at: span),
                        "ports": .text(ports, at: span),
                    ], at: span)
            }
        }
    }
}
