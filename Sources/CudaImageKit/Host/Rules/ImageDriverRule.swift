/// The host's driver and processor run the image.
enum ImageDriverRule: HostRule {
    static func findings(in context: HostContext) -> [HostFinding] {
        guard let image = context.image else { return [] }
        return gone(image, context) + platform(image, context.host) + driver(image, context)
    }

    private static func gone(_ image: HostImage, _ context: HostContext) -> [HostFinding] {
        guard let tag = image.tag, let facts = context.catalog.tag(tag), facts.status == .unlisted else { return [] }
        let live = context.catalog.liveReplacement(for: tag)
        return [
            HostFinding(
                .warning, .imageGone, "nvidia/cuda:\(tag) is on none of NVIDIA's current lists; it is reported gone",
                because: "a pull answers 'manifest unknown'; only copies that were made before can run",
                advice: live.map { "take nvidia/cuda:\($0)" } ?? "cudagen tags --supported lists those that are there")
        ]
    }

    private static func platform(_ image: HostImage, _ host: HostInspection) -> [HostFinding] {
        guard let platform = host.platform, !image.platforms.isEmpty, !image.platforms.contains(platform) else {
            return []
        }
        return [
            HostFinding(
                .error, .imagePlatform,
                "the image is for \(image.platforms.map(\.description).joined(separator: ", ")), the host is \(platform)",
                because: "its programs are for another processor: 'exec format error'",
                advice: "build it for \(platform) (image.platforms in the recipe), or take a tag that exists for it")
        ]
    }

    private static func driver(_ image: HostImage, _ context: HostContext) -> [HostFinding] {
        let host = context.host
        guard let driver = host.driver.version, host.jetsonRelease == nil else { return [] }
        let gpus = host.gpus.compactMap { gpu -> GPU? in
            context.catalog.gpu(named: gpu.name) ?? gpu.capability.map(GPU.init(capability:))
        }
        let condition = image.condition(on: host.platform)
        // Windows' driver is of another branch, but what it reports counts the same.
        let reported = host.driver.cuda.map(ReportedCUDA.init) ?? context.catalog.reportedCUDA(by: driver)
        let answer = context.catalog.compatibility(
            of: driver, reporting: reported, with: image.cuda, condition: condition, gpus: gpus)
        var findings: [HostFinding] = []
        switch answer.runs {
        case .no:
            findings.append(
                HostFinding(
                    .error, .imageDriver, answer.reason,
                    because: "programs in the image answer 'CUDA driver version is insufficient', or error 804",
                    advice: "install a newer driver, or take an image of an older CUDA: cudagen tags --supported"))
        case .unknown:
            findings.append(
                HostFinding(
                    .warning, .imageDriver, answer.reason, because: "the facts at hand do not settle whether it runs",
                    advice: "try it: cudagen verify"))
        case .yes:
            if answer.verdict == .minorVersion || answer.verdict == .forward {
                findings.append(
                    HostFinding(
                        .note, .imageDriver, answer.reason,
                        because: answer.verdict == .forward
                            ? "an upgrade of packages in the image can move cuda-compat to one that does not fit"
                            : "compile machine code for the host's GPUs, not PTX alone"))
            }
        }
        if answer.runs != .no, answer.starts != .yes, !host.toolkit.disablesRequire {
            findings.append(requirement(answer, context))
        }
        return findings
    }

    private static func requirement(_ answer: DriverCompatibility, _ context: HostContext) -> HostFinding {
        let host = context.host
        let hasHook = host.engines.contains { $0.name != .podman }
        let isRefused = answer.starts == .no
        return HostFinding(
            isRefused && hasHook && answer.runs == .yes ? .error : .warning, .imageRequirement, answer.startReason,
            because: isRefused
                ? "the image's own condition is stricter than CUDA's compatibility: nvidia-container-cli answers "
                    + "'unsatisfied condition'; devices that an engine injects by CDI are not checked"
                : "nvidia-container-cli answers 'unsatisfied condition' if it does not hold",
            advice: answer.runs == .yes
                ? "a newer driver; or -e NVIDIA_DISABLE_REQUIRE=1, as the programs themselves run"
                : "a newer driver, or an image of an older CUDA")
    }
}

extension ReportedCUDA {
    /// What `nvidia-smi` says: this release, and none after it.
    init(_ cuda: CUDAVersion) {
        self.init(atLeast: cuda.majorMinor, below: CUDAVersion(cuda.major, cuda.minor + 1))
    }
}
