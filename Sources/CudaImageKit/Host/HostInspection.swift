/// What was found on a host: facts alone, no judgement. ``HostReport`` judges them.
public struct HostInspection: Hashable, Sendable {
    /// What `/etc/os-release` tells; `nil` if there is none that names a distribution.
    public internal(set) var distribution: HostDistribution?
    /// The processor's platform, where it is known.
    public internal(set) var platform: Platform?
    /// Whether this is the second version of the Windows Subsystem for Linux, which has a kernel of its own.
    public internal(set) var isWSL = false
    /// Whether this is the first version, which has no GPUs.
    public internal(set) var isWSL1 = false
    /// The line of `/etc/nv_tegra_release` that names a Jetson's release: `R36 (release), REVISION: 4.3`.
    public internal(set) var jetsonRelease: String?
    /// Whether the inspection itself runs in a container, which sees the host's kernel and its own files.
    public internal(set) var isContainer = false
    /// `nil` if SELinux is not there.
    public internal(set) var selinuxIsEnforcing: Bool?
    /// Whether the second version of control groups is in use.
    public internal(set) var hasUnifiedCgroups = false
    /// NVIDIA's driver; every member empty where there is none.
    public internal(set) var driver = Driver()
    /// The GPUs that `nvidia-smi` lists, else the kernel module's, else a Jetson's own; empty without a driver that
    /// answers.
    public internal(set) var gpus: [Graphics] = []
    /// NVIDIA's GPUs on the PCI bus; `nil` if the bus can't be looked at.
    public internal(set) var pciGPUs: Int?
    /// Those of them that vfio-pci holds for virtual machines.
    public internal(set) var passedThroughGPUs = 0
    /// NVIDIA's device nodes with their permissions: `/dev/nvidia0`.
    public internal(set) var deviceNodes: [String: Int] = [:]
    /// Whether udev's links from `/dev/char` to NVIDIA's nodes are there.
    public internal(set) var hasDeviceLinks = false
    /// The Container Toolkit; `Toolkit.isInstalled` tells whether there is one.
    public internal(set) var toolkit = Toolkit()
    /// The container engines that are installed, at most one of each name.
    public internal(set) var engines: [Engine] = []
    /// The CDI specifications, by path.
    public internal(set) var cdi: [CDISpecification] = []
    /// Files that are there and can't be read or understood.
    package var unreadable: [FileError] = []
    /// Those of them that could not be opened or read: what stands there is not known.
    package var unread: Set<String> = []
    /// Programs that did not answer in time.
    public internal(set) var silent: [HostProgram] = []

    /// NVIDIA's driver: the kernel module, and the libraries that containers get.
    public struct Driver: Hashable, Sendable {
        /// Of the loaded kernel module.
        public internal(set) var kernel: DriverVersion?
        /// Versions of `libcuda.so.…` in the library folders, ascending.
        public internal(set) var libraries: [DriverVersion] = []
        /// What `nvidia-smi` reports.
        public internal(set) var reported: DriverVersion?
        /// The CUDA release that `nvidia-smi` reports.
        public internal(set) var cuda: CUDAVersion?
        /// What `nvidia-smi` says instead of its table.
        public internal(set) var failure: String?
        /// Whether the open driver for the screen has the GPU: then NVIDIA's own can't be loaded.
        public internal(set) var isNouveauLoaded = false

        /// The version that containers have to live with.
        public var version: DriverVersion? { kernel ?? reported ?? libraries.last }
    }

    /// A GPU that the driver knows.
    public struct Graphics: Hashable, Sendable {
        /// `NVIDIA A100-SXM4-80GB`
        public internal(set) var name: String
        /// NVIDIA's name for this one card: `GPU-` and a UUID; `nil` for Jetsons, and where the kernel module does not
        /// tell it.
        public internal(set) var uuid: String?
        /// As the driver reports it, else the catalogue's for this name; `nil` if neither knows it.
        public internal(set) var capability: ComputeCapability?
    }

    /// The NVIDIA Container Toolkit.
    public struct Toolkit: Hashable, Sendable {
        /// Of `nvidia-ctk`, or its package.
        public internal(set) var version: String?
        /// Of libnvidia-container.
        public internal(set) var libraryVersion: String?
        /// Paths of its programs, by name.
        public internal(set) var programs: [String: String] = [:]
        /// Whether its configuration file says `no-cgroups = true`.
        public internal(set) var leavesCgroups = false
        /// `mode` of the runtime: `auto`, `legacy`, `cdi`, `csv`.
        public internal(set) var mode: String?
        /// Whether its configuration file says `disable-require = true`: `NVIDIA_REQUIRE_CUDA` is not checked.
        public internal(set) var disablesRequire = false
        /// Deprecated packages that are installed.
        public internal(set) var deprecatedPackages: [String] = []
        /// Files that name deprecated repositories.
        public internal(set) var deprecatedLists: [String] = []

        /// Whether `nvidia-ctk` or `nvidia-container-runtime` is there.
        public var isInstalled: Bool { programs["nvidia-ctk"] != nil || programs["nvidia-container-runtime"] != nil }
        /// What `docker --gpus` starts.
        public var hasHook: Bool { programs["nvidia-container-runtime-hook"] != nil }
    }

