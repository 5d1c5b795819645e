import Testing

@testable import CudaImageKit

/// Which tag an incomplete request becomes, and who decided.
@Suite struct ResolutionChoiceTests {
    @Test(arguments: [
        (ImageOptions(cuda: "12.4", os: "ubuntu22.04"), "12.4.1-runtime-ubuntu22.04"),
        (ImageOptions(cuda: "12", os: "ubuntu20.04"), "12.9.1-runtime-ubuntu20.04"),
        (ImageOptions(cuda: "11.4.0", flavor: .base, os: "ubuntu20.04"), "11.4.0-base-ubuntu20.04"),
        (ImageOptions(cuda: "10.2", flavor: .devel, os: "ubuntu18.04"), "10.2-devel-ubuntu18.04"),
        (ImageOptions(cuda: "11.8", os: "ubuntu22.04", cudnn: .any), "11.8.0-cudnn8-runtime-ubuntu22.04"),
        (ImageOptions(cuda: "12.4", os: "ubuntu22.04", cudnn: .any), "12.4.1-cudnn-runtime-ubuntu22.04"),
        (ImageOptions(cuda: "12.4", os: "ubuntu22.04", cudnn: .major(9)), "12.4.1-cudnn-runtime-ubuntu22.04"),
        (ImageOptions(cuda: "12.3", os: "ubuntu22.04", cudnn: .any), "12.3.2-cudnn9-runtime-ubuntu22.04"),
        (ImageOptions(cuda: "12", os: "ubuntu22.04", cudnn: .major(8)), "12.2.2-cudnn8-runtime-ubuntu22.04"),
        // The newest release may be without the platform or the operating system.
        (ImageOptions(cuda: "11.0", os: "ubuntu18.04"), "11.0.3-runtime-ubuntu18.04"),
        (ImageOptions(cuda: "12", os: "ubuntu18.04"), "12.1.0-runtime-ubuntu18.04"),
        (ImageOptions(cuda: "12.4"), "12.4.1-runtime-ubuntu22.04"),
        (ImageOptions(cuda: "13.0", base: "debian:13"), "13.0.2-runtime-ubuntu24.04"),
        (ImageOptions(cuda: "12.4", base: "almalinux:9"), "12.4.1-runtime-rockylinux9"),
    ])
    func partialRequestBecomesTheNewestTagThatHasTheRest(options: ImageOptions, tag: String) {
        #expect(resolve("{}", options).plan?.tag?.value.description == tag)
    }

    @Test func completionIsSaid() {
        let (_, diagnostics) = resolve("image:\n  cuda: 12.4\n  os: ubuntu22.04")
        #expect(diagnostics.all.map(summary) == ["2:9 CG0310 CUDA 12.4 is completed to 12.4.1"])
        #expect(resolve("image: {cuda: 12.4.1, os: ubuntu22.04}").diagnostics.isEmpty)
    }

    private static let recipe = """
        image:
          cuda: 12.4.1
          flavor: devel
          os: ubuntu22.04
          cudnn: true
          platforms: [linux/arm64]
        """

    @Test func recipeBeatsTheDefault() throws {
        let plan = try #require(resolve(Self.recipe).plan)
        #expect(plan.tag?.value.description == "12.4.1-cudnn-devel-ubuntu22.04")
        #expect(plan.tag?.because.description == "app.yaml:2")
        #expect(plan.os.because.description == "app.yaml:4")
        #expect(plan.platforms.because.description == "app.yaml:6")
        #expect(plan.source.because.description == "default: the official image")
    }

    @Test func optionBeatsTheRecipe() throws {
        let options = ImageOptions(
            cuda: "12.6.3", flavor: .runtime, os: "ubuntu24.04", cudnn: .without, source: .packages,
            on: [.linuxAMD64])
        let plan = try #require(resolve(Self.recipe, options).plan)
        #expect(plan.tag?.value.description == "12.6.3-runtime-ubuntu24.04")
        #expect(plan.tag?.because == .option("--cuda"))
        #expect(plan.os.because == .option("--os"))
        #expect(plan.source.because == .option("--source"))
        #expect(plan.platforms == Decision([.linuxAMD64], because: .option("--platform")))
    }

    @Test func explanationNamesEveryReason() throws {
        let (plan, _) = resolve(Self.recipe, ImageOptions(os: "ubi9"))
        let rows = Explanation(try #require(plan), catalog: .embedded).sections.flatMap(\.rows)
        let reasons = Dictionary(rows.map { ($0.name, $0.reason) }) { first, _ in first }
        #expect(reasons["tag"] == "app.yaml:2")
        #expect(reasons["os"] == "option --os")
        #expect(reasons["source"] == "default: the official image")
    }

    @Test func nothingSaidIsTheNewestRuntimeOnUbuntu() throws {
        let plan = try #require(resolve().plan)
        #expect(plan.tag?.value.flavor == .runtime && plan.tag?.value.os.distribution == .ubuntu)
        #expect(plan.tag?.value.cuda == Catalog.embedded.releases.map(\.cuda).max())
    }

    @Test func platformsAreSortedWhateverTheirOrder() {
        let options = ImageOptions(cuda: "12.4.1", os: "ubuntu22.04", on: [.linuxARM64, .linuxAMD64])
        #expect(resolve("{}", options).plan?.platforms.value == [.linuxAMD64, .linuxARM64])
    }

    @Test(arguments: [
        ("debian:12", "debian12", "apt"), ("python:3.12-slim-bookworm", "debian12", "apt"),
        ("debian:trixie-slim", "debian13", "apt"), ("ubuntu:jammy", "ubuntu22.04", "apt"),
        ("rockylinux:9", "rockylinux9", "dnf"), ("almalinux:9.4-minimal", "almalinux9", "microdnf"),
        ("registry.example.com/ubi9/ubi-minimal:9.4", "ubi9", "microdnf"), ("ubi8:latest", "ubi8", "dnf"),
        ("amazonlinux:2023", "amzn2023", "dnf"), ("opensuse/leap:15.6", "opensuse15", "zypper"),
    ])
    func baseTellsItsOperatingSystem(base: String, os: String, manager: String) throws {
        let image = BaseImage(try #require(ImageReference(base)))
        #expect(image.os?.description == os)
        #expect(image.os.map { image.packageManager(on: $0).rawValue } == manager)
    }

    @Test func packagesOnDebianAreThoseOfItsUbuntu() throws {
        let (plan, diagnostics) = resolve("image: {cuda: 12.4.1, base: 'debian:12'}")
        let installation = try #require(plan?.installation)
        #expect(installation.platforms.first?.repository.url.hasSuffix("/debian12/x86_64") == true)
        #expect(installation.platforms.first?.facts.os.description == "ubuntu22.04")
        #expect(diagnostics.all.map(\.code) == [.derivedPins])
        #expect(diagnostics.all.first?.message.contains("Ubuntu 22.04") == true)
    }

    @Test func debian13IsVerifiedWithItsOwnKey() throws {
        let installation = try #require(resolve("image: {cuda: 13.0, base: 'debian:13'}").plan?.installation)
        #expect(installation.platforms.first?.repository.key.file == "8793F200.pub")
    }
}

extension ImagePlan {
    var installation: PackageInstallation? {
        if case .packages(let installation) = cuda { installation } else { nil }
    }
}
