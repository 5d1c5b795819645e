/// The driver is there, loaded, of one version, and answers.
enum DriverRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        let driver = host.driver
        // Windows' own and Jetsons' drivers have other files.
        guard host.hasGPU, !host.isWSL, host.jetsonRelease == nil else { return [] }
        guard let kernel = driver.kernel ?? driver.reported else { return notLoaded(context) }
        var findings: [HostFinding] = []
        if driver.libraries.isEmpty {
            findings.append(
                HostFinding(
                    .error, .driverLibrariesMissing,
                    "the kernel module \(kernel) is loaded, but libcuda.so.\(kernel) is in none of the library folders",
                    because: "containers get the driver's libraries from the host",
                    advice: "install the user-mode part of driver \(kernel): the package that has libcuda.so.1"))
        } else if !driver.libraries.contains(kernel), let library = driver.libraries.last {
            findings.append(
                HostFinding(
                    .error, .driverLibraryMismatch,
                    "the loaded kernel module is \(kernel), the libraries are \(library)",
                    because: "the driver was updated under a running kernel module; every call answers with "
                        + "'Driver/library version mismatch'",
                    run: ["sudo reboot"],
                    advice: "instead of a reboot: stop what uses the GPU, unload and reload the nvidia modules"))
        }
        if findings.isEmpty, let failure = driver.failure {
            findings.append(
                HostFinding(
                    .error, .driverFails, "nvidia-smi says: \(failure)",
                    because: "what does not work on the host does not work in a container",
                    advice: context.catalog.explanations(of: failure).first?.fix ?? "make nvidia-smi work first"))
        }
        return findings
    }

    private static func notLoaded(_ context: HostContext) -> [HostFinding] {
        let driver = context.host.driver
        if let count = context.host.pciGPUs, count > 0, context.host.passedThroughGPUs == count {
            return [
                HostFinding(
                    .error, .driverNotLoaded,
                    "the kernel module vfio-pci holds the GPU: it is set aside for virtual machines",
                    because: "NVIDIA's driver can't have it at the same time, and containers share this kernel",
                    advice: "run the containers in the virtual machine; or take the GPU from vfio-pci "
                        + "(/etc/modprobe.d, vfio-pci.ids of the kernel's command line), and reboot")
            ]
        }
        if driver.isNouveauLoaded {
            return [
                HostFinding(
                    .error, .nouveauLoaded, "the kernel module nouveau drives the GPU",
                    because: "NVIDIA's driver can't be loaded beside it",
                    run: [
                        "echo 'blacklist nouveau' | sudo tee /etc/modprobe.d/blacklist-nouveau.conf",
                        context.distribution?.installer == .apt ? "sudo update-initramfs -u" : "sudo dracut --force",
                        "sudo reboot",
                    ], advice: driver.libraries.isEmpty ? "then install NVIDIA's driver" : nil)
            ]
        }
        if let library = driver.libraries.last {
            return [
                HostFinding(
                    .error, .driverNotLoaded,
                    "the driver's libraries (\(library)) are installed, but its kernel module is not loaded",
                    because: "there is no /proc/driver/nvidia/version; nothing can talk to the GPU",
                    run: ["sudo modprobe nvidia"],
                    advice:
                        "if modprobe finds no module, build it for this kernel (dkms status), or sign it for Secure Boot"
                )
            ]
        }
        return [
            HostFinding(
                .error, .driverMissing, "there is a GPU, but no NVIDIA driver",
                because: "a container shares the host's kernel, and images bring no driver", run: install(context),
                advice: "install NVIDIA's driver, reboot, and see that nvidia-smi works")
        ]
    }

    /// Ubuntu has a program that chooses the driver.
    private static func install(_ context: HostContext) -> [String] {
        context.distribution?.id == "ubuntu" ? ["sudo ubuntu-drivers install", "sudo reboot"] : []
    }
}
