import ArgumentParser
import CudaImageKit

struct HostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host",
        abstract: "The script that installs the NVIDIA Container Toolkit on a host and configures an engine.",
        discussion: """
            Examples:
              cudagen host --runtime docker > install.sh
              cudagen host --distribution ubuntu22.04 --runtime docker --cdi
              cudagen host --distribution rockylinux9 --runtime podman --mirror https://mirror.example.com/nvidia

            The script is plain sh, runs as root, and may run again: what is as it should be stays as it is. It adds \
            NVIDIA's repository with its own key, installs the toolkit, switches deprecated repositories off, configures \
            the engine, restarts it only if something changed, and checks the result.
            """)

    @Option(
        help: ArgumentHelp(
            "The host's distribution: ubuntu22.04, rockylinux9 … (default: this host's).", valueName: "os"),
        transform: OperatingSystem.init(argument:))
    var distribution: OperatingSystem?

    @Option(help: "The engine: docker, containerd, crio or podman.")
    var runtime: HostInspection.Engine.Name = .docker

    @Flag(help: "Give GPUs to containers as CDI devices (podman always does).")
    var cdi = false

    @Option(
        help: ArgumentHelp(
            "A copy of NVIDIA's repository, in place of nvidia.github.io/libnvidia-container.", valueName: "url"),
        transform: MirrorURL.init(argument:))
    var mirror: MirrorURL?

    @Option(help: ArgumentHelp("A catalogue that replaces or extends the built-in one.", valueName: "file"))
    var catalog: String?

    @Option(help: TemplatesCommand.optionHelp)
    var templates: String?

    func run() throws {
        var session = Session(report: ReportStyle(), catalog: catalog, templates: templates)
        let facts = try session.catalog().containerToolkit
        let host = try distribution.map(HostDistribution.init) ?? own(session)
        guard let facts else {
            throw session.fail(
                Diagnostic(.error, .invalidCatalog, "the catalogue has no section 'container-toolkit'"))
        }
        guard
            let setup = ContainerToolkitSetup(
                distribution: host, runtime: runtime, usesCDI: cdi, mirror: mirror, facts: facts)
        else {
            throw session.fail(
                Diagnostic(
                    .error, .notSupported,
                    "NVIDIA has no packages of the Container Toolkit for '\(host.name)', or it has no systemd",
                    help: "--distribution names one of the same family: ubuntu24.04, rockylinux9, opensuse15 …"))
        }
        let own = try session.templates()
        do throws(TemplateError) {
            let templates =
                if let own { own } else { try TemplateLibrary.embedded(for: [ContainerToolkitSetup.template]) }
            Terminal.write(try setup.script(templates: templates, arguments: arguments(host)))
        } catch {
            throw session.fail(error)
        }
    }

    /// This host's distribution.
    private func own(_ session: Session) throws -> HostDistribution {
        let text = try session.existingText(at: "/etc/os-release") ?? session.existingText(at: "/usr/lib/os-release")
        guard let distribution = text.flatMap({ HostDistribution(osRelease: $0) }) else {
            Terminal.warn(
                "cudagen: /etc/os-release does not tell this host's distribution; name it with --distribution\n")
            throw ExitCode.environment
        }
        return distribution
    }

    /// The command that makes the script again, on any host.
    private func arguments(_ host: HostDistribution) -> [String] {
        ["host", "--distribution", host.id + host.version, "--runtime", runtime.rawValue] + (cdi ? ["--cdi"] : [])
            + (mirror.map { ["--mirror", $0.text] } ?? []) + (templates.map { ["--templates", $0] } ?? [])
    }
}

extension HostInspection.Engine.Name: ExpressibleByArgument {}

extension MirrorURL {
    /// An option's value; one that breaks the rule is told it.
    init(argument: String) throws {
        guard let url = MirrorURL(argument) else {
            throw ValidationError("expected \(MirrorURL.rule), without a user name or password")
        }
        self = url
    }
}
