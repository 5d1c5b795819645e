extension Recipe.Mirrors.Key {
    var about: KeyDescription {
        switch self {
        case .only:
            KeyDescription(
                "Whether nothing may come from a host that the recipe does not name. What would is an error.",
                .text(.choice(["true", "false"])), default: .value("false"), examples: ["true"])
        case .images:
            KeyDescription(
                "In place of every registry but that of a `base` which names one, or of each upstream registry, folder "
                    + "or repository.",
                .either([.text(.registry), .table(names: .registry, values: .registry)]),
                examples: ["registry.example.com/hub", "{docker.io: registry.example.com/hub}"])
        case .nvidia:
            KeyDescription(
                "In place of `https://developer.download.nvidia.com`.", .text(.mirror),
                examples: ["https://mirror.example.com/nvidia"])
        case .nvidiaKey:
            KeyDescription(
                "What the repositories of `nvidia` are signed with.", .mapping(.mirrorKey),
                default: .words("NVIDIA's own key"), examples: ["{file: site/nvidia.asc, fingerprint: \(Self.digits)}"])
        case .ubuntu:
            KeyDescription(
                "In place of Ubuntu's archives.", .either([.text(.archives), .mapping(.archives)]),
                examples: ["https://mirror.example.com/ubuntu", "as-is"])
        case .debian:
            KeyDescription(
                "In place of Debian's archives.", .either([.text(.archives), .mapping(.debianArchives)]),
                examples: [
                    "{archive: https://mirror.example.com/debian, security: https://mirror.example.com/security}"
                ])
        case .rpm:
            KeyDescription(
                "Files that replace the repositories of a base with rpm; `[]` removes them for those of a secret.",
                .either([.text(.choice([Recipe.Mirrors.asIs])), .list(.text(.repositoryFile), .distinct)]),
                examples: ["[site/rocky9.repo]", "as-is"])
        case .pypi:
            KeyDescription(
                "In place of pip's own index.", .text(.mirror), examples: ["https://pypi.example.com/simple"])
        case .pytorch:
            KeyDescription(
                "In place of `https://download.pytorch.org`.", .text(.mirror),
                examples: ["https://mirror.example.com/pytorch"])
        case .conda:
            KeyDescription(
                "In place of `https://conda.anaconda.org`.", .text(.mirror),
                examples: ["https://mirror.example.com/conda"])
        case .github:
            KeyDescription(
                "In place of `https://github.com`, for micromamba and the Pythons of uv.", .text(.mirror),
                examples: ["https://mirror.example.com/github"])
        case .certificates:
            KeyDescription(
                "PEM files of certificate authorities, which every stage trusts before anything is downloaded.",
                .list(.text(.contextSingleFile), .distinct), examples: ["[site/authority.pem]"])
        case .secrets:
            KeyDescription(
                "Build secrets that are mounted wherever something is downloaded.",
                .list(.mapping(.mirrorSecret), .distinct),
                examples: ["[{id: apt, target: /etc/apt/auth.conf.d/mirror.conf}]"])
        }
    }

    fileprivate static let digits = "0123456789abcdef0123456789abcdef01234567"
}

extension Recipe.MirrorKey.Key {
    static var required: [Self] { [.fingerprint] }

    var about: KeyDescription {
        switch self {
        case .file:
            KeyDescription(
                "The key in the build context, in ASCII armour for rpm.", .text(.contextSingleFile),
                examples: ["site/nvidia.asc"])
        case .url:
            KeyDescription(
                "Where the key is fetched from.", .text(.mirror),
                default: .words("beside the packages, where NVIDIA's is; with source `image` one of both is needed"),
                examples: ["https://mirror.example.com/nvidia.asc"])
        case .fingerprint:
            KeyDescription(
                "The key's fingerprint. Another key, or a further one in the file, ends the build.",
                .text(.fingerprint),
                examples: [Recipe.Mirrors.Key.digits])
        }
    }
}

extension Recipe.ArchiveMirror.Key {
    var about: KeyDescription {
        switch self {
        case .archive:
            KeyDescription("The main archive.", .text(.mirror), examples: ["https://mirror.example.com/debian"])
        case .security:
            KeyDescription("The security updates.", .text(.mirror), examples: ["https://mirror.example.com/security"])
        case .ports:
            KeyDescription(
                "Ubuntu's archive for arm64 and ppc64le.", .text(.mirror),
                examples: ["https://mirror.example.com/ports"])
        }
    }
}

extension Recipe.Reproducible.Key {
    var about: KeyDescription {
        switch self {
        case .epoch:
            KeyDescription(
                "The default of the build argument `SOURCE_DATE_EPOCH`, in seconds since 1970.",
                .text(.wholeNumber(Recipe.Reproducible.epochs)), default: .words("the time of `snapshot`"),
                examples: ["1700000000"])
        case .snapshot:
            KeyDescription(
                "The moment whose packages apt installs, on Debian and Ubuntu.", .text(.snapshot),
                examples: ["20250901T000000Z"])
        }
    }
}

/// The mappings of mirrors.
extension MappingShape {
    static var mirrors: MappingShape { MappingShape("mirrors", Recipe.Mirrors.Key.self) }
    static var mirrorKey: MappingShape { MappingShape("nvidia-key", Recipe.MirrorKey.Key.self) }
    static var archives: MappingShape { MappingShape("archives", Recipe.ArchiveMirror.Key.self) }
    /// Debian has no archive of ports.
    static var debianArchives: MappingShape {
        var shape = MappingShape("debian-archives", Recipe.ArchiveMirror.Key.self)
        shape.keys.removeAll { $0.name == Recipe.ArchiveMirror.Key.ports.rawValue }
        return shape
    }
    /// A secret that is read by a program which knows its own place for it.
    static var mirrorSecret: MappingShape {
        var shape = MappingShape("mirror-secret", Recipe.Secret.Key.self)
        shape.required = [Recipe.Secret.Key.id.rawValue, Recipe.Secret.Key.target.rawValue]
        return shape
    }
    static var reproducible: MappingShape { MappingShape("reproducible", Recipe.Reproducible.Key.self) }
}

/// Addresses and times of mirrors.
extension TextShape {
    private static let address =
        "https?://[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9][A-Za-z0-9_-]*)*(:\(portNumber))?(/[A-Za-z0-9._~:+/-]*)?"

    static let mirror = TextShape(words: "`http://` or `https://` URL", pattern: "^\(address)$", maximumLength: 1024)

    static let archives = TextShape(
        words: "`http://` or `https://` URL, `as-is`", choices: [Recipe.Mirrors.asIs], pattern: "^\(address)$",
        maximumLength: 1024)

    static let registry = TextShape(
        words: "registry with or without folders", pattern: "^(?![0-9]+\\.[0-9]+$)\(host)(/\(part))*$",
        maximumLength: 255)

    static let fingerprint = TextShape(
        words: "40 hexadecimal digits, with or without blanks", pattern: "^ *([0-9A-Fa-f] *){40}$")

    static let repositoryFile = TextShape(
        words: "path in the build context that ends in `.repo`",
        pattern: #"^(?!.*[*?\[\]\\])(?!.*://)(?!(.*/)?cuda[^/]*$)(?!(.*/)?\.\./)[^/].*\.repo$"#, maximumLength: 4096)

    static let snapshot = TextShape(words: "time in UTC: `20250901T000000Z`", pattern: "^2[0-9]{7}T[0-9]{6}Z$")
}
