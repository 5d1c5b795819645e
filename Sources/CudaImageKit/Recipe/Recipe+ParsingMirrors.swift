extension Recipe.Mirrors {
    /// `mirrors:`
    init(reading keys: MappingReader<Key>) {
        self.init()
        only = keys.line(.only).flatMap { line in
            guard let isOnly = ["true": true, "false": false][line.value] else {
                keys.findings.error(.invalidValue, "\(line.value.quotedExcerpt) is not true or false", at: line.span)
                return nil
            }
            return Located(isOnly, at: line.span)
        }
        images = keys.imageMirrors(.images)
        nvidia = keys.mirror(.nvidia)
        nvidiaKey = keys.mapping(.nvidiaKey).flatMap { Recipe.MirrorKey(reading: $0, span: keys.keySpan(.nvidiaKey)) }
        // Ubuntu's security updates are in its archive, too; Debian's have one of their own.
        ubuntu = keys.archiveMirror(.ubuntu, servesSecurity: true)
        debian = keys.archiveMirror(.debian, servesSecurity: false)
        if let ports = debian?.ports {
            keys.findings.error(
                .conflictingKeys, "Debian has no archive of ports: one archive serves all machines", at: ports.span,
                help: "leave it out")
        }
        rpm = keys.repositoryFiles(.rpm)
        pypi = keys.mirror(.pypi)
        pytorch = keys.mirror(.pytorch)
        conda = keys.mirror(.conda)
        github = keys.mirror(.github)
        certificates = keys.contextFiles(.certificates)
        let before = keys.findings.count
        secrets = keys.secrets(.secrets)
        // A target that can't be read is no missing one.
        for secret in secrets where secret.target == nil && keys.findings.count == before {
            keys.findings.error(
                .missingKey,
                "the secret \(secret.id.value.quotedExcerpt) needs a target, where the downloading program reads it",
                at: secret.id.span,
                help:
                    "such as {id: \(secret.id.value), target: /etc/apt/auth.conf.d/mirror.conf}, /root/.netrc or /etc/pip.conf"
            )
        }
    }
}

extension Recipe.MirrorKey {
    fileprivate init?(reading keys: MappingReader<Key>, span: SourceSpan) {
        let fingerprint = keys.line(.fingerprint).flatMap { line -> String? in
            let digits = line.value.lowercased().filter { $0 != " " }
            guard digits.utf8.count == 40,
                digits.utf8.allSatisfy(ByteClass.isLowerHex)
            else {
                keys.findings.error(
                    .invalidValue, "\(line.value.quotedExcerpt) is not a key's fingerprint: 40 hexadecimal digits",
                    at: line.span, help: "gpg --show-keys --with-fingerprint FILE prints it")
                return nil
            }
            return digits
        }
        let file = keys.name(.file, "a path", as: ContainerPath.self).flatMap { keys.findings.singleFile($0) }
        let url: Located<MirrorURL>? = keys.mirror(.url)
        if file != nil, let url {
            keys.findings.error(
                .conflictingKeys, "'mirrors.nvidia-key' names a file and a URL", at: url.span,
                help: "leave out one of them")
        }
        guard let fingerprint else { return nil }
        let place = file.map { Place.file($0.value) } ?? url.map { .url($0.value) }
        self.init(span: span, place: place, fingerprint: fingerprint)
    }
}

extension Recipe.Reproducible {
    /// `reproducible:`
    init(reading keys: MappingReader<Key>, span: SourceSpan) {
        self.init(span: span)
        epoch = keys.number(.epoch, in: Self.epochs)
        snapshot = keys.value(.snapshot, "a snapshot", rule: SnapshotTime.rule)
    }
}

extension MappingReader {
    /// A mirror's address. One with a user or password is an error of its own: it would stand in the image's history.
    fileprivate func mirror(_ key: Key) -> Located<MirrorURL>? { line(key).flatMap { mirror($0, name(key)) } }

    private func mirror(_ line: Located<String>, _ name: String) -> Located<MirrorURL>? {
        if let host = Credentials.host(in: line.value) {
            findings.error(
                .credentialsInURL,
                "the URL of '\(name)' holds a user name or password, which would stand in the image's history",
                at: line.span,
                notes: [
                    "apt reads them from a secret: machine \(host) login USER password PASSWORD",
                    "pip, uv, curl and wget from /root/.netrc, in the same form",
                ],
                help: "leave them out of the URL, write mirrors.secrets: [{id: mirror, target: "
                    + "/etc/apt/auth.conf.d/mirror.conf}], and build with --secret id=mirror,src=FILE")
            return nil
        }
        return findings.name(line, "a mirror's URL")
    }

