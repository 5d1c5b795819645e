/// One thing about a host that a person should know or mend.
public struct HostFinding: Hashable, Sendable {
    /// How much a finding matters; one ``error`` makes the host not ready, see `HostReport.verdict`.
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        /// Containers get no GPU, or the image does not run.
        case error
        /// It works, but not everywhere or not for long.
        case warning
        /// Something to know; nothing has to be done.
        case note
    }

    /// The stable name of a finding. `Documentation/host.md` describes each.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// There is no NVIDIA GPU; the verdict is `noGPU`.
        case noGPU = "no-gpu"
        /// The inspection runs in a container, which does not see the host's engines and toolkit. Run it on the host.
        case insideContainer = "inside-container"
        /// A file that matters can't be read or understood; nothing is concluded from it. Mend its permissions or its
        /// content.
        case unreadableFile = "unreadable-file"
        /// A program gave no answer in time (``HostProgram/patience``); an error for `nvidia-smi`, as the driver hangs.
        /// Reset the GPU.
        case programSilent = "program-silent"

        /// There is a GPU and no driver of NVIDIA's. Install it.
        case driverMissing = "driver-missing"
        /// The driver is installed and its kernel module not loaded, or vfio-pci holds the GPU for virtual machines.
        /// Load it.
        case driverNotLoaded = "driver-not-loaded"
        /// The open driver for screens holds the GPU, so that NVIDIA's can't be loaded. Keep nouveau from being loaded.
        case nouveauLoaded = "nouveau-loaded"
        /// Kernel module and libraries are of different versions, mostly after an update. Reboot.
        case driverLibraryMismatch = "driver-library-mismatch"
        /// The kernel module is loaded and there is no `libcuda.so`. Install the driver's user-mode part.
        case driverLibrariesMissing = "driver-libraries-missing"
        /// `nvidia-smi` ends without a version of the driver. Make it work first.
        case driverFails = "driver-fails"
        /// A node in `/dev` that programs need is missing. Create it as the commands say.
        case deviceNodesMissing = "device-nodes-missing"
        /// Not everybody may open NVIDIA's device nodes; an error for rootless engines. Set the module's file mode.
        case deviceNodesClosed = "device-nodes-closed"

        /// There is no NVIDIA Container Toolkit. Install it, as `cudagen host` does.
        case toolkitMissing = "toolkit-missing"
        /// A program of the toolkit is missing; a warning where CDI works without. Install the toolkit anew.
        case toolkitIncomplete = "toolkit-incomplete"
        /// Toolkit and libnvidia-container are of different releases. Update both.
        case toolkitVersionsDiffer = "toolkit-versions-differ"
        /// nvidia-docker2 is installed, which NVIDIA deprecated for the Container Toolkit. Replace it.
        case toolkitDeprecated = "toolkit-deprecated"
        /// A package source of nvidia-docker's time is still named. Remove its file.
        case repositoryDeprecated = "repository-deprecated"

        /// No container engine is installed.
        case engineMissing = "engine-missing"
        /// An engine does not answer, and its files alone were read; an error if Docker does not run. Start it.
        case engineSilent = "engine-silent"
        /// Docker before 19.03, which has no `--gpus`, or Podman before 4.1, which has no CDI devices. Update it.
        case engineTooOld = "engine-too-old"
        /// `daemon.json` is not JSON, or the configuration of containerd or CRI-O no TOML. Mend the file.
        case configurationMalformed = "configuration-malformed"
        /// An engine has no runtime `nvidia`; a warning or note where it gives containers GPUs without. Run `nvidia-ctk
        /// runtime configure`.
        case runtimeNotRegistered = "runtime-not-registered"
        /// Nothing is at the path that an engine's configuration names for NVIDIA's runtime. Mend the path, or install
        /// the toolkit.
        case runtimePathMissing = "runtime-path-missing"
        /// The running engine does not know what its configuration says. Restart it.
        case engineNotRestarted = "engine-not-restarted"
        /// Rootless Docker without `no-cgroups = true` in the toolkit's configuration. Set it.
        case rootlessCgroups = "rootless-cgroups"
        /// `no-cgroups = true`, a setting for rootless engines, where Docker runs as root; a warning for other engines.
        /// Set it to `false`.
        case noCgroups = "no-cgroups"
        /// systemd's control groups take the GPUs from running containers when units are reloaded. Create links in
        /// `/dev/char`, or use CDI.
        case devicesLostAtReload = "devices-lost-at-reload"
        /// SELinux may keep containers from NVIDIA's device nodes. Set `container_use_devices`.
        case selinuxEnforcing = "selinux-enforcing"

        /// Podman, or the toolkit's mode `cdi`, has no CDI specification. Generate one.
        case cdiMissing = "cdi-missing"
        /// A CDI specification names the files of another driver version; an error if it is the only way. Generate it
        /// anew.
        case cdiStale = "cdi-stale"
        /// Two CDI specifications of one folder name the same device, so that neither counts. Remove one of them.
        case cdiConflict = "cdi-conflict"

        /// WSL2 without NVIDIA's driver in Windows; a warning for a Linux driver, which is in its way.
        case wslDriver = "wsl-driver"
        /// A Jetson, whose driver belongs to Jetson Linux; a warning if an image is asked about.
        case jetson

        /// The driver is too old for the image; a note where compatibility helps, a warning where the facts do not
        /// settle it.
        case imageDriver = "image-driver"
        /// `NVIDIA_REQUIRE_CUDA` keeps the container from starting; a warning where CDI is the only way, or it is not
        /// known.
        case imageRequirement = "image-requirement"
        /// The image's CUDA has no machine code for a GPU; a note where it runs all the same. Take a newer or older
        /// CUDA.
        case imageGPU = "image-gpu"
        /// The recipe's own code is not compiled for a GPU; a note where PTX helps. Add the architecture.
        case imageCode = "image-code"
        /// The image is for another processor than the host's. Build it for the host's platform.
        case imagePlatform = "image-platform"
        /// The tag is on none of NVIDIA's lists and reported gone. Take a supported tag.
        case imageGone = "image-gone"
    }

    /// How much it matters; ``HostReport`` makes an engine's error a warning where another engine works.
    public internal(set) var severity: Severity
    /// What kind of finding it is, for programs and `Documentation/host.md`.
    public internal(set) var code: Code
    /// What was found: one sentence without a full stop.
    public internal(set) var message: String
    /// Why it matters: one sentence without a full stop.
    public internal(set) var reason: String
    /// The commands that mend it, one a line.
    public internal(set) var commands: [String]
    /// What to do where no command does it, or besides.
    public internal(set) var advice: String?
    /// The engine that it is about: another one that works makes it a warning.
    public internal(set) var engine: HostInspection.Engine.Name?

    init(
        _ severity: Severity, _ code: Code, _ message: String, because reason: String, run commands: [String] = [],
        advice: String? = nil, engine: HostInspection.Engine.Name? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.reason = reason
        self.commands = commands
        self.advice = advice
        self.engine = engine
    }

    /// `{"severity": …, "code": …, "message": …, "reason": …, "commands": […], "advice": …, "engine": …}`; the last two
    /// are left out where there is none.
    public var json: JSONValue {
        .object(
            [
                ("severity", .string(severity.rawValue)), ("code", .string(code.rawValue)),
                ("message", .string(message)), ("reason", .string(reason)),
                ("commands", .array(commands.map { .string($0) })),
            ] + (advice.map { [("advice", .string($0))] } ?? [])
                + (engine.map { [("engine", .string($0.rawValue))] } ?? []))
    }
}
