extension Resolver {
    /// What a site's mirrors can't do, or leave out.
    mutating func checkMirrors(of plan: ImagePlan) {
        let mirrors = plan.mirrors
        checkMirrorKey(of: plan)
        checkMirrorSecrets()
        checkSnapshot(on: plan.os.value)
        checkEpoch()
        if let first = mirrors.certificates.first, plan.os.value.family == .azureLinux {
            diagnostics.error(
                .notSupported,
                "how \(plan.os.value) trusts certificates of one's own before it has a package for it is not known",
                at: first.span, help: "use a base that trusts them already, and leave out mirrors.certificates")
        }
        checkTrust(of: plan)
        if mirrors.only?.value == true { checkAirGap(of: plan) }
    }

    /// A key is a mirror's, and has to be found.
    private mutating func checkMirrorKey(of plan: ImagePlan) {
        guard let key = recipe.mirrors.nvidiaKey else { return }
        if recipe.mirrors.nvidia == nil {
            diagnostics.error(
                .missingKey, "'mirrors.nvidia-key' is a mirror's key, and 'mirrors.nvidia' names no mirror",
                at: key.span)
        }
        // Where the packages of NVIDIA's own images come from is not known in full.
        guard key.place == nil, plan.tag != nil, case .image = plan.cuda else { return }
        diagnostics.error(
            .missingKey, "with an official image 'mirrors.nvidia-key' needs the key 'file' or 'url'", at: key.span,
            help: "export the mirror's key into the build context and name the file, or name its address as 'url'")
    }

    /// A secret of the mirrors and one of the recipe can't be mounted at one place.
    private mutating func checkMirrorSecrets() {
        for secret in recipe.mirrors.secrets {
            for other in recipe.secrets
            where (other.id.value == secret.id.value) != (other.path == secret.path) {
                diagnostics.error(
                    .conflictingKeys,
                    "the secrets '\(other.id.value)' and '\(secret.id.value)' of 'mirrors' contradict each other",
                    at: secret.id.span, help: "give each an id and a target of its own, or leave out one of them")
            }
        }
    }

    private mutating func checkSnapshot(on os: OperatingSystem) {
        guard let snapshot = recipe.reproducible?.snapshot else { return }
        guard os.family == .debian else {
            diagnostics.error(
                .notSupported, "there are no snapshots of \(os)'s packages that cudagen knows", at: snapshot.span,
                help: "leave out reproducible.snapshot; reproducible.epoch is for every operating system")
            return
        }
        // Source: snapshot.ubuntu.com, "available for any date and time after 1 March 2023".
        if os.distribution == .ubuntu, let first = SnapshotTime("20230301T000000Z"),
            snapshot.value.seconds < first.seconds
        {
            diagnostics.error(
                .invalidValue, "snapshots of Ubuntu's archive begin on 1 March 2023", at: snapshot.span,
                help: "name a later time, which is not before the base image's own")
        }
        if let archive = recipe.mirrors.archives(of: os) {
            diagnostics.error(
                .conflictingKeys,
                "'reproducible.snapshot' and 'mirrors.\(os.distribution.rawValue)' name different archives",
                at: archive.span, help: "leave out one of them; a mirror of a snapshot needs no reproducible.snapshot")
        }
    }

    /// One time stands in the file: another value of the variable would undo it without a word.
    private mutating func checkEpoch() {
        guard recipe.reproducible != nil else { return }
        let name = Dockerfile.epochName
        var places: [(name: Located<String>, key: String)] = []
        for argument in recipe.arguments { places.append((argument.name.map(\.text), "args")) }
        for variable in recipe.environment { places.append((variable.name, "env")) }
        for variable in recipe.build?.environment ?? [] { places.append((variable.name, "build.env")) }
        for (variable, key) in places where variable.value == name {
            diagnostics.error(
                .conflictingKeys, "'reproducible' declares \(name), and '\(key)' sets it as well", at: variable.span,
                help: "leave it out there, and write reproducible.epoch")
        }
    }

    /// An encrypted mirror can't be asked for the package with the certificates that check it.
    private mutating func checkTrust(of plan: ImagePlan) {
        let mirrors = plan.mirrors
        guard mirrors.certificates.isEmpty, plan.packageManager.isDebian,
            let archives = mirrors.archives(of: plan.os.value),
            let archive = [archives.archive, archives.security, archives.ports].compactMap({ $0 })
                .first(where: \.value.isEncrypted)
        else { return }
        for image in plan.baseImages where ["ubuntu", "debian"].contains(image.name) {
            diagnostics.warning(
                .mirrorUntrusted,
                "\(image) has no certificates, so that apt can't check who answers at '\(archive.value.host)'",
                at: archive.span,
                notes: ["the package ca-certificates comes from there"],
                help: "name the authority's PEM file in mirrors.certificates, or use http://, as Debian and Ubuntu do: "
                    + "packages are checked by signature")
            return
        }
    }

    /// Lists what would still come from elsewhere, host by host.
    private mutating func checkAirGap(of plan: ImagePlan) {
        let span = recipe.mirrors.only?.span
        var places: [(host: String, key: String, what: [String])] = []
        // Of a key that can't be read it is not known what it names.
        for download in plan.downloads where !download.isNamed && isRead(download.key) {
            if let index = places.firstIndex(where: { $0.host == download.host && $0.key == download.key }) {
                places[index].what.append(download.what)
            } else {
                places.append((download.host, download.key, [download.what]))
            }
        }
        if !places.isEmpty {
            diagnostics.error(
                .fetchedElsewhere,
                "with mirrors alone, \(places.count == 1 ? "one host" : "\(places.count) hosts") would still be asked",
                at: span,
                notes: places.map {
                    "\($0.host): \($0.what.joined(separator: ", "))\(remedy(of: $0.key, host: $0.host))"
                },
                help: help(for: places.map { ($0.key, $0.host) }))
        }
        checkFilesWithAddresses(of: plan)
    }

