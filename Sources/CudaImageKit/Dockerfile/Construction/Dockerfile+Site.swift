extension Dockerfile {
    /// The build argument that programs take for the time.
    static let epochName = "SOURCE_DATE_EPOCH"

    /// The file for a site with mirrors: every image that it starts from, what each stage begins with, and what downloads
    /// are given. Without mirrors and `reproducible` it is the same file.
    ///
    /// - Parameter keepsUpstreamImages: whether images keep their names, for those who ask what a file downloads.
    func adapted(to plan: ImagePlan, keepsUpstreamImages: Bool = false) -> Dockerfile {
        guard !plan.mirrors.isEmpty || plan.reproducible != nil else { return self }
        return SiteAdaptation(plan: plan, keepsUpstreamImages: keepsUpstreamImages).adapt(self)
    }
}

private struct SiteAdaptation {
    let plan: ImagePlan
    let keepsUpstreamImages: Bool

    private var mirrors: Recipe.Mirrors { plan.mirrors }

    func adapt(_ file: Dockerfile) -> Dockerfile {
        var file = file
        let keyStage = keyStage(for: file)
        let hasKey = !keyStage.isEmpty || file.stages.contains { $0.role == .key }
        var stages = begin(keyStage + file.stages, hasKey: hasKey)
        for index in stages.indices {
            let sections = stages[index].sections.map(download)
            let site = sections.prefix { $0.kind == .siteFiles || $0.kind == .site }
            stages[index].sections = epoch + site + trust(of: stages[index]) + sections[site.endIndex...]
        }
        file.stages = stages
        if let name = epochName, let seconds = plan.reproducible?.seconds {
            file.arguments.insert(.argument(name, default: "\(seconds)"), at: 0)
        }
        return file
    }

    // MARK: - What stages start from

    /// Gives each stage that starts from an image what belongs before everything else: in a stage of its own where several
    /// start from one image.
    ///
    /// - Parameter hasKey: whether a stage leaves the checked key of the mirror's own.
    private func begin(_ stages: [Dockerfile.Stage], hasKey: Bool) -> [Dockerfile.Stage] {
        var result: [Dockerfile.Stage] = []
        var shared: [ImageReference: StageName] = [:]
        for stage in stages {
            guard case .image(let reference) = stage.base else {
                result.append(stage)
                continue
            }
            var stage = stage
            let fetchesKey = stage.role == .key && BaseImage(reference).isOfficialCUDA
            let sections = site(of: reference, fetchesKey: fetchesKey, hasKey: hasKey).sections
            if !keepsUpstreamImages { stage.base = .image(plan.mirrored(reference)) }
            let count = stages.count { $0.base == .image(reference) }
            if sections.isEmpty {
                result.append(stage)
                continue
            }
            if count == 1 || BaseImage(reference).isOfficialCUDA {
                stage.sections = sections + stage.sections
            } else if let name = shared[reference] {
                stage.base = .stage(name)
            } else if let name = StageName(shared.isEmpty ? "site" : "site-\(shared.count + 1)") {
                shared[reference] = name
                result.append(Dockerfile.Stage(role: .site, base: stage.base, name: name, sections: sections))
                stage.base = .stage(name)
            }
            result.append(stage)
        }
        return result
    }

    private func site(of reference: ImageReference, fetchesKey: Bool, hasKey: Bool) -> SiteSections {
        let base = BaseImage(reference)
        let os = base.isOfficialCUDA ? reference.tag.flatMap(CUDAImageTag.init)?.os ?? plan.os.value : plan.os.value
        let manager = base.isOfficialCUDA && os == plan.os.value ? plan.packageManager : base.packageManager(on: os)
        return SiteSections(
            mirrors: mirrors, snapshot: plan.reproducible?.snapshot?.value, base: base, os: os, manager: manager,
            fetchesKey: fetchesKey, hasOwnKey: hasKey)
    }

