import Testing

@testable import CudaImageKit

/// What is offered in place of a tag that does not exist.
@Suite struct NearestTagTests {
    private let catalog = Catalog.embedded

    @Test(arguments: [
        ("12.4.9-runtime-ubuntu22.04", ["12.4.1-runtime-ubuntu22.04", "12.5.1-runtime-ubuntu22.04"]),
        // The same system first, even if the release is another one.
        (
            "12.8.1-cudnn8-runtime-ubuntu24.04",
            ["12.8.1-cudnn-runtime-ubuntu24.04", "12.8.0-cudnn-runtime-ubuntu24.04"]
        ),
        ("12.4.1-base-ubuntu24.04", ["12.5.1-base-ubuntu24.04", "12.6.3-base-ubuntu24.04"]),
        // No such system: its distribution, its family, Ubuntu.
        ("12.4.1-base-ubi10", ["13.0.1-base-ubi10"]), ("12.4.1-base-ubi6", ["12.4.1-base-ubi8"]),
        ("12.4.1-base-ubuntu23.04", ["12.4.1-base-ubuntu22.04"]), ("12.4.1-base-debian12", ["12.4.1-base-ubuntu20.04"]),
        ("12.4.1-base-fedora9", ["12.4.1-base-ubi9"]), ("12.4.1-base-sles22", ["13.0.2-base-opensuse15"]),
    ])
    func sameSystemIsNearest(wanted: String, expected: [String]) throws {
        let tag = try #require(CUDAImageTag(wanted))
        #expect(catalog.nearestTags(to: tag, limit: expected.count).map(\.description) == expected)
    }

    @Test func orderIsSystemThenReleaseForEveryTag() throws {
        for wanted in catalog.tags.enumerated().filter({ $0.offset.isMultiple(of: 150) }).map(\.element.tag) {
            let near = catalog.nearestTags(to: wanted, limit: .max)
            #expect(near.count > 1500)
            let systems = near.map { tag in
                if tag.os == wanted.os { return 0 }
                if tag.os.distribution == wanted.os.distribution { return 1 }
                return tag.os.family == wanted.os.family ? 2 : tag.os.distribution == .ubuntu ? 3 : 4
            }
            #expect(systems == systems.sorted(), "\(wanted)")
        }
    }

    @Test(arguments: [
        ("12.7", "12.6.0, 12.6.1, 12.6.2, 12.6.3, 12.8.0"), ("99", "13.0.2, 13.1.0, 13.1.1, 13.2.0, 13.2.1"),
        ("7.5", "8.0, 9.0, 9.1, 9.2, 10.0"), ("12.4.9", "12.3.2, 12.4.0, 12.4.1, 12.5.0, 12.5.1"),
    ])
    func nearestReleasesAreFew(pattern: String, expected: String) throws {
        #expect(catalog.nearestReleases(to: try #require(CUDAVersionPattern(pattern))).text == expected)
    }

