import Testing

@testable import CudaImageKit

/// The application part: what is refused or warned of before anything is built.
@Suite struct ResolutionApplicationTests {
    private static let ubuntu = "image: {cuda: 12.6.3, os: ubuntu24.04}\n"

    @Test(arguments: [
        Refusal(
            "\(ubuntu)user: {name: app, uid: 1000}\ncommand: [bash]",
            "2:24 CG0404 the UID 1000 belongs to the user 'ubuntu' in the base image ubuntu24.04", help: "10001"),
        Refusal(
            "\(ubuntu)gpu: {architectures: ['8.0', '2.0']}",
            "2:30 CG0406 CUDA 12.6.3 can't compile for compute capability 2.0", help: "8.0, 8.6"),
        Refusal(
            "image: {cuda: 11.8.0, os: ubuntu22.04}\ngpu: {architectures: [12.0+PTX]}",
            "2:23 CG0406 CUDA 11.8.0 can't compile for compute capability 12.0", help: "9.0"),
        Refusal(
            "image: {cuda: 11.8.0, os: ubuntu18.04}\npython: {version: '3.12'}",
            "2:19 CG0401 Python 3.12 on ubuntu18.04 has to come from uv, which installs on Python 3.8 or newer; "
                + "ubuntu18.04 has Python 3.6", help: "newer operating system"),
        Refusal(
            "\(ubuntu)python: {manager: pip, project: .}",
            "2:33 CG0203 python.project is installed by uv, but the manager is pip", help: "uv"),
        Refusal(
            "\(ubuntu)python: {channels: [nvidia]}", "2:21 CG0203 python.channels belong to the manager conda",
            help: "conda"),
        Refusal(
            "\(ubuntu)python: {manager: conda, packages: [a], index: 'https://example.com'}",
            "2:48 CG0203 conda has channels, not package indexes", help: "python.channels"),
        Refusal(
            "\(ubuntu)python: {manager: conda}", "2:1 CG0109 the conda environment has no packages",
            help: "python.packages"),
    ])
    func whatCannotWorkIsRefused(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    @Test(arguments: [
        "cuda", "cuda-drivers", "cuda-drivers-535", "nvidia-driver-550", "nvidia-open", "cuda-12-4",
        "cuda-runtime-12-4",
        "cuda-demo-suite-12-4", "libnvidia-gl-535", "nvidia-utils-535", "libcuda1", "nvidia-headless-535",
        "libnvidia-compute-535", "cuda=12.4.1-1", "nvidia-kernel-source-535",
    ])
    func packageThatBringsADriverIsRefused(name: String) throws {
        let bare = name.split(separator: "=")[0]
        try Refusal(
            "\(Self.ubuntu)system: {packages: [curl, '\(name)']}",
            "2:27 CG0402 the package '\(bare)' brings an NVIDIA driver into the image", help: "image.flavor"
        ).check(severity: .error)
        try Refusal(
            "\(Self.ubuntu)build: {packages: ['\(name)']}",
            "2:20 CG0402 the package '\(bare)' brings an NVIDIA driver into the image", help: "image.flavor"
        ).check(severity: .error)
    }

    @Test(arguments: ["cuda-toolkit-12-6", "cuda-cudart-12-6", "cuda-compat-12-6", "libcudnn9-cuda-12", "libnccl2"])
    func packageWithoutADriverIsFine(name: String) {
        #expect(resolve("\(Self.ubuntu)system: {packages: [\(name)]}").plan != nil)
    }

    @Test func ownMistakesOfTheApplicationAreReportedWithAMissingTag() {
        let (_, diagnostics) = resolve("image: {cuda: 12.6.3, os: ubuntu18.04}\nsystem: {packages: [cuda]}")
        #expect(diagnostics.all.map(\.code) == [.noSuchTag, .driverPackage])
    }

    @Test(arguments: [
        ("ubuntu22.04", "1000", true), ("ubuntu24.04", "1000", false), ("ubuntu24.04", "1001", true),
        ("ubi9", "1000", true),
    ])
    func numberOfTheBaseImagesOwnUserIsTaken(os: String, uid: String, isFree: Bool) {
        #expect((resolve("image: {cuda: 12.6.3, os: \(os)}\nuser: \(uid)").plan != nil) == isFree)
    }

    @Test(arguments: [
        (
            "{uid: 2000, gid: 1000}",
            "2:24 CG0404 the GID 1000 belongs to the user 'ubuntu' in the base image ubuntu24.04"
        ),
        ("{name: ubuntu}", "2:14 CG0404 the base image ubuntu24.04 has an account 'ubuntu' of its own"),
        ("{name: www-data}", "2:14 CG0404 the base image ubuntu24.04 has an account 'www-data' of its own"),
        (
            "{name: x, uid: 33}",
            "2:22 CG0404 the UID 33 belongs to the operating system's own accounts in the base image ubuntu24.04"
        ),
    ])
    func accountThatTheBaseHasIsRefused(user: String, finding: String) throws {
        try Refusal("\(Self.ubuntu)user: \(user)", finding, help: "use another").check(severity: .error)
    }

    /// The usual account of OpenShift: any UID in root's group, which exists already.
    @Test func groupOfRootIsNotCreated() throws {
        let plan = try #require(resolve("\(Self.ubuntu)user: {uid: 10001, gid: 0}\ncommand: [bash]").plan)
        let sections = Dockerfile(plan).stages.flatMap(\.sections).filter { $0.kind == .user }
        #expect(sections.flatMap(\.instructions).count == 1)
        #expect(!"\(sections)".contains("groupadd"))
    }

    @Test func applicationRunsAsAnAccountOfItsOwn() {
        let account = ApplicationPlan.UserPlan.account(name: "app", uid: 10001, gid: 10001)
        #expect(resolve("\(Self.ubuntu)command: [bash]").plan?.application.user == account)
        #expect(resolve(Self.ubuntu).plan?.application.user == nil, "a bare image stays what NVIDIA's is")
    }

    @Test func rootIsSaid() throws {
        try Refusal("\(Self.ubuntu)user: root", "2:7 CG0407 the application runs as root", help: "10001")
            .check(severity: .note)
    }

    @Test(arguments: [
        Refusal(
            "\(ubuntu)entrypoint: [python3, a.py]", "2:13 CG0405 'python3' is started, but nothing installs Python",
            help: "python:"),
        Refusal(
            "\(ubuntu)healthcheck: {command: [/usr/bin/curl, -f, x]}",
            "2:1 CG0405 '/usr/bin/curl' is started, but nothing installs it", help: "'curl'"),
    ])
    func programThatNothingInstallsIsSaid(_ refusal: Refusal) throws { try refusal.check(severity: .warning) }

    @Test(arguments: [
        Refusal(
            "\(ubuntu)env: {PATH: /opt/bin}",
            "2:13 CG0420 the value replaces the image's PATH, and programs are no longer found",
            help: "\"/opt/bin:$PATH\""),
        Refusal(
            "\(ubuntu)build: {env: {PATH: \"$HOME/bin:$PATH\"}}",
            "2:21 CG0420 '$' in the value of PATH is text: only $PATH itself is expanded", help: "/opt/app/bin:$PATH"),
        Refusal(
            "\(ubuntu)copy: [{from: a, to: /a, owner: \"app:nosuch\"}]",
            "2:33 CG0421 nothing in the recipe makes the account 'nosuch', and COPY needs it",
            help: "'app' (the recipe's user) or 'root'"),
        Refusal(
            "\(ubuntu)gpu: {capabilities: [video, utility]}",
            "2:22 CG0422 without the capability 'compute' the container gets no libcuda.so.1", help: "compute"),
    ])
    func whatWouldFailInTheContainerIsSaid(_ refusal: Refusal) throws { try refusal.check(severity: .warning) }

    @Test(arguments: [
        "env: {PATH: \"/opt/bin:$PATH\"}", "env: {PATH: \"${PATH}:/opt/bin\"}", "env: {PATH: \"/usr/bin:/bin\"}",
        "env: {PRICE: \"$5\"}", "copy: [{from: a, to: /a, owner: \"root:0\"}]",
        "user: {name: heat}\ncopy: [{from: a, to: /a, owner: heat}]", "gpu: {capabilities: [all]}",
        "gpu: {capabilities: [compute]}",
    ])
    func whatWorksNeedsNoWarning(recipe: String) { #expect(resolve(Self.ubuntu + recipe).diagnostics.isEmpty) }

    @Test(arguments: [
        Refusal(
            "\(ubuntu)gpu: {devices: all}\nenv: {NVIDIA_VISIBLE_DEVICES: 0}",
            "3:7 CG0203 'gpu.devices' and the variable NVIDIA_VISIBLE_DEVICES say the same thing twice",
            help: "leave out the variable"),
        Refusal(
            "\(ubuntu)gpu: {capabilities: [all]}\nenv: {NVIDIA_DRIVER_CAPABILITIES: all}",
            "3:7 CG0203 'gpu.capabilities' and the variable NVIDIA_DRIVER_CAPABILITIES say the same thing twice",
            help: "leave out the variable"),
    ])
    func variableThatAKeySetsTooIsRefused(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    @Test(arguments: [
        "python: {manager: pip}\nentrypoint: [python3, a.py]", "system: {packages: [curl=7.*]}\ncommand: [curl, x]",
        "run: [make install]\nentrypoint: [python3]", "entrypoint: [./app]",
    ])
    func programThatIsThereNeedsNoWarning(recipe: String) {
        #expect(resolve(Self.ubuntu + recipe).diagnostics.isEmpty)
    }

    @Test func architecturesAreOnePerGenerationWhereSomethingIsCompiled() {
        let plan = resolve("\(Self.ubuntu)build: {run: [make]}").plan
        #expect(plan?.gpu.architectures.value.last?.includesPTX == true)
        #expect(Set(plan?.gpu.architectures.value.map(\.major) ?? []).count == plan?.gpu.architectures.value.count)
        #expect(resolve("\(Self.ubuntu)command: [bash]").plan?.gpu.architectures.value == [])
    }
}