    /// NVIDIA's own images have its repository configured, and a mirror's key has to be checked before apt may use it. An
    /// image whose build asks no package manager needs none, and would need a package for the check.
    private func keyStage(for file: Dockerfile) -> [Dockerfile.Stage] {
        guard mirrors.nvidia != nil, let key = mirrors.nvidiaKey, !file.stages.contains(where: { $0.role == .key }),
            file.stages.contains(where: mayReadRepositories),
            let base = file.stages.lazy.compactMap({ stage -> ImageReference? in
                if case .image(let reference) = stage.base, BaseImage(reference).isOfficialCUDA { return reference }
                return nil
            }).last
        else { return [] }
        let site = site(of: base, fetchesKey: true, hasKey: true)
        let commands = RepositoryCommands(
            repository: PackageRepository(
                url: "", machineLearningURL: nil, key: SigningKey(key), keyPlace: key.place, derivation: nil),
            packages: PackageCommands(manager: site.manager), os: site.os)
        return [commands.keyStage(on: base)]
    }

    /// Whether a package manager may run in a stage; of a user's own command nothing is known.
    private func mayReadRepositories(_ stage: Dockerfile.Stage) -> Bool {
        stage.sections.contains { section in
            section.instructions.contains { instruction in
                if case .run(.shell, _) = instruction { return true }
                return instruction.callsPackageManager
            }
        }
    }

    // MARK: - Arguments

    /// The time, as a build argument that programs read: it does not get into the image's environment.
    private var epoch: [Dockerfile.Section] {
        epochName.map { [Dockerfile.Section(.epoch, [.argument($0, default: nil)])] } ?? []
    }

    /// The certificates, for programs that bring their own: build arguments, too.
    private func trust(of stage: Dockerfile.Stage) -> [Dockerfile.Section] {
        var sections: [Dockerfile.Section] = []
        let runsPrograms = stage.role == .final || stage.role == .build
        if !mirrors.certificates.isEmpty, runsPrograms {
            let os = stage.role == .build ? plan.buildSystem : plan.os.value
            let bundle = os.certificateBundle
            sections.append(
                Dockerfile.Section(
                    .trust,
                    ["PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"].compactMap(EnvironmentName.init)
                        .map { .argument($0, default: bundle) }))
        }
        return sections
    }

    /// Its default is said once, before the stages: there newer BuildKits take it for the image's own time, too.
    private var epochName: EnvironmentName? {
        plan.reproducible == nil ? nil : EnvironmentName(Dockerfile.epochName)
    }

    // MARK: - Downloads

    private func download(_ section: Dockerfile.Section) -> Dockerfile.Section {
        var section = section
        let secrets = mirrors.mounts
        section.instructions = section.instructions.map { instruction in
            guard case .run(var command, var mounts) = instruction, command.mayDownload else { return instruction }
            mounts += secrets.filter { !mounts.contains($0) }
            if case .script(var script) = command {
                if !secrets.isEmpty {
                    // curl alone reads no ~/.netrc unless it is told to.
                    script.commands = script.commands.map {
                        $0.withProgramOptions(["--netrc-optional"], of: "curl")
                    }
                }
                if plan.reproducible != nil { script.commands += Self.removeTimes(after: script) }
                command = .script(script)
            }
            return .run(command, mounts: mounts)
        }
        return section
    }

    /// Files that apt and dpkg write the time into, and that no one reads in an image.
    private static func removeTimes(after script: ShellScript) -> [ShellCommand] {
        guard script.commands.contains(where: { $0.words.contains(.value("apt-get")) }) else { return [] }
        return [
            [
                "rm", "-rf", "/var/log/apt", "/var/log/dpkg.log", "/var/log/alternatives.log",
                "/var/cache/ldconfig/aux-cache",
            ]
        ]
    }
}

extension ShellCommand {
    /// The same, if it is the program that the command starts with.
    fileprivate func withProgramOptions(_ options: [Word], of program: String) -> ShellCommand {
        words.first == .value(program) ? withOptions(options, of: program) : self
    }
}

extension RunCommand {
    /// Whether it may ask a mirror for something; of a user's own command nothing is known.
    fileprivate var mayDownload: Bool {
        guard case .script(let script) = self else { return true }
        return script.commands.contains { command in
            command.words.contains { word in
                if case .value(let text) = word { Self.downloaders.contains(text) } else { false }
            }
        }
    }

    private static let downloaders: Set<String> = [
        "apt-get", "yum", "dnf", "microdnf", "tdnf", "zypper", "curl", "wget", "pip", "/opt/uv/bin/pip", "uv",
        "micromamba",
    ]
}