    @Test(arguments: [
        Refusal(
            "{}", ImageOptions(cuda: "12.8.1", cudnn: .major(8)),
            "--cudnn CG0302 CUDA 12.8.1 has no runtime image with cuDNN 8",
            help: "nearest that exist: 12.8.1-cudnn-runtime-ubuntu24.04, "),
        Refusal(
            "{}", ImageOptions(cuda: "12.8.1", cudnn: .major(8)),
            "--cudnn CG0302 CUDA 12.8.1 has no runtime image with cuDNN 8",
            help: "; with cuDNN 8: 12.2.2-cudnn8-runtime-ubuntu22.04"),
        Refusal(
            "{}", ImageOptions(os: "azl3", on: [.linuxPPC64LE]),
            "--platform CG0303 nvidia/cuda:13.2.1-runtime-azl3 does not exist for linux/ppc64le",
            help:
                "the nearest for linux/ppc64le is 11.1.1-runtime-ubuntu18.04, with the nearest release 12.4.1-runtime-ubi8"
        ),
        Refusal(
            "{}", ImageOptions(cuda: "12.4.1", os: "rhel9"), "--os CG0302 no CUDA image exists for rhel9",
            help: "use source 'packages', or the images for rockylinux9, ubi9"),
        Refusal(
            "{}", ImageOptions(cuda: "12.4.1", os: "ubuntu22"), "--os CG0302 no CUDA image exists for ubuntu22",
            help: "did you mean 'ubuntu22.04'?"),
        Refusal(
            "{}", ImageOptions(cuda: "99"), "--cuda CG0301 there is no CUDA 99 in the catalogue",
            help: "'cudagen tags --format plain' lists everything"),
    ])
    func refusalNamesWhatThereIs(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    @Test(arguments: [
        ("azurelinux3", "azl3"), ("azure-linux-3", "azl3"), ("mariner2", "cm2"), ("cbl-mariner2.0", "cm2"),
        ("amazonlinux2023", "amzn2023"), ("al2023", "amzn2023"), ("leap15", "opensuse15"), ("leap15.6", "opensuse15"),
        ("opensuse/leap:15.6", "opensuse15"), ("jammy", "ubuntu22.04"), ("Focal", "ubuntu20.04"),
        ("noble", "ubuntu24.04"),
        ("bionic", "ubuntu18.04"), ("bookworm", "debian12"), ("rocky9", "rockylinux9"), ("oracle9", "oraclelinux9"),
        ("ol8", "oraclelinux8"), ("alma9", "almalinux9"), ("redhat9", "rhel9"), ("Ubuntu 22.04", "ubuntu22.04"),
        ("ubuntu-22.04", "ubuntu22.04"), ("ubunut22.04", "ubuntu22.04"), ("ubuntu22", "ubuntu22.04"),
        ("ubuntu22.04", nil), ("ubi9", nil), ("windows11", nil), ("", nil), ("ubuntu", nil), ("9", nil),
    ])
    func nameOfAnotherSpellingIsUnderstood(text: String, os: String?) {
        #expect(OperatingSystem.meant(by: text)?.description == os)
    }

    @Test func recipeIsToldTheRightSpelling() {
        let finding = Recipe.parse(RecipeSource(text: "image: {os: jammy}", fileName: "a")).diagnostics.all.first
        #expect(finding?.help == "did you mean 'ubuntu22.04'?" && finding?.fix?.replacement == "ubuntu22.04")
    }

    // MARK: - Texts that may be tags

    @Test(arguments: [
        "app.yaml", "12.4.1.yaml", "folder/app.yaml", "./12.4.1-base", "cuda", "debian:12", "2024-app", "base",
        "runtime",
        "my-12.4", "", "-", "a b", "ubuntu22.04", "12.4.1-base.yml",
    ])
    func textThatDoesNotReadLikeATagIsNone(text: String) throws {
        #expect(try catalog.tag(spelled: text) == nil)
    }

    @Test(arguments: [
        ("11.4.0-base", "11.4.0-base-ubuntu20.04"), ("nvidia/cuda:12.4.1-base-ubi9", "12.4.1-base-ubi9"),
        ("docker.io/nvidia/cuda:12.4.1-base-ubi9", "12.4.1-base-ubi9"), ("cuda:12.4.1-base-ubi9", "12.4.1-base-ubi9"),
    ])
    func tagIsFound(text: String, tag: String) throws {
        #expect(try catalog.tag(spelled: text)?.tag.description == tag)
    }

    @Test(arguments: [
        (
            "12.4.1-base", "there is no tag '12.4.1-base': the operating system is missing",
            "whole tags are 12.4.1-base-ubuntu22.04, 12.4.1-base-ubuntu20.04, 12.4.1-base-ubi9"
        ),
        (
            "12.4-cudnn-devel", "there is no tag '12.4-cudnn-devel': the operating system is missing",
            "whole tags are 12.4.1-cudnn-devel-ubuntu22.04"
        ),
        (
            "12.4.1", "there is no tag '12.4.1': the flavor and the operating system are missing",
            "whole tags are 12.4.1-runtime-ubuntu22.04"
        ),
        (
            "nvidia/cuda:99-base", "there is no tag '99-base': the catalogue has no CUDA 99",
            "the nearest releases are 13.0.2"
        ),
        ("latest", "NVIDIA publishes no tag 'latest'", "name a release, for example 13.2.1-runtime-ubuntu24.04"),
        ("nvidia/cuda", "NVIDIA publishes no tag 'latest'", "name a release"),
        (
            "12.4.1-runtme-ubuntu22.04", "there is no tag '12.4.1-runtme-ubuntu22.04': 'runtme' is no part of one",
            "nearest that exist: 12.4.1-runtime-ubuntu22.04"
        ),
        ("12.4.1-base-jammy", "there is no tag '12.4.1-base-jammy'", "nearest that exist: 12.4.1-base-ubuntu22.04"),
        (
            "runtime-ubuntu22.04", "there is no tag 'runtime-ubuntu22.04': the release is missing",
            "nearest that exist: 13.2.1-runtime-ubuntu22.04"
        ),
        (
            "12.4.9-base-ubuntu22.04", "there is no tag '12.4.9-base-ubuntu22.04': the catalogue has no CUDA 12.4.9",
            "nearest that exist: 12.4.1-base-ubuntu22.04"
        ),
    ])
    func textThatIsNearlyATagNamesWhatIsWrong(text: String, message: String, help: String) {
        let error = #expect(throws: DiagnosticError.self) { try catalog.tag(spelled: text) }
        let finding = error?.diagnostics.all.first
        #expect(finding?.code == .noSuchTag && finding?.message == message)
        #expect(finding?.help?.hasPrefix(help) == true, "\(finding?.help ?? "")")
    }
}
