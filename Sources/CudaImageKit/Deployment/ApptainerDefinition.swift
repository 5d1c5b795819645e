/// `app.def`: the built image for Apptainer (Singularity), which runs it without a daemon and without root.
///
/// The image is complete: the definition adds no `%post`. What Apptainer does not take over from it is written down: the
/// working directory, and which program of the host's account Python would see.
///
/// Sources: Apptainer user guide, "Definition files" and "Support for Docker and OCI containers";
/// `pkg/build/types/parser/deffile.go` (a line whose first word begins with `%` is a section, `{{ name }}` a variable).
public struct ApptainerDefinition: DeploymentFile {
    /// What is deployed; `apptainer build` takes the built image, from the docker daemon if its name has no registry.
    public var deployment: DeploymentPlan

    /// A definition for the image of a plan, without reading or writing anything.
    public init(_ deployment: DeploymentPlan) { self.deployment = deployment }

    /// `Apptainer image of spiral-service:latest`
    public var title: String { "Apptainer image of \(deployment.image)" }

    /// `apptainer`
    public var words: [String] { ["apptainer"] }

    /// How to build and run the `.sif`, with a bind for each volume, as Apptainer's images can't be written to.
    public var usage: [String] {
        var lines = [
            "  apptainer build \(deployment.name).sif \(deployment.name).def",
            "  apptainer run\(deployment.gpus == .noGPU ? "" : " --nv")\(binds) \(deployment.name).sif",
            (deployment.gpus == .noGPU ? "" : "--nv gives the container the host's driver. ")
                + "It runs as the account that starts it.",
        ]
        if !deployment.volumes.isEmpty {
            lines.append("An image of Apptainer can't be written to: --bind puts folders of the host in.")
        }
        return lines
    }

    /// The host's folders for volumes, with the names that other files give them.
    private var binds: String {
        deployment.volumes.filter { !$0.path.text.contains(":") && !$0.path.text.contains(",") }
            .map { " --bind " + ShellQuoting.quote("\($0.name):\($0.path)") }.joined()
    }

    /// The header of the definition, `%environment` where Python would see the user's own packages, and `%runscript`.
    public var body: String {
        var text = """

            Bootstrap: \(deployment.image.registry == nil ? "docker-daemon" : "docker")
            From: \(deployment.image)

            """
        if deployment.readsUserSite {
            text += """

                %environment
                    # The home of whoever runs the image is mounted: packages installed there must not mix with the image's.
                    export PYTHONNOUSERSITE=1

                """
        }
        text += "\n%runscript\n" + script.map { "    \($0)\n" }.joined()
        return text
    }

    private var script: [String] {
        let words = deployment.entrypoint + deployment.arguments
        var lines: [String] = []
        // A value's own line could begin with `%`, and would be a section.
        if words.contains(where: OneLineQuoting.needsDefinitions) { lines += OneLineQuoting.definitions }
        if let folder = deployment.application.workingDirectory {
            lines.append("cd \(OneLineQuoting.quote(folder.text)) || exit")
        }
        if !deployment.arguments.isEmpty {
            lines.append(
                "[ $# -gt 0 ] || set -- " + deployment.arguments.map(OneLineQuoting.quote).joined(separator: " "))
        }
        let program = deployment.entrypoint.map { OneLineQuoting.quote($0) + " " }.joined()
        if program.isEmpty, deployment.arguments.isEmpty {
            // Nothing is said: a shell, as the base image has it.
            lines.append("[ $# -gt 0 ] || set -- /bin/sh")
        }
        return lines + ["exec \(program)\"$@\""]
    }
}