    /// `images:` one place for all registries, or one for each.
    fileprivate func imageMirrors(_ key: Key) -> [Recipe.ImageMirror] {
        guard let node = node(key) else { return [] }
        if case .scalar = node.content {
            guard let line = findings.line(node, path: name(key)) else { return [] }
            return registry(line).map { [Recipe.ImageMirror(place: $0)] } ?? []
        }
        guard case .mapping(let entries) = node.content else {
            findings.wrongType(node, expected: "a registry, or a mapping of registries", path: name(key))
            return []
        }
        let mirrors = entries.compactMap { entry -> Recipe.ImageMirror? in
            let upstream = registry(Located(entry.key, at: entry.keySpan))
            guard let line = findings.line(entry.value, path: "\(name(key)).\(entry.key)"), let upstream,
                let place = registry(line)
            else { return nil }
            return Recipe.ImageMirror(upstream: upstream, place: place)
        }
        return mirrors.sorted { ($0.upstream?.value.text.utf8.count ?? 0) > ($1.upstream?.value.text.utf8.count ?? 0) }
    }

    private func registry(_ line: Located<String>) -> Located<RegistryPrefix>? {
        if line.value.contains("://") {
            findings.error(
                .invalidValue, "\(line.value.quotedExcerpt) is not a registry: \(RegistryPrefix.rule)", at: line.span,
                help: "leave out the scheme")
            return nil
        }
        return findings.name(line, "a registry")
    }

    /// An address for a distribution's archives, addresses for each, or `as-is`.
    ///
    /// - Parameter servesSecurity: whether the address of the archive is that of the security updates, too.
    fileprivate func archiveMirror(_ key: Key, servesSecurity: Bool) -> Recipe.ArchiveMirror? {
        guard let node = node(key) else { return nil }
        var mirror = Recipe.ArchiveMirror(span: keySpan(key))
        if case .scalar(let scalar) = node.content {
            if scalar.text == Recipe.Mirrors.asIs {
                mirror.isAsIs = true
                return mirror
            }
            guard let url = findings.line(node, path: name(key)).flatMap({ self.mirror($0, name(key)) }) else {
                return nil
            }
            mirror.archive = url
            if servesSecurity { mirror.security = url }
            return mirror
        }
        guard let keys = mapping(key, of: Recipe.ArchiveMirror.Key.self) else { return nil }
        mirror.archive = keys.mirror(.archive)
        mirror.security = keys.mirror(.security)
        mirror.ports = keys.mirror(.ports)
        return mirror
    }

    /// `.repo` files of the build context, or `as-is`.
    fileprivate func repositoryFiles(_ key: Key) -> Recipe.RepositoryFiles? {
        guard let node = node(key) else { return nil }
        if case .scalar(let scalar) = node.content, scalar.text == Recipe.Mirrors.asIs {
            return Recipe.RepositoryFiles(span: keySpan(key), isAsIs: true, files: [])
        }
        if case .sequence(let items) = node.content, items.isEmpty {
            return Recipe.RepositoryFiles(span: keySpan(key), files: [])
        }
        let files = contextFiles(key)
        for file in files where !file.value.text.hasSuffix(".repo") {
            findings.error(
                .invalidValue,
                "package managers read files that end in .repo, and \(file.value.text.quotedExcerpt) does not",
                at: file.span)
        }
        for file in files where Recipe.Mirrors.fileName(of: file.value).hasPrefix("cuda") {
            findings.error(
                .invalidValue, "\(file.value.text.quotedExcerpt) has the name of NVIDIA's own repository file",
                at: file.span,
                help: "give it a name that does not begin with 'cuda'; 'mirrors.nvidia' redirects that one")
        }
        return files.isEmpty ? nil : Recipe.RepositoryFiles(span: keySpan(key), files: files)
    }

    /// Files of the build context that land in one folder: no two may have one name.
    fileprivate func contextFiles(_ key: Key) -> [Located<ContainerPath>] {
        let paths = names(key, "a path", as: ContainerPath.self).compactMap { findings.singleFile($0) }
        var seen: [String: Located<ContainerPath>] = [:]
        return distinct(paths, "file") { $0.text }.filter { path in
            let name = Recipe.Mirrors.fileName(of: path.value)
            guard let first = seen.updateValue(path, forKey: name) else { return true }
            findings.error(
                .invalidValue,
                "\(first.value.text.quotedExcerpt) and \(path.value.text.quotedExcerpt) would both be '\(name)' in the image",
                at: path.span, help: "rename one of them")
            return false
        }
    }
}

extension Recipe.Mirrors {
    /// Stands in place of an address where the base image's own settings are this site's already.
    static let asIs = "as-is"

    /// The name that a file of the build context has in a folder of the image, without what stands behind the last dot.
    static func fileName(of path: ContainerPath) -> String {
        let name = FilePath.name(of: path.text)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}
