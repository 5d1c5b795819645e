extension Recipe {
    /// `mirrors:` where downloads come from in place of the hosts that everybody's come from.
    public struct Mirrors: Hashable, Sendable {
        /// Nothing may come from a host that the recipe does not name.
        public internal(set) var only: Located<Bool>?
        /// In place of registries, the longest upstream first.
        public internal(set) var images: [ImageMirror] = []
        /// In place of `https://developer.download.nvidia.com`.
        public internal(set) var nvidia: Located<MirrorURL>?
        /// What the mirror's repositories are signed with, if not with NVIDIA's own key.
        public internal(set) var nvidiaKey: MirrorKey?
        /// In place of Ubuntu's archives; `nil`: the base's own sources stay.
        public internal(set) var ubuntu: ArchiveMirror?
        /// In place of Debian's archives, which know no ``Recipe/ArchiveMirror/ports``; `nil`: the base's own sources
        /// stay.
        public internal(set) var debian: ArchiveMirror?
        /// In place of the repositories that a base with rpm has.
        public internal(set) var rpm: RepositoryFiles?
        /// In place of pip's own index.
        public internal(set) var pypi: Located<MirrorURL>?
        /// In place of `https://download.pytorch.org`.
        public internal(set) var pytorch: Located<MirrorURL>?
        /// In place of `https://conda.anaconda.org`.
        public internal(set) var conda: Located<MirrorURL>?
        /// In place of `https://github.com`.
        public internal(set) var github: Located<MirrorURL>?
        /// Certificate authorities, as PEM files of the build context.
        public internal(set) var certificates: [Located<ContainerPath>] = []
        /// Mounted wherever something is downloaded.
        public internal(set) var secrets: [Secret] = []

        init() {}
    }

    /// A registry's stand-in.
    public struct ImageMirror: Hashable, Sendable {
        /// `docker.io`, `docker.io/library`; `nil`: all public registries.
        public internal(set) var upstream: Located<RegistryPrefix>?
        /// Where the images are, under the names that they have upstream.
        public internal(set) var place: Located<RegistryPrefix>

        init(upstream: Located<RegistryPrefix>? = nil, place: Located<RegistryPrefix>) {
            self.upstream = upstream
            self.place = place
        }
    }

    /// `mirrors.nvidia-key:` a signing key of the mirror's own.
    public struct MirrorKey: Hashable, Sendable {
        /// Where the key comes from.
        public enum Place: Hashable, Sendable {
            /// An address that the build fetches it from.
            case url(MirrorURL)
            /// A file of the build context.
            case file(ContainerPath)
        }

        /// Where the key `nvidia-key` stands.
        public internal(set) var span: SourceSpan
        /// `nil`: beside the packages, where NVIDIA's is.
        public internal(set) var place: Place?
        /// 40 lower-case hexadecimal digits.
        public internal(set) var fingerprint: String

        init(span: SourceSpan, place: Place?, fingerprint: String) {
            self.span = span
            self.place = place
            self.fingerprint = fingerprint
        }
    }

    /// `mirrors.ubuntu:`, `mirrors.debian:` a distribution's archives.
    public struct ArchiveMirror: Hashable, Sendable {
        /// Where the key `ubuntu` or `debian` stands.
        public internal(set) var span: SourceSpan
        /// The base's own sources are this site's already: nothing is changed.
        public internal(set) var isAsIs = false
        /// The main archive; `nil`: the base's own address stays.
        public internal(set) var archive: Located<MirrorURL>?
        /// The security updates; `nil`: the base's own address stays. One address for Ubuntu is that of both.
        public internal(set) var security: Located<MirrorURL>?
        /// Ubuntu for other machines than amd64.
        public internal(set) var ports: Located<MirrorURL>?

        init(span: SourceSpan) { self.span = span }
    }

    /// `mirrors.rpm:` repositories of dnf, yum, microdnf, tdnf and zypper.
    public struct RepositoryFiles: Hashable, Sendable {
        /// Where the key `rpm` stands.
        public internal(set) var span: SourceSpan
        /// The base's own repositories are this site's already: nothing is changed.
        public internal(set) var isAsIs: Bool
        /// `.repo` files of the build context that take the place of the base's own; empty: a secret is to bring some.
        public internal(set) var files: [Located<ContainerPath>]

        init(span: SourceSpan, isAsIs: Bool = false, files: [Located<ContainerPath>]) {
            self.span = span
            self.isAsIs = isAsIs
            self.files = files
        }
    }

    /// `reproducible:` what makes two builds of one recipe more alike.
    public struct Reproducible: Hashable, Sendable {
        /// Where the key `reproducible` stands.
        public internal(set) var span: SourceSpan
        /// The default of the build argument SOURCE_DATE_EPOCH, in seconds since 1970.
        public internal(set) var epoch: Located<Int>?
        /// The moment whose packages apt installs.
        public internal(set) var snapshot: Located<SnapshotTime>?

        init(span: SourceSpan) { self.span = span }

        /// What `SOURCE_DATE_EPOCH` may be.
        static let epochs = 0...4_294_967_295

        /// The time that stands for now, in seconds since 1970.
        var seconds: Int? { epoch?.value ?? snapshot?.value.seconds }
    }
}

extension Recipe.Mirrors {
    enum Key: String, RecipeKey {
        case only, images, nvidia
        case nvidiaKey = "nvidia-key"
        case ubuntu, debian, rpm, pypi, pytorch, conda, github, certificates, secrets

        static let aliases = [
            "air-gap": "only", "offline": "only", "registry": "images", "registries": "images", "image": "images",
            "repository": "nvidia", "cuda": "nvidia", "key": "nvidia-key", "apt": "ubuntu", "yum": "rpm", "dnf": "rpm",
            "zypper": "rpm", "repos": "rpm", "pip": "pypi", "index": "pypi", "torch": "pytorch", "ca": "certificates",
            "cacert": "certificates", "certs": "certificates", "ca-certificates": "certificates",
        ]
    }
}

extension Recipe.MirrorKey {
    enum Key: String, RecipeKey {
        case file, url, fingerprint

        static let aliases = ["path": "file", "fpr": "fingerprint"]
    }
}

extension Recipe.ArchiveMirror {
    enum Key: String, RecipeKey {
        case archive, security, ports

        static let aliases = ["main": "archive", "url": "archive"]
    }
}

extension Recipe.Reproducible {
    enum Key: String, RecipeKey {
        case epoch, snapshot

        static let aliases = ["source-date-epoch": "epoch", "source_date_epoch": "epoch", "date": "snapshot"]
    }
}
