/// A batch script for Slurm, which starts the image through Pyxis and Enroot, or through Apptainer.
///
/// Sources: sbatch(1); NVIDIA/pyxis, "Usage" (the image's entrypoint is not run unless asked for), `args.c` and
/// `pyxis_slurmstepd.c` (mounts become a line of an fstab, printed by `echo "…"` of a shell; `NVIDIA_VISIBLE_DEVICES` of the
/// job is passed on); NVIDIA/enroot, `enroot import` (`docker://REGISTRY#IMAGE`, `dockerd://IMAGE`), `conf/hooks/98-nvidia.sh`
/// (the job's value counts before the image's).
public struct SlurmScript: DeploymentFile {
    /// What starts containers on the cluster's nodes.
    public enum Runtime: String, Hashable, Sendable, CaseIterable {
        /// NVIDIA's plugin of Slurm, with Enroot below it: `srun --container-image`.
        case pyxis
        /// Apptainer (Singularity), which `srun` starts as a program.
        case apptainer
    }

    /// What is run; a job gets one GPU unless the plan has a number of them.
    public internal(set) var deployment: DeploymentPlan
    /// What starts the container on the cluster's nodes.
    public internal(set) var runtime: Runtime

    /// - Throws: ``DiagnosticError`` if a volume's path holds what separates mounts, a comma or a colon, or, with Pyxis, what
    ///   ends a column of an fstab or means something in the shell's double quotes.
    public init(_ deployment: DeploymentPlan, runtime: Runtime = .pyxis) throws(DiagnosticError) {
        let separators = runtime == .pyxis ? ASCIISet(",: \"$`\\") : ASCIISet(",:")
        if let path = deployment.application.volumes.first(where: { $0.text.utf8.contains(where: separators.contains) })
        {
            throw DiagnosticError(
                Diagnostic(
                    .error, .notSupported, "\(runtime.rawValue) can't mount a folder at \(path.text.quotedExcerpt)",
                    help: "use a path without \(runtime.separators)"))
        }
        self.deployment = deployment
        self.runtime = runtime
    }

    /// `Slurm job of spiral-service, run by pyxis`
    public var title: String { "Slurm job of \(deployment.name), run by \(runtime.rawValue)" }

    /// `#!/bin/bash`
    public var interpreter: String? { "#!/bin/bash" }

    /// `slurm`, and the runtime if it is not Pyxis.
    public var words: [String] {
        ["slurm"] + (runtime == .pyxis ? [] : ["--container-runtime", runtime.rawValue])
    }

    /// How to make the image's file where the cluster needs one, and how to submit the script.
    public var usage: [String] {
        var lines: [String] = []
        switch runtime {
        case .pyxis:
            if deployment.image.registry == nil {
                lines.append("  enroot import -o \(deployment.name).sqsh dockerd://\(deployment.image)")
            }
        case .apptainer:
            let source = deployment.image.registry == nil ? "docker-daemon:" : "docker://"
            lines.append("  apptainer build \(deployment.name).sif \(source)\(deployment.image)")
        }
        lines.append("  sbatch \(deployment.name).sbatch [arguments instead of the image's own]")
        return lines
    }

    /// The `#SBATCH` lines, the folders of volumes, and `srun`; the script's arguments replace the image's own.
    public var body: String {
        var lines = ["#SBATCH --job-name=\(deployment.name)"]
        if let number = deployment.gpus.number {
            if number > 0 { lines.append("#SBATCH --gpus=\(number)") }
        } else {
            lines.append("#SBATCH --gpus=1")
        }
        lines += ["#SBATCH --output=%x-%j.log", "", "set -eu", ""]
        if deployment.gpus.number == nil {
            lines.insert("# A job gets the GPUs that it asks for: more with 'sbatch --gpus=4'.", at: 0)
        }
        lines.insert("", at: 0)
        if !deployment.volumes.isEmpty {
            lines.append("# Folders for what the image keeps.")
            // It is known only when the job runs.
            lines.append("# The path of the job's own folder has to be without \(runtime.separators).")
            lines.append("mkdir -p " + deployment.volumes.map { "\"$PWD\"/\($0.name)" }.joined(separator: " "))
        }
        if runtime == .pyxis, let (name, value) = deployment.gpuRefusal {
            lines.append("# \(DeploymentPlan.gpuRefusalReason)")
            lines.append("export \(name)=\(value)")
        }
        if !deployment.arguments.isEmpty {
            lines.append(
                "[ $# -gt 0 ] || set -- " + deployment.arguments.map(ShellQuoting.quote).joined(separator: " "))
        }
        if program.isEmpty, deployment.arguments.isEmpty { lines.append("[ $# -gt 0 ] || set -- nvidia-smi") }
        lines.append((["srun"] + command).joined(separator: " \\\n    ") + " \\\n    " + "\(program)\"$@\"")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The image's entrypoint, which neither runtime takes over as it is, with a blank behind each word.
    private var program: String { deployment.entrypoint.map { ShellQuoting.quote($0) + " " }.joined() }

    /// The runtime's own words, quoted.
    private var command: [String] {
        switch runtime {
        case .pyxis:
            var words = ["--container-image=" + image]
            if !deployment.volumes.isEmpty {
                words.append("--container-mounts=" + mounts)
            }
            if let folder = deployment.application.workingDirectory {
                words.append("--container-workdir=" + ShellQuoting.quote(folder.text))
            }
            if !deployment.variables.isEmpty {
                words.append("--container-env=" + deployment.variables.map(\.text).joined(separator: ","))
            }
            return words + ["--no-container-mount-home"]
        case .apptainer:
            var words = ["apptainer exec" + (deployment.gpus == .noGPU ? "" : " --nv")]
            if !deployment.volumes.isEmpty { words.append("--bind " + mounts) }
            if let folder = deployment.application.workingDirectory {
                words.append("--pwd " + ShellQuoting.quote(folder.text))
            }
            if deployment.readsUserSite { words.append("--env PYTHONNOUSERSITE=1") }
            return words + ["\"$PWD\"/\(deployment.name).sif"]
        }
    }

    /// `ghcr.io#acme/app:1`, or a file that enroot made.
    private var image: String {
        guard let registry = deployment.image.registry else { return "\"$PWD\"/\(deployment.name).sqsh" }
        var reference = deployment.image
        reference.registry = nil
        return ShellQuoting.quote("\(registry)#\(reference)")
    }

    private var mounts: String {
        deployment.volumes.map { "\"$PWD\"/\($0.name)" + ":" + ShellQuoting.quote($0.path.text) }
            .joined(separator: ",")
    }
}

extension SlurmScript.Runtime {
    /// What no path of a mount may hold, in words.
    fileprivate var separators: String {
        switch self {
        case .pyxis: "blanks and without , : \" $ ` \\"
        case .apptainer: "',' and ':'"
        }
    }
}
