import CudaImageKit
import Testing

/// Messages as programs print them.
@Suite struct KnownErrorTests {
    private static let messages: [(String, String)] = [
        (
            "docker: Error response from daemon: could not select device driver \"\" with capabilities: [[gpu]].",
            "engine-has-no-gpu-driver"
        ),
        (
            "nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.4, please update your driver",
            "requirement-not-met"
        ),
        ("nvidia-container-cli: initialization error: nvml error: unknown error: unknown.", "driver-does-not-work"),
        (
            "nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open",
            "driver-not-loaded"
        ),
        (
            "nvidia-container-cli: initialization error: nvml error: driver/library version mismatch",
            "container-library-mismatch"
        ),
        ("Failed to initialize NVML: Driver/library version mismatch", "driver-library-mismatch"),
        ("Failed to initialize NVML: Unknown Error", "devices-lost"),
        ("OSError: libcuda.so.1: cannot open shared object file: No such file or directory", "driver-not-injected"),
        ("docker: manifest for nvidia/cuda:latest not found: manifest unknown: manifest unknown.", "tag-gone"),
        ("W: GPG error: … the public key is not available: NO_PUBKEY A4B469963BF863CC", "signing-key-rotated"),
        ("E: Version '11.4.0-1' for 'cuda-cudart-11-4' was not found", "pin-not-found"),
        ("error: externally-managed-environment", "python-externally-managed"),
        ("RuntimeError: CUDA error: no kernel image is available for execution on the device", "no-kernel-image"),
        (
            "NVIDIA B200 with CUDA capability sm_100 is not compatible with the current PyTorch installation.",
            "torch-lacks-architecture"
        ),
        ("Could not load library libcudnn_cnn_infer.so.8. Error: …", "cudnn-missing"),
        (
            "I tensorflow/tsl/cuda/cudart_stub.cc:28] Could not find cuda drivers on your machine, GPU will not be used.",
            "tensorflow-finds-no-driver"
        ),
        ("unknown flag: --gpus", "docker-too-old"),
        ("exec: \"nvidia-container-runtime\": executable file not found in $PATH: unknown.", "runtime-hook-missing"),
        ("docker: Error response from daemon: unknown or invalid runtime name: nvidia.", "runtime-not-registered"),
        ("Error: setting up CDI devices: unresolvable CDI devices nvidia.com/gpu=all", "cdi-device-unknown"),
        (
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
            "engine-does-not-answer"
        ),
        (
            "RuntimeError: Unexpected error from cudaGetDeviceCount(). Error 804: forward compatibility was attempted on non supported HW",
            "forward-compatibility-refused"
        ),
        ("CUDA error: the provided PTX was compiled with an unsupported toolchain.", "ptx-too-new"),
        (
            "nvidia-container-cli: mount error: file creation failed: /var/lib/docker/overlay2/ce/merged/usr/lib/x86_64-linux-gnu/libnvidia-ml.so.1: file exists: unknown.",
            "driver-files-in-image"
        ),
        ("because: SHA1 is not considered secure since 2026-02-01T00:00:00Z", "signing-key-sha1"),
        (
            "RuntimeError: DataLoader worker (pid 4242) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory.",
            "shared-memory-too-small"
        ),
        (
            "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory",
            "graphics-loader-missing"
        ),
        ("[h264_nvenc @ 0x55] Cannot load libnvidia-encode.so.1", "video-capability-missing"),
        (
            "RuntimeError: Failed to find C compiler. Please specify via CC environment variable.",
            "compiler-missing-at-run-time"
        ),
        ("/usr/bin/ld: cannot find -lcuda: No such file or directory", "compiler-missing-at-run-time"),
        ("./app: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by ./app)", "glibc-too-old"),
        ("useradd: UID 1000 is not unique", "user-id-taken"), ("groupadd: GID '1000' already exists", "user-id-taken"),
        (
            "RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU",
            "torch-finds-no-driver"
        ),
        (
            "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest",
            "driver-does-not-answer"
        ),
        ("No devices were found", "no-devices-found"),
        ("nvidia-container-cli: device error: unknown device id: 5: unknown.", "device-id-unknown"),
        ("nvidia-container-cli: device error: 5: unknown device: unknown", "device-id-unknown"),
        (
            "nvidia-container-cli: mount error: failed to add device rules: unable to find any existing device filters attached to the cgroup: bpf_prog_query(BPF_CGROUP_DEVICE) failed: operation not permitted: unknown.",
            "device-rules-refused"
        ),
        ("nvidia-container-cli: container error: cgroup subsystem devices not found: unknown", "device-rules-refused"),
        (
            "nvidia-container-cli: ldcache error: open failed: /sbin/ldconfig.real: no such file or directory: unknown.",
            "ldconfig-elsewhere"
        ),
        (
            "nvidia-container-cli: initialization error: WSL environment detected but no adapters were found: unknown",
            "wsl-without-gpu"
        ),
        ("exec /usr/local/bin/app: exec format error", "other-processor"),
        ("0/3 nodes are available: 3 Insufficient nvidia.com/gpu.", "no-gpu-to-schedule"),
        (
            "error while loading shared libraries: libcudart.so.12: cannot open shared object file",
            "cuda-library-missing"
        ),
        (
            "E: Conflicting values set for option Signed-By regarding source https://nvidia.github.io/libnvidia-container/stable/ubuntu18.04/amd64/ /: /usr/share/keyrings/nvidia-container-toolkit-keyring.gpg !=",
            "repository-listed-twice"
        ),
        (
            "invoking the NVIDIA Container Runtime Hook directly (e.g. specifying the docker --gpus flag) is not supported. Please use the NVIDIA Container Runtime",
            "hook-called-directly"
        ),
        (
            "nvidia-container-cli: initialization error: nvml error: insufficient permissions: unknown.",
            "device-nodes-denied"
        ),
        ("CUDA driver version is insufficient for CUDA runtime version", "cudaErrorInsufficientDriver"),
        ("CUDA error: an illegal memory access was encountered", "cudaErrorIllegalAddress"),
        ("all CUDA-capable devices are busy or unavailable", "cudaErrorDevicesUnavailable"),
        ("CUDA-capable device(s) is/are busy or unavailable", "cudaErrorDevicesUnavailable"),
        ("no CUDA-capable device is detected", "cudaErrorNoDevice"),
        ("RuntimeError: No CUDA GPUs are available", "cudaErrorNoDevice"),
        ("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.", "cudaErrorMemoryAllocation"),
        ("CUDA error 700 at kernel.cu:12: an illegal memory access", "cudaErrorIllegalAddress"),
        ("cudaGetDeviceCount returned 100 -> cudaErrorNoDevice", "cudaErrorNoDevice"),
        ("CUDA Runtime API error 999: unknown", "cudaErrorUnknown"),
        ("cuda: error code=0802(…)", "cudaErrorSystemNotReady"),
    ]

