import Testing

@testable import CudaImageKit

/// Reading what was printed gives the same value, and printing what was read the same text.
@Suite struct ModelPropertyTests {
    private func generator(_ number: Int) -> SeededGenerator {
        SeededGenerator(seed: SeededGenerator.seed &+ UInt64(number))
    }

    @Test func everyFactOfTheCataloguePrintsAsItWasRead() {
        for facts in Catalog.embedded.tags {
            let tag = facts.tag
            #expect(CUDAImageTag("\(tag)") == tag)
            #expect(CUDAVersion("\(tag.cuda)") == tag.cuda)
            #expect(CUDAVersionPattern("\(tag.cuda)") == CUDAVersionPattern(tag.cuda))
            #expect(OperatingSystem("\(tag.os)") == tag.os)
            #expect(ImageVariant("\(tag.variant)") == tag.variant)
            #expect(ImageReference("\(ImageReference(tag))") == ImageReference(tag))
            for platform in facts.platforms {
                #expect(Platform("\(platform)") == platform && Platform(platform.architecture) == platform)
            }
        }
    }

    @Test func randomVersionsPrintAsTheyWereRead() {
        var generator = generator(1)
        for _ in 0..<500 {
            let numbers = (0..<generator.number(2...3)).map { _ in generator.number(0...400) }
            let text = numbers.map(String.init).joined(separator: ".")
            #expect(CUDAVersion(text)?.description == text)
            #expect(CUDAVersionPattern(text)?.description == text)
            #expect(CUDAVersion("0" + text)?.description != text || numbers[0] == 0)
            #expect(CUDAVersion("+" + text) == nil && CUDAVersion(text + " ") == nil && CUDAVersion(text + ".") == nil)
        }
    }

    @Test func randomImageReferencesPrintAsTheyWereRead() {
        var generator = generator(2)
        let names = ["a", "cuda", "a-b", "a__b", "a.b", "x86_64", "0"]
        for _ in 0..<500 {
            var text = generator.oneOf(["", "registry.example.com/", "localhost:5000/", "localhost/", "10.0.0.1:80/"])
            text += (0..<generator.number(1...3)).map { _ in generator.oneOf(names) }.joined(separator: "/")
            if generator.chance(60) {
                text += ":" + generator.oneOf(["1", "latest", "A_b.c-d", "12.4.1-base-ubuntu22.04"])
            }
            if generator.chance(30) {
                text += "@sha256:" + String(repeating: generator.oneOf(["0", "a", "f"]), count: 64)
            }
            #expect(ImageReference(text)?.description == text)
        }
    }

    @Test func textThatIsReadNeverPrintsAsAnother() {
        var generator = generator(3)
        for _ in 0..<3000 {
            let text = NastyText.text(using: &generator, atMost: 3)
            for printed in [
                ImageReference(text)?.description, CUDAImageTag(text)?.description, CUDAVersion(text)?.description,
                GoDuration(text)?.text, UserIdentity(text)?.text, EnvironmentName(text)?.text, StageName(text)?.text,
                PackageName(text)?.text, ContainerPath(text)?.text, ComputeCapability(text)?.description,
            ] {
                if let printed { #expect(Array(printed.utf8) == Array(text.utf8)) }
            }
        }
    }

    @Test func portsAreAllNumbersButZero() {
        for number in [1, 80, 8080, 65535] {
            #expect(Port("\(number)")?.description == "\(number)")
            #expect(Port("\(number)/tcp")?.description == "\(number)")
            #expect(Port("\(number)/udp")?.description == "\(number)/udp")
        }
        for text in [
            "0", "65536", "080", "-1", "+1", "1.5", "80/", "80/icmp", "80/TCP", "/tcp", "80/tcp/udp", "٨٠", "",
        ] {
            #expect(Port(text) == nil, "\(text)")
        }
    }

    @Test(arguments: ["30s", "1m30s", "500ms", "24h", "1h0m5s"])
    func durationIsKept(text: String) { #expect(GoDuration(text)?.text == text) }

    @Test(arguments: [
        "", "30", "s", "30 s", "30S", "1d", "-1s", "1.5", "0s", "0ms", "99999999999999999h", "٣s", "30s\n",
        "30s --retries=1",
    ])
    func whatIsNoDurationIsRefused(text: String) { #expect(GoDuration(text) == nil) }
}