    /// A container engine that is installed.
    public struct Engine: Hashable, Sendable {
        /// An engine; the raw value is the name that `nvidia-ctk runtime configure --runtime` takes. It knows no
        /// `podman`.
        public enum Name: String, Hashable, Sendable, CaseIterable {
            /// Docker Engine, or Docker Desktop, which runs elsewhere.
            case docker
            /// Podman, which has no daemon and gives containers GPUs as CDI devices alone.
            case podman
            /// containerd, as Kubernetes and nerdctl use it.
            case containerd
            /// CRI-O, an engine for Kubernetes.
            case crio
        }

        /// Which engine it is.
        public internal(set) var name: Name
        /// As the engine reports it: `28.3.2`; `nil` if it did not answer.
        public internal(set) var version: String?
        /// The configuration file that was read.
        public internal(set) var configuration: String?
        /// Why the configuration is not understood.
        public internal(set) var malformed: String?
        /// Names of the runtimes in the configuration.
        public internal(set) var runtimes: [String] = []
        /// The paths or names of the programs of NVIDIA's runtime.
        public internal(set) var runtimePath: String?
        /// Whether a program is at that path, or of that name; `nil` without a path.
        public internal(set) var isRuntimeThere: Bool?
        /// Whether the plugin that Kubernetes needs is switched off.
        public internal(set) var isCRIDisabled = false
        /// Whether the engine runs elsewhere (Docker Desktop, another machine), with files of its own.
        public internal(set) var isElsewhere = false
        /// The runtime of containers that name none: `runc`; what the running engine says beats its file. `nil` if
        /// neither tells.
        public internal(set) var defaultRuntime: String?
        /// Names of the runtimes that the running engine knows; `nil` if it did not say.
        public internal(set) var runningRuntimes: [String]?
        /// `systemd` or `cgroupfs`
        public internal(set) var cgroupDriver: String?
        /// Whether it runs as an ordinary user, as far as it says so or its service does.
        public internal(set) var isRootless = false
        /// Whether it injects CDI devices by itself.
        public internal(set) var hasCDI = false
        /// What it said instead of an answer.
        public internal(set) var failure: String?

        /// Whether it has NVIDIA's runtime: what the running engine says is true, whatever stands in its files.
        var knowsNVIDIA: Bool { runningRuntimes?.contains("nvidia") ?? runtimes.contains("nvidia") }
    }

    /// A CDI specification that names NVIDIA's GPUs.
    public struct CDISpecification: Hashable, Sendable {
        /// Where it lies: `/etc/cdi/nvidia.yaml`.
        public internal(set) var path: String
        /// `nvidia.com/gpu`
        public internal(set) var kind: String
        /// Names of its devices, without the kind: `0`, `all`.
        public internal(set) var devices: [String]
        /// The driver whose files it names.
        public internal(set) var driver: DriverVersion?
        /// Of two specifications with a device of one name the one of higher priority counts: that of the later folder.
        public internal(set) var priority = 0
    }

    /// The engine of that name; `nil` if it is not installed.
    public func engine(_ name: Engine.Name) -> Engine? { engines.first { $0.name == name } }

    /// The specifications of GPUs, as opposed to those of other devices.
    var gpuSpecifications: [CDISpecification] { cdi.filter { $0.kind == "nvidia.com/gpu" } }

    /// Devices that two specifications of one priority name: CDI then resolves neither.
    ///
    /// Source: the cache of container-device-interface, `pkg/cdi/cache.go`.
    var conflictingDevices: [String: [String]] {
        var places: [String: [String]] = [:]
        var conflicts: [String: [String]] = [:]
        for specification in gpuSpecifications {
            for device in Set(specification.devices) {
                let key = "\(specification.priority) \(device)"
                places[key, default: []].append(specification.path)
                if let paths = places[key], paths.count > 1 { conflicts[device] = paths }
            }
        }
        return conflicts
    }

    /// Whether a CDI device of a GPU can be resolved.
    var hasCDIDevices: Bool {
        let conflicts = conflictingDevices
        return gpuSpecifications.contains { $0.devices.contains { conflicts[$0] == nil } }
    }

    /// Whether a specification of higher priority has all devices of this one.
    func isShadowed(_ specification: CDISpecification) -> Bool {
        let others = gpuSpecifications.filter { $0.priority > specification.priority }
        return !specification.devices.isEmpty
            && specification.devices.allSatisfy { device in others.contains { $0.devices.contains(device) } }
    }

    /// Whether this is the containerd that Docker starts containers with, which nothing else uses.
    func isDockers(_ engine: Engine) -> Bool {
        engine.name == .containerd && self.engine(.docker) != nil
            && (engine.isCRIDisabled || !engine.runtimes.contains("nvidia"))
    }

    /// Whether the hook that `docker --gpus` starts does its work: in the modes csv and cdi it refuses to.
    ///
    /// Source: the hook's own message, "invoking the NVIDIA Container Runtime Hook directly … is not supported".
    var hookWorks: Bool {
        guard toolkit.hasHook else { return false }
        switch toolkit.mode {
        case "legacy": return true
        case "cdi", "csv", "jit-cdi": return false
        default: return jetsonRelease == nil
        }
    }

    /// Whether a file or something in a folder could not be read.
    func isUnread(_ path: String) -> Bool { unread.contains { $0 == path || $0.hasPrefix(path + "/") } }

    /// Whether there is any sign of an NVIDIA GPU.
    public var hasGPU: Bool {
        !gpus.isEmpty || (pciGPUs ?? 0) > 0 || driver.kernel != nil || driver.reported != nil || jetsonRelease != nil
            || deviceNodes["/dev/dxg"] != nil || deviceNodes["/dev/nvidia0"] != nil
    }
}
