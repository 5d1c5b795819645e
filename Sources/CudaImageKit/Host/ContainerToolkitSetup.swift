/// The script that installs the NVIDIA Container Toolkit and makes an engine use it.
///
/// Source: `host_setup` of the facts, NVIDIA's installation guide.
public struct ContainerToolkitSetup: Hashable, Sendable {
    /// The root template.
    static let template = "host-setup"

    /// The engine that is configured. Podman needs none: it reads CDI specifications by itself.
    public internal(set) var runtime: HostInspection.Engine.Name
    /// Whether the script generates a CDI specification, too; the initialiser sets it for Podman, which has no other
    /// way.
    public internal(set) var usesCDI: Bool
    /// A copy of NVIDIA's package repository from which key and packages are taken; `nil` for NVIDIA's own.
    public internal(set) var mirror: MirrorURL?
    let installer: HostDistribution.Installer
    let distribution: HostDistribution
    let facts: ContainerToolkitFacts

    /// - Parameters:
    ///   - distribution: the host's Linux distribution.
    ///   - runtime: the engine that is configured.
    ///   - usesCDI: whether containers get GPUs as CDI devices; Podman's always do.
    ///   - mirror: a copy of NVIDIA's package repository; `nil` for NVIDIA's own.
    ///   - facts: what the catalogue knows of the toolkit: ``Catalog/containerToolkit``.
    /// - Throws: ``DiagnosticError`` if NVIDIA has no packages for the distribution, or it has no systemd.
    public init(
        distribution: HostDistribution, runtime: HostInspection.Engine.Name, usesCDI: Bool = false,
        mirror: MirrorURL? = nil, facts: ContainerToolkitFacts
    ) throws(DiagnosticError) {
        guard let installer = distribution.installer else {
            throw DiagnosticError(
                Diagnostic(
                    .error, .notSupported,
                    "NVIDIA has no packages of the Container Toolkit for \(distribution.name.quotedExcerpt), or it has no "
                        + "systemd",
                    help: "--distribution names one of the same family: ubuntu24.04, rockylinux9, opensuse15 …"))
        }
        self.distribution = distribution
        self.installer = installer
        self.runtime = runtime
        self.usesCDI = usesCDI || runtime == .podman
        self.mirror = mirror
        self.facts = facts
    }

    /// The script.
    ///
    /// - Parameters:
    ///   - templates: the user's in place of the program's; `nil` for those that are part of the program.
    ///   - arguments: options of the command that makes it again, beyond those that say what the script does:
    ///     `--templates` and its folder.
    /// - Throws: ``TemplateError`` if a template is broken.
    public func script(
        templates: TemplateLibrary? = nil, arguments: [String] = []
    ) throws(TemplateError) -> String {
        let templates = if let templates { templates } else { try TemplateLibrary.embedded(for: [Self.template]) }
        return try templates.renderFile(Self.template, context(arguments))
    }

    /// The options of `cudagen host` that make the script on any host.
    private var arguments: [String] {
        ["--distribution", distribution.id + distribution.version, "--runtime", runtime.rawValue]
            + (usesCDI && runtime != .podman ? ["--cdi"] : []) + (mirror.map { ["--mirror", $0.text] } ?? [])
    }

    /// What the template is rendered with; `Documentation/templates.md` describes every value.
    func context(_ arguments: [String] = []) -> TemplateValue {
        let repository = mirror?.text ?? facts.repository
        let word = { (text: String) in TemplateValue.text(ShellQuoting.quote(text)) }
        let words = { (list: [String]) in TemplateValue.text(list.map(ShellQuoting.quote).joined(separator: " ")) }
        return .object([
            "version": .text(Generator.version),
            "command": .text(DockerfileComment.commandLine(["cudagen", "host"] + self.arguments + arguments)),
            "checksum": .text(Checksum.placeholder),
            "distribution": .text(distribution.name.printable),
            "toolkit": .text(facts.version),
            "apt": .bool(installer == .apt),
            "rpm": .bool(installer != .apt),
            "zypper": .bool(installer == .zypper),
            "dnf": .bool(![.apt, .zypper].contains(installer)),
            "installer": .text(installer.rawValue),
            "package": word(facts.package),
            "prerequisites": words(facts.words(.aptPrerequisites)),
            "deprecatedPackages": .list(facts.deprecatedPackages.map(word)),
            "deprecatedRepository": word(facts[.deprecatedRepository]),
            "deprecatedPattern": word(facts.deprecatedPattern),
            "keyURL": word(repository + facts[.aptKey]),
            "keyring": word(facts[.aptKeyring]),
            "listURL": word(repository + facts[.aptList]),
            "listFile": word(facts[.aptListFile]),
            "repositoryURL": word(repository + facts[.rpmRepository]),
            "repositoryFile": word(
                installer == .zypper
                    ? facts[.rpmRepositoryFile].replacing("/etc/yum.repos.d", with: "/etc/zypp/repos.d")
                    : facts[.rpmRepositoryFile]),
            // Both have the characters of addresses alone, none that sed takes for its own.
            "edit": word(edit),
            "dockerFormat": word("{{json .Runtimes}}"),
            "docker": .bool(runtime == .docker),
            "podman": .bool(runtime == .podman),
            "configures": .bool(runtime != .podman),
            "runtime": .text(runtime.rawValue),
            "configurations": words(configurations),
            "cdi": .bool(usesCDI),
            "enableCDI": .bool(usesCDI && (runtime == .docker || runtime == .containerd)),
            "specification": word(facts[.cdiSpecification]),
            "refreshed": word(facts[.cdiRefreshed]),
        ])
    }

    /// What is changed in the repository's file as NVIDIA publishes it.
    private var edit: String {
        var commands: [String] = []
        if installer == .apt { commands.append("s#^deb https://#deb [signed-by=\(facts[.aptKeyring])] https://#") }
        if let mirror { commands.append("s#\(Self.pattern(facts.repository))#\(mirror.text)#") }
        return commands.joined(separator: ";")
    }

    private static func pattern(_ text: String) -> String { text.replacing(".", with: "\\.") }

    /// Files that nvidia-ctk changes.
    private var configurations: [String] {
        switch runtime {
        case .docker: ["/etc/docker/daemon.json"]
        case .containerd: ["/etc/containerd/config.toml", "/etc/containerd/conf.d/99-nvidia.toml"]
        case .crio: ["/etc/crio/crio.conf", "/etc/crio/conf.d/99-nvidia.toml"]
        case .podman: []
        }
    }
}