    /// What a note says of the key that could redirect a download.
    private func remedy(of key: String, host: String) -> String {
        switch key {
        case "reproducible.snapshot": ""
        case "mirrors.images" where !recipe.mirrors.images.isEmpty: "; mirrors.images has no entry for it"
        case let key where key.hasPrefix("mirrors."): "; \(key) redirects it"
        default: "; \(key) names it"
        }
    }

    private func help(for places: [(key: String, host: String)]) -> String {
        var steps: [String] = []
        var keys: [String] = []
        for (key, host) in places where key.hasPrefix("mirrors.") {
            // One address is a text, of which a key of its own can't be set.
            let isText = key == "mirrors.ubuntu.ports" && recipe.mirrors.ubuntu != nil
            var name = isText ? "mirrors.ubuntu as {archive: URL, security: URL, ports: URL}" : key
            if key == "mirrors.images", !recipe.mirrors.images.isEmpty { name = "\(host) to mirrors.images" }
            if !keys.contains(name) { keys.append(name) }
        }
        if !keys.isEmpty { steps.append("add \(keys.joined(separator: ", "))") }
        var named: [String] = []
        for (key, _) in places where key.hasPrefix("python.") && !named.contains(key) { named.append(key) }
        if !named.isEmpty { steps.append("name places of your own in \(named.joined(separator: ", "))") }
        if places.contains(where: { $0.key == "reproducible.snapshot" }) {
            steps.append("leave out reproducible.snapshot")
        }
        return steps.joined(separator: "; ")
    }

    /// Files that name addresses themselves, or may.
    private mutating func checkFilesWithAddresses(of plan: ImagePlan) {
        guard let python = recipe.python else { return }
        func warn(_ file: String, at span: SourceSpan, _ help: String) {
            diagnostics.warning(
                .notSeen, "'\(file)' may name hosts of its own, which cudagen does not read", at: span, help: help)
        }
        let help = "see that it names none, or those of the mirrors alone"
        if let project = python.project {
            let folder = project.value.text
            let file = folder == "." ? "uv.lock" : folder + (folder.hasSuffix("/") ? "" : "/") + "uv.lock"
            warn(file, at: project.span, help)
        }
        if let file = python.environmentFile {
            let host = MirrorURL.authority(of: Upstream.conda)
            warn(
                file.value.text, at: file.span,
                "write its channels as addresses of the mirror: a channel's name alone means \(host)")
        }
        if let file = python.requirements, !python.hasReadRequirements, plan.application.python?.manager != .conda {
            warn(file.value.text, at: file.span, help)
        }
        // What is public is an error already.
        let mirrors = Set(plan.downloads.filter { $0.isNamed && $0.key != "python.requirements" }.map(\.host))
        var hosts: Set<String> = []
        for address in recipe.frameworkPins.addresses {
            let host = String(MirrorURL.host(ofAuthority: MirrorURL.authority(of: address.value)))
            let isUpstream = recipe.mirrors.upstreams.contains { MirrorURL.authority(of: $0.upstream) == host }
            guard !host.isEmpty, !isUpstream, !mirrors.contains(host), hosts.insert(host).inserted else { continue }
            diagnostics.warning(
                .notSeen, "the requirements name a host of their own, \(host.quotedExcerpt)", at: address.span,
                help: "see that it is one of yours: cudagen copies the file as it is")
        }
    }

    /// Warns of a proxy that would become part of the image, and more so of its password.
    mutating func checkProxies() {
        let proxies: Set<String> = ["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"]
        let notes = [
            "builders hand on the proxies' build arguments without a declaration, and keep them out of the image"
        ]
        for variable in recipe.environment + (recipe.build?.environment ?? []) {
            let name = variable.name.value.lowercased()
            let value = variable.value.value
            if proxies.contains(name) {
                let hasPassword = Credentials.host(in: value) != nil || !value.contains("://") && value.contains("@")
                diagnostics.warning(
                    .proxyInImage,
                    "\(variable.name.value) becomes part of the image"
                        + (hasPassword ? ", and with it the proxy's user name and password" : ", wherever it runs"),
                    at: variable.value.span, notes: notes, help: "leave it out, and build with --build-arg \(name)=URL")
            } else if Credentials.host(in: value) != nil {
                warnOfPassword(variable.name.value, "becomes part of the image", at: variable.value.span)
            }
        }
        for argument in recipe.arguments {
            guard let value = argument.value, Credentials.host(in: value.value) != nil else { continue }
            let name = argument.name.value.text
            if proxies.contains(name.lowercased()) {
                diagnostics.warning(
                    .proxyInImage, "\(name) stands in the Dockerfile, and with it the proxy's user name and password",
                    at: value.span, notes: notes,
                    help: "leave it out, and build with --build-arg \(name.lowercased())=URL")
            } else {
                warnOfPassword(name, "stands in the Dockerfile", at: value.span)
            }
        }
    }

    private mutating func warnOfPassword(_ name: String, _ fate: String, at span: SourceSpan) {
        diagnostics.warning(
            .proxyInImage, "\(name) \(fate), and with it a user name and password", at: span,
            help: "leave them out of the URL: pip, uv, curl and wget read them from a secret such as "
                + "{id: netrc, target: /root/.netrc}")
    }
}
