import Testing

@testable import CudaImageKit

/// Requests that can't be met: what is said, where, and what to do instead.
@Suite struct ResolutionRefusalTests {
    @Test(arguments: [
        Refusal(
            "image:\n  cuda: 12.4.9", "2:9 CG0301 there is no CUDA 12.4.9 in the catalogue", help: "12.4.0, 12.4.1"),
        Refusal("{}", ImageOptions(cuda: "99"), "--cuda CG0301 there is no CUDA 99 in the catalogue", help: "13."),
        Refusal(
            "image: {cuda: 12.4.1, os: ubuntu18.04}", "1:27 CG0302 CUDA 12.4.1 does not exist for ubuntu18.04",
            help: "; with CUDA 12.4: 12.4.1-runtime-ubuntu20.04"),
        Refusal(
            "image: {cuda: 11.4.0}", ImageOptions(os: "ubuntu24.04"),
            "--os CG0302 CUDA 11.4.0 does not exist for ubuntu24.04", help: "11.4.3-runtime-ubuntu20.04"),
        Refusal(
            "image: {cuda: 12.4.1, os: ubuntu22.04, cudnn: 8}",
            "1:47 CG0302 CUDA 12.4.1 has no runtime image with cuDNN 8 for ubuntu22.04",
            help: "12.4.1-cudnn-runtime-ubuntu22.04"),
        Refusal(
            "image: {cuda: 12.4.1, os: ubuntu22.04, cudnn: tensorrt}",
            "1:47 CG0302 CUDA 12.4.1 has no runtime image with TensorRT for ubuntu22.04", help: "nearest"),
        Refusal(
            "image: {cuda: 12.4.1, flavor: base, cudnn: true}",
            "1:44 CG0302 there are no cuDNN images of flavor 'base'", help: "'runtime'"),
    ])
    func tagThatDoesNotExistNamesTheNearest(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    @Test(arguments: [
        Refusal(
            "image: {cuda: 11.0.3, os: ubuntu20.04, platforms: [linux/amd64, linux/arm64]}",
            "1:52 CG0303 nvidia/cuda:11.0.3-runtime-ubuntu20.04 does not exist for linux/arm64",
            help: "the nearest for linux/amd64 and linux/arm64 is 11.2.2-runtime-ubuntu20.04"),
        Refusal(
            "image: {cuda: 12.4, base: 'debian:12', platforms: [linux/arm64]}",
            "1:52 CG0307 NVIDIA's debian12 repository is not known to serve linux/arm64", help: "Ubuntu"),
        Refusal(
            "image: {cuda: 12.6.3, os: rockylinux9, platforms: [linux/ppc64le]}",
            "1:52 CG0303 nvidia/cuda:12.6.3-runtime-rockylinux9 does not exist for linux/ppc64le",
            help: "it exists for linux/amd64, linux/arm64"),
    ])
    func missingPlatformNamesWhereItExists(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    @Test(arguments: [
        Refusal(
            "image: {cuda: 12.4, base: 'registry.example.com/team/base:1'}",
            "1:27 CG0308 the operating system of 'registry.example.com/team/base:1' can't be told from its name",
            help: "--os"),
        Refusal(
            "image: {cuda: 12.4, base: 'fedora:40'}",
            "1:27 CG0307 no package repository of NVIDIA's is known for fedora40", help: "Debian 10 to 13"),
        Refusal(
            "image: {cuda: 12.4, os: fedora40, source: packages}",
            "1:25 CG0307 no package repository of NVIDIA's is known for fedora40", help: "Ubuntu"),
        Refusal(
            "image: {cuda: 12.4, base: 'debian:9'}",
            "1:27 CG0307 no package repository of NVIDIA's is known for debian9", help: ""),
        Refusal(
            "image: {cuda: 12.4, base: 'alpine:3.20', os: ubuntu22.04}",
            "1:27 CG0307 CUDA can't be installed on 'alpine:3.20': Alpine's C library is musl, and NVIDIA's libraries need "
                + "glibc", help: "debian:12"),
        Refusal(
            "image: {cuda: 12.4, base: 'python:3.12-alpine3.20', os: debian12}",
            "1:27 CG0307 CUDA can't be installed on 'python:3.12-alpine3.20': Alpine's C library is musl, and NVIDIA's "
                + "libraries need glibc", help: "python:3.12-slim-bookworm"),
        Refusal(
            "image: {cuda: 12.4, base: gcr.io/distroless/cc-debian12}",
            "1:27 CG0307 CUDA can't be installed on 'gcr.io/distroless/cc-debian12': a distroless image has no shell and "
                + "no package manager", help: "apt"),
        Refusal(
            "image: {cuda: 12.4, base: scratch}",
            "1:27 CG0307 CUDA can't be installed on 'scratch': 'scratch' is empty: there is no C library and no package "
                + "manager", help: "apt"),
        Refusal(
            "image: {base: 'nvcr.io/nvidia/cuda:12.3.1-devel-ubi9', os: ubi9}",
            "1:15 CG0203 the base 'nvcr.io/nvidia/cuda:12.3.1-devel-ubi9' is an official CUDA image",
            help: "--cuda 12.3.1 --flavor devel --os ubi9"),
        Refusal(
            "image: {base: 'nvidia/cuda:latest', source: image}",
            "1:15 CG0203 the base 'nvidia/cuda:latest' is an official CUDA image", help: "--flavor"),
        Refusal(
            "image: {cuda: 12.4.1, source: image, base: 'ubuntu:22.04'}",
            "1:44 CG0203 source 'image' starts from nvidia/cuda; it can't have the base 'ubuntu:22.04'",
            help: "'packages'"),
    ])
    func baseThatCannotServeIsRefused(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    @Test(arguments: [
        Refusal(
            "image: {os: debian12}", "1:13 CG0302 no CUDA image exists for debian12", help: "use source 'packages'"),
        Refusal(
            "image: {cuda: 12.4, base: 'debian:12', os: rockylinux9}",
            "1:44 CG0203 os is 'rockylinux9', but the base looks like debian12 (the image's name and tag)",
            help: "package managers differ"),
        Refusal(
            "image: {cuda: 7.5, os: centos7}", "1:15 CG0301 of CUDA 7.5 the catalogue knows old tags by name only",
            help: "8.0"),
    ])
    func wishesThatExcludeEachOtherAreRefused(_ refusal: Refusal) throws { try refusal.check(severity: .error) }

    /// An unknown list of platforms is no promise.
    @Test func releaseWithUnknownPlatformsIsNotRecommended() throws {
        let options = ImageOptions(cuda: "12.6.3", os: "rockylinux9", on: [.linuxPPC64LE])
        #expect(resolve("{}", options).diagnostics.all.first?.help?.contains("13.2.0") == false)
    }

    @Test func osOfTheSameFamilyThatTheBaseDoesNotLookLikeIsSaid() throws {
        try Refusal(
            "image: {cuda: 12.4.1, base: 'debian:12', os: ubuntu22.04}",
            "1:46 CG0203 os is 'ubuntu22.04', but the base looks like debian12 (the image's name and tag)", help: ""
        ).check(severity: .warning)
    }

    @Test(arguments: [
        Refusal(
            "image:\n  cuda: 11.4.0\n  os: ubuntu20.04",
            "2:9 CG0305 nvidia/cuda:11.4.0-runtime-ubuntu20.04 is on none of NVIDIA's current lists; it is reported gone",
            help: "use 11.4.3 (nvidia/cuda:11.4.3-runtime-ubuntu20.04)"),
        Refusal(
            "{}", ImageOptions(cuda: "10.2", os: "ubuntu18.04"),
            "--cuda CG0305 nvidia/cuda:10.2-runtime-ubuntu18.04 is on none of NVIDIA's current lists; it is reported gone",
            help: "11.4.3-runtime-ubuntu18.04"),
    ])
    func vanishedTagNamesItsLiveReplacement(_ refusal: Refusal) throws { try refusal.check(severity: .warning) }

    @Test func everyTagPastItsEndOfLifeIsSaidAndTheReplacementIsSupported() throws {
        let releases = Catalog.embedded.releases.map(\.cuda)
        let gone = Catalog.embedded.tags.filter {
            $0.status != .supported && !$0.tag.isReleaseCandidate && releases.contains($0.tag.cuda)
        }
        for facts in gone.enumerated().filter({ $0.offset.isMultiple(of: 20) }).map(\.element) {
            var options = ImageOptions(cuda: "\(facts.tag.cuda)", flavor: facts.tag.flavor, os: "\(facts.tag.os)")
            if facts.tag.cudnn == .unversioned { options.cudnn = .any }
            if case .major(let major) = facts.tag.cudnn { options.cudnn = .major(major) }
            options.platforms = facts.platforms
            let found = resolve("{}", options).diagnostics.all.filter { [.endOfLife, .unlistedTag].contains($0.code) }
            #expect(found.map(\.severity) == [.warning], "\(facts.tag)")
            if let live = Catalog.embedded.liveReplacement(for: facts.tag) {
                #expect(Catalog.embedded.tag(live)?.status == .supported)
                #expect(found.first?.help?.contains("nvidia/cuda:\(live)") == true, "\(facts.tag)")
            }
        }
    }

    @Test func packagesOfAVanishedTagNeedNoWarning() {
        let options = ImageOptions(cuda: "11.4.0", os: "ubuntu20.04", source: .packages)
        #expect(resolve("{}", options).diagnostics.isEmpty)
    }
}
