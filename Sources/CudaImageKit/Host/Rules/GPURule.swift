/// Without a GPU there is nothing else to say.
enum GPURule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        let host = context.host
        guard !host.hasGPU else { return [] }
        let place = host.pciGPUs == nil ? "no sign of an NVIDIA GPU was found" : "no NVIDIA GPU is on the PCI bus"
        return [
            HostFinding(
                .error, .noGPU, host.isContainer ? "this container has no GPU" : place,
                because: "CUDA programs need one; images can be built without",
                advice: host.isContainer
                    ? "start the container with GPUs (docker run --gpus all; podman run --device nvidia.com/gpu=all)"
                    : host.isWSL1
                        ? "this is WSL1, which has no GPUs: in Windows, wsl --set-version DISTRIBUTION 2" : nil)
        ]
    }
}