    @Test(arguments: messages)
    func messageIsRecognised(message: String, name: String) {
        // A line holds one error, but for the driver's absence, which the toolkit names twice.
        let names = Catalog.embedded.explanations(of: message).map(\.name)
        #expect(names.contains(name))
        if name == "device-nodes-denied" { #expect(names == [name]) }
    }

    @Test func everyKnownErrorHasAMessage() {
        #expect(Set(Catalog.embedded.knownErrors.map(\.name)).subtracting(Self.messages.map(\.1)).isEmpty)
    }

    @Test(arguments: [
        "", "all is well", "make: *** [Makefile:2: all] Error 2", "error 100", "cannot find -lcudart", "CUDA error",
        "cudaErrorNothing",
        "CUDA 12.4, 700 files", "manifest", "UID 1000", "Out of memory: Killed process 1",
        "No devices were found online",
        "CUDA error: code 9x",
    ])
    func otherMessagesAreNot(message: String) { #expect(Catalog.embedded.explanations(of: message).isEmpty) }

    @Test func logIsReadLineByLineAndEachErrorToldOnce() {
        let log = (1...2000).map { "step \($0): fine\r\n" }.joined()
        let text =
            log
            + "Failed to initialize NVML: Unknown Error\nretry\nFailed to initialize NVML: Unknown Error\nunknown flag: --gpus"
        #expect(Catalog.embedded.explanations(of: text).map(\.name) == ["devices-lost", "docker-too-old"])
    }

    /// A megabyte of short lines, of long ones, and of words that messages begin with: the time grows with the length alone.
    @Test(arguments: [
        "x\n", "x", "cuda\n", "CUDA error \n", "manifest for ", "could not select device driver \n", "error: ",
    ])
    func megabyteIsReadAtOnce(piece: String) {
        let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        let (seconds, found) = processorTime {
            Catalog.embedded.explanations(of: text + "\nunknown flag: --gpus")
        }
        #expect(found.map(\.name) == ["docker-too-old"])
        #expect(seconds < 6, "in a debug build")
    }

    @Test func hostileTextTakesNoTime() {
        let lines = String(
            repeating: "could not select device driver " + String(repeating: "capabilities: [[", count: 250) + "\n",
            count: 20)
        let noise = String(decoding: (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7919) }, as: UTF8.self)
        #expect(processorTime { Catalog.embedded.explanations(of: lines + noise) }.seconds < 6, "in a debug build")
    }
}
