import CudaImageKit
import Testing

/// Hosts that work, and hosts that are broken in one way each.
struct DoctorCase: Sendable, CustomTestStringConvertible {
    var name: String
    /// The tag that is to run there.
    var tag: String?
    var verdict: HostReport.Verdict
    /// Every finding's code, in order.
    var codes: [HostFinding.Code]
    var host: @Sendable () -> RecordedHost

    var testDescription: String { name }

    init(
        _ name: String, tag: String? = nil, _ verdict: HostReport.Verdict, _ codes: [HostFinding.Code],
        host: @escaping @Sendable () -> RecordedHost
    ) {
        self.name = name
        self.tag = tag
        self.verdict = verdict
        self.codes = codes
        self.host = host
    }

    static let all = driver + toolkit + devices + engines + running + containerd + systems + images
}

extension DoctorCase {
    private static let devices = [
        DoctorCase("cdi-shadowed", .ready, [.cdiStale]) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman()
                $0.addCDI(driver: "535.104.05")
                $0.addCDI(path: "/var/run/cdi/nvidia.yaml")
            }
        },
        DoctorCase("cdi-stale-in-the-later-folder", .notReady, [.cdiStale]) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman()
                $0.addCDI()
                $0.addCDI(driver: "535.104.05", path: "/var/run/cdi/nvidia.yaml")
            }
        },
        DoctorCase("cdi-conflict", .notReady, [.cdiConflict]) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman()
                $0.addCDI()
                $0.addCDI(path: "/etc/cdi/nvidia-gpu.yaml")
            }
        },
        DoctorCase("mode-cdi-without-specification", .notReady, [.runtimeNotRegistered]) {
            .healthy.with {
                $0.addDocker(configuration: "{}", runtimes: #"{"runc":{}}"#)
                $0.files["/etc/nvidia-container-runtime/config.toml"] = "[nvidia-container-runtime]\nmode = \"cdi\"\n"
            }
        },
        DoctorCase("mode-cdi-registered", .notReady, [.cdiMissing]) {
            .healthy.with {
                $0.files["/etc/nvidia-container-runtime/config.toml"] = "[nvidia-container-runtime]\nmode = \"cdi\"\n"
            }
        },
        DoctorCase("no-cgroups", .notReady, [.noCgroups]) {
            .healthy.with {
                $0.files["/etc/nvidia-container-runtime/config.toml"] = "[nvidia-container-cli]\nno-cgroups = true\n"
            }
        },
    ]

    private static let running = [
        DoctorCase("runtime-of-the-running-engine", .ready, []) { .healthy.with { $0.addDocker(configuration: "{}") } },
        DoctorCase("runtime-path-nowhere", .notReady, [.runtimePathMissing]) {
            .healthy.with {
                $0.addDocker(
                    configuration: #"{"default-runtime": "nvidia", "runtimes": {"nvidia": {"path": "/opt/gone/x"}}}"#)
                $0.outputs[.docker] = $0.outputs[.docker]?.replacing(#""runc","C"#, with: #""nvidia","C"#)
            }
        },
        DoctorCase("docker-not-running", .notReady, [.engineSilent]) {
            .healthy.with {
                $0.outputs[.docker] =
                    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n"
            }
        },
        DoctorCase("malformed-beside-dockers-containerd", .notReady, [.configurationMalformed]) {
            .healthy.with {
                $0.addDocker(configuration: "{\"runtimes\": }")
                $0.outputs[.docker] = nil
                $0.files["/usr/bin/containerd"] = ""
                $0.files["/etc/containerd/config.toml"] = "disabled_plugins = [\"cri\"]\n"
            }
        },
        DoctorCase("docker-of-no-release", .ready, []) { .healthy.with { $0.addDocker("dev") } },
        DoctorCase("podman-too-old", .notReady, [.engineTooOld]) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman()
                $0.addCDI()
                $0.outputs[.podman] = "3.4.4 false\n"
            }
        },
        DoctorCase("podman-as-docker", .ready, []) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman()
                $0.addCDI()
                $0.files["/usr/bin/docker"] = "#!/bin/sh\nexec /usr/bin/podman \"$@\"\n"
                $0.outputs[.docker] = #"{"host":{"arch":"amd64"},"version":{"Version":"5.4.2"}}"#
            }
        },
    ]

    private static func containerd(_ version: String, _ configuration: String) -> RecordedHost {
        .gpu().with {
            $0.addToolkit()
            $0.files["/usr/bin/containerd"] = ""
            $0.outputs[.containerd] = "containerd github.com/containerd/containerd v\(version) 05044ec0a9a7\n"
            $0.files["/etc/containerd/config.toml"] = configuration
        }
    }

    private static func nvidia(_ plugin: String) -> String {
        "[plugins.\"\(plugin)\".containerd.runtimes.nvidia.options]\nBinaryName = \"/usr/bin/nvidia-container-runtime\"\n"
    }

    private static let containerd = [
        DoctorCase("containerd-other-plugin", .notReady, [.runtimeNotRegistered]) {
            containerd("1.7.27", "version = 2\n" + nvidia("io.containerd.cri.v1.runtime"))
        },
        DoctorCase("containerd-older-plugin", .notReady, [.runtimeNotRegistered]) {
            containerd("2.1.4", "version = 3\n" + nvidia("io.containerd.grpc.v1.cri"))
        },
        DoctorCase("containerd-cri-disabled", .notReady, [.runtimeNotRegistered]) {
            containerd("1.7.27", "version = 2\ndisabled_plugins = [\"cri\"]\n" + nvidia("io.containerd.grpc.v1.cri"))
        },
        DoctorCase("containerd-inline", .ready, []) {
            containerd(
                "1.7.27",
                """
                version = 2
                [plugins."io.containerd.grpc.v1.cri".containerd]
                runtimes = { nvidia = { options = { BinaryName = "/usr/bin/nvidia-container-runtime" } } }
                """)
        },
        DoctorCase("containerd-dotted", .ready, []) {
            containerd(
                "1.7.27",
                "version = 2\nplugins.'io.containerd.grpc.v1.cri'.containerd.runtimes.nvidia.runtime_type = 'io.containerd.runc.v2'\n"
            )
        },
        DoctorCase("containerd-malformed", .notReady, [.configurationMalformed]) {
            containerd("1.7.27", "version = = 2\n[[[\n")
        },
    ]

    private static let driver = [
        DoctorCase("healthy", tag: "12.4.1-runtime-ubuntu22.04", .ready, []) { .healthy },
        DoctorCase("no-gpu", .noGPU, [.noGPU]) { .bare },
        DoctorCase("no-driver", .notReady, [.driverMissing]) {
            .healthy.with {
                $0.remove("/proc/driver", "/usr/lib/x86_64-linux-gnu/libcuda", "/dev/nvidia")
                $0.outputs[.nvidiaSMI] = nil
            }
        },
        DoctorCase("driver-not-loaded", .notReady, [.driverNotLoaded]) {
            .healthy.with {
                $0.remove("/proc/driver", "/dev/nvidia")
                $0.outputs[.nvidiaSMI] =
                    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n"
            }
        },
        DoctorCase("nouveau", .notReady, [.nouveauLoaded]) {
            .healthy.with {
                $0.remove("/proc/driver", "/usr/lib/x86_64-linux-gnu/libcuda", "/dev/nvidia")
                $0.files["/proc/modules"] = "nouveau 2306048 3 - Live 0x0000000000000000\n"
                $0.outputs[.nvidiaSMI] = nil
            }
        },
        DoctorCase("version-mismatch", .notReady, [.driverLibraryMismatch]) {
            .healthy.with {
                $0.remove("/usr/lib/x86_64-linux-gnu/libcuda")
                $0.files["/usr/lib/x86_64-linux-gnu/libcuda.so.550.90.07"] = ""
                $0.outputs[.nvidiaSMI] =
                    "Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.90\n"
            }
        },
        DoctorCase("driver-fails", .notReady, [.driverFails]) {
            .healthy.with {
                $0.outputs[.nvidiaSMI] = "Unable to determine the device handle for GPU0000:07:00.0: Unknown Error\n"
            }
        },
        DoctorCase("no-device-nodes", .notReady, [.deviceNodesMissing]) { .healthy.with { $0.remove("/dev/nvidia") } },
        DoctorCase("second-gpu-without-node", .notReady, [.deviceNodesMissing]) {
            .gpu(count: 2).with {
                $0.addToolkit()
                $0.addDocker()
                $0.remove("/dev/nvidia1")
            }
        },
    ]

    private static let toolkit = [
        DoctorCase("toolkit-missing", .notReady, [.toolkitMissing]) {
            .gpu().with { $0.addDocker(configuration: "", runtimes: #"{"runc":{}}"#) }
        },
        DoctorCase("toolkit-incomplete", .notReady, [.toolkitIncomplete]) {
            .healthy.with { $0.remove("/usr/bin/nvidia-container-runtime-hook") }
        },
        DoctorCase("toolkit-versions-differ", .ready, [.toolkitVersionsDiffer]) {
            .healthy.with { $0.outputs[.containerCLI] = "cli-version: 1.13.5\nlib-version: 1.13.5\n" }
        },
        DoctorCase("nvidia-docker2", .ready, [.toolkitDeprecated, .repositoryDeprecated]) {
            .healthy.with {
                $0.addToolkit("1.13.5")
                $0.files["/var/lib/dpkg/status"] = """
                    Package: bash
                    Status: install ok installed
                    Version: 5.1-6

                    Package: nvidia-docker2
                    Status: install ok installed
                    Version: 2.13.0-1

                    Package: nvidia-container-toolkit
                    Status: install ok installed
                    Version: 1.13.5-1

                    """
                $0.files["/etc/apt/sources.list.d/nvidia-docker.list"] =
                    "deb https://nvidia.github.io/libnvidia-container/stable/ubuntu18.04/$(ARCH) /\n"
                    + "deb https://nvidia.github.io/nvidia-docker/ubuntu18.04/$(ARCH) /\n"
            }
        },
        DoctorCase("runtime-not-registered", .ready, [.runtimeNotRegistered]) {
            .healthy.with { $0.addDocker(configuration: "{}", runtimes: #"{"runc":{}}"#) }
        },
        DoctorCase("cdi-only", .ready, [.runtimeNotRegistered]) {
            .healthy.with {
                $0.addDocker(configuration: #"{"features": {"cdi": true}}"#, runtimes: #"{"runc":{}}"#)
                $0.addCDI(path: "/var/run/cdi/nvidia.yaml")
            }
        },
        DoctorCase("cdi-stale", .notReady, [.cdiStale]) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman()
                $0.addCDI(driver: "535.104.05")
            }
        },
        DoctorCase("cdi-broken", .notReady, [.unreadableFile, .cdiMissing]) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman()
                $0.files["/etc/cdi/nvidia.yaml"] = "kind: [unclosed\n"
            }
        },
    ]

    private static let engines = [
        DoctorCase("no-engine", .notReady, [.engineMissing]) { .gpu().with { $0.addToolkit() } },
        DoctorCase("malformed-daemon-json", .notReady, [.configurationMalformed]) {
            .healthy.with {
                $0.addDocker(
                    configuration:
                        "{\n  \"runtimes\": {\n    \"nvidia\": {\"path\": \"nvidia-container-runtime\"},\n  }\n}\n")
                $0.outputs[.docker] = nil
            }
        },
        DoctorCase("docker-not-restarted", .notReady, [.engineNotRestarted]) {
            .healthy.with { $0.addDocker(runtimes: #"{"runc":{}}"#) }
        },
        DoctorCase("docker-silent", .ready, [.engineSilent]) {
            .healthy.with {
                $0.outputs[.docker] =
                    #"{"ServerVersion":"","Runtimes":null,"ServerErrors":["permission denied while trying to connect to "#
                    + #"the Docker daemon socket at unix:///var/run/docker.sock"],"ClientInfo":{"Version":"28.3.2"}}"#
            }
        },
        DoctorCase("docker-too-old", .notReady, [.engineTooOld]) { .healthy.with { $0.addDocker("18.09.9") } },
        DoctorCase("runtime-elsewhere", .ready, [.runtimePathMissing]) {
            .healthy.with {
                $0.addDocker(
                    configuration: #"{"runtimes": {"nvidia": {"path": "/opt/gone/nvidia-container-runtime"}}}"#)
            }
        },
        DoctorCase("cgroup-reload", .ready, [.devicesLostAtReload]) { .healthy.with { $0.remove("/dev/char") } },
        DoctorCase("rootless-docker", .notReady, [.rootlessCgroups]) {
            .healthy.with {
                $0.addDocker(rootless: true)
                $0.remove("/etc/docker")
                $0.files["/home/ada/.config/systemd/user/docker.service"] = "[Service]\n"
                $0.files["/home/ada/.config/docker/daemon.json"] =
                    #"{"runtimes": {"nvidia": {"path": "nvidia-container-runtime"}}}"#
            }
        },
        DoctorCase("rootless-docker-ready", .ready, []) {
            .healthy.with {
                $0.addDocker(rootless: true)
                $0.files["/etc/nvidia-container-runtime/config.toml"] = "[nvidia-container-cli]\nno-cgroups = true\n"
                $0.files["/home/ada/.config/systemd/user/docker.service"] = "[Service]\n"
                $0.files["/home/ada/.config/docker/daemon.json"] =
                    #"{"runtimes": {"nvidia": {"path": "nvidia-container-runtime"}}}"#
            }
        },
        DoctorCase("rootless-podman", .notReady, [.deviceNodesClosed, .cdiMissing]) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman(rootless: true)
                $0.permissions["/dev/nvidia0"] = 0o660
            }
        },
        DoctorCase("rootless-podman-ready", .ready, []) {
            .gpu().with {
                $0.addToolkit()
                $0.addPodman(rootless: true)
                $0.addCDI()
            }
        },
        DoctorCase("podman-beside-docker", .ready, [.cdiMissing]) { .healthy.with { $0.addPodman() } },
        DoctorCase("containerd", .notReady, [.runtimeNotRegistered]) {
            .gpu().with {
                $0.addToolkit()
                $0.files["/usr/bin/containerd"] = ""
                $0.outputs[.containerd] =
                    "containerd github.com/containerd/containerd v1.7.27 05044ec0a9a75232cad458027ca83437aae3f4da\n"
                $0.files["/etc/containerd/config.toml"] =
                    "version = 2\n[plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.runc]\n"
            }
        },
        DoctorCase("containerd-ready", .ready, []) {
            .gpu().with {
                $0.addToolkit()
                $0.files["/usr/bin/containerd"] = ""
                $0.outputs[.containerd] =
                    "containerd github.com/containerd/containerd/v2 v2.1.4 75cb2b7193e4e490e9fbdc236c0e811ccaba3376\n"
                $0.files["/etc/containerd/config.toml"] = "version = 3\nimports = [\"/etc/containerd/conf.d/*.toml\"]\n"
                $0.files["/etc/containerd/conf.d/99-nvidia.toml"] = """
                    version = 3
                    [plugins]
                      [plugins."io.containerd.cri.v1.runtime"]
                        [plugins."io.containerd.cri.v1.runtime".containerd]
                          [plugins."io.containerd.cri.v1.runtime".containerd.runtimes]
                            [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.nvidia]
                              runtime_type = "io.containerd.runc.v2"
                              [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.nvidia.options]
                                BinaryName = "/usr/bin/nvidia-container-runtime"
                                SystemdCgroup = true
                    """
            }
        },
        DoctorCase("crio", .notReady, [.runtimeNotRegistered]) {
            .gpu().with {
                $0.addToolkit()
                $0.files["/usr/bin/crio"] = ""
                $0.outputs[.crio] = "crio version 1.33.2\n   GitCommit: 1234\n"
            }
        },
        DoctorCase("crio-ready", .ready, []) {
            .gpu().with {
                $0.addToolkit()
                $0.files["/usr/bin/crio"] = ""
                $0.outputs[.crio] = "crio version 1.33.2\n"
                $0.files["/etc/crio/conf.d/99-nvidia.toml"] =
                    "[crio.runtime.runtimes.nvidia]\nruntime_path = \"/usr/bin/nvidia-container-runtime\"\nruntime_type = \"oci\"\n"
            }
        },
    ]

    private static let systems = [
        DoctorCase("wsl2", tag: "12.4.1-runtime-ubuntu22.04", .ready, []) { wsl },
        DoctorCase("wsl2-without-gpu", .notReady, [.wslDriver]) {
            wsl.with {
                $0.remove("/dev/dxg")
                $0.outputs[.nvidiaSMI] = nil
                $0.files["/sys/bus/pci/devices/0000:07:00.0/vendor"] = "0x10de"
                $0.files["/sys/bus/pci/devices/0000:07:00.0/class"] = "0x030200"
            }
        },
        DoctorCase("wsl2-with-linux-driver", .ready, [.wslDriver]) {
            wsl.with { $0.files["/usr/lib/x86_64-linux-gnu/libcuda.so.550.54.14"] = "" }
        },
        DoctorCase("jetson", tag: "12.6.3-base-ubuntu22.04", .ready, [.jetson]) {
            RecordedHost.bare.with {
                $0.remove("/lib64", "/sys/bus/pci")
                $0.files["/lib/ld-linux-aarch64.so.1"] = ""
                $0.files["/etc/nv_tegra_release"] =
                    "# R36 (release), REVISION: 4.3, GCID: 38968081, BOARD: generic, EABI: aarch64\n"
                $0.files["/proc/device-tree/model"] = "NVIDIA Jetson AGX Orin Developer Kit\0"
                $0.files["/dev/nvgpu"] = ""
                $0.addToolkit()
                $0.addDocker()
            }
        },
        DoctorCase("wsl2-cdi", .ready, []) {
            wsl.with {
                $0.remove("/usr/bin/docker", "/etc/docker")
                $0.outputs[.docker] = nil
                $0.addPodman()
                $0.addCDI(driver: "1.1")
            }
        },
        DoctorCase("wsl2-docker-desktop", .ready, []) {
            wsl.with {
                $0.remove("/usr/bin/nvidia", "/etc/nvidia", "/usr/bin/dockerd", "/etc/docker")
                $0.outputs[.nvidiaCTK] = nil
                $0.outputs[.containerCLI] = nil
                $0.outputs[.docker] =
                    #"{"ServerVersion":"28.3.2","OperatingSystem":"Docker Desktop","CgroupDriver":"cgroupfs","#
                    + #""Runtimes":{"nvidia":{"path":"nvidia-container-runtime"},"runc":{}},"DefaultRuntime":"runc"}"#
            }
        },
        DoctorCase("wsl1", .noGPU, [.noGPU]) {
            .bare.with {
                $0.remove("/sys/bus/pci")
                $0.files["/proc/version"] =
                    "Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com) (gcc version 5.4.0) #488-Microsoft\n"
            }
        },
        DoctorCase("jetson-without-runtime", .notReady, [.jetson, .runtimeNotRegistered]) {
            RecordedHost.bare.with {
                $0.remove("/lib64", "/sys/bus/pci")
                $0.files["/lib/ld-linux-aarch64.so.1"] = ""
                $0.files["/etc/nv_tegra_release"] = "# R36 (release), REVISION: 4.3, GCID: 38968081\n"
                $0.files["/dev/nvgpu"] = ""
                $0.addToolkit()
                $0.addDocker(configuration: "{}", runtimes: #"{"runc":{}}"#)
            }
        },
        DoctorCase("gpu-of-virtual-machines", .notReady, [.driverNotLoaded]) {
            .healthy.with {
                $0.remove("/proc/driver", "/usr/lib/x86_64-linux-gnu/libcuda", "/dev/nvidia")
                $0.outputs[.nvidiaSMI] = nil
                $0.links["/sys/bus/pci/devices/0000:07:00.0/driver"] = "../../../../bus/pci/drivers/vfio-pci"
            }
        },
        DoctorCase("apptainer", .ready, [.insideContainer]) {
            .gpu().with { $0.files["/.singularity.d/runscript"] = "" }
        },
        DoctorCase("other-distribution", .notReady, [.toolkitMissing]) {
            .gpu().with {
                $0.files["/etc/os-release"] = "ID=arch\nPRETTY_NAME=\"Arch Linux\"\n"
                $0.addDocker(configuration: "", runtimes: #"{"runc":{}}"#)
            }
        },
        DoctorCase("selinux", .ready, [.selinuxEnforcing]) {
            .gpu().with {
                $0.files["/etc/os-release"] = "ID=fedora\nVERSION_ID=43\nPRETTY_NAME=\"Fedora Linux 43\"\n"
                $0.remove("/var/lib/dpkg")
                $0.outputs[.rpm] = "nvidia-container-toolkit 1.20.0\npackage nvidia-docker2 is not installed\n"
                $0.files["/sys/fs/selinux/enforce"] = "1"
                $0.addToolkit()
                $0.addPodman()
                $0.addCDI()
            }
        },
        DoctorCase("inside-container", tag: "12.4.1-runtime-ubuntu22.04", .ready, [.insideContainer]) {
            .gpu().with {
                $0.files["/.dockerenv"] = ""
                $0.remove("/dev/char")
            }
        },
        DoctorCase("container-without-gpu", .noGPU, [.insideContainer, .noGPU]) {
            .bare.with { $0.files["/run/.containerenv"] = "" }
        },
    ]

    private static var wsl: RecordedHost {
        RecordedHost.gpu("NVIDIA GeForce RTX 4090", driver: "551.61", capability: "8.9").with {
            $0.remove("/proc/driver", "/dev/nvidia", "/dev/char", "/usr/lib/x86_64-linux-gnu/libcuda", "/sys/bus/pci")
            $0.files["/proc/version"] = "Linux version 5.15.167.4-microsoft-standard-WSL2\n"
            $0.files["/dev/dxg"] = ""
            $0.files["/usr/lib/wsl/lib/libcuda.so.1"] = ""
            $0.files["/usr/lib/wsl/lib/nvidia-smi"] = ""
            $0.addToolkit()
            $0.addDocker()
        }
    }

    private static func gpu(
        _ name: String, _ driver: String, _ cuda: String, _ capability: String
    ) -> RecordedHost {
        .gpu(name, driver: driver, cuda: cuda, capability: capability).with {
            $0.addToolkit()
            $0.addDocker()
        }
    }

    private static let images = [
        DoctorCase("driver-too-old", tag: "13.0.2-runtime-ubuntu24.04", .notReady, [.imageDriver]) {
            gpu("NVIDIA GeForce RTX 3090", "550.54.14", "12.4", "8.6")
        },
        DoctorCase("minor-version", tag: "12.9.1-runtime-ubuntu22.04", .ready, [.imageDriver]) {
            gpu("NVIDIA A100-SXM4-80GB", "550.54.14", "12.4", "8.0")
        },
        DoctorCase(
            "requirement-refuses", tag: "12.9.1-runtime-ubuntu22.04", .notReady, [.imageDriver, .imageRequirement]
        ) {
            gpu("NVIDIA GeForce RTX 4090", "525.60.13", "12.0", "8.9")
        },
        DoctorCase("requirement-switched-off", tag: "12.9.1-runtime-ubuntu22.04", .ready, [.imageDriver]) {
            gpu("NVIDIA GeForce RTX 4090", "525.60.13", "12.0", "8.9").with {
                $0.files["/etc/nvidia-container-runtime/config.toml"] = "disable-require = true\n"
            }
        },
        DoctorCase("gpu-too-new", tag: "11.8.0-runtime-ubuntu22.04", .notReady, [.imageGPU]) {
            gpu("NVIDIA B200", "580.65.06", "13.0", "10.0")
        },
        DoctorCase("gpu-too-old", tag: "13.0.2-runtime-ubuntu24.04", .notReady, [.imageGPU]) {
            gpu("Tesla V100-SXM2-16GB", "580.65.06", "13.0", "7.0")
        },
        DoctorCase("gpu-not-native", tag: "11.4.3-runtime-ubuntu20.04", .ready, [.imageGPU]) {
            gpu("NVIDIA GeForce RTX 4090", "535.104.05", "12.2", "8.9")
        },
        DoctorCase("gpu-unknown", tag: "12.4.1-runtime-ubuntu22.04", .ready, [.imageGPU]) {
            gpu("NVIDIA Example 1", "550.54.14", "12.4", "[N/A]")
        },
    ]
}
