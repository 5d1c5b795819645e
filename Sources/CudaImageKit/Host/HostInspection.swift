/// What was found on a host: facts alone, no judgement. ``HostReport`` judges them.
public struct HostInspection: Hashable, Sendable {
    public var distribution: HostDistribution?
    /// The processor's platform, where it is known.
    public var platform: Platform?
    /// Whether this is the kernel of the Windows Subsystem for Linux.
    public var isWSL = false
    /// The line of `/etc/nv_tegra_release` that names a Jetson's release: `R36 (release), REVISION: 4.3`.
    public var jetsonRelease: String?
    /// Whether the inspection itself runs in a container, which sees the host's kernel and its own files.
    public var isContainer = false
    /// `nil` if SELinux is not there.
    public var selinuxIsEnforcing: Bool?
    /// Whether the second version of control groups is in use.
    public var hasUnifiedCgroups = false
    public var driver = Driver()
    public var gpus: [Graphics] = []
    /// NVIDIA's GPUs on the PCI bus; `nil` if the bus can't be looked at.
    public var pciGPUs: Int?
    /// NVIDIA's device nodes with their permissions: `/dev/nvidia0`.
    public var deviceNodes: [String: Int] = [:]
    /// Whether udev's links from `/dev/char` to NVIDIA's nodes are there.
    public var hasDeviceLinks = false
    public var toolkit = Toolkit()
    public var engines: [Engine] = []
    /// The CDI specifications, by path.
    public var cdi: [CDISpecification] = []
    /// Files that are there and can't be read or understood.
    package var unreadable: [FileError] = []
    /// Programs that did not answer in time.
    public var silent: [HostProgram] = []

    /// NVIDIA's driver: the kernel module, and the libraries that containers get.
    public struct Driver: Hashable, Sendable {
        /// Of the loaded kernel module.
        public var kernel: DriverVersion?
        /// Versions of `libcuda.so.…` in the library folders, ascending.
        public var libraries: [DriverVersion] = []
        /// What `nvidia-smi` reports.
        public var reported: DriverVersion?
        /// The CUDA release that `nvidia-smi` reports.
        public var cuda: CUDAVersion?
        /// What `nvidia-smi` says instead of its table.
        public var failure: String?
        /// Whether the open driver for the screen has the GPU: then NVIDIA's own can't be loaded.
        public var isNouveauLoaded = false

        /// The version that containers have to live with.
        public var version: DriverVersion? { kernel ?? reported ?? libraries.last }
    }

    public struct Graphics: Hashable, Sendable {
        /// `NVIDIA A100-SXM4-80GB`
        public var name: String
        public var uuid: String?
        public var capability: ComputeCapability?
    }

    /// The NVIDIA Container Toolkit.
    public struct Toolkit: Hashable, Sendable {
        /// Of `nvidia-ctk`, or its package.
        public var version: String?
        /// Of libnvidia-container.
        public var libraryVersion: String?
        /// Paths of its programs, by name.
        public var programs: [String: String] = [:]
        /// Whether its configuration file says `no-cgroups = true`.
        public var leavesCgroups = false
        /// `mode` of the runtime: `auto`, `legacy`, `cdi`, `csv`.
        public var mode: String?
        /// Deprecated packages that are installed.
        public var deprecatedPackages: [String] = []
        /// Files that name deprecated repositories.
        public var deprecatedLists: [String] = []

        public var isInstalled: Bool { programs["nvidia-ctk"] != nil || programs["nvidia-container-runtime"] != nil }
        /// What `docker --gpus` needs.
        public var hasHook: Bool { programs["nvidia-container-runtime-hook"] != nil }
    }

    /// A container engine that is installed.
    public struct Engine: Hashable, Sendable {
        public enum Name: String, Hashable, Sendable, CaseIterable {
            case docker, podman, containerd, crio
        }

        public var name: Name
        public var version: String?
        /// The configuration file that was read.
        public var configuration: String?
        /// Why the configuration is not understood.
        public var malformed: String?
        /// Names of the runtimes in the configuration.
        public var runtimes: [String] = []
        /// The paths or names of the programs of NVIDIA's runtime.
        public var runtimePath: String?
        public var defaultRuntime: String?
        /// Names of the runtimes that the running engine knows; `nil` if it did not say.
        public var runningRuntimes: [String]?
        /// `systemd` or `cgroupfs`
        public var cgroupDriver: String?
        public var isRootless = false
        /// Whether it injects CDI devices by itself.
        public var hasCDI = false
        /// What it said instead of an answer.
        public var failure: String?
    }

    /// A CDI specification that names NVIDIA's GPUs.
    public struct CDISpecification: Hashable, Sendable {
        public var path: String
        /// `nvidia.com/gpu`
        public var kind: String
        public var devices: [String]
        /// The driver whose files it names.
        public var driver: DriverVersion?
    }

    public func engine(_ name: Engine.Name) -> Engine? { engines.first { $0.name == name } }

    /// The specifications of GPUs, as opposed to those of other devices.
    var gpuSpecifications: [CDISpecification] { cdi.filter { $0.kind == "nvidia.com/gpu" } }

    /// Whether there is any sign of an NVIDIA GPU.
    public var hasGPU: Bool {
        !gpus.isEmpty || (pciGPUs ?? 0) > 0 || driver.kernel != nil || driver.reported != nil || jetsonRelease != nil
            || deviceNodes["/dev/dxg"] != nil || deviceNodes["/dev/nvidia0"] != nil
    }
}
