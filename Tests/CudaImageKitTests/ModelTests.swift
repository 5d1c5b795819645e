import CudaImageKit
import Testing

@Suite struct ModelTests {
    @Test(arguments: [
        ("/x:$PATH", ["/x:", "=PATH"]), ("${PATH}:/x:$PATH", ["=PATH", ":/x:", "=PATH"]),
        ("$PATHS:$HOME", ["$PATHS:$HOME"]),
        ("${PATH:-x}", ["${PATH:-x}"]), ("$", ["$"]), ("", [""]), ("$$PATH", ["$", "=PATH"]), ("$PATH", ["=PATH"]),
    ])
    func onlyTheVariableItselfIsExpanded(text: String, expected: [String]) throws {
        let variable = EnvironmentVariable(try #require(EnvironmentName("PATH")), extending: text)
        let found = variable.value.map { fragment in
            switch fragment {
            case .text(let text): text
            case .variable(let name): "=\(name)"
            }
        }
        #expect(found == expected)
    }

    @Test(arguments: [
        "11.4.0-cudnn8-runtime-ubuntu20.04", "12.4.1-cudnn-devel-ubuntu22.04", "8.0-devel-centos7",
        "13.0.0-tensorrt-runtime-ubuntu24.04", "11.0-base-ubuntu18.04-rc", "12.6.3-base-ubi9", "13.2.1-runtime-azl3",
    ])
    func tagPrintsAsItWasRead(tag: String) {
        #expect(CUDAImageTag(tag)?.description == tag)
    }

    @Test(arguments: [
        "", "11.4.0", "11.4.0-runtime", "runtime-11.4.0-ubuntu20.04", "11.4.0-runtime-ubuntu2004",
        "11.4.0-cudnn-cudnn-runtime-ubuntu20.04", "11.04.0-runtime-ubuntu20.04", "11.4.0-Runtime-ubuntu20.04",
        "11.4.0-runtime-ubuntu20.04 ", "11.4.0--runtime-ubuntu20.04", "11.4.0-runtime-gentoo1",
    ])
    func textThatIsNoTagIsRefused(text: String) {
        #expect(CUDAImageTag(text) == nil)
    }

    @Test func everyTagOfTheCatalogPrintsAsItWasRead() {
        let tags = Catalog.embedded.tags
        #expect(tags.count == 2171)
        for facts in tags { #expect(CUDAImageTag(facts.tag.description) == facts.tag) }
    }

    @Test(arguments: [
        ("12", "12.4.1", true), ("12.4", "12.4.1", true), ("12.4.1", "12.4.1", true), ("12.4", "12.41.0", false),
        ("1", "12.4.1", false), ("10.2", "10.2", true), ("12.10", "12.1.0", false),
    ])
    func patternMatchesReleasesThatCompleteIt(pattern: String, version: String, matches: Bool) throws {
        let pattern = try #require(CUDAVersionPattern(pattern))
        #expect(pattern.matches(try #require(CUDAVersion(version))) == matches)
    }

    /// What is not equal comes before or after: sorting has one result.
    @Test func orderAgreesWithEquality() throws {
        func ascending<Value: Comparable & LosslessStringConvertible>(_: Value.Type, _ texts: [String]) throws {
            let values = try texts.map { try #require(Value($0), "\($0)") }
            for (index, left) in values.enumerated() {
                for right in values[(index + 1)...] {
                    #expect(left < right && !(right < left) && left != right, "\(left) \(right)")
                }
            }
        }
        try ascending(
            CUDAImageTag.self,
            ["11.0-base-ubuntu18.04-rc", "11.0-base-ubuntu18.04", "11.0-runtime-ubuntu18.04-rc"])
        try ascending(ComputeCapability.self, ["8.9+PTX", "9.0", "9.0+PTX", "9.0a", "9.0a+PTX", "10.0"])
        try ascending(OperatingSystem.self, ["debian12", "ubuntu20.04", "ubuntu22.04", "ubuntu22.4", "ubuntu22.10"])
        try ascending(CuDNNVariant.self, ["cudnn8", "cudnn1000", "cudnn1001", "cudnn", "tensorrt"])
    }

    @Test func versionsCompareByNumber() throws {
        let sorted = ["8.0", "9.2", "10.0", "10.2", "11.0.3", "11.4.0", "11.4.3", "12.0.0", "13.2.1"]
        let versions = try sorted.map { try #require(CUDAVersion($0)) }
        #expect(versions.shuffled().sorted() == versions)
    }

    @Test(
        arguments: [
            ("nvidia/cuda:12.4.1-base-ubuntu22.04", nil, "nvidia/cuda", "12.4.1-base-ubuntu22.04"),
            ("localhost:5000/cuda", "localhost:5000", "cuda", nil),
            ("registry.example.com/a/b:1", "registry.example.com", "a/b", "1"),
            ("debian", nil, "debian", nil),
        ] as [(String, String?, String, String?)])
    func imageReferenceHasItsParts(text: String, registry: String?, repository: String, tag: String?) throws {
        let reference = try #require(ImageReference(text))
        #expect(reference.registry == registry)
        #expect(reference.repository == repository)
        #expect(reference.tag == tag)
        #expect(reference.description == text)
    }

    @Test func digestBelongsToTheReference() throws {
        let text = "nvidia/cuda:12.4.1-base-ubuntu22.04@sha256:" + String(repeating: "a0", count: 32)
        #expect(try #require(ImageReference(text)).description == text)
    }

    @Test(arguments: ["", "Nvidia/cuda", "a//b", "a:b:c", "a@sha256:12", "a b", "-a", "a:", "a/", "a\n", "a:\u{e9}"])
    func malformedImageReferenceIsRefused(text: String) {
        #expect(ImageReference(text) == nil)
    }

    @Test(arguments: [
        ("ubuntu20.04", "ubuntu20.04"), ("ubuntu:20.04", "ubuntu20.04"), ("ubuntu2004", "ubuntu20.04"),
        ("debian12", "debian12"), ("debian:12", "debian12"), ("ubi9", "ubi9"), ("amzn2023", "amzn2023"), ("cm2", "cm2"),
    ])
    func operatingSystemHasOneSpelling(text: String, printed: String) {
        #expect(OperatingSystem(text)?.description == printed)
    }

    @Test(arguments: [
        (Platform.linuxAMD64, "ubuntu22.04", "x86_64"), (.linuxARM64, "ubuntu22.04", "sbsa"),
        (.linuxPPC64LE, "ubuntu18.04", "ppc64el"), (.linuxPPC64LE, "ubi8", "ppc64le"),
    ])
    func platformHasAFolderInNVIDIAsRepository(platform: Platform, os: String, folder: String) throws {
        #expect(platform.repositoryArchitecture(on: try #require(OperatingSystem(os))) == folder)
    }

    @Test(arguments: ["8.0", "9.0+PTX", "9.0a", "12.1f"])
    func computeCapabilityPrintsAsItWasRead(text: String) {
        #expect(ComputeCapability(text)?.description == text)
    }
}
