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

    @Option(help: CatalogChoice.help, completion: .file())
    var catalog: String?

    @OptionGroup var templates: TemplateArguments

    func run() throws {
        var session = Session(report: ReportStyle(), catalog: catalog, templates: templates.templates)
        let facts = try session.catalog().containerToolkit
        let host = try distribution.map(HostDistribution.init) ?? own(session)
        guard let facts else {
            throw session.fail(
                Diagnostic(.error, .invalidCatalog, "the catalogue has no section 'container-toolkit'"))
        }
        let own = try session.templates()
        let setup: ContainerToolkitSetup
        do throws(DiagnosticError) {
            setup = try ContainerToolkitSetup(
                distribution: host, runtime: runtime, usesCDI: cdi, mirror: mirror, facts: facts)
        } catch {
            session.show(error.diagnostics)
            throw ExitCode.invalid
        }
        do throws(TemplateError) {
            Terminal.write(
                try setup.script(templates: own, arguments: templates.arguments))
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
