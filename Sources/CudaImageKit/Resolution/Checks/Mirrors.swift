extension Resolver {
    /// What a site's mirrors can't do, or leave out.
    mutating func checkMirrors(of plan: ImagePlan) {
        let mirrors = plan.mirrors
        checkMirrorKey(of: plan)
        checkMirrorSecrets()
        checkSnapshot(on: plan.os.value)
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
            .missingKey, "with an official image 'mirrors.nvidia-key' needs the key 'file' or 'url'", at: key.span)
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

    /// An encrypted mirror can't be asked for the package with the certificates that check it.
    private mutating func checkTrust(of plan: ImagePlan) {
        let mirrors = plan.mirrors
        guard mirrors.certificates.isEmpty, plan.packageManager.isDebian,
            let archive = mirrors.archives(of: plan.os.value)?.archive, archive.value.isEncrypted
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
        for download in plan.downloads where !download.isNamed {
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
                    "\($0.host): \($0.what.joined(separator: ", "))"
                        + ($0.key == "reproducible.snapshot" ? "" : "; \($0.key) redirects it")
                },
                help: Self.help(for: places.map(\.key)))
        }
        for file in unseenFiles(of: plan) {
            diagnostics.warning(
                .notSeen, "'\(file.value)' may name hosts of its own, which cudagen does not read", at: file.span,
                help: "see that it names none, or those of the mirrors alone")
        }
    }

    private static func help(for keys: [String]) -> String {
        var add: [String] = []
        for key in keys where key != "reproducible.snapshot" && !add.contains(key) { add.append(key) }
        let snapshot = keys.contains("reproducible.snapshot") ? "leave out reproducible.snapshot" : nil
        let added = add.isEmpty ? nil : "add \(add.joined(separator: ", "))"
        return [added, snapshot].compactMap { $0 }.joined(separator: "; ")
    }

    /// Files that name addresses themselves.
    private func unseenFiles(of plan: ImagePlan) -> [Located<String>] {
        guard let python = recipe.python else { return [] }
        let lock = python.project.map { project in
            project.map { $0.text == "." ? "uv.lock" : $0.text + ($0.text.hasSuffix("/") ? "" : "/") + "uv.lock" }
        }
        return [lock, python.environmentFile.map { file in file.map(\.text) }].compactMap { $0 }
    }

    /// Warns of a proxy that would become part of the image, and more so of its password.
    mutating func checkProxies() {
        for variable in recipe.environment + (recipe.build?.environment ?? []) {
            let name = variable.name.value.lowercased()
            guard ["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"].contains(name) else { continue }
            let value = variable.value.value
            let hasPassword = Credentials.host(in: value) != nil || !value.contains("://") && value.contains("@")
            diagnostics.warning(
                .proxyInImage,
                "\(variable.name.value) becomes part of the image"
                    + (hasPassword ? ", and with it the proxy's user name and password" : ", wherever it runs"),
                at: variable.value.span,
                notes: [
                    "builders hand on the proxies' build arguments without a declaration, and keep them out of the image"
                ],
                help: "leave it out, and build with --build-arg \(name)=URL")
        }
    }
}
