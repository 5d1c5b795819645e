import ArgumentParser

/// What an engine's message means, where it is not the image that fails.
struct EngineProblem {
    var exitCode: ExitCode
    /// What is missing, and what to do.
    var explanation: String

    /// Recognises an engine's message.
    ///
    /// - Note: Sources: Docker (`daemon/devices_linux.go`), Podman and the CDI package (`unresolvable CDI devices`), NVIDIA
    ///   Container Toolkit (`nvidia-container-cli`), as they print them.
    init?(in output: String) {
        let known = Self.known.first { problem in problem.messages.contains { output.contains($0) } }
        guard let known else { return nil }
        self.init(exitCode: known.exitCode, explanation: known.explanation)
    }

    init(exitCode: ExitCode, explanation: String) {
        self.exitCode = exitCode
        self.explanation = explanation
    }

    private struct Known {
        var messages: [String]
        var exitCode: ExitCode = .environment
        var explanation: String
    }

    private static let known = [
        Known(
            messages: ["could not select device driver", "nvidia-container-runtime-hook"],
            explanation: """
                the engine can't give GPUs to containers: the NVIDIA Container Toolkit is missing
                install it, run 'nvidia-ctk runtime configure --runtime=docker' and restart the engine; or give the \
                devices by hand with --engine-option
                """),
        Known(
            messages: ["unresolvable CDI devices", "CDI device injection failed", "stat nvidia.com/gpu="],
            explanation: """
                the engine knows no CDI device nvidia.com/gpu: the host has no CDI specification for its GPUs
                install the NVIDIA Container Toolkit and run 'nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml'; \
                'nvidia-ctk cdi list' shows the devices
                """),
        Known(
            messages: ["unsatisfied condition"], exitCode: ExitCode(11),
            explanation: """
                the host's driver is older than the image's NVIDIA_REQUIRE_CUDA asks for
                install a newer driver, or use an image of an older CUDA release
                """),
        Known(
            messages: [
                "nvml error: driver not loaded", "load library failed: libnvidia-ml", "driver/library version mismatch",
            ],
            explanation: """
                NVIDIA's driver is not loaded on the host
                'nvidia-smi' must work there first
                """),
        Known(
            messages: [
                "Cannot connect to the Docker daemon", "permission denied while trying to connect",
                "cannot connect to Podman", "rootless containerd not running",
            ],
            explanation: """
                the engine's service does not answer
                start it, or ask for the right to use it; 'docker info' (or podman, nerdctl) must work first
                """),
    ]
}
